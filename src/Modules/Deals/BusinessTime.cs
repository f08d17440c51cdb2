namespace Trellis.Deals;

/// <summary>Time as a promise counts it: Saturdays and Sundays do not.</summary>
internal static class BusinessTime
{
    /// <summary>The instant so many business days later; a promise made at a weekend begins on Monday at midnight.</summary>
    public static DateTime Add(DateTime from, int days)
    {
        var at = from;
        while (IsWeekend(at)) at = at.Date.AddDays(1);
        for (var left = days; left > 0;)
        {
            at = at.AddDays(1);
            if (!IsWeekend(at)) left--;
        }

        return DateTime.SpecifyKind(at, DateTimeKind.Utc);
    }

    /// <summary>The business time between two instants: what lies on Saturdays and Sundays does not count.</summary>
    public static TimeSpan Between(DateTime from, DateTime to)
    {
        var sum = TimeSpan.Zero;
        for (var at = from; at < to;)
        {
            var next = at.Date.AddDays(1) < to ? at.Date.AddDays(1) : to;
            if (!IsWeekend(at)) sum += next - at;
            at = next;
        }

        return sum;
    }

    /// <summary>The instant at which so much business time has passed.</summary>
    public static DateTime Plus(DateTime from, TimeSpan time)
    {
        var at = from;
        while (true)
        {
            while (IsWeekend(at)) at = at.Date.AddDays(1);
            var rest = at.Date.AddDays(1) - at;
            if (time <= rest) return DateTime.SpecifyKind(at + time, DateTimeKind.Utc);
            (at, time) = (at.Date.AddDays(1), time - rest);
        }
    }

    private static bool IsWeekend(DateTime at) => at.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;
}
