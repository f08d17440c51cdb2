using System.Globalization;
using Trellis.Kernel;

namespace Trellis.Insights;

/// <summary>A window of whole days, both ends included. Days are days in UTC, as the times of the deals are stored.</summary>
/// <param name="From">The first day.</param>
/// <param name="To">The last day.</param>
/// <param name="Name">Its name in the address: <c>last-12-months</c>, or <c>custom</c>.</param>
/// <param name="Label">Its name for people.</param>
internal sealed record Window(DateOnly From, DateOnly To, string Name, string Label)
{
    public static readonly (string Name, string Label)[] Choices =
    [
        ("last-12-months", "Last 12 months"),
        ("this-quarter", "This quarter"),
        ("last-quarter", "Last quarter"),
        ("this-year", "This year"),
        ("last-year", "Last year"),
        ("all", "All time"),
    ];

    private static readonly DateOnly Earliest = new(2000, 1, 1);

    /// <summary>
    /// The window of the same length right before; a whole number of months steps back by months, and a period that is not over is compared with as
    /// much of the one before. All time has nothing before it.
    /// </summary>
    public Window? Before
    {
        get
        {
            if (Name == "all") return null;
            if (Name is "this-quarter" or "this-year")
            {
                var back = Name == "this-year" ? -12 : -3;
                return this with { From = From.AddMonths(back), To = To.AddMonths(back), Label = "the same part of the period before" };
            }

            var months = ((To.AddDays(1).Year - From.Year) * 12) + To.AddDays(1).Month - From.Month;
            return From.Day == To.AddDays(1).Day && months > 0
                ? this with { From = From.AddMonths(-months), To = From.AddDays(-1), Label = "the period before" }
                : this with { From = From.AddDays(-(To.DayNumber - From.DayNumber + 1)), To = From.AddDays(-1), Label = "the period before" };
        }
    }

    private const string Usual = "last-12-months";

    /// <summary>From the address: a name, or two dates; anything else is the last twelve months.</summary>
    public static Window Parse(string? name, string? from, string? to, DateOnly today, int fiscalMonth = 1)
    {
        var (begins, ends) = (Day(from), Day(to));
        if (begins is { } first && ends is { } last && first <= last && first >= Earliest && last <= today.AddYears(10))
            return new(first, last, "custom", $"{first.ToString("d MMM yyyy", CultureInfo.CurrentCulture)} to {last.ToString("d MMM yyyy", CultureInfo.CurrentCulture)}");
        // Months since the fiscal year began.
        var into = (today.Month - fiscalMonth + 12) % 12;
        var year = new DateOnly(today.Year, today.Month, 1).AddMonths(-into);
        var quarter = year.AddMonths(into / 3 * 3);
        return Understood.OneOf(name, "this-quarter", "last-quarter", "this-year", "last-year", "all", Usual, "custom") switch
        {
            "this-quarter" => new(quarter, today, "this-quarter", "This quarter so far"),
            "last-quarter" => new(quarter.AddMonths(-3), quarter.AddDays(-1), "last-quarter", "Last quarter"),
            "this-year" => new(year, today, "this-year", "This year so far"),
            "last-year" => new(year.AddYears(-1), year.AddDays(-1), "last-year", "Last year"),
            "all" => new(Earliest, today, "all", "All time"),
            _ => new(today.AddYears(-1).AddDays(1), today, Usual, "Last 12 months"),
        };
    }

    /// <summary>The window as part of an address.</summary>
    public string Query => $"from={From:yyyy-MM-dd}&to={To:yyyy-MM-dd}";

    private static DateOnly? Day(string? text) =>
        Understood.Note(text, DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : (DateOnly?)null);
}
