using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Deals.Plans;

/// <summary>Companies of target lists in the search box of both faces: each leads to its plan. A partner finds those of the lists that it shares.</summary>
internal sealed class TargetSearch(Work work) : ISearchSource
{
    public async Task<IReadOnlyList<Hit>> FindAsync(string folded, int limit, CancellationToken ct)
    {
        if (!work.Actor.May(TargetPermissions.View) || folded.Length == 0) return [];
        var found = await work.Db.Set<Target>().AsNoTracking().Matching(work.Db, folded).Take(ISearchSource.Candidates).Select(t => new { t.Id, t.ListId, t.Name, t.ChangedAt }).ToListAsync(ct);
        var best = found.OrderByDescending(t => t.ChangedAt).Best(folded, limit, t => t.Name);
        var lists = best.Select(t => t.ListId).Distinct().ToList();
        var names = lists.Count == 0 ? [] : await work.Db.Set<TargetList>().Where(l => lists.Contains(l.Id)).ToDictionaryAsync(l => l.Id, l => l.Name, ct);
        var root = work.Actor.IsPartner ? "/portal/targets/" : "/app/targets/";
        return [.. best.Select(t => new Hit("Target account", t.Name, names.GetValueOrDefault(t.ListId, ""), root + t.Id))];
    }
}
