using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Incentives.Published;
using Trellis.Kernel;
using Trellis.Partners.Published;
using Trellis.Receipts.Published;

namespace Trellis.Incentives;

/// <summary>Computes what partners earn from a won deal and accrues it, once for each win. Returns how many lines there are.</summary>
internal sealed class AccrueDeal(Work work, Issuer issuer) : UseCase<DealWon, int>(work)
{
    protected override Permission Permission => IncentivesPermissions.Accrue;

    protected override async Task<Result<int>> HandleAsync(DealWon won, CancellationToken ct)
    {
        var key = $"deal:{won.Deal}:won";
        await Work.LockAsync(key, ct);
        if (await Ledger.HasAsync(Db, key, ct)) return 0;
        var deal = await Db.Set<DealRow>().SingleOrDefaultAsync(d => d.Id == won.Deal, ct);
        if (deal is null) return Problem.Missing("deal");
        // Corrected before it was heard: there is nothing to pay.
        if (deal.State != DealState.Won) return 0;
        if (await Plans.EffectiveAsync(Db, DateOnly.FromDateTime(won.At), ct) is not { } plan)
        {
            Work.Note("incentives.no_plan", "deals_deal", won.Deal.ToString(), new { wonAt = won.At });
            return 0;
        }

        var team = await Db.Set<DealMemberRow>().Where(m => m.DealId == won.Deal).ToListAsync(ct);
        var shares = DealCredit.Shares(deal.PartnerId, team);
        var partners = await PartnersAsync(shares, ct);
        var rewards = await RewardsAsync(partners.Keys, plan, ct);
        var active = await DealMotion.ActiveAsync(Db, partners.Keys, ct);
        var claims = shares.Where(s => partners.ContainsKey(s.Partner)).Select(s => Claim.Of(s, deal.Motion, partners[s.Partner].Tier, active[s.Partner], rewards.GetValueOrDefault(s.Partner))).ToList();
        // Who asks why there is no line finds the answer in the audit.
        if (plan.OnlySegments && claims.Where(c => c.Reward is null).Select(c => c.Partner.ToString()).Distinct().ToArray() is { Length: > 0 } outside) Work.Note("incentives.outside_segments", "deals_deal", won.Deal.ToString(), new { plan = plan.Number, partners = outside });
        var granted = await GrantedAsync(won.Deal, ct);
        if (granted.Compensation is { } named && !plan.Schemes.ContainsKey(named)) Work.Note("incentives.no_scheme", "deals_deal", won.Deal.ToString(), new { compensation = named, plan = plan.Number });
        var earnings = EarningRules.Decide(new Money(won.Amount, won.Currency), claims, plan, granted).Where(l => l.Amount > 0)
            .Select(l => Line(Work.Tenant, Work.NewId<EarningId>(), deal, won, l, plan, partners[l.Claim.Partner].Name).Begin(EarningState.Accrued, HoldUntil(won.At, plan.HoldDays), Work.Actor.Name, Work.Now)).ToList();
        if (earnings.Count == 0) return 0;
        Db.AddRange(earnings);
        foreach (var earning in earnings) await issuer.IssueAsync(EarningReceipts.Accrued(earning), ct);
        Ledger.Post(Work, key, TransactionKind.Accrual, $"Won: {deal.Title}", earnings.SelectMany(Ledger.Accrual));
        return earnings.Count;
    }

    internal static DateOnly HoldUntil(DateTime wonAt, int holdDays) => DateOnly.FromDateTime(wonAt).AddDays(holdDays);

    internal static Earning Line(TenantId tenant, EarningId id, DealRow deal, DealWon won, EarningLine line, PlanTerms plan, string partnerName) => new()
    {
        TenantId = tenant,
        Id = id,
        PartnerId = line.Claim.Partner,
        DealId = won.Deal,
        DealTitle = deal.Title,
        Role = line.Claim.Role,
        ShareBasisPoints = line.Claim.ShareBasisPoints,
        Model = DealCredit.Model,
        Tier = line.Claim.Tier,
        TierMotion = line.Claim.Motion,
        RateBasisPoints = line.RateBasisPoints,
        PlanId = plan.Id,
        PlanNumber = plan.Number,
        DealAmount = won.Amount,
        BaseAmount = line.Base,
        Amount = line.Amount,
        Currency = won.Currency,
        Compensation = line.Compensation,
        CreditBasisPoints = line.CreditBasisPoints,
        Reward = line.Reward?.Name,
        RewardBasisPoints = line.Reward?.BasisPoints,
        WonAt = won.At,
        SearchText = Text.Fold(deal.Title, partnerName),
    };

    // Membership is that of the moment in which the win is heard, as the tier is; the line keeps what came of it.
    private async Task<Dictionary<PartnerId, Reward?>> RewardsAsync(IEnumerable<PartnerId> partners, PlanTerms plan, CancellationToken ct)
    {
        if (plan.Rewards.Count == 0) return [];
        var asks = new Asks(Db);
        var standings = partners.ToDictionary(p => p, p => Segments.Ask(asks, Work, p));
        await asks.RunAsync(ct);
        var rewards = new Dictionary<PartnerId, Reward?>();
        foreach (var (partner, standing) in standings) rewards[partner] = plan.Best(await standing.HoldingAsync([.. plan.Rewards.Select(r => r.Segment)], ct));
        return rewards;
    }

    // What a person decided later took nothing of it away.
    private async Task<Granted> GrantedAsync(DealId deal, CancellationToken ct) =>
        await Db.Set<DecisionTermsRow>().Where(d => d.DealId == deal).OrderByDescending(d => d.At).Select(d => new Granted(d.RuleId, d.CreditBasisPoints, d.Compensation)).FirstOrDefaultAsync(ct) ?? Granted.Nothing;

    private Task<Dictionary<PartnerId, PartnerRow>> PartnersAsync(IEnumerable<(PartnerId Partner, DealRole, int)> shares, CancellationToken ct)
    {
        var ids = shares.Select(s => s.Partner).ToList();
        return Db.Set<PartnerRow>().Where(p => ids.Contains(p.Id)).ToDictionaryAsync(p => p.Id, ct);
    }
}
