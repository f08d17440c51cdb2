using System.Globalization;
using System.Text;

namespace Trellis.Deals.Rules;

/// <summary>Why a cell cannot be read, and where.</summary>
internal sealed record CellError(int Position, string Message);

/// <summary>
/// Reads the unary tests of S-FEEL (DMN 1.3, chapter 9.1, grammar rules 14 to 26): comparison, interval, disjunction, negation, "-". Total: any
/// text gives a cell or an error, never an exception.
/// </summary>
internal sealed class CellReader
{
    private const int Longest = 1000;
    private readonly string _text;
    private int _at;
    private CellError? _error;

    private CellReader(string text) => _text = text;

    public static (Cell? Cell, CellError? Error) Read(string? text)
    {
        if (text is { Length: > Longest }) return (null, new CellError(Longest, $"A condition has at most {Longest} characters."));
        var reader = new CellReader(text ?? "");
        var cell = reader.Cell();
        return reader._error is { } error ? (null, error) : (cell, null);
    }

    private Cell Cell()
    {
        Blanks();
        if (_at == _text.Length) return Rules.Cell.Irrelevant;
        if (_text[_at] == '-' && _text.AsSpan(_at + 1).IsWhiteSpace()) return Rules.Cell.Irrelevant;
        var negated = Word("not") && Expect('(');
        if (_error is not null) return Rules.Cell.Irrelevant;
        List<UnaryTest> tests = [];
        do
        {
            if (Test() is { } test) tests.Add(test);
        }
        while (_error is null && Take(','));
        if (negated) Expect(')');
        Blanks();
        if (_at < _text.Length) Fail("Something stands here that does not belong to the condition.");
        return new Cell(tests, negated);
    }

    private UnaryTest? Test()
    {
        Blanks();
        if (_at == _text.Length) return Fail<UnaryTest>("A value is missing here.");
        switch (_text[_at])
        {
            case '[' or '(' or ']':
                return Interval();
            case '<' or '>':
                var less = _text[_at++] == '<';
                var equal = _at < _text.Length && _text[_at] == '=';
                if (equal) _at++;
                var order = (less, equal) switch { (true, false) => Order.Less, (true, true) => Order.LessOrEqual, (false, false) => Order.Greater, _ => Order.GreaterOrEqual };
                return Literal() is { } end ? new Compared(order, end) : null;
            default:
                return Literal() is { } value ? new Compared(Order.Equal, value) : null;
        }
    }

    // DMN writes an open end as ( or ], and as ) or [.
    private UnaryTest? Interval()
    {
        var withLow = _text[_at++] == '[';
        if (Literal() is not { } low) return null;
        Blanks();
        if (!_text.AsSpan(_at).StartsWith("..")) return Fail<UnaryTest>("Two dots are expected between the ends of a range.");
        _at += 2;
        if (Literal() is not { } high) return null;
        Blanks();
        if (_at == _text.Length || _text[_at] is not (']' or ')' or '[')) return Fail<UnaryTest>("A range ends with ] or ).");
        var withHigh = _text[_at++] == ']';
        if (low.CompareTo(high) is not { } order) return Fail<UnaryTest>("A range goes from number to number or from date to date.");
        return order > 0 || (order == 0 && !(withLow && withHigh)) ? Fail<UnaryTest>("Nothing lies in this range.") : new Between(low, withLow, high, withHigh);
    }

    private FactValue? Literal()
    {
        Blanks();
        if (_at == _text.Length) return Fail<FactValue?>("A value is missing here.");
        var c = _text[_at];
        if (c == '"') return Quoted() is { } text ? FactValue.Of(text) : null;
        if (char.IsAsciiDigit(c) || c is '-' or '.') return Number();
        if (Word("true")) return FactValue.Of(true);
        if (Word("false")) return FactValue.Of(false);
        if (Word("null")) return FactValue.Unknown;
        if (Word("date")) return Date();
        return Fail<FactValue?>("Expected a number, \"text in quotes\", true, false or date(\"2026-01-31\").");
    }

    private FactValue? Number()
    {
        var start = _at;
        if (_text[_at] == '-') _at++;
        Digits();
        // "1..5" is a range, not the number "1.".
        if (_at + 1 < _text.Length && _text[_at] == '.' && char.IsAsciiDigit(_text[_at + 1]))
        {
            _at++;
            Digits();
        }

        if (decimal.TryParse(_text.AsSpan(start, _at - start), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            return FactValue.Of(number);
        _at = start;
        return Fail<FactValue?>("This is no number. Write 50000 or 0.5, without separators.");
    }

    private void Digits()
    {
        while (_at < _text.Length && char.IsAsciiDigit(_text[_at])) _at++;
    }

    private FactValue? Date()
    {
        if (!Expect('(')) return null;
        Blanks();
        var start = _at;
        if (_at == _text.Length || _text[_at] != '"') return Fail<FactValue?>("A date is written date(\"2026-01-31\").");
        if (Quoted() is not { } text || !Expect(')')) return null;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return FactValue.Of(day);
        _at = start;
        return Fail<FactValue?>("There is no such day; a date is written date(\"2026-01-31\").");
    }

    private string? Quoted()
    {
        var start = _at++;
        var text = new StringBuilder();
        for (; _at < _text.Length; _at++)
        {
            if (_text[_at] == '"')
            {
                _at++;
                return text.ToString();
            }

            if (_text[_at] == '\\' && _at + 1 < _text.Length) _at++;
            text.Append(_text[_at]);
        }

        _at = start;
        return Fail<string?>("The closing quote is missing.");
    }

    private bool Word(string word)
    {
        if (!_text.AsSpan(_at).StartsWith(word, StringComparison.Ordinal)) return false;
        var after = _at + word.Length;
        if (after < _text.Length && (char.IsLetterOrDigit(_text[after]) || _text[after] == '_')) return false;
        _at = after;
        return true;
    }

    private bool Take(char c)
    {
        Blanks();
        if (_at == _text.Length || _text[_at] != c) return false;
        _at++;
        return true;
    }

    private bool Expect(char c)
    {
        if (Take(c)) return true;
        Fail($"“{c}” is expected here.");
        return false;
    }

    private void Blanks()
    {
        while (_at < _text.Length && char.IsWhiteSpace(_text[_at])) _at++;
    }

    private void Fail(string message) => _error ??= new CellError(_at, message);

    private T? Fail<T>(string message)
    {
        Fail(message);
        return default;
    }
}
