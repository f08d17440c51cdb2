using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Deals.Handovers;

/// <summary>A system, what people call it, and whether deals go over into it.</summary>
internal sealed record ConnectInput(ConnectedKind? System, string? Name, bool On, long? Version = null);

/// <summary>The vendor says which of its systems deals go on in. Switched on anew, only what is won from then on goes over.</summary>
internal sealed class ConnectSystem(Work work) : UseCase<ConnectInput, ConnectedKind>(work)
{
    protected override Permission Permission => HandoverPermissions.Connect;

    protected override async Task<Result<ConnectedKind>> HandleAsync(ConnectInput input, CancellationToken ct)
    {
        if (input.System is not { } system) return HandoverProblems.WhichSystem();
        if (new Check().Text(input.Name, "name", "The name", 60, required: input.On).Problem is { } problem) return problem;
        await Work.LockAsync(QueueHandovers.Key(system), ct);
        var known = await Db.Set<ConnectedSystem>().SingleOrDefaultAsync(s => s.System == system, ct);
        if (input.Version is { } seen && seen != (known?.Version ?? 0)) return Problem.Stale();
        if (known is null) Db.Add(known = new ConnectedSystem { TenantId = Work.Tenant, System = system });
        if (input.On && !known.IsOn) known.Since = Work.Now;
        (known.Name, known.IsOn) = (Text.OrNull(input.Name)?.Trim() ?? known.Name, input.On);
        return system;
    }
}
