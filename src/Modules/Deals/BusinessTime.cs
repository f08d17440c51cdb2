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

    private static bool IsWeekend(DateTime at) => at.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;
}
