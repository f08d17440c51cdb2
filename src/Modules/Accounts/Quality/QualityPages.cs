using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Accounts.Quality;

/// <summary>Where one check stands.</summary>
/// <param name="Score">The share of records that pass, 0 to 1; 1 where there are none.</param>
/// <param name="Change">Failing records more, or fewer, than a month ago; null where nobody had counted then.</param>
internal sealed record QualityState(
    QualityCheck Check, long Failing, long Total, double Score, long? Change, long Revenue, string Currency, PersonId? Owner, string? OwnerName, DateTime? CountedAt)
{
    public string Href => $"/app/data-quality/{Check.Code}";
}

/// <summary>One kind of work that waits in the data, as a program reads it.</summary>
internal sealed record QualityGap(
    string Code, QualityKind Kind, string Title, string Why, long Count, long Total, double Score, long RevenueLeftOut, string Currency, string? Owner, DateTime? CountedAt, string Href);

/// <summary>The share of passing records of one kind on one day.</summary>
internal sealed record QualityDay(DateOnly Day, QualityKind Kind, double Score);

internal static class QualityPages
{
    public static async Task<IReadOnlyList<QualityState>> StatesAsync(Work work, CancellationToken ct)
    {
        var codes = QualityChecks.All.Select(c => c.Code).ToList();
        var since = work.Today.AddDays(-60);
        var rows = (await work.Db.Set<QualityCount>().AsNoTracking().Where(q => codes.Contains(q.Code) && q.Day >= since).ToListAsync(ct)).ToLookup(q => q.Code);
        var owners = await work.Db.Set<QualityOwner>().AsNoTracking().ToDictionaryAsync(o => o.Code, ct);
        // A tenant whose data nobody has counted yet is new, and small.
        var fresh = rows.Count == 0 ? (await CountQuality.NowAsync(work, ct)).ToDictionary(c => c.Code) : [];
        var month = work.Today.AddDays(-30);
        return [.. QualityChecks.All.Select(check =>
        {
            var latest = rows[check.Code].MaxBy(q => q.Day);
            var then = rows[check.Code].Where(q => q.Day <= month).MaxBy(q => q.Day);
            var now = latest is { } l ? new Counted(check.Code, l.Failing, l.Total, l.Revenue, l.Currency) : fresh.GetValueOrDefault(check.Code) ?? new Counted(check.Code, 0, 0, 0, work.Actor.Currency);
            var owner = owners.GetValueOrDefault(check.Code);
            return new QualityState(check, now.Failing, now.Total, Score(now.Failing, now.Total), then is null ? null : now.Failing - then.Failing, now.Revenue, now.Currency, owner?.Person, owner?.PersonName, latest?.At);
        })];
    }

    /// <summary>What is open, as a program reads it.</summary>
    public static async Task<IReadOnlyList<QualityGap>> GapsAsync(Work work, CancellationToken ct) =>
        [.. (await StatesAsync(work, ct)).Where(s => s.Failing > 0).Select(s => new QualityGap(
            s.Check.Code, s.Check.Kind, s.Check.Title, s.Check.Why, s.Failing, s.Total, s.Score, s.Revenue, s.Currency, s.OwnerName, s.CountedAt, s.Href))];

    /// <summary>The trend of each kind over the last months; one check alone where it is named.</summary>
    public static async Task<IReadOnlyList<QualityDay>> TrendAsync(Work work, string? code, CancellationToken ct)
    {
        var since = work.Today.AddDays(-180);
        var rows = await work.Db.Set<QualityCount>().AsNoTracking().Where(q => q.Day >= since && (code == null || q.Code == code)).Select(q => new { q.Day, q.Code, q.Failing, q.Total }).ToListAsync(ct);
        return [.. from row in rows
                   let check = QualityChecks.Find(row.Code)
                   where check is not null
                   group row by (row.Day, check.Kind) into day
                   orderby day.Key.Day
                   select new QualityDay(day.Key.Day, day.Key.Kind, day.Average(d => Score(d.Failing, d.Total)))];
    }

    /// <summary>The days by the tenant's weeks, in their order.</summary>
    public static IEnumerable<IGrouping<DateOnly, QualityDay>> ByWeek(TenantSettings settings, IEnumerable<QualityDay> days) => days.GroupBy(d => settings.WeekOf(d.Day)).OrderBy(g => g.Key);

    public static double Score(long failing, long total) => total == 0 ? 1 : 1 - (Math.Min(failing, total) / (double)total);
}
