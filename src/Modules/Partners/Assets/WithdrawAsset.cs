using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Partners.Assets;

/// <summary>The owner takes an entry out of the catalogue.</summary>
internal sealed class WithdrawAsset(Work work) : UseCase<AssetId, AssetState>(work)
{
    protected override Permission Permission => AssetPermissions.Submit;

    protected override async Task<Result<AssetState>> HandleAsync(AssetId input, CancellationToken ct)
    {
        if (Work.Actor.Partner is not { } me || await Db.Set<Asset>().SingleOrDefaultAsync(a => a.Id == input && a.PartnerId == me, ct) is not { } asset) return Problem.Missing("entry of the catalogue");
        var moved = Work.Move(AssetLifecycle.Machine, input.ToString(), asset.State, AssetTrigger.Withdraw);
        if (!moved.Ok) return moved.Problem;
        asset.Enter(moved.Value, Work.Actor.Name, null, Work.Now);
        return moved.Value;
    }
}
