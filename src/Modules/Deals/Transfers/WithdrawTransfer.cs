using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Transfers;

/// <summary>The vendor takes a proposal back, as long as it is not answered.</summary>
internal sealed class WithdrawTransfer(Work work, TransferMail mail) : UseCase<TransferAnswer, TransferId>(work)
{
    protected override Permission Permission => TransferPermissions.Propose;

    protected override async Task<Result<TransferId>> HandleAsync(TransferAnswer input, CancellationToken ct)
    {
        var found = await Transfers.OpenAsync(Work, input, ct);
        if (!found.Ok) return found.Problem;
        if (Work.Actor.IsPartner) return TransferProblems.NotAsked();
        if (new Check().Text(input.Reason, "reason", "The reason", 1000).Problem is { } problem) return problem;
        var moved = found.Value.Move(Work, TransferTrigger.Withdraw, input.Reason!.Trim());
        if (!moved.Ok) return moved.Problem;
        await mail.WithdrawnAsync(found.Value, ct);
        return found.Value.Id;
    }
}
