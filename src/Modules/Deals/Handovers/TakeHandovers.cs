using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Deals.Handovers;

/// <summary>A system, and how many deals its connector wants at most.</summary>
internal sealed record TakeInput(ConnectedKind? System, int Most = 20);

/// <summary>
/// A connector fetches what waits, oldest first, and what another one fetched and did not answer in time. What it gets is its own for a quarter of an hour: two connectors never get the same.
/// </summary>
internal sealed class TakeHandovers(Work work) : UseCase<TakeInput, IReadOnlyList<HandoverId>>(work)
{
    private const int Limit = 100;
    private const int Tries = 5;

    protected override Permission Permission => HandoverPermissions.Work;

    protected override async Task<Result<IReadOnlyList<HandoverId>>> HandleAsync(TakeInput input, CancellationToken ct)
    {
        if (input.System is not { } system) return HandoverProblems.WhichSystem();
        if (input.Most is < 1 or > Limit) return Problem.Invalid("most", $"From 1 to {Limit} deals at once.");
        if (!await Db.Set<ConnectedSystem>().AnyAsync(s => s.System == system && s.IsOn, ct)) return HandoverProblems.NotConnected(system);
        await Work.LockAsync(QueueHandovers.Key(system), ct);
        var now = Work.Now;
        var rows = await Db.Set<Handover>().Where(h => h.System == system && (h.State == HandoverState.Waiting || (h.State == HandoverState.Taken && h.LeasedUntil < now))).InTurn(Db)
            .OrderBy(h => h.Id).Take(input.Most).ToListAsync(ct);
        foreach (var tired in rows.Where(r => r.State == HandoverState.Taken && r.Attempts >= Tries)) tired.Move(Work, HandoverTrigger.Fail, "It was fetched five times, and nobody said what became of it.");
        rows.RemoveAll(r => r.State == HandoverState.Failed);
        foreach (var row in rows) row.Move(Work, HandoverTrigger.Take);
        await HandoverFacts.NoteAsync(Work, rows, ct);
        return rows.ConvertAll(r => r.Id);
    }
}
