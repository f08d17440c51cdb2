using System.Globalization;
using System.Text;

namespace Trellis.Whole.Tests.LanguagesOfPeople;

/// <summary>A text that stands in the code between quotation marks, with <c>{0}</c> where a value stands in it.</summary>
/// <param name="Key">How a catalogue names it.</param>
/// <param name="Line">Where it begins.</param>
/// <param name="Calls">The calls that it is handed to, the innermost first: <c>Problem.Invalid</c>, <c>new Problem</c>, <c>T</c>.</param>
/// <param name="Argument">Which argument of the innermost call it is, from 0.</param>
internal sealed record Said(string Key, int Line, IReadOnlyList<string> Calls, int Argument);

/// <summary>Reads the texts of C# code, without a compiler: comments left out, interpolated ones with their places, raw ones as they stand.</summary>
internal sealed class SaidInCode
{
    private readonly string _code;
    private readonly List<Said> _found = [];
    private readonly Stack<(string Call, int Argument)> _open = new();
    private int _at;

    private SaidInCode(string code, int at) => (_code, _at) = (code, at);

    /// <summary>All texts from here on.</summary>
    public static IReadOnlyList<Said> In(string code, int from = 0)
    {
        var reading = new SaidInCode(code, from);
        reading.Read();
        return reading._found;
    }

    private char Here => At(0);

    private char At(int ahead) => _at + ahead < _code.Length ? _code[_at + ahead] : '\0';

    // To the end, or until a bracket closes that was opened before.
    private void Read()
    {
        var depth = _open.Count;
        while (_at < _code.Length)
        {
            switch (Here)
            {
                case '/' when At(1) == '/':
                    _at = _code.IndexOf('\n', _at) is >= 0 and var end ? end : _code.Length;
                    break;
                case '/' when At(1) == '*':
                    _at = _code.IndexOf("*/", _at + 2, StringComparison.Ordinal) is >= 0 and var close ? close + 2 : _code.Length;
                    break;
                case '\'':
                    _at += At(1) == '\\' && _code.IndexOf('\'', _at + 3) is > 0 and var quote && quote - _at < 9 ? quote - _at + 1 : At(2) == '\'' ? 3 : 1;
                    break;
                case '"' or '$' or '@' when IsText(out var dollars, out var verbatim):
                    Text(dollars, verbatim);
                    break;
                case '(' or '[' or '{':
                    _open.Push((Here == '(' ? Callee() : "", 0));
                    _at++;
                    break;
                case ')' or ']' or '}':
                    if (_open.Count == depth) return;
                    _open.Pop();
                    _at++;
                    break;
                case ':' when depth > 0 && _open.Count == depth: // the format of a value inside a text
                    return;
                case ',' when _open.Count > 0:
                    if (depth > 0 && _open.Count == depth) return;
                    var (call, argument) = _open.Pop();
                    _open.Push((call, argument + 1));
                    _at++;
                    break;
                default:
                    _at++;
                    break;
            }
        }
    }

    private bool IsText(out int dollars, out bool verbatim)
    {
        (dollars, verbatim) = (0, false);
        var ahead = 0;
        for (; At(ahead) is '$' or '@'; ahead++)
            if (At(ahead) == '$') dollars++;
            else verbatim = true;
        return At(ahead) == '"';
    }

    private void Text(int dollars, bool verbatim)
    {
        var begin = _at;
        var (calls, argument) = ((string[])[.. _open.Where(o => o.Call.Length > 0).Select(o => o.Call)], _open.Where(o => o.Call.Length > 0).Select(o => o.Argument).FirstOrDefault());
        _at += dollars + (verbatim ? 1 : 0);
        var quotes = 0;
        while (At(quotes) == '"') quotes++;
        var raw = quotes >= 3;
        if (quotes == 2) _at += 2;
        var key = quotes == 2 ? "" : raw ? Raw(quotes, dollars) : Plain(dollars > 0, verbatim);
        _found.Add(new Said(key, _code.AsSpan(0, begin).Count('\n') + 1, calls, argument));
    }

    private string Plain(bool places, bool verbatim)
    {
        var (text, place) = (new StringBuilder(), 0);
        for (_at++; _at < _code.Length; _at++)
        {
            if (Here == '"')
            {
                if (!verbatim || At(1) != '"') break;
                _at++;
            }

            if (places && Here == '{' && At(1) == '{' || places && Here == '}' && At(1) == '}') _at++;
            else if (places && Here == '{')
            {
                Value(text, place++, 1);
                continue;
            }
            else if (Here == '\\' && !verbatim)
            {
                text.Append(Escaped());
                continue;
            }

            text.Append(Here);
        }

        _at++;
        return text.ToString();
    }

    private string Raw(int quotes, int braces)
    {
        var (text, place, end) = (new StringBuilder(), 0, new string('"', quotes));
        for (_at += quotes; _at < _code.Length && string.CompareOrdinal(_code, _at, end, 0, quotes) != 0; _at++)
            if (braces > 0 && Here == '{' && Enumerable.Range(0, braces).All(i => At(i) == '{')) Value(text, place++, braces);
            else text.Append(Here);
        while (Here == '"') _at++;
        return text.ToString();
    }

    // A value, which may have texts of its own inside; ends on its last brace.
    private void Value(StringBuilder text, int place, int braces)
    {
        text.Append(CultureInfo.InvariantCulture, $"{{{place}}}");
        _at += braces;
        _open.Push(("{}", 0));
        while (true)
        {
            Read();
            if (_at >= _code.Length || Here == '}') break;
            if (Here == ':') _at = _code.IndexOf('}', _at);
            else _at++;
            if (Here == '}') break;
        }

        _open.Pop();
        _at += braces - 1;
    }

    private string Escaped()
    {
        _at++;
        if (Here == 'u' && _at + 4 < _code.Length)
        {
            var sign = ((char)int.Parse(_code.AsSpan(_at + 1, 4), NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString();
            _at += 4;
            return sign;
        }

        return Here switch { 'n' => "\n", 't' => "\t", 'r' => "\r", _ => Here.ToString() };
    }

    // What stands before the bracket: a name with what it belongs to, and "new" where something is made.
    private string Callee()
    {
        var end = _at;
        while (end > 0 && _code[end - 1] == '>' && _code.LastIndexOf('<', end - 1) is > 0 and var generic && end - generic < 60) end = generic;
        var begin = end;
        while (begin > 0 && (char.IsLetterOrDigit(_code[begin - 1]) || _code[begin - 1] is '_' or '.')) begin--;
        if (begin == end) return "()";
        var name = _code[begin..end];
        return begin > 4 && _code.AsSpan(begin - 4, 4).SequenceEqual("new ") ? "new " + name : name;
    }
}
