using Trellis.Kernel;

namespace Trellis.Accounts.Imports;

/// <summary>One thing noticed while a row was read.</summary>
internal readonly record struct Note(FindingKind Kind, string Field, string Written, string? Taken, string Why);

/// <summary>One row while it is understood: its cells by field, what was noticed, and why it is refused if it is.</summary>
internal sealed class RowReading(int number, string[] cells, Dictionary<string, int> mapping, int width)
{
    private static readonly HashSet<string> SpreadsheetErrors = ["#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#FIELD!", "#GETTING_DATA"];

    private List<Note>? _notes;
    private List<(string Field, string Value, string Reason)>? _faults;

    public int Number => number;

    public string[] Cells => cells;

    /// <summary>The row as its importer understood it; null where it was refused.</summary>
    public object? Line { get; set; }

    /// <summary>What it says of custom fields; those of blank cells are left out.</summary>
    public IReadOnlyList<(CustomField Field, IReadOnlyList<FieldText> Texts)> Own { get; set; } = [];

    public IReadOnlyList<Note> Notes => _notes ?? (IReadOnlyList<Note>)[];

    /// <summary>Why the row cannot be taken, every reason; null where it can.</summary>
    public string? Refusal { get; private set; }

    /// <summary>What is wrong with it, field by field.</summary>
    public IReadOnlyList<(string Field, string Value, string Reason)> Faults => _faults ?? (IReadOnlyList<(string, string, string)>)[];

    public void Refuse(string field, string value, string reason)
    {
        if (_faults?.Exists(f => f.Field == field) == true) return;
        (_faults ??= new(1)).Add((field, value, reason));
        Refusal = Refusal is null ? reason : $"{Refusal} {reason}";
    }

    public void Note(FindingKind kind, string field, string written, string? taken, string why) => (_notes ??= new(2)).Add(new(kind, field, written, taken, why));

    /// <summary>Refuses rows that are no rows of this table, before any field is read.</summary>
    public void CheckShape()
    {
        if (cells.All(string.IsNullOrWhiteSpace)) Refuse("row", "", "The row has no values.");
        else if (cells.Skip(width).Any(c => !string.IsNullOrWhiteSpace(c))) Refuse("row", "", $"The row has {cells.Length} cells, the header has {width}.");
        else if (cells.Length < width) Note(FindingKind.Mended, "row", $"{cells.Length} cells", $"{width} cells", "the missing cells at the end were taken as blank");
    }

    /// <summary>The trimmed text of a field, or null where there is none. Blanks that nobody sees are mended.</summary>
    public string? Text(string field, int longest = 200)
    {
        if (!mapping.TryGetValue(field, out var column) || column >= cells.Length) return null;
        // Our own export puts an apostrophe before what a spreadsheet would run; it is no part of the value.
        var written = cells[column] is ['\'', ..] marked ? Csv.Original(marked)! : cells[column];
        if (written.Length == 0) return null;
        if (written[0] == '#' && SpreadsheetErrors.Contains(written))
        {
            Note(FindingKind.Doubtful, field, written, null, "a fault of the spreadsheet, not a value; taken as blank");
            return null;
        }

        if (written.Length > longest)
        {
            Refuse(field, written[..40] + "…", $"The text is longer than {longest} characters.");
            return null;
        }

        if (!Kernel.Text.IsClean(written))
        {
            Refuse(field, "", "The text has characters that cannot be stored.");
            return null;
        }

        var text = Settled(written) ? written : string.Join(' ', written.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (text.Length == 0) return null;
        if (text.Length != written.Length || text != written) Note(FindingKind.Mended, field, written, text, "blanks at the ends, doubled or not ordinary");
        return text;
    }

    public string Required(string field, string label, int longest = 200)
    {
        var text = Text(field, longest);
        if (text is null) Refuse(field, "", $"{label} is missing.");
        return text ?? "";
    }

    public DateOnly? Date(string field, DateOrder order)
    {
        if (Text(field, 60) is not { } text) return null;
        var date = CellValues.Date(text, order);
        if (date is null) Refuse(field, text, $"“{text}” is no date of the form {Form(order)}.");
        return date;
    }

    public long? Amount(string field, bool decimalComma, AmountUnit unit, string currency)
    {
        if (Text(field, 60) is not { } text) return null;
        if (CellValues.Number(text, decimalComma) is not { } number)
        {
            Refuse(field, text, $"“{text}” is no amount.");
            return null;
        }

        var minor = CellValues.Minor(number, unit, currency, out var rounded);
        if (number < 0) Refuse(field, text, "The amount is below zero.");
        if (minor is null) Refuse(field, text, "The amount is too large.");
        if (rounded && minor is { } m) Note(FindingKind.Mended, field, text, new Money(m, currency).ToString(), $"rounded to the smallest unit of {currency}");
        return minor;
    }

    public int? Whole(string field, int most)
    {
        if (Text(field, 60) is not { } text) return null;
        var number = CellValues.Number(text, false);
        if (number is { } n && n >= 0 && n <= most && decimal.Truncate(n) == n) return (int)n;
        Refuse(field, text, $"“{text}” is no whole number up to {most:N0}.");
        return null;
    }

    public static string Form(DateOrder order) => order switch
    {
        DateOrder.MonthDayYear => "month/day/year",
        DateOrder.DayMonthYear => "day.month.year",
        _ => "year-month-day",
    };

    private static bool Settled(string text)
    {
        if (char.IsWhiteSpace(text[0]) || char.IsWhiteSpace(text[^1])) return false;
        for (var i = 1; i < text.Length; i++)
        {
            if (char.IsWhiteSpace(text[i]) && (text[i] != ' ' || text[i - 1] == ' ')) return false;
        }

        return true;
    }
}
