using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;
using Trellis.Notifications.Published;

namespace Trellis.Partners.Assets;

/// <summary>A move of an entry, with the reason that the partner reads.</summary>
internal sealed record AssetMove(AssetTrigger? Trigger, string? Reason = null);

/// <summary>Publishes an entry, or returns it with a reason.</summary>
internal sealed class ReviewAsset(Work work, Notify notify) : UseCase<(AssetId Id, AssetMove Move), AssetState>(work)
{
    protected override Permission Permission => AssetPermissions.Review;

    protected override async Task<Result<AssetState>> HandleAsync((AssetId Id, AssetMove Move) input, CancellationToken ct)
    {
        var (id, move) = input;
        if (move.Trigger is not (AssetTrigger.Publish or AssetTrigger.Return)) return Problem.Invalid("trigger", "Publish it, or return it.");
        if (new Check().Text(move.Reason, "reason", "The reason", 1000, required: move.Trigger == AssetTrigger.Return).Problem is { } problem) return problem;
        if (await Db.Set<Asset>().SingleOrDefaultAsync(a => a.Id == id, ct) is not { } asset) return Problem.Missing("entry of the catalogue");
        var reason = Text.OrNull(move.Reason);
        var moved = Work.Move(AssetLifecycle.Machine, id.ToString(), asset.State, move.Trigger.Value, reason);
        if (!moved.Ok) return moved.Problem;
        asset.Enter(moved.Value, Work.Actor.Name, reason, Work.Now);
        await AssetNews.DecidedAsync(Work, notify, asset, ct);
        return moved.Value;
    }
}
