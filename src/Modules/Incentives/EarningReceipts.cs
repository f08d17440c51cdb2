using Trellis.Incentives.Published;
using Trellis.Kernel;
using Trellis.Receipts.Published;

namespace Trellis.Incentives;

/// <summary>What is earned, taken back and paid, as receipts of the partner: with everything that the amount was computed from, so that it can be computed again.</summary>
internal static class EarningReceipts
{
    public static NewReceipt Accrued(Earning e, DateTime? at = null) => new(ReceiptKind.EarningAccrued, e.Id.ToString(), e.PartnerId, e.DealTitle, new ReceiptFacts
    {
        { "deal", e.DealId.ToString() },
        { "won", e.WonAt },
        { "deal_amount", e.DealAmount },
        { "share_basis_points", e.ShareBasisPoints },
        { "part_amount", e.BaseAmount },
        { "role", Words.Of(e.Role) },
        { "tier", Words.Of(e.Tier) },
        { "motion", e.TierMotion is { } motion ? Words.Of(motion) : null },
        { "rate_basis_points", e.RateBasisPoints },
        { "compensation", e.Compensation },
        { "credit_basis_points", e.CreditBasisPoints },
        { "reward", e.Reward },
        { "reward_basis_points", e.RewardBasisPoints },
        { "plan", e.PlanNumber },
        { "amount", e.Amount },
        { "currency", e.Currency },
        { "payable_from", e.HoldUntil },
    })
    { At = at };

    /// <summary>A line that is taken back; after its payment by another line of the negative amount.</summary>
    public static NewReceipt Reversed(Earning e, EarningId? clawback, string? reason, DateTime? at = null) => new(ReceiptKind.EarningReversed, e.Id.ToString(), e.PartnerId, e.DealTitle, new ReceiptFacts
    {
        { "deal", e.DealId.ToString() },
        { "amount", -e.Amount },
        { "currency", e.Currency },
        { "by_line", clawback?.ToString() },
    })
    {
        Personal = new Dictionary<string, string?> { ["in_their_words"] = reason },
        At = at,
    };

    /// <summary>One receipt for each partner in a payout: its own sum, never that of others.</summary>
    public static IEnumerable<NewReceipt> Paid(Payout payout, IEnumerable<Earning> lines, DateTime? at = null) => lines.GroupBy(e => e.PartnerId).Select(own => new NewReceipt(
        ReceiptKind.Payment, payout.Id.ToString(), own.Key, $"Payout {Statement(own)}", new ReceiptFacts
        {
            { "amount", own.Sum(e => e.Amount) },
            { "currency", payout.Currency },
            { "lines", own.Count() },
            { "reference", payout.Reference },
        })
    { At = at });

    private static string Statement(IGrouping<PartnerId, Earning> own) => new Money(own.Sum(e => e.Amount), own.First().Currency).ToString();
}
