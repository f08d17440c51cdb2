using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Conflicts;

/// <summary>What all use cases on one conflict share: find it, move it, and let its deals follow.</summary>
internal static class ConflictMoves
{
    public static async Task<Result<Conflict>> ConflictAsync(this Work work, ConflictId id, long? version, CancellationToken ct)
    {
        var conflict = await work.Db.Set<Conflict>().SingleOrDefaultAsync(c => c.Id == id, ct);
        if (conflict is null) return ConflictsProblems.Missing();
        return version is { } expected && expected != conflict.Version ? Problem.Stale() : conflict;
    }

    /// <summary>Moves the conflict, writes the move down, and shows it on its deals.</summary>
    public static async Task<Result<ConflictState>> MoveAsync(this Work work, Conflict conflict, ConflictTrigger on, string? reason, CancellationToken ct, Actor? by = null)
    {
        var next = work.Move(ConflictLifecycle.Machine, conflict.Id.ToString(), conflict.State, on, reason, by);
        if (!next.Ok) return next;
        conflict.Enter(next.Value, work.Now, (by ?? work.Actor).Name);
        await FollowAsync(work, conflict, ct);
        return next;
    }

    public static void Say(this Work work, Conflict conflict, StatementKind kind, string body) => work.Db.Add(new ConflictStatement
    {
        TenantId = work.Tenant,
        Id = work.NewId<StatementId>(),
        ConflictId = conflict.Id,
        Kind = kind,
        PartnerId = work.Actor.Partner,
        AuthorId = work.Actor.Person,
        AuthorName = work.Actor.Name,
        Body = body.Trim(),
        At = work.Now,
    });

    private static async Task FollowAsync(Work work, Conflict conflict, CancellationToken ct)
    {
        DealId[] ids = conflict.OtherDealId is { } other && other != conflict.DealId ? [conflict.DealId, other] : [conflict.DealId];
        foreach (var id in ids)
        {
            var others = await work.Db.Set<Conflict>().IgnoreQueryFilters([Db.PartnerFilter]).AsNoTracking()
                .Where(c => (c.DealId == id || c.OtherDealId == id) && c.Id != conflict.Id).Select(c => c.State).ToListAsync(ct);
            var state = ConflictLifecycle.Strongest(others.Append(conflict.State));
            if (work.Db.Set<Deal>().Local.FirstOrDefault(d => d.Id == id) is { } tracked) tracked.Contest(state);
            // The other side's deal takes the mark without a new version: nobody there has changed anything.
            else await work.Db.Set<Deal>().IgnoreQueryFilters([Db.PartnerFilter]).Where(d => d.Id == id).ExecuteUpdateAsync(set => set.SetProperty(d => d.ConflictState, state), ct);
        }
    }
}
