using System.Globalization;
using Trellis.Kernel;

namespace Trellis.Ui;

/// <summary>Times and amounts as this reader reads them.</summary>
public static class Reading
{
    /// <summary>The reader's time zone; UTC where the name is unknown to this machine.</summary>
    public static TimeZoneInfo Zone(this Actor actor) => TimeZoneInfo.TryFindSystemTimeZoneById(actor.TimeZone, out var zone) ? zone : TimeZoneInfo.Utc;

    /// <summary>A stored UTC time on the reader's clock.</summary>
    public static DateTime Local(this Actor actor, DateTime utc) => TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(utc, DateTimeKind.Utc), actor.Zone());

    /// <summary>A day: <c>21 Nov 2026</c> in the order of the reader's language.</summary>
    public static string Day(DateTime local) => local.ToString(Languages.DayPattern(CultureInfo.CurrentCulture), CultureInfo.CurrentCulture);

    /// <summary>A day and the time.</summary>
    public static string Exact(DateTime local) => $"{Day(local)}, {local.ToString("t", CultureInfo.CurrentCulture)}";

    /// <summary><c>3 hours ago</c>, <c>in 2 days</c>.</summary>
    public static string Relative(DateTime then, DateTime now)
    {
        var gap = then - now;
        var size = gap.Duration();
        var (count, unit) = size switch
        {
            { TotalDays: >= 365 } => ((int)(size.TotalDays / 365), "year"),
            { TotalDays: >= 30 } => ((int)(size.TotalDays / 30), "month"),
            { TotalDays: >= 7 } => ((int)(size.TotalDays / 7), "week"),
            { TotalDays: >= 1 } => ((int)size.TotalDays, "day"),
            { TotalHours: >= 1 } => ((int)size.TotalHours, "hour"),
            { TotalMinutes: >= 1 } => ((int)size.TotalMinutes, "minute"),
            _ => (0, ""),
        };
        if (count == 0) return gap < TimeSpan.Zero ? T("just now") : T("in a moment");
        return gap < TimeSpan.Zero ? T(count, $"{{0}} {unit} ago", $"{{0}} {unit}s ago") : T(count, $"in {{0}} {unit}", $"in {{0}} {unit}s");
    }

    /// <summary>The number of an amount without its currency; <paramref name="whole"/> leaves out the minor units.</summary>
    public static string Number(Money money, bool whole = false) =>
        money.Major.ToString("N" + (whole ? 0 : Money.Digits(money.Currency)), CultureInfo.CurrentCulture);

    /// <summary>A headline figure: 161.8 M, 84.2 K; below ten thousand the whole number.</summary>
    public static string Short(Money money)
    {
        var major = money.Major;
        var (scale, unit) = Math.Abs(major) switch
        {
            >= 999_950_000m => (1_000_000_000m, T("B")),
            >= 999_950m => (1_000_000m, T("M")),
            >= 10_000m => (1_000m, T("K")),
            _ => (1m, ""),
        };
        return unit.Length == 0 ? Number(money, whole: true) : $"{(major / scale).ToString("N1", CultureInfo.CurrentCulture)}\u00a0{unit}";
    }
}
