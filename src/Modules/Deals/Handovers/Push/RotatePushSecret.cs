using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Deals.Handovers.Push;

/// <summary>A system whose secret is replaced.</summary>
/// <param name="System">The system.</param>
/// <param name="AtOnce">The old one signs no more: somebody else may know it.</param>
/// <param name="Version">The version that the caller has seen.</param>
internal sealed record RotateInput(ConnectedKind? System, bool AtOnce = false, long? Version = null);

/// <summary>Replaces the secret. For a day both sign, so that it can be changed over there in peace.</summary>
internal sealed class RotatePushSecret(Work work, PushSecrets secrets) : UseCase<RotateInput, PushSetting>(work)
{
    public static readonly TimeSpan Overlap = TimeSpan.FromDays(1);

    protected override Permission Permission => HandoverPermissions.Connect;

    protected override async Task<Result<PushSetting>> HandleAsync(RotateInput input, CancellationToken ct)
    {
        if (input.System is not { } system) return HandoverProblems.WhichSystem();
        await Work.LockAsync(QueueHandovers.Key(system), ct);
        if (await Db.Set<ConnectedSystem>().SingleOrDefaultAsync(s => s.System == system, ct) is not { Pushes: true } known) return HandoverProblems.NoAddress(system);
        if (input.Version is { } seen && seen != known.Version) return Problem.Stale();
        var (shown, closed) = secrets.New();
        known.SignWith(closed, Work.Now, input.AtOnce ? null : Work.Now + Overlap);
        return new PushSetting(system, shown);
    }
}
