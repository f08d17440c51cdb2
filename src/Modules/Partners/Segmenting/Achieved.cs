using Trellis.Kernel;
using Trellis.Partners.Certifications;
using Trellis.Partners.Published;

namespace Trellis.Partners.Segmenting;

/// <summary>
/// What is asked of a partner's performance. Registrations, revenue and win rate are those of the last twelve months as the hourly job has kept them; a partner that it does not know yet has achieved
/// nothing. Certifications count as of today.
/// </summary>
internal sealed record Achieved
{
    /// <summary>K-56.</summary>
    public int? RegistrationsFrom { get; init; }
    public int? RegistrationsTo { get; init; }

    /// <summary>K-01, minor units of the main currency.</summary>
    public long? WonFrom { get; init; }
    public long? WonTo { get; init; }

    /// <summary>K-30w in per cent; whoever has too few decided deals for a rate is not meant.</summary>
    public int? WinRateFrom { get; init; }
    public int? WinRateTo { get; init; }

    /// <summary>Something happened with it in the last so many days.</summary>
    public int? ActiveDays { get; init; }

    /// <summary>Nothing happened with it in the last so many days.</summary>
    public int? QuietDays { get; init; }

    /// <summary>So many certifications at least are confirmed and in force.</summary>
    public int? CertificationsFrom { get; init; }

    /// <summary>One of these is confirmed and in force.</summary>
    public IReadOnlyList<string> Certifications { get; init => field = value ?? []; } = [];

    public bool IsEmpty => this is
    {
        RegistrationsFrom: null, RegistrationsTo: null, WonFrom: null, WonTo: null, WinRateFrom: null, WinRateTo: null, ActiveDays: null, QuietDays: null, CertificationsFrom: null, Certifications.Count: 0,
    };

    public IQueryable<Partner> Among(Db db, IQueryable<Partner> rows, DateTime now)
    {
        var kept = db.Set<PerformanceRow>();
        if (RegistrationsFrom is > 0 and { } leastSent) rows = rows.Where(p => kept.Any(k => k.TenantId == p.TenantId && k.PartnerId == p.Id && k.Registrations >= leastSent));
        if (RegistrationsTo is { } mostSent) rows = rows.Where(p => !kept.Any(k => k.TenantId == p.TenantId && k.PartnerId == p.Id && k.Registrations > mostSent));
        if (WonFrom is > 0 and { } leastWon) rows = rows.Where(p => kept.Any(k => k.TenantId == p.TenantId && k.PartnerId == p.Id && k.WonAmount >= leastWon));
        if (WonTo is { } mostWon) rows = rows.Where(p => !kept.Any(k => k.TenantId == p.TenantId && k.PartnerId == p.Id && k.WonAmount > mostWon));
        if (WinRateFrom is { } leastRate && leastRate * 100 is var from) rows = rows.Where(p => kept.Any(k => k.TenantId == p.TenantId && k.PartnerId == p.Id && k.WinBasisPoints >= from));
        if (WinRateTo is { } mostRate && mostRate * 100 is var to) rows = rows.Where(p => kept.Any(k => k.TenantId == p.TenantId && k.PartnerId == p.Id && k.WinBasisPoints <= to));
        if (ActiveDays is { } active && Since(now, active) is var (activeAt, activeOn))
            rows = rows.Where(p => p.StateSince >= activeAt || p.TierSince >= activeAt || kept.Any(k => k.TenantId == p.TenantId && k.PartnerId == p.Id && k.LastActive >= activeOn));
        if (QuietDays is { } quiet && Since(now, quiet) is var (quietAt, quietOn))
            rows = rows.Where(p => p.StateSince < quietAt && p.TierSince < quietAt && !kept.Any(k => k.TenantId == p.TenantId && k.PartnerId == p.Id && k.LastActive >= quietOn));
        if (CertificationsFrom is null && Certifications.Count == 0) return rows;
        var today = DateOnly.FromDateTime(now);
        var valid = db.Set<Certification>().Where(c => c.State == CertificationState.Confirmed && c.ValidFrom <= today && (c.ValidUntil == null || c.ValidUntil >= today));
        if (CertificationsFrom is { } certified) rows = rows.Where(p => valid.Count(c => c.TenantId == p.TenantId && c.PartnerId == p.Id) >= certified);
        if (Certifications.Count > 0) rows = rows.Where(p => valid.Any(c => c.TenantId == p.TenantId && c.PartnerId == p.Id && Certifications.Contains(c.Subject)));
        return rows;
    }

    /// <summary>The same of one partner whose facts are there.</summary>
    public bool Holds(SegmentSubject partner, DateTime now)
    {
        if (IsEmpty) return true;
        var (kept, today) = (partner.Performance, DateOnly.FromDateTime(now));
        var valid = partner.Certifications.Where(c => c.From <= today && (c.Until is not { } last || last >= today)).Select(c => c.Subject).ToList();
        return (RegistrationsFrom is not { } leastSent || kept.Registrations >= leastSent) && (RegistrationsTo is not { } mostSent || kept.Registrations <= mostSent)
            && (WonFrom is not { } leastWon || kept.WonAmount >= leastWon) && (WonTo is not { } mostWon || kept.WonAmount <= mostWon)
            && (WinRateFrom is not { } leastRate || kept.WinBasisPoints >= leastRate * 100) && (WinRateTo is not { } mostRate || kept.WinBasisPoints <= mostRate * 100)
            && (ActiveDays is not { } active || IsActive(partner, Since(now, active))) && (QuietDays is not { } quiet || !IsActive(partner, Since(now, quiet)))
            && (CertificationsFrom is not { } certified || valid.Count >= certified) && (Certifications.Count == 0 || valid.Exists(Certifications.Contains));
    }

    public Check Check(Check check) => check
        .That(IsRange(RegistrationsFrom, RegistrationsTo, 1_000_000), "registrations", "The registrations run from a smaller number to a larger one.")
        .That(IsRange(WonFrom, WonTo, 1_000_000_000_000_00), "won", "The revenue runs from a smaller amount to a larger one.")
        .That(IsRange(WinRateFrom, WinRateTo, 100), "winRate", "The win rate runs from a smaller number to a larger one, 0 to 100 per cent.")
        .That(ActiveDays is null or (>= 1 and <= 3660) && QuietDays is null or (>= 1 and <= 3660), "days", "The days are 1 to 3660.")
        .That(CertificationsFrom is null or (>= 1 and <= 10_000), "certifications", "The number of certifications is 1 to 10,000.");

    private static bool IsRange(long? from, long? to, long most) => from is null or >= 0 && to is null or >= 0 && (from ?? 0) <= (to ?? most) && (from ?? 0) <= most && (to ?? 0) <= most;

    private static (DateTime At, DateOnly On) Since(DateTime now, int days) => DateOnly.FromDateTime(now).AddDays(-days) is var on ? (on.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc), on) : default;

    private static bool IsActive(SegmentSubject partner, (DateTime At, DateOnly On) since) => partner.StateSince >= since.At || partner.TierSince >= since.At || partner.Performance.LastActive >= since.On;
}
