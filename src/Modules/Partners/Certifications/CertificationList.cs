using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Partners.Certifications;

/// <summary>A certification as both sides read it.</summary>
internal sealed record CertificationItem(
    CertificationId Id, string Person, string Subject, CertificationLevel Level, string Issuer, DateOnly From, DateOnly? Until, string? Evidence,
    CertificationState State, bool InForce, string? Reason, DateTime Since, string By, IReadOnlyList<CertificationTrigger> Allowed, long Version) : IHasVersion;

internal static class CertificationList
{
    private const int Most = 500;

    /// <summary>The certifications of a partner: what waits for somebody first, then the newest.</summary>
    public static async Task<IReadOnlyList<CertificationItem>> OfAsync(Work work, PartnerId partner, CancellationToken ct)
    {
        var rows = await work.Db.Set<Certification>().AsNoTracking().Where(c => c.PartnerId == partner).OrderByDescending(c => c.Id).Take(Most).ToListAsync(ct);
        var decides = work.Actor.May(CertificationPermissions.Certify);
        return [.. rows.OrderBy(c => c.State == CertificationState.Claimed ? 0 : c.InForce(work.Today) ? 1 : 2).Select(c => new CertificationItem(
            c.Id, c.PersonName, c.Subject, c.Level, c.Issuer, c.ValidFrom, c.ValidUntil, c.Evidence, c.State, c.InForce(work.Today), c.Reason, c.StateSince, c.StateBy,
            decides ? CertificationLifecycle.Machine.Allowed(c.State) : [], c.Version))];
    }

    /// <summary>What certifications are called that were entered lately.</summary>
    public static async Task<IReadOnlyList<string>> SubjectsAsync(Work work, int most, CancellationToken ct) =>
        [.. (await work.Db.Set<Certification>().AsNoTracking().OrderByDescending(c => c.Id).Select(c => c.Subject).Take(100).ToListAsync(ct)).Distinct().Take(most)];

    /// <summary>How many are in force, how many people hold one, and how many claims wait.</summary>
    public static async Task<(int InForce, int People, int Claimed)> CountAsync(Work work, PartnerId partner, CancellationToken ct)
    {
        var rows = await work.Db.Set<Certification>().AsNoTracking().Where(c => c.PartnerId == partner && (c.State == CertificationState.Claimed || c.State == CertificationState.Confirmed)).Take(Most).ToListAsync(ct);
        var inForce = rows.Where(c => c.InForce(work.Today)).ToList();
        return (inForce.Count, inForce.DistinctBy(c => Text.Fold(c.PersonName)).Count(), rows.Count(c => c.State == CertificationState.Claimed));
    }
}
