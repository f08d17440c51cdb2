using System.Globalization;

namespace Trellis.Kernel;

/// <summary>A day on which nobody works: once, or every year where <paramref name="Year"/> is null.</summary>
/// <param name="Year">The year, or null for each year.</param>
/// <param name="Month">1 to 12.</param>
/// <param name="Day">1 to 31.</param>
/// <param name="Name">What it is called.</param>
public sealed record Holiday(int? Year, int Month, int Day, string Name)
{
    /// <summary>One holiday a line: <c>2026-04-03 Good Friday</c>, or <c>12-25 Christmas Day</c> for every year; the lines that are none come second.</summary>
    public static (IReadOnlyList<Holiday> Holidays, IReadOnlyList<string> Wrong) Read(string? text)
    {
        var (holidays, wrong) = (new List<Holiday>(), new List<string>());
        foreach (var line in (text ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var (day, name) = line.IndexOf(' ', StringComparison.Ordinal) is > 0 and var at ? (line[..at], line[(at + 1)..].Trim()) : (line, "");
            // 29 February exists in a leap year alone.
            if (DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var once)) holidays.Add(new(once.Year, once.Month, once.Day, name));
            else if (DateOnly.TryParseExact("2000-" + day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var yearly)) holidays.Add(new(null, yearly.Month, yearly.Day, name));
            else wrong.Add(line);
        }

        return (holidays, wrong);
    }

    /// <summary>The line that <see cref="Read"/> understands.</summary>
    public override string ToString() => $"{(Year is { } year ? $"{year:0000}-" : "")}{Month:00}-{Day:00} {Name}".TrimEnd();
}

/// <summary>Time as a promise counts it: on days off it stands still. Days begin at midnight in the calendar's own time zone.</summary>
public sealed class WorkCalendar
{
    /// <summary>Monday to Friday, in UTC, without holidays.</summary>
    public static readonly WorkCalendar Standard = new(TimeZoneInfo.Utc, Weekdays, []);

    /// <summary>Monday to Friday, as bits from Sunday on.</summary>
    public const int Weekdays = 0b0111110;

    private readonly TimeZoneInfo _zone;
    private readonly int _days;
    private readonly HashSet<(int? Year, int Month, int Day)> _off;

    /// <param name="zone">In which its days begin.</param>
    /// <param name="days">The days of the week on which people work: bit 0 is Sunday. None would let no promise ever end, so it means Monday to Friday.</param>
    /// <param name="holidays">The days on which they do not.</param>
    public WorkCalendar(TimeZoneInfo zone, int days, IEnumerable<Holiday> holidays)
    {
        (_zone, _days) = (zone, (days & 0x7f) == 0 ? Weekdays : days);
        _off = [.. holidays.Select(h => (h.Year, h.Month, h.Day))];
    }

    /// <summary>Whether people work on this day.</summary>
    public bool IsWorkday(DateOnly day) => (_days & (1 << (int)day.DayOfWeek)) != 0 && !_off.Contains((null, day.Month, day.Day)) && !_off.Contains((day.Year, day.Month, day.Day));

    /// <summary>The instant so many working days later; a promise made on a day off begins at midnight of the next working day.</summary>
    public DateTime Add(DateTime from, int days)
    {
        var (day, time) = Start(from);
        for (var left = days; left > 0; left--) day = Next(day);
        return Utc(day, time);
    }

    /// <summary>The working time between two instants.</summary>
    public TimeSpan Between(DateTime from, DateTime to)
    {
        var sum = TimeSpan.Zero;
        for (var at = from; at < to;)
        {
            var day = DayOf(at);
            var end = Utc(day.AddDays(1), TimeSpan.Zero);
            var next = end < to ? end : to;
            if (IsWorkday(day)) sum += next - at;
            at = next;
        }

        return sum;
    }

    /// <summary>The instant at which so much working time has passed.</summary>
    public DateTime Plus(DateTime from, TimeSpan time)
    {
        var (day, clock) = Start(from);
        for (var at = Utc(day, clock); ; at = Utc(day, TimeSpan.Zero))
        {
            var rest = Utc(day.AddDays(1), TimeSpan.Zero) - at;
            if (time <= rest) return at + time;
            (time, day) = (time - rest, Next(day));
        }
    }

    // A calendar of nothing but holidays must end as well: after a year of them any day will do.
    private DateOnly Next(DateOnly day)
    {
        var next = day.AddDays(1);
        for (var tried = 0; tried < 366 && !IsWorkday(next); tried++) next = next.AddDays(1);
        return next;
    }

    private (DateOnly Day, TimeSpan Clock) Start(DateTime from)
    {
        var day = DayOf(from);
        return IsWorkday(day) ? (day, TimeZoneInfo.ConvertTimeFromUtc(AsUtc(from), _zone).TimeOfDay) : (Next(day), TimeSpan.Zero);
    }

    private DateOnly DayOf(DateTime utc) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(AsUtc(utc), _zone));

    // An hour that the clock skips in spring begins where it goes on.
    private DateTime Utc(DateOnly day, TimeSpan clock)
    {
        var local = day.ToDateTime(TimeOnly.MinValue) + clock;
        while (_zone.IsInvalidTime(local)) local = local.AddMinutes(15);
        return AsUtc(TimeZoneInfo.ConvertTimeToUtc(local, _zone));
    }

    private static DateTime AsUtc(DateTime at) => DateTime.SpecifyKind(at, DateTimeKind.Utc);
}
