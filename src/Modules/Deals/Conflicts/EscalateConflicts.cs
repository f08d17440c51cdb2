using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Deals.Conflicts;

/// <summary>Looks every hour which conflicts must go up.</summary>
internal sealed class EscalateConflicts(Db db, Work work, EscalateConflict escalate) : IRecurring
{
    private const int Most = 500;

    public async Task<Result<Done>> RunAsync(CancellationToken ct)
    {
        var now = work.Now;
        var (first, second, third) = (now.AddHours(-ConflictClock.Upwards[0].Hours), now.AddHours(-ConflictClock.Upwards[1].Hours), now.AddHours(-ConflictClock.Upwards[2].Hours));
        // The next level of each, so that those that stand high enough already do not take the others' place.
        var due = await db.Set<Conflict>().AsNoTracking().Where(c => ConflictLifecycle.Open.Contains(c.State) && c.Level < 3)
            .Select(c => new { c.Id, c.Level, From = c.State == ConflictState.Suspected ? c.OpenedAt : c.DisputedAt ?? c.OpenedAt })
            .Where(c => (c.Level == 0 && c.From <= first) || (c.Level == 1 && c.From <= second) || (c.Level == 2 && c.From <= third))
            .OrderBy(c => c.From).Take(Most).Select(c => c.Id).ToListAsync(ct);
        var refusals = new Refusals();
        foreach (var id in due) refusals.Note(await escalate.RunAsync(id, ct));
        return refusals.End;
    }
}
