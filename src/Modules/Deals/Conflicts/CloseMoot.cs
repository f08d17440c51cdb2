using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Conflicts;

/// <summary>Closes the suspicions of a deal that has ended or was refused: nothing is left to decide. What somebody disputes stays open.</summary>
internal sealed class CloseMoot(Work work) : UseCase<DealId, int>(work)
{
    protected override Permission Permission => ConflictsPermissions.Clock;

    protected override async Task<Result<int>> HandleAsync(DealId deal, CancellationToken ct)
    {
        var moot = await Db.Set<Conflict>().Where(c => (c.DealId == deal || c.OtherDealId == deal) && c.State == ConflictState.Suspected).ToListAsync(ct);
        foreach (var conflict in moot)
        {
            const string Why = "One of the two claims has ended.";
            var moved = await Work.MoveAsync(conflict, ConflictTrigger.Settle, Why, ct);
            if (!moved.Ok) return moved.Problem;
            conflict.Decide(ConflictOutcome.NoConflict, Why, null, Work.Now, null);
        }

        // What is over is no claim any more.
        await Db.Set<ClaimKey>().Where(k => k.DealId == deal).ExecuteDeleteAsync(ct);
        return moot.Count;
    }
}
