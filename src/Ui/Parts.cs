namespace Trellis.Ui;

/// <summary>What a status means for the reader. It always comes with an icon and a word, never as a colour alone.</summary>
public enum Tone
{
    Neutral,
    Info,
    Good,
    Warning,
    Bad,
}

/// <summary>A choice in a list.</summary>
public sealed record Option(string Value, string Label, string? Help = null);

/// <summary>A step of the path above a title; the last one has no address.</summary>
public sealed record Crumb(string Label, string? Href = null);

/// <summary>One of several views of the same thing.</summary>
public sealed record TabLink(string Label, string Href, bool Current = false, long? Count = null, string? Icon = null, string? Total = null);

/// <summary>Whom a timeline entry is for.</summary>
public enum Audience
{
    /// <summary>Something that happened.</summary>
    Event,

    /// <summary>A note that only the vendor's people see.</summary>
    Internal,

    /// <summary>A comment that the partner sees too.</summary>
    Shared,
}

/// <summary>An entry of a record's history.</summary>
public sealed record TimelineItem(DateTime At, string Who, string What, string? Body = null, Audience Audience = Audience.Event, string Icon = "point", Tone Tone = Tone.Neutral)
{
    /// <summary>Where that lies with which the line begins, or null.</summary>
    public string? Href { get; init; }
}

/// <summary>How one rule came out, with what it was given.</summary>
public sealed record WhyLine(string Rule, string Given, string Outcome, Tone Tone = Tone.Neutral);

/// <summary>A filter of a list, with its current value if any.</summary>
public sealed record FilterSelect(string Name, string Label, string? Value, IReadOnlyList<Option> Options);

/// <summary>A filter that is typed: a text, or the ends of a range.</summary>
/// <param name="Name">The parameter; for a range what stands before <c>.from</c> and <c>.to</c>.</param>
/// <param name="Label">What is filtered.</param>
/// <param name="Type">The type of the input.</param>
/// <param name="Value">The text that is asked for.</param>
/// <param name="From">Where the range begins; null where it is no range.</param>
/// <param name="To">Where it ends.</param>
public sealed record FilterInput(string Name, string Label, string Type, string? Value, string? From, string? To)
{
    /// <summary>Whether it has two ends.</summary>
    public bool IsRange => Value is null;

    /// <summary>Each parameter with its value and its word.</summary>
    public IReadOnlyList<(string Name, string? Value, string Word)> Parts => IsRange ? [(Name + ".from", From, "from"), (Name + ".to", To, "up to")] : [(Name, Value, "begins with")];
}

/// <summary>A figure of a chart: the number drawn, the text shown, the rows behind it.</summary>
public sealed record ChartCell(decimal? Value, string? Text = null, string? Href = null)
{
    public static implicit operator ChartCell(decimal value) => new(value);
    public static implicit operator ChartCell(int value) => new(value);
    public static implicit operator ChartCell(long value) => new(value);
}

/// <summary>A category of a chart with one figure for each series.</summary>
public sealed record ChartRow(string Label, params ChartCell[] Cells);

/// <summary>How a chart is drawn.</summary>
public enum ChartType
{
    Bar,

    /// <summary>Bars that lie, for long labels.</summary>
    Rows,
    Stacked,
    Line,
}

/// <summary>What a field takes.</summary>
public enum FieldType
{
    Text,
    Email,
    Phone,
    Url,
    Number,
    Money,
    Percent,
    Date,
    TextArea,
    Password,
    Search,
}

internal static class Look
{
    public static string Css(this Tone tone) => tone switch
    {
        Tone.Info => "t-tone-info",
        Tone.Good => "t-tone-good",
        Tone.Warning => "t-tone-warning",
        Tone.Bad => "t-tone-bad",
        _ => "t-tone-neutral",
    };

    public static string Icon(this Tone tone) => tone switch
    {
        Tone.Info => "info-circle",
        Tone.Good => "circle-check",
        Tone.Warning => "alert-triangle",
        Tone.Bad => "circle-x",
        _ => "circle-dot",
    };

    public static string Join(params ReadOnlySpan<string?> classes) => string.Join(' ', classes.ToArray().Where(c => !string.IsNullOrEmpty(c)));

    /// <summary>An id that can stand in a selector.</summary>
    public static string Id(string name) => "f-" + new string([.. name.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-')]);
}
