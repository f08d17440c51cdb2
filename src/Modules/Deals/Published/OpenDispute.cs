using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Conflicts;
using Trellis.Kernel;

namespace Trellis.Deals.Published;

/// <summary>A dispute about a partner's deal in which the partner has not said anything yet.</summary>
/// <param name="Title">The partner's own deal.</param>
/// <param name="Href">Where it states its side.</param>
public sealed record OpenDispute(string Title, string Href)
{
    /// <summary>Those of the partner that asks, the longest waiting first.</summary>
    public static async Task<IReadOnlyList<OpenDispute>> FindAsync(Work work, int most, CancellationToken ct)
    {
        if (work.Actor.Partner is not { } mine || !work.Actor.May(ConflictsPermissions.Raise)) return [];
        ConflictState[] open = [ConflictState.Disputed, ConflictState.Mediated];
        // What was said before an appeal does not answer the appeal.
        var waiting = await work.Db.Set<Conflict>().AsNoTracking().Where(c => c.Shown && open.Contains(c.State) && (c.PartnerId == mine || c.OtherPartnerId == mine))
            .Where(c => !work.Db.Set<ConflictStatement>().Any(s => s.TenantId == c.TenantId && s.ConflictId == c.Id && s.PartnerId == mine && s.At >= c.DisputedAt))
            .OrderBy(c => c.DisputedAt).Take(most).Select(c => new { c.Id, Own = c.PartnerId == mine ? c.DealId : c.OtherDealId }).ToListAsync(ct);
        if (waiting.Count == 0) return [];
        var ids = waiting.Select(w => w.Own).ToArray();
        var titles = await work.Db.Set<Deal>().AsNoTracking().Where(d => ids.Contains(d.Id)).Select(d => new { d.Id, d.Title }).ToDictionaryAsync(d => d.Id, d => d.Title, ct);
        return [.. waiting.Where(w => w.Own is { } own && titles.ContainsKey(own)).Select(w => new OpenDispute(titles[w.Own!.Value], $"/portal/conflicts/{w.Id}#said"))];
    }
}
