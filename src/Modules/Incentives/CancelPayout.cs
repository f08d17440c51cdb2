using Trellis.Kernel;

namespace Trellis.Incentives;

/// <summary>Gives a payout up: its lines are payable again.</summary>
internal sealed class CancelPayout(Work work) : UseCase<PayoutId, PayoutState>(work)
{
    protected override Permission Permission => IncentivesPermissions.Pay;

    protected override async Task<Result<PayoutState>> HandleAsync(PayoutId id, CancellationToken ct)
    {
        var closed = await PayoutLines.CloseAsync(Work, id, PayoutTrigger.Cancel, EarningTrigger.Unbatch, null, ct);
        if (!closed.Ok) return closed.Problem;
        foreach (var earning in closed.Value.Lines) earning.PutIn(null);
        return closed.Value.Payout.State;
    }
}
