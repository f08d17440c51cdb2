using Trellis.Deals.Published;
using Trellis.Incentives.Published;
using Trellis.Partners.Published;

namespace Trellis.Incentives.Tests;

public sealed class PureTests
{
    private static readonly TenantId Tenant = Ids.New<TenantId>(DateTime.UtcNow);

    private static readonly PlanTerms Plan = new(default, 1, "Plan", "USD", 30, 0,
        new Dictionary<(DealRole, Tier), int> { [(DealRole.Source, Tier.Gold)] = 1000, [(DealRole.Influence, Tier.Silver)] = 500, [(DealRole.Deliver, Tier.Registered)] = 333 });

    [Fact]
    public void Each_partner_earns_its_part_of_the_deal_times_its_rate()
    {
        var (holder, helper) = (NewPartner(), NewPartner());
        var lines = EarningRules.Decide(new Money(100_000_00, "USD"), [new Claim(holder, DealRole.Source, 7000, Tier.Gold), new Claim(helper, DealRole.Influence, 3000, Tier.Silver)], Plan);
        lines.Select(l => (l.Claim.Partner, l.Base, l.RateBasisPoints, l.Amount)).ShouldBe([(holder, 70_000_00, 1000, 7_000_00), (helper, 30_000_00, 500, 1_500_00)]);
    }

    [Fact]
    public void A_role_without_a_rate_earns_nothing() =>
        EarningRules.Decide(new Money(500_00, "USD"), [new Claim(NewPartner(), DealRole.Retain, 10_000, Tier.Platinum)], Plan).ShouldHaveSingleItem().Amount.ShouldBe(0);

    [Fact]
    public void What_the_rules_gave_to_a_registration_counts_for_the_partner_that_registered_alone()
    {
        var (holder, helper) = (NewPartner(), NewPartner());
        Claim[] claims = [new Claim(holder, DealRole.Source, 7000, Tier.Gold), new Claim(helper, DealRole.Influence, 3000, Tier.Silver)];
        var plan = Plan with { Schemes = new Dictionary<string, int> { ["referral_fee"] = 250 } };
        IReadOnlyList<EarningLine> Of(Granted granted) => EarningRules.Decide(new Money(100_000_00, "USD"), claims, plan, granted);
        Of(new Granted("r", 5000, "referral_fee")).Select(l => (l.Base, l.RateBasisPoints, l.Amount, l.Compensation, l.CreditBasisPoints))
            .ShouldBe([(35_000_00, 250, 875_00, "referral_fee", 5000), (30_000_00, 500, 1_500_00, null, null)]);
        // A name that the plan does not know pays as if none was named.
        Of(new Granted("r", null, "unheard_of")).ShouldBe(EarningRules.Decide(new Money(100_000_00, "USD"), claims, plan));
        Of(new Granted("r", 0, null))[0].Amount.ShouldBe(0);
    }

    [Fact]
    public void No_minor_unit_of_a_deal_is_lost_whatever_the_shares()
    {
        var chance = new Random(7);
        for (var i = 0; i < 3000; i++)
        {
            var amount = chance.NextInt64(0, 10_000_000_00);
            var shares = Shares(chance);
            var lines = EarningRules.Decide(new Money(amount, "JPY"), [.. shares.Select(s => new Claim(NewPartner(), DealRole.Source, s, Tier.Gold))], Plan);
            lines.Sum(l => l.Base).ShouldBe(amount);
            foreach (var (line, share) in lines.Zip(shares))
            {
                Math.Abs(line.Base - (amount * (decimal)share / 10_000m)).ShouldBeLessThan(1m);
                Math.Abs(line.Amount - (line.Base * 0.1m)).ShouldBeLessThanOrEqualTo(0.5m);
            }
        }
    }

    [Fact]
    public void A_transaction_that_does_not_sum_to_zero_cannot_be_posted()
    {
        var transaction = new LedgerTransaction { TenantId = Tenant, SourceKey = "x", Memo = "", By = "" };
        Should.Throw<InvalidOperationException>(() => Ledger.Entries(transaction, [new Posting(LedgerAccount.Expense, null, 100, "USD", null), new Posting(LedgerAccount.Cash, null, -100, "EUR", null)]));
        Ledger.Entries(transaction, Ledger.Transfer(LedgerAccount.Cash, LedgerAccount.Payable, NewPartner(), 100, "USD", null)).Sum(e => e.Amount).ShouldBe(0);
    }

    [Fact]
    public void A_payout_takes_whole_partners_until_it_is_full_and_the_first_however_long()
    {
        PartnerDue[] due = [new(NewPartner(), 3), new(NewPartner(), 2), new(NewPartner(), 1)];
        CreatePayout.Choose(due, 6).ShouldBe(due.Select(d => d.Partner));
        CreatePayout.Choose(due, 5).ShouldBe([due[0].Partner, due[1].Partner]);
        CreatePayout.Choose(due, 4).ShouldBe([due[0].Partner], "who comes later does not overtake");
        CreatePayout.Choose(due, 1).ShouldBe([due[0].Partner]);
        CreatePayout.Choose([], 5).ShouldBeEmpty();
    }

    [Fact]
    public void What_is_paid_cannot_be_changed_and_what_is_reversed_is_over()
    {
        EarningLifecycle.Machine.Allowed(EarningState.Paid).ShouldBeEmpty();
        EarningLifecycle.Machine.Allowed(EarningState.Reversed).ShouldBeEmpty();
        EarningLifecycle.Machine.Rows.Where(r => r.To == EarningState.Paid).ShouldHaveSingleItem().From.ShouldBe(EarningState.InBatch);
    }

    private static PartnerId NewPartner() => Ids.New<PartnerId>(DateTime.UtcNow);

    private static int[] Shares(Random chance)
    {
        var left = 10_000;
        List<int> shares = [];
        while (left > 0 && shares.Count < 6)
        {
            var share = chance.Next(1, left + 1);
            shares.Add(share);
            left -= share;
        }

        shares[0] += left;
        return [.. shares];
    }
}
