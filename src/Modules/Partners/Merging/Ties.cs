using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;
using Trellis.Partners.Graph;

namespace Trellis.Partners.Merging;

/// <summary>Ties to other partners when two become one: each goes over unless its twin is there, it would tie the partner to itself, or the group of companies would not stay a tree.</summary>
internal static class Ties
{
    public static async Task<(List<OldTie> Untied, List<OldTie> Tied)> MoveAsync(Work work, PartnerId from, PartnerId into, CancellationToken ct)
    {
        var (untied, tied) = (new List<OldTie>(), new List<OldTie>());
        foreach (var tie in await work.Db.Set<Relation>().AsNoTracking().Where(r => r.FromId == from || r.ToId == from).ToListAsync(ct))
        {
            var old = new OldTie(tie.FromId, tie.ToId, tie.Kind, tie.Note, tie.Since);
            var fresh = old with { From = old.From == from ? into : old.From, To = old.To == from ? into : old.To };
            await DropAsync(work, old, ct);
            untied.Add(old);
            if (fresh.From != fresh.To && await AddAsync(work, fresh, ct)) tied.Add(fresh);
        }

        return (untied, tied);
    }

    public static async Task ReturnAsync(Work work, Snapshot snapshot, CancellationToken ct)
    {
        foreach (var tie in snapshot.Tied) await DropAsync(work, tie, ct);
        foreach (var tie in snapshot.Untied) await AddAsync(work, tie, ct);
    }

    private static async Task DropAsync(Work work, OldTie tie, CancellationToken ct)
    {
        var row = await work.Db.Set<Relation>().SingleOrDefaultAsync(r => r.FromId == tie.From && r.ToId == tie.To && r.Kind == tie.Kind, ct);
        if (row is null) return;
        if (tie.Kind == RelationKind.ParentOf) await Family.PartAsync(work, tie.From, tie.To, ct);
        work.Db.Remove(row);
        await work.SaveAsync(ct);
    }

    private static async Task<bool> AddAsync(Work work, OldTie tie, CancellationToken ct)
    {
        if (await work.Db.Set<Relation>().AnyAsync(r => r.Kind == tie.Kind && ((r.FromId == tie.From && r.ToId == tie.To) || (r.FromId == tie.To && r.ToId == tie.From)), ct)) return false;
        if (tie.Kind == RelationKind.ParentOf && await Family.JoinAsync(work, tie.From, tie.To, ct) is not null) return false;
        work.Db.Add(new Relation { TenantId = work.Tenant, FromId = tie.From, ToId = tie.To, Kind = tie.Kind, Note = tie.Note, Since = tie.Since });
        await work.SaveAsync(ct);
        return true;
    }
}
