using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;
using Trellis.Partners.Conflicts;
using Trellis.Partners.Published;

namespace Trellis.Partners.Hygiene;

/// <summary>Where one check of partners' records stands, as last counted.</summary>
/// <param name="Score">The share of partners that pass, 0 to 1; 1 where there are none.</param>
/// <param name="Change">Failing partners more, or fewer, than a month ago; null where nobody had counted then.</param>
internal sealed record PartnerCheckState(PartnerCheck Check, int Failing, int Total, double Score, int? Change, PersonId? Owner, string? OwnerName);

/// <summary>The same as a program reads it.</summary>
internal sealed record PartnerGap(string Code, CheckKind Kind, string Title, string Why, string Weakens, int Count, int Total, double Score, int? Change, string? Owner, string Href);

/// <summary>The share of passing partners of one kind on one day.</summary>
internal sealed record PartnerQualityDay(DateOnly Day, CheckKind Kind, double Score);

internal static class PartnerStates
{
    private const int DaysKept = 400;

    public static async Task<IReadOnlyList<PartnerCheckState>> AllAsync(Work work, CancellationToken ct)
    {
        var since = work.Today.AddDays(-60);
        var rows = (await work.Db.Set<PartnerQualityCount>().AsNoTracking().Where(q => q.Day >= since).ToListAsync(ct)).ToLookup(q => q.Code);
        var owners = await work.Db.Set<PartnerCheckOwner>().AsNoTracking().ToDictionaryAsync(o => o.Code, ct);
        // A tenant whose partners nobody has counted yet is new, and small.
        var fresh = rows.Count == 0 ? (await CountAsync(work, await QualityRun.CountAsync(work, ct), ct)).ToDictionary(c => c.Code) : [];
        var month = work.Today.AddDays(-30);
        return [.. PartnerChecks.All.Select(check =>
        {
            var now = rows[check.Code].MaxBy(q => q.Day) ?? fresh.GetValueOrDefault(check.Code);
            var then = rows[check.Code].Where(q => q.Day <= month).MaxBy(q => q.Day);
            var owner = owners.GetValueOrDefault(check.Code);
            var (failing, total) = (now?.Failing ?? 0, now?.Total ?? 0);
            return new PartnerCheckState(check, failing, total, Score(failing, total), then is null ? null : failing - then.Failing, owner?.Person, owner?.PersonName);
        })];
    }

    /// <summary>What is open, as a program reads it.</summary>
    public static async Task<IReadOnlyList<PartnerGap>> GapsAsync(Work work, CancellationToken ct) =>
        [.. (await AllAsync(work, ct)).Where(s => s.Failing > 0).Select(s => new PartnerGap(s.Check.Code, s.Check.Kind, s.Check.Title, s.Check.Why, s.Check.Weakens, s.Failing, s.Total, s.Score, s.Change, s.OwnerName, s.Check.Href))];

    /// <summary>The trend of each kind over the last months; one check alone where it is named.</summary>
    public static async Task<IReadOnlyList<PartnerQualityDay>> TrendAsync(Work work, string? code, CancellationToken ct)
    {
        var since = work.Today.AddDays(-180);
        var rows = await work.Db.Set<PartnerQualityCount>().AsNoTracking().Where(q => q.Day >= since && (code == null || q.Code == code)).Select(q => new { q.Day, q.Code, q.Failing, q.Total }).ToListAsync(ct);
        return [.. from row in rows
                   let check = PartnerChecks.Find(row.Code)
                   where check is not null
                   group row by (row.Day, check.Kind) into day
                   orderby day.Key.Day
                   select new PartnerQualityDay(day.Key.Day, day.Key.Kind, day.Average(d => Score(d.Failing, d.Total)))];
    }

    /// <summary>Counts without writing: what lacks something has been counted, pairs and conflicts are few.</summary>
    public static async Task<IReadOnlyList<PartnerQualityCount>> CountAsync(Work work, QualityRun.Found found, CancellationToken ct)
    {
        var (twins, differ) = (await Twins.CountAsync(work, ct), await SaidList.PartnersAsync(work, ct));
        return [.. PartnerChecks.All.Select(check => new PartnerQualityCount
        {
            TenantId = work.Tenant, Day = work.Today, Code = check.Code, Total = found.Partners,
            Failing = check.Gap is { } gap ? found.Gaps.GetValueOrDefault(gap) : check.Code == PartnerChecks.Twins ? twins : differ,
        })];
    }

    /// <summary>Puts the count of today in its place, inside the caller's transaction.</summary>
    public static async Task KeepAsync(Work work, IReadOnlyList<PartnerQualityCount> counted, CancellationToken ct)
    {
        var (today, oldest) = (work.Today, work.Today.AddDays(-DaysKept));
        var rows = await work.Db.Set<PartnerQualityCount>().Where(q => q.Day == today).ToDictionaryAsync(q => q.Code, ct);
        foreach (var count in counted)
        {
            if (rows.TryGetValue(count.Code, out var row)) (row.Failing, row.Total) = (count.Failing, count.Total);
            else work.Db.Add(count);
        }

        await work.Db.Set<PartnerQualityCount>().Where(q => q.Day < oldest).ExecuteDeleteAsync(ct);
    }

    public static double Score(int failing, int total) => total == 0 ? 1 : 1 - (Math.Min(failing, total) / (double)total);
}
