using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Deals.Handovers.Push;

/// <summary>A person lets everything wait again that a system did not take, at most <see cref="Most"/> deals at once; says how many.</summary>
internal sealed class ReplayHandovers(Work work) : UseCase<ConnectedKind?, int>(work)
{
    public const int Most = 500;

    protected override Permission Permission => HandoverPermissions.Work;

    protected override async Task<Result<int>> HandleAsync(ConnectedKind? wanted, CancellationToken ct)
    {
        if (wanted is not { } system) return HandoverProblems.WhichSystem();
        await Work.LockAsync(QueueHandovers.Key(system), ct);
        var parked = await Db.Set<Handover>().Where(h => h.System == system && h.State == HandoverState.Failed).OrderBy(h => h.Id).Take(Most).ToListAsync(ct);
        foreach (var handover in parked)
            if (handover.Move(Work, HandoverTrigger.Retry).Problem is { } problem) return problem;
        return parked.Count;
    }
}
