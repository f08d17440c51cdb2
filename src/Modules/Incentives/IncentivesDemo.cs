using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Incentives.Published;
using Trellis.Kernel;
using Trellis.Partners.Published;
using Trellis.Receipts.Published;

namespace Trellis.Incentives;

/// <summary>
/// Two plans, and the earnings of the demo's won deals: old ones paid in monthly payouts, younger ones payable or within the hold period, a few held,
/// disputed or taken back. The ledger is posted by the same rules as in use.
/// </summary>
internal sealed class IncentivesDemo(Demo demo)
{
    private const int HoldDays = 30;
    private readonly Random _chance = demo.Chance("incentives");
    private readonly List<Earning> _earnings = [];
    private readonly List<LedgerTransaction> _transactions = [];
    private readonly List<LedgerEntry> _entries = [];
    private readonly List<Transition> _transitions = [];
    private HashSet<PartnerId> _rewarded = [];
    private ILookup<PartnerId, (Motion Motion, Tier Tier)> _active = Array.Empty<(PartnerId, Motion, Tier)>().ToLookup(m => m.Item1, m => (m.Item2, m.Item3));
    private readonly Dictionary<(int Year, int Month, string Currency), List<Earning>> _payouts = [];

    public async Task LoadAsync(CancellationToken ct)
    {
        var (first, second) = await AddPlansAsync(ct);
        var deals = await demo.Db.Set<DealRow>().Where(d => d.State == DealState.Won && d.WonAmount != null && d.ClosedAt != null).ToListAsync(ct);
        var team = (await demo.Db.Set<DealMemberRow>().Where(m => m.State == MemberState.Accepted).ToListAsync(ct)).ToLookup(m => m.DealId);
        var partners = await demo.Db.Set<PartnerRow>().ToDictionaryAsync(p => p.Id, ct);
        _active = (await demo.Db.Set<PartnerMotionRow>().Where(m => m.State == MotionState.Active).Select(m => new { m.PartnerId, m.Motion, m.Tier }).ToListAsync(ct)).ToLookup(m => m.PartnerId, m => (m.Motion, m.Tier));
        _rewarded = second.Terms.Rewards is [var reward, ..] ? [.. await (await Segments.MembersAsync(demo.Work, reward.Segment, ct)).Select(p => p.Id).ToListAsync(ct)] : [];
        foreach (var deal in deals.OrderBy(d => d.ClosedAt).ThenBy(d => d.Id.Value))
            Accrue(deal, team[deal.Id], partners, DateOnly.FromDateTime(deal.ClosedAt!.Value) >= second.From ? second.Terms : first);
        var payouts = Settle();
        TellReceipts(payouts);
        await demo.InsertAsync(_earnings, ct);
        await demo.InsertAsync(payouts, ct);
        await demo.InsertAsync(_transactions, ct);
        await demo.InsertAsync(_entries, ct);
        await demo.InsertAsync(_transitions, ct);
        demo.Work.Note("incentives.demo", "incentives_earning", "demo", new { earnings = _earnings.Count, transactions = _transactions.Count });
    }

    private void TellReceipts(List<Payout> payouts)
    {
        var (receipts, since) = (demo.Gather<NewReceipt>(), demo.Now.AddDays(-90));
        receipts.AddRange(_earnings.Where(e => e.WonAt > since).Select(e => EarningReceipts.Accrued(e, e.WonAt)));
        receipts.AddRange(_earnings.Where(e => e.State == EarningState.Reversed && e.StateSince > since).Select(e => EarningReceipts.Reversed(e, null, e.Reason, e.StateSince)));
        foreach (var payout in payouts.Where(p => p.ClosedAt > since)) receipts.AddRange(EarningReceipts.Paid(payout, _earnings.Where(e => e.PayoutId == payout.Id), payout.ClosedAt));
    }

    private async Task<(PlanTerms First, (PlanTerms Terms, DateOnly From) Second)> AddPlansAsync(CancellationToken ct)
    {
        var start = DateOnly.FromDateTime(demo.Now).AddYears(-3);
        var change = DateOnly.FromDateTime(demo.Now).AddDays(-280);
        var first = Plan(1, "Launch plan", PlanState.Retired, start, change.AddDays(-1), [500, 400, 800, 300, 300, 300, 200]);
        var second = Plan(2, "Ecosystem plan", PlanState.Published, change, null, [800, 600, 1000, 400, 400, 400, 300]);
        var draft = Plan(3, "Ecosystem plan, next year", PlanState.Draft, DateOnly.FromDateTime(demo.Now).AddDays(40), null, [800, 700, 1000, 500, 500, 500, 300]);
        await demo.InsertAsync([first.Plan, second.Plan, draft.Plan], ct);
        await demo.InsertAsync([.. first.Rates, .. second.Rates, .. draft.Rates], ct);
        await demo.InsertAsync(new[] { second.Plan, draft.Plan }.SelectMany(p => new[] { ("referral_fee", 500), ("renewal_fee", 300) }
            .Select(s => new PlanScheme { TenantId = demo.Tenant, PlanId = p.Id, Name = s.Item1, BasisPoints = s.Item2 })), ct);
        var certified = await demo.Db.Set<SegmentRow>().Where(s => s.Name == "Certified specialists").Select(s => s.Id).ToListAsync(ct);
        await demo.InsertAsync(new[] { second.Plan, draft.Plan }.SelectMany(p => certified.Select(s => new PlanReward { TenantId = demo.Tenant, PlanId = p.Id, SegmentId = s, Name = "Specialist bonus", BasisPoints = p == draft.Plan ? 300 : 200 })), ct);
        return (Terms(first), (Terms(second) with { Rewards = [.. certified.Select(s => new Reward(s, "Specialist bonus", 200))] }, change));
    }

    // Rates of the roles source, influence, resell, deliver, retain, integrate, marketplace at the lowest tier; each tier adds a quarter.
    private (Plan Plan, List<PlanRate> Rates) Plan(int number, string name, PlanState state, DateOnly from, DateOnly? until, int[] lowest)
    {
        var created = from.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc).AddDays(-20);
        if (created > demo.Now) created = demo.Now.AddDays(-3);
        var plan = new Plan
        {
            TenantId = demo.Tenant,
            Id = demo.NewId<PlanId>(created),
            Number = number,
            Name = name,
            State = state,
            Currency = "USD",
            EffectiveFrom = from,
            EffectiveUntil = until,
            HoldDays = HoldDays,
            Minimum = 50_00,
            CreatedAt = created,
            CreatedBy = "Omar Haddad",
            PublishedAt = state == PlanState.Draft ? null : created.AddDays(5),
            PublishedBy = state == PlanState.Draft ? null : "Felix Wagner",
            Version = 1,
        };
        var rates = Enum.GetValues<DealRole>().SelectMany(role => Enum.GetValues<Tier>().Select(tier =>
            new PlanRate { TenantId = demo.Tenant, PlanId = plan.Id, Role = role, Tier = tier, BasisPoints = lowest[(int)role] * (4 + (int)tier) / 4 })).ToList();
        return (plan, rates);
    }

    private static PlanTerms Terms((Plan Plan, List<PlanRate> Rates) p) =>
        new(p.Plan.Id, p.Plan.Number, p.Plan.Name, p.Plan.Currency, p.Plan.HoldDays, p.Plan.Minimum, p.Rates.ToDictionary(r => (r.Role, r.Tier), r => r.BasisPoints));

    private void Accrue(DealRow deal, IEnumerable<DealMemberRow> team, Dictionary<PartnerId, PartnerRow> partners, PlanTerms plan)
    {
        var won = new DealWon(deal.Id, deal.WonAmount!.Value, deal.Currency, deal.ClosedAt!.Value);
        var claims = DealCredit.Shares(deal.PartnerId, team).Where(s => partners.ContainsKey(s.Partner)).Select(s => Claim.Of(s, deal.Motion, partners[s.Partner].Tier, _active[s.Partner], _rewarded.Contains(s.Partner) ? plan.Rewards.FirstOrDefault() : null)).ToList();
        var lines = EarningRules.Decide(new Money(won.Amount, won.Currency), claims, plan).Where(l => l.Amount > 0).ToList();
        if (lines.Count == 0) return;
        var earnings = lines.Select(l => AccrueDeal.Line(demo.Tenant, demo.NewId<EarningId>(won.At), deal, won, l, plan, partners[l.Claim.Partner].Name)).ToList();
        Post($"deal:{deal.Id}:won", TransactionKind.Accrual, won.At, $"Won: {deal.Title}", earnings.SelectMany(Ledger.Accrual));
        foreach (var earning in earnings) Live(earning, AccrueDeal.HoldUntil(won.At, plan.HoldDays));
        _earnings.AddRange(earnings);
    }

    private void Live(Earning earning, DateOnly holdUntil)
    {
        earning.Version = 1;
        var today = DateOnly.FromDateTime(demo.Now);
        var luck = _chance.Next(100);
        if (luck == 0) Reverse(earning, holdUntil);
        else if (holdUntil > today) Wait(earning, holdUntil, luck);
        else if (luck == 1) Begin(earning, EarningState.OnHold, null, "Felix Wagner", holdUntil.AddDays(-4), "The invoice of the customer is still open.");
        else Release(earning, holdUntil);
    }

    private void Wait(Earning earning, DateOnly holdUntil, int luck)
    {
        var since = DateOnly.FromDateTime(earning.WonAt).AddDays(1);
        if (since > DateOnly.FromDateTime(demo.Now)) luck = 99;
        if (luck < 4) Begin(earning, EarningState.OnHold, holdUntil.AddDays(30), "Felix Wagner", since, "The customer may still withdraw from part of the order.");
        else if (luck < 7) Begin(earning, EarningState.Disputed, holdUntil, "Partner", since, "We agreed on a larger share; see the messages of the deal.");
        else if (luck < 25) Begin(earning, EarningState.Approved, holdUntil, "Felix Wagner", since, null);
        else earning.Begin(EarningState.Accrued, holdUntil, "Trellis", earning.WonAt);
    }

    private void Reverse(Earning earning, DateOnly holdUntil)
    {
        var at = earning.WonAt.AddDays(2) < demo.Now ? earning.WonAt.AddDays(2) : demo.Now;
        const string reason = "The order was cancelled by the customer.";
        earning.Begin(EarningState.Reversed, holdUntil, "Felix Wagner", at, reason);
        Move(earning, EarningState.Accrued, EarningTrigger.Reverse, EarningState.Reversed, at, "Felix Wagner", reason);
        Post($"earning:{earning.Id}:reversed", TransactionKind.Reversal, at, $"Taken back: {earning.DealTitle}. {reason}", Ledger.Reversal(earning, LedgerAccount.Accrued));
    }

    private void Begin(Earning earning, EarningState state, DateOnly? holdUntil, string by, DateOnly day, string? reason)
    {
        var at = Min(day.ToDateTime(new TimeOnly(10, 0), DateTimeKind.Utc), demo.Now);
        var on = state switch { EarningState.OnHold => EarningTrigger.Hold, EarningState.Disputed => EarningTrigger.Dispute, _ => EarningTrigger.Approve };
        earning.Begin(state, holdUntil, by, at, reason);
        Move(earning, EarningState.Accrued, on, state, at, by, reason);
    }

    private void Release(Earning earning, DateOnly holdUntil)
    {
        var released = Min(holdUntil.ToDateTime(new TimeOnly(4, 0), DateTimeKind.Utc), demo.Now);
        earning.Begin(EarningState.Payable, holdUntil, "Trellis", released);
        Post($"earning:{earning.Id}:released", TransactionKind.Release, released, $"Hold ended: {earning.DealTitle}", Ledger.Release(earning));
        // Paid on the thirteenth of the month after the release (PartnerStack's cycle), where that day has come.
        var month = new DateOnly(released.Year, released.Month, 1).AddMonths(1);
        if (month.AddDays(12).ToDateTime(new TimeOnly(9, 0), DateTimeKind.Utc) > demo.Now) return;
        var key = (month.Year, month.Month, earning.Currency);
        if (!_payouts.TryGetValue(key, out var lines)) _payouts[key] = lines = [];
        lines.Add(earning);
    }

    private List<Payout> Settle()
    {
        List<Payout> payouts = [];
        foreach (var ((year, month, currency), lines) in _payouts.OrderBy(p => p.Key))
        {
            var at = new DateTime(year, month, 13, 9, 0, 0, DateTimeKind.Utc);
            var payout = new Payout
            {
                TenantId = demo.Tenant,
                Id = demo.NewId<PayoutId>(at.AddDays(-6)),
                Currency = currency,
                Total = lines.Sum(e => e.Amount),
                Lines = lines.Count,
                Partners = lines.Select(e => e.PartnerId).Distinct().Count(),
                CreatedAt = at.AddDays(-6),
                CreatedBy = "Felix Wagner",
                Version = 2,
            };
            payout.Close(PayoutState.Settled, $"SEPA-{year}{month:00}-{currency}", "Felix Wagner", at);
            payouts.Add(payout);
            foreach (var earning in lines)
            {
                earning.Begin(EarningState.Paid, earning.HoldUntil, "Felix Wagner", at);
                earning.PutIn(payout.Id);
                earning.MarkPaid(at);
            }

            Post($"payout:{payout.Id}:settled", TransactionKind.Payout, at, $"Payout to {payout.Partners} partners", lines.SelectMany(Ledger.Payment));
        }

        return payouts;
    }

    private void Post(string key, TransactionKind kind, DateTime at, string memo, IEnumerable<Posting> postings)
    {
        var by = kind is TransactionKind.Accrual or TransactionKind.Release ? "Trellis" : "Felix Wagner";
        var transaction = new LedgerTransaction { TenantId = demo.Tenant, Id = demo.NewId<TransactionId>(at), SourceKey = key, Kind = kind, At = at, Memo = memo, By = by };
        _transactions.Add(transaction);
        _entries.AddRange(Ledger.Entries(transaction, postings));
    }

    private void Move(Earning earning, EarningState from, EarningTrigger on, EarningState to, DateTime at, string by, string? reason) => _transitions.Add(new Transition
    {
        TenantId = demo.Tenant,
        Id = demo.NewId<AuditId>(at),
        Machine = EarningLifecycle.Machine.Name,
        Subject = earning.Id.ToString(),
        From = Words.Of(from),
        Trigger = Words.Of(on),
        To = Words.Of(to),
        At = at,
        ActorKind = ActorKind.Person,
        ActorName = by,
        Reason = reason,
    });

    private static DateTime Min(DateTime a, DateTime b) => a < b ? a : b;
}
