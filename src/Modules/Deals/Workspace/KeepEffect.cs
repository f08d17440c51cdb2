using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Deals.Workspace;

/// <summary>Puts the comparison in the place of the one before. Run by the clock.</summary>
internal sealed class KeepEffect(Work work) : UseCase<EffectPage, Done>(work)
{
    protected override Permission Permission => DealsPermissions.Clock;

    protected override async Task<Result<Done>> HandleAsync(EffectPage input, CancellationToken ct)
    {
        await Work.LockAsync("deals.effect", ct);
        var run = await Db.Set<EffectRun>().SingleOrDefaultAsync(ct);
        var now = EffectRun.Of(Work.Tenant, input);
        if (run is null) Db.Add(now);
        else (run.At, run.Content) = (now.At, now.Content);
        return default(Done);
    }
}
