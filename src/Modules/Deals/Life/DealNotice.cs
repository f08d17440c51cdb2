using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Life;

internal enum NoticeKind
{
    /// <summary>A protection ends in 30, 14, 7 or 1 days.</summary>
    Expiry,

    /// <summary>Half of the promised time for a decision is over.</summary>
    HalfTime,

    /// <summary>The promised time is over, and the role above decides.</summary>
    Escalation,

    /// <summary>A request waits for an answer, at half time and when it is late.</summary>
    Request,
}

/// <summary>That something was said about a deal: its key makes sure that it is said once, however often and by however many hands the clock asks.</summary>
internal sealed class DealNotice : ITenantOwned, IUnaudited
{
    public TenantId TenantId { get; init; }
    public DealId DealId { get; init; }
    public NoticeKind Kind { get; init; }

    /// <summary>What it was said of: the last day and the days before it, or the promised instant.</summary>
    public required string Key { get; init; }

    public DateTime At { get; init; }

    public static string ExpiryKey(DateOnly last, int days) => $"{last:yyyy-MM-dd}/{days}";

    public static string ClockKey(DateTime decideBy, string role) => $"{decideBy:yyyy-MM-ddTHH:mm:ss.fff}/{role}";

    public static DealNotice Of(TenantId tenant, DealId deal, NoticeKind kind, string key, DateTime at) => new() { TenantId = tenant, DealId = deal, Kind = kind, Key = key, At = at };
}

/// <summary>When a partner is warned that a protection ends: pure.</summary>
internal static class ExpiryWarnings
{
    public static readonly int[] Days = [30, 14, 7, 1];

    /// <summary>The warning that is due with so many days left: the nearest of them, so that a late one is not followed by older ones.</summary>
    public static int? Due(int daysLeft) => daysLeft < 0 ? null : Days.Where(d => daysLeft <= d).Select(d => (int?)d).Min();
}
