using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Trellis.Kernel;
using Trellis.Partners.Records;
using Trellis.Partners.Segmenting;

namespace Trellis.Partners.Published;

/// <summary>Keeps what every partner has achieved, so that segments and lists can ask for it. It reads for long and writes for a moment.</summary>
public sealed class KeepPerformance(Work work, IEnumerable<IPartnerAchievements> sources) : IRecurring
{
    /// <inheritdoc />
    public async Task<Result<Done>> RunAsync(CancellationToken ct)
    {
        var (now, known) = (work.Now, await FindAsync(ct));
        return await work.TransactAsync<Done>("partners.keep_performance", async () =>
        {
            await work.LockAsync("partners.performance", ct);
            var kept = await work.Db.Set<PerformanceRow>().ToDictionaryAsync(p => p.PartnerId, ct);
            work.Db.RemoveRange(kept.Values.Where(k => !known.ContainsKey(k.PartnerId)));
            foreach (var (partner, found) in known)
            {
                if (!kept.TryGetValue(partner, out var row)) work.Db.Add(row = new PerformanceRow { TenantId = work.Tenant, PartnerId = partner });
                else if (found == (row.Registrations, row.WonAmount, row.WinBasisPoints, row.LastActive)) continue;
                (row.Registrations, row.WonAmount, row.WinBasisPoints, row.LastActive) = found;
                row.At = now;
            }

            return default(Done);
        }, ct);
    }

    private async Task<Dictionary<PartnerId, (int Registrations, long WonAmount, int? WinBasisPoints, DateOnly? LastActive)>> FindAsync(CancellationToken ct)
    {
        var db = work.Db;
        var last = await db.Set<Partner>().AsNoTracking().Where(p => p.MergedInto == null).Select(p => new { p.Id, p.StateSince, p.TierSince }).ToDictionaryAsync(p => p.Id, p => p.StateSince > p.TierSince ? p.StateSince : p.TierSince, ct);
        // The same signs of life as those by which a record counts as stale.
        List<IQueryable<ActivePartner>> signs =
        [
            db.Set<Note>().Select(n => new ActivePartner { TenantId = n.TenantId, PartnerId = n.PartnerId, At = n.At }),
            db.Set<Contribution>().Select(c => new ActivePartner { TenantId = c.TenantId, PartnerId = c.PartnerId, At = c.At }),
            .. db.GetService<PartnerActivities>().Since(db, DateTime.UnixEpoch),
        ];
        foreach (var sign in signs)
            foreach (var found in await sign.GroupBy(a => a.PartnerId).Select(g => new { g.Key, At = g.Max(a => a.At) }).ToListAsync(ct))
                if (last.TryGetValue(found.Key, out var before) && found.At > before) last[found.Key] = found.At;

        var achieved = new Dictionary<PartnerId, PartnerAchievement>();
        foreach (var source in sources)
            foreach (var found in await source.LastYearAsync(ct)) achieved[found.Partner] = found;
        return last.ToDictionary(p => p.Key, p => achieved.TryGetValue(p.Key, out var a) ? (a.Registrations, a.WonAmount, a.WinBasisPoints, (DateOnly?)DateOnly.FromDateTime(p.Value)) : (0, 0, null, DateOnly.FromDateTime(p.Value)));
    }
}
