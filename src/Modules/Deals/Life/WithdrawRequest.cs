using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Deals.Life;

/// <summary>The partner takes a request back before it is answered.</summary>
internal sealed class WithdrawRequest(Work work) : UseCase<RequestId, RequestId>(work)
{
    protected override Permission Permission => DealsPermissions.Register;

    protected override async Task<Result<RequestId>> HandleAsync(RequestId id, CancellationToken ct)
    {
        var request = await Db.Set<DealRequest>().SingleOrDefaultAsync(r => r.Id == id, ct);
        if (request is null) return LifeProblems.NoSuchRequest();
        var found = await Work.OwnDealAsync(request.DealId, null, ct);
        if (!found.Ok) return found.Problem;
        var moved = request.Move(Work, RequestTrigger.Withdraw, "The partner took the request back.");
        if (!moved.Ok) return moved.Problem;
        if (request.Kind == RequestKind.Extension && found.Value.ProtectionState == ProtectionState.ExtensionRequested)
        {
            var kept = DecideRequest.Keep(Work, found.Value, "The partner took the request back.");
            if (!kept.Ok) return kept.Problem;
        }

        return id;
    }
}
