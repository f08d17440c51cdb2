using Microsoft.EntityFrameworkCore;
using Trellis.Incentives.Published;
using Trellis.Kernel;
using Trellis.Receipts.Published;

namespace Trellis.Incentives;

/// <summary>
/// Takes an earning back by an opposite transaction. A line that is paid, or just being paid, stays as it is: a clawback line of the negative amount
/// goes into the partner's next payout.
/// </summary>
internal sealed class ReverseEarning(Work work, Issuer issuer) : UseCase<(EarningId Earning, string? Reason), EarningState>(work)
{
    protected override Permission Permission => IncentivesPermissions.Approve;

    protected override async Task<Result<EarningState>> HandleAsync((EarningId Earning, string? Reason) input, CancellationToken ct)
    {
        if (Text.OrNull(input.Reason) is not { } reason) return IncentivesProblems.ReasonNeeded();
        if (new Check().Text(reason, "reason", "The reason", 1000).Problem is { } problem) return problem;
        var earning = await Db.Set<Earning>().SingleOrDefaultAsync(e => e.Id == input.Earning, ct);
        return earning is null ? IncentivesProblems.NoEarning() : await ReverseAsync(Work, issuer, earning, reason, ct);
    }

    internal static async Task<Result<EarningState>> ReverseAsync(Work work, Issuer issuer, Earning earning, string reason, CancellationToken ct)
    {
        var key = $"earning:{earning.Id}:reversed";
        await work.LockAsync(key, ct);
        if (earning.Kind == EarningKind.Clawback || await Ledger.HasAsync(work.Db, key, ct)) return IncentivesProblems.TakenBackAlready();
        var debt = earning.State is EarningState.Payable or EarningState.InBatch or EarningState.Paid ? LedgerAccount.Payable : LedgerAccount.Accrued;
        EarningId? clawback = null;
        if (earning.State is EarningState.Paid or EarningState.InBatch)
        {
            clawback = work.NewId<EarningId>();
            work.Db.Add(Clawback(earning, clawback.Value).Begin(EarningState.Payable, work.Today, work.Actor.Name, work.Now, reason));
        }
        else
        {
            var moved = earning.Move(work, EarningTrigger.Reverse, reason);
            if (!moved.Ok) return moved;
        }

        await issuer.IssueAsync(EarningReceipts.Reversed(earning, clawback, reason), ct);
        Ledger.Post(work, key, TransactionKind.Reversal, $"Taken back: {earning.DealTitle}. {reason}", Ledger.Reversal(earning, debt));
        return earning.State;
    }

    internal static Earning Clawback(Earning of, EarningId id) => new()
    {
        TenantId = of.TenantId,
        Id = id,
        PartnerId = of.PartnerId,
        DealId = of.DealId,
        Kind = EarningKind.Clawback,
        DealTitle = of.DealTitle,
        Role = of.Role,
        ShareBasisPoints = of.ShareBasisPoints,
        Model = of.Model,
        Tier = of.Tier,
        TierMotion = of.TierMotion,
        RateBasisPoints = of.RateBasisPoints,
        PlanId = of.PlanId,
        PlanNumber = of.PlanNumber,
        DealAmount = of.DealAmount,
        BaseAmount = of.BaseAmount,
        Amount = -of.Amount,
        Currency = of.Currency,
        Compensation = of.Compensation,
        CreditBasisPoints = of.CreditBasisPoints,
        Reward = of.Reward,
        RewardBasisPoints = of.RewardBasisPoints,
        WonAt = of.WonAt,
        SearchText = of.SearchText,
    };
}
