using Trellis.Kernel;
using Trellis.Receipts.Published;

namespace Trellis.Incentives;

/// <summary>Records that the bank has paid: all lines are paid, in one transaction of the ledger.</summary>
internal sealed class SettlePayout(Work work, Issuer issuer) : UseCase<(PayoutId Payout, string? Reference), PayoutState>(work)
{
    protected override Permission Permission => IncentivesPermissions.Pay;

    protected override async Task<Result<PayoutState>> HandleAsync((PayoutId Payout, string? Reference) input, CancellationToken ct)
    {
        if (new Check().Text(input.Reference, "reference", "The bank's reference", 100, required: false).Problem is { } problem) return problem;
        var closed = await PayoutLines.CloseAsync(Work, input.Payout, PayoutTrigger.Settle, EarningTrigger.Pay, Text.OrNull(input.Reference), ct);
        if (!closed.Ok) return closed.Problem;
        var (payout, lines) = closed.Value;
        foreach (var earning in lines) earning.MarkPaid(Work.Now);
        foreach (var receipt in EarningReceipts.Paid(payout, lines)) await issuer.IssueAsync(receipt, ct);
        Ledger.Post(Work, $"payout:{payout.Id}:settled", TransactionKind.Payout, payout.Partners == 1 ? "Payout to one partner" : $"Payout to {payout.Partners} partners", lines.SelectMany(Ledger.Payment));
        return payout.State;
    }
}
