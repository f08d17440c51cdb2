using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Identity.Published;
using Trellis.Incentives.Jobs;
using Trellis.Incentives.Published;
using Trellis.Partners.Published;

namespace Trellis.Incentives.Tests;

public sealed class EarningTests
{
    [SkippableTheory, Databases]
    public async Task The_rate_is_that_of_the_tier_of_the_motion_in_which_the_deal_was_sold(Database database)
    {
        using var world = await IncentiveWorld.FoundAsync(await TestApp.SharedAsync(database), plan: false);
        RateItem[] rates = [.. Enum.GetValues<Tier>().Select(t => new RateItem(DealRole.Source, t, t == Tier.Gold ? 1500 : 1000))];
        var plan = await world.Finance.DoAsync<WritePlan, Result<PlanId>>(w => w.RunAsync((null, new PlanInput("Plan", "USD", world.Today.AddYears(-1), IncentiveWorld.HoldDays, 0, rates)), default));
        await world.PublishAsync(plan.Value);
        var holder = await world.PartnerAsync();
        (await world.Api.PutAsJsonAsync($"/api/v1/partners/{holder.Actor.Partner}/motions/referral", new { state = "active", tier = "gold" })).EnsureSuccessStatusCode();
        await world.WinAsync(await world.DealAsync(holder, motion: "referral"), 10_000_00);
        await world.WinAsync(await world.DealAsync(holder), 20_000_00);
        (await world.EarningsAsync()).OrderBy(e => e.DealAmount).Select(e => (e.Tier, e.RateBasisPoints, e.Amount)).ShouldBe([(Tier.Gold, 1500, 1_500_00L), (Tier.Registered, 1000, 2_000_00L)]);
    }

    [SkippableTheory, Databases]
    public async Task A_won_deal_becomes_one_explained_line_for_each_partner_and_the_ledger_sums_to_zero(Database database)
    {
        using var world = await IncentiveWorld.FoundAsync(await TestApp.SharedAsync(database));
        var (holder, helper) = (await world.PartnerAsync(), await world.PartnerAsync());
        await world.WonAsync(holder, 100_000_01, helper);

        var lines = await world.EarningsAsync();
        lines.Count.ShouldBe(2);
        lines.Sum(l => l.BaseAmount).ShouldBe(100_000_01);
        var own = lines.Single(l => l.PartnerId == holder.Actor.Partner);
        (own.Role, own.ShareBasisPoints, own.RateBasisPoints, own.Amount, own.State, own.Model).ShouldBe((DealRole.Source, 7000, 1000, 7_000_00, EarningState.Accrued, DealCredit.Model));
        own.HoldUntil.ShouldBe(DateOnly.FromDateTime(own.WonAt).AddDays(IncentiveWorld.HoldDays));
        (await world.BalanceAsync()).Sum(b => b.Balance).ShouldBe(0);
        (await world.BalanceAsync(LedgerAccount.Expense)).ShouldBe(lines.Sum(l => l.Amount));

        using var pages = await helper.PagesAsync();
        var list = await pages.GetAsync("/portal/earnings");
        list.Text.ShouldContain("30 % of the deal × 5 %");
        list.Text.ShouldNotContain("70 %");
        var why = await pages.GetAsync($"/portal/earnings/{lines.Single(l => l.PartnerId == helper.Actor.Partner).Id}");
        foreach (var word in new[] { "Value of the deal", "USD 100,000.01", "30 % as influence partner", "USD 30,000.00", "Plan 1: influence at tier Registered", "USD 1,500.00" }) why.Text.ShouldContain(word);
        (await pages.GetAsync($"/portal/earnings/{own.Id}")).Status.ShouldBe(HttpStatusCode.NotFound);
        using var api = await helper.ApiAsync();
        var title = Uri.EscapeDataString(own.DealTitle);
        (await api.GetFromJsonAsync<Hit[]>($"/api/v1/search?q={title}"))!.Where(h => h.Kind == "Earning").Select(h => h.Href).ShouldBe([$"/portal/earnings/{lines.Single(l => l.PartnerId == helper.Actor.Partner).Id}"], "search finds one's own earning only");
        using var staff = await world.Tenant.Administrator.ApiAsync();
        (await staff.GetFromJsonAsync<Hit[]>($"/api/v1/search?q={title}"))!.Count(h => h.Kind == "Earning").ShouldBe(2);
    }

    [SkippableTheory, Databases]
    public async Task A_compensation_rule_that_the_rules_of_engagement_name_pays_by_the_plan(Database database)
    {
        using var world = await IncentiveWorld.FoundAsync(await TestApp.SharedAsync(database), plan: false);
        var input = new PlanInput("Plan", "USD", world.Today.AddYears(-1), IncentiveWorld.HoldDays, 0, [.. Enum.GetValues<Tier>().Select(t => new RateItem(DealRole.Source, t, 1000))]);
        (await WriteAsync(input with { Schemes = [new SchemeItem("Referral Fee!", 300)] })).Problem!.Errors.Keys.ShouldBe(["schemes"]);
        (await WriteAsync(input with { Schemes = [new SchemeItem("referral_fee", 300), new SchemeItem("referral_fee", 400)] })).Problem!.Errors.Keys.ShouldBe(["schemes"]);
        await world.PublishAsync((await WriteAsync(input with { Schemes = [new SchemeItem("referral_fee", 300)] })).Value);
        await RuleAsync(world, "referral_fee", 8000);
        var holder = await world.PartnerAsync();
        await world.WonAsync(holder, 100_000_00);
        var line = (await world.EarningsAsync()).ShouldHaveSingleItem();
        (line.BaseAmount, line.RateBasisPoints, line.Amount).ShouldBe((80_000_00, 300, 2_400_00));
        using var pages = await holder.PagesAsync();
        var why = await pages.GetAsync($"/portal/earnings/{line.Id}");
        foreach (var words in new[] { "80 % of it counts", "“referral fee”, which the rules of engagement named", "USD 2,400.00" }) why.Text.ShouldContain(words);
        // A name that the plan does not know pays by tier, and that is written down.
        await RuleAsync(world, "unheard_of", null);
        await world.WonAsync(await world.PartnerAsync(), 10_000_00);
        (await world.EarningsAsync()).Last().Amount.ShouldBe(1_000_00);
        (await world.Tenant.AsSystemAsync<Work, int>(w => w.Db.Set<AuditEntry>().CountAsync(a => a.Action == "incentives.no_scheme"))).ShouldBe(1);
        using var finance = await world.Finance.PagesAsync();
        (await finance.GetAsync("/app/incentives/plans")).Text.ShouldContain("“referral fee”");

        Task<Result<PlanId>> WriteAsync(PlanInput plan) => world.Finance.DoAsync<WritePlan, Result<PlanId>>(w => w.RunAsync((null, plan), default));
    }

    // Lets every rule that approves name this compensation rule and this part of the credit.
    private static async Task RuleAsync(IncentiveWorld world, string compensation, int? credit)
    {
        var table = JsonNode.Parse(await world.Api.GetStringAsync("/api/v1/rules"))!["table"]!;
        foreach (var rule in table["rules"]!.AsArray().Where(r => r!["outcome"]!.GetValue<string>() == "approve")) (rule!["compensation"], rule["creditBasisPoints"]) = (compensation, credit);
        using var administrator = await world.Tenant.Administrator.ApiAsync();
        var published = await administrator.PostAsJsonAsync("/api/v1/rules", new { rules = table, effectiveFrom = world.Today, note = "Pays by name.", unsimulated = "A test." });
        published.StatusCode.ShouldBe(HttpStatusCode.Created, await published.Content.ReadAsStringAsync());
    }

    [SkippableTheory, BothDatabases]
    public async Task The_same_win_heard_twice_and_at_once_is_one_transaction(Database database)
    {
        using var world = await IncentiveWorld.FoundAsync(await TestApp.SharedAsync(database));
        var holder = await world.PartnerAsync();
        var deal = await world.DealAsync(holder);
        (await world.Api.PostAsJsonAsync($"/api/v1/deals/{deal}/win", new { amount = 10_000_00 })).EnsureSuccessStatusCode();
        var won = new DealWon(deal, 10_000_00, "USD", DateTime.UtcNow);
        var heard = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => world.Tenant.AsSystemAsync<AccrueDeal, Result<int>>(a => a.RunAsync(won, default))));

        heard.Count(r => r is { Ok: true, Value: 1 }).ShouldBe(1);
        heard.ShouldAllBe(r => r.Ok);
        (await world.EarningsAsync()).ShouldHaveSingleItem().Amount.ShouldBe(1_000_00);
        (await world.BalanceAsync(LedgerAccount.Accrued)).ShouldBe(-1_000_00);
    }

    [SkippableTheory, Databases]
    public async Task Without_a_plan_in_force_nothing_is_earned_and_that_is_written_down(Database database)
    {
        using var world = await IncentiveWorld.FoundAsync(await TestApp.SharedAsync(database), plan: false);
        await world.WonAsync(await world.PartnerAsync(), 10_000_00);
        (await world.EarningsAsync()).ShouldBeEmpty();
        (await world.Tenant.AsSystemAsync<Work, int>(w => w.Db.Set<AuditEntry>().CountAsync(a => a.Action == "incentives.no_plan"))).ShouldBe(1);
    }

    [SkippableTheory, Databases]
    public async Task A_published_plan_is_fixed_and_the_next_one_begins_after_it(Database database)
    {
        using var world = await IncentiveWorld.FoundAsync(await TestApp.SharedAsync(database), plan: false);
        var first = await world.DraftAsync(world.Today.AddDays(-10));
        await world.PublishAsync(first);
        var input = new PlanInput("Other", "USD", world.Today, 10, 0, [new RateItem(DealRole.Source, default, 100)]);
        (await world.Finance.DoAsync<WritePlan, Result<PlanId>>(w => w.RunAsync((first, input), default))).Problem!.Code.ShouldBe("incentives.plan_fixed");

        (await world.TryPublishAsync(await world.DraftAsync(world.Today.AddDays(-1)))).Problem!.Code.ShouldBe("incentives.plan_too_early");
        var next = await world.DraftAsync(world.Today.AddDays(3), source: 2000);
        await world.PublishAsync(next);
        (await world.TryPublishAsync(next)).Problem!.Code.ShouldBe("incentive_plans.not_allowed");

        foreach (var (day, plan) in new[] { (-11, (PlanId?)null), (-10, first), (2, first), (3, next), (400, next) })
            (await world.Tenant.AsSystemAsync<Work, PlanTerms?>(w => Plans.EffectiveAsync(w.Db, world.Today.AddDays(day), default)) is { } terms ? terms.Id : (PlanId?)null).ShouldBe(plan);
        (await world.Operations.DoAsync<Work, IReadOnlyList<PlanItem>>(w => Plans.AllAsync(w, default))).Count(p => p.InForce).ShouldBe(1);
    }

    [SkippableTheory, Databases]
    public async Task What_becomes_payable_is_told_to_those_of_the_partner_who_may_act_for_it_now(Database database)
    {
        await using var app = await TestApp.StartAsync(database);
        using var world = await IncentiveWorld.FoundAsync(app);
        var holder = await world.PartnerAsync();
        var home = holder.Actor.Partner!.Value;
        var (there, suspended) = (await world.Tenant.PartnerPersonAsync(home, "Holder", Roles.PartnerFinance), await world.Tenant.PartnerPersonAsync(home, "Holder", Roles.PartnerFinance));
        await world.WonAsync(holder, 50_000_00);
        using (var api = await world.Tenant.Administrator.ApiAsync())
            (await api.PostAsJsonAsync($"/api/v1/partners/{home}/people/{suspended.Actor.Person}/state", new { state = "suspended" })).EnsureSuccessStatusCode();

        app.Clock.Advance(TimeSpan.FromDays(IncentiveWorld.HoldDays + 1));
        await app.RunAsync<ReleaseHolds>();

        foreach (var (person, heard) in new[] { (holder, 1), (there, 1), (suspended, 0) })
            (await world.Tenant.AsSystemAsync<Work, int>(async work =>
            {
                var asks = new Asks(work.Db);
                var rows = asks.For("SELECT n.title FROM notifications_notification AS n WHERE n.tenant_id = $1 AND n.person_id = $2 AND n.kind = 'incentives.payable'", row => row.Text(0), person.Actor.Person);
                await asks.RunAsync(default);
                return rows.Count;
            })).ShouldBe(heard);
    }

    [SkippableTheory, Databases]
    public async Task A_line_that_cannot_be_released_is_told_and_keeps_no_other_waiting(Database database)
    {
        await using var app = await TestApp.StartAsync(database);
        using var world = await IncentiveWorld.FoundAsync(app);
        var holder = await world.PartnerAsync();
        await world.WonAsync(holder, 50_000_00);
        await world.WonAsync(holder, 20_000_00);
        var stuck = (await world.EarningsAsync())[0];
        await world.Tenant.AsSystemAsync<Work, Result<Done>>(w => w.TransactAsync<Done>("test.post", () =>
        {
            Ledger.Post(w, $"earning:{stuck.Id}:released", TransactionKind.Release, "Posted before", []);
            return Task.FromResult<Result<Done>>(default(Done));
        }, default));
        app.Clock.Advance(TimeSpan.FromDays(IncentiveWorld.HoldDays + 1));

        (await app.RunAsync<ReleaseHolds>()).Problem!.Code.ShouldBe("duplicate");

        (await world.EarningsAsync()).ShouldAllBe(e => e.State == (e.Id == stuck.Id ? EarningState.Accrued : EarningState.Payable));
        (await app.RunAsync<ReleaseHolds>()).Problem!.Code.ShouldBe("duplicate", "it is told as long as it is so");
    }

    [SkippableTheory, Databases]
    public async Task A_line_becomes_payable_by_the_clock_and_is_paid_once(Database database)
    {
        await using var app = await TestApp.StartAsync(database);
        using var world = await IncentiveWorld.FoundAsync(app);
        var holder = await world.PartnerAsync();
        await world.WonAsync(holder, 50_000_00);
        await app.RunAsync<ReleaseHolds>();
        (await world.EarningsAsync()).Single().State.ShouldBe(EarningState.Accrued);
        (await world.PayoutAsync()).Problem!.Code.ShouldBe("incentives.nothing_payable");

        app.Clock.Advance(TimeSpan.FromDays(IncentiveWorld.HoldDays + 1));
        await app.RunAsync<ReleaseHolds>();
        await app.RunAsync<ReleaseHolds>();
        (await world.BalanceAsync(LedgerAccount.Payable)).ShouldBe(-5_000_00);
        var payout = (await world.PayoutAsync()).Value;
        var settled = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => world.SettleAsync(payout)));

        settled.Count(s => s.Ok).ShouldBe(1);
        settled.Where(s => !s.Ok).ShouldAllBe(s => s.Problem!.Code == "payouts.not_allowed");
        (await world.EarningsAsync()).Single().ShouldSatisfyAllConditions(e => e.State.ShouldBe(EarningState.Paid), e => e.PaidAt.ShouldNotBeNull());
        (await world.BalanceAsync(LedgerAccount.Cash)).ShouldBe(-5_000_00);
        (await world.BalanceAsync(LedgerAccount.Payable)).ShouldBe(0);

        // It stands in the partner's history, once, and in no other's.
        using var own = await holder.ApiAsync();
        var paid = (await own.GetFromJsonAsync<JsonElement>($"/api/v1/partners/{holder.Actor.Partner}/timeline?kind=payout")).GetProperty("items").EnumerateArray().ToList();
        var line = paid.ShouldHaveSingleItem();
        (line.GetProperty("who").GetString(), line.GetProperty("what").GetString(), line.GetProperty("href").GetString()).ShouldBe((new Money(5_000_00, "USD").ToString(), "was paid out", "/portal/earnings"));
        var other = await world.PartnerAsync();
        using var foreign = await other.ApiAsync();
        (await foreign.GetAsync($"/api/v1/partners/{holder.Actor.Partner}/timeline")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [SkippableTheory, Databases]
    public async Task A_hold_needs_a_reason_and_lasts_until_its_day_or_until_somebody_approves(Database database)
    {
        using var world = await IncentiveWorld.FoundAsync(await TestApp.SharedAsync(database));
        var holder = await world.PartnerAsync();
        await world.WonAsync(holder, 10_000_00);
        var id = (await world.EarningsAsync()).Single().Id;

        (await world.Finance.DoAsync<HoldEarning, Result<EarningState>>(h => h.RunAsync((id, " ", null), default))).Problem!.Errors.Keys.ShouldContain("reason");
        (await world.HoldAsync(id, world.Today)).Problem!.Errors.Keys.ShouldContain("until");
        (await world.HoldAsync(id)).Value.ShouldBe(EarningState.OnHold);
        await world.ReleaseAsync(1000);
        (await world.EarningsAsync()).Single().State.ShouldBe(EarningState.OnHold);
        (await world.ApproveAsync(id)).Value.ShouldBe(EarningState.Approved);
        (await world.HoldAsync(id, world.Today.AddDays(50))).Ok.ShouldBeTrue();
        await world.ReleaseAsync(49);
        (await world.EarningsAsync()).Single().State.ShouldBe(EarningState.OnHold);
        await world.ReleaseAsync(50);
        (await world.EarningsAsync()).Single().State.ShouldBe(EarningState.Payable);
    }

    [SkippableTheory, Databases]
    public async Task A_hold_that_is_lifted_leaves_the_hold_period_of_the_plan_as_it_was(Database database)
    {
        using var world = await IncentiveWorld.FoundAsync(await TestApp.SharedAsync(database));
        await world.WonAsync(await world.PartnerAsync(), 10_000_00);
        var line = (await world.EarningsAsync()).Single();
        var planned = world.Today.AddDays(IncentiveWorld.HoldDays);
        line.HoldUntil.ShouldBe(planned);
        foreach (var until in new DateOnly?[] { null, world.Today.AddDays(1), world.Today.AddDays(200) })
        {
            (await world.HoldAsync(line.Id, until)).Ok.ShouldBeTrue();
            (await world.EarningsAsync()).Single().HoldUntil.ShouldBe(until < planned ? planned : until, "a hold never ends before the plan's");
            (await world.ApproveAsync(line.Id)).Value.ShouldBe(EarningState.Approved);
            (await world.EarningsAsync()).Single().HoldUntil.ShouldBe(planned);
        }

        await world.ReleaseAsync(IncentiveWorld.HoldDays - 1);
        (await world.EarningsAsync()).Single().State.ShouldBe(EarningState.Approved);
        await world.ReleaseAsync(IncentiveWorld.HoldDays);
        (await world.EarningsAsync()).Single().State.ShouldBe(EarningState.Payable);
    }

    [SkippableTheory, Databases]
    public async Task A_partner_that_owes_or_has_too_little_waits_for_the_next_payout(Database database)
    {
        using var world = await IncentiveWorld.FoundAsync(await TestApp.SharedAsync(database), plan: false);
        await world.PublishAsync(await world.DraftAsync(world.Today.AddYears(-1), minimum: 50_00));
        var (rich, poor, owing) = (await world.PartnerAsync(), await world.PartnerAsync(), await world.PartnerAsync());
        await world.Tenant.AsSystemAsync<Work, int>(work =>
        {
            work.Db.AddRange(Line(rich, 80_00, 1), Line(rich, -20_00, -1), Line(poor, 49_99, 5), Line(owing, 10_00, 9), Line(owing, -90_00, -2));
            return work.Db.SaveChangesAsync();
            Earning Line(TestPerson of, long amount, int age) => new Earning
            {
                TenantId = work.Tenant, Id = work.NewId<EarningId>(), PartnerId = of.Actor.Partner!.Value, DealId = work.NewId<DealId>(), Kind = amount < 0 ? EarningKind.Clawback : EarningKind.Earning, Amount = amount, Currency = "USD", WonAt = work.Now,
            }.Begin(EarningState.Payable, world.Today, "Ada", work.Now.AddDays(-age));
        });
        (await world.PayoutAsync()).Problem.ShouldBeNull();
        (await world.EarningsAsync()).Where(e => e.State == EarningState.InBatch).Select(e => e.Amount).ShouldBe([80_00, -20_00], ignoreOrder: true);
        (await world.PayoutAsync()).Problem!.Code.ShouldBe("incentives.nothing_payable");
    }

    [SkippableTheory, Databases]
    public async Task The_partner_disputes_its_own_line_and_the_vendor_answers(Database database)
    {
        using var world = await IncentiveWorld.FoundAsync(await TestApp.SharedAsync(database));
        var (holder, stranger) = (await world.PartnerAsync(), await world.PartnerAsync(Roles.PartnerFinance));
        await world.WonAsync(holder, 10_000_00);
        var id = (await world.EarningsAsync()).Single().Id;

        using var foreign = await stranger.ApiAsync();
        (await foreign.PostAsJsonAsync($"/api/v1/earnings/{id}/dispute", new { reason = "Mine!" })).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await foreign.GetStringAsync("/api/v1/earnings")).ShouldNotContain(id.ToString());
        (await foreign.GetAsync("/api/v1/ledger/transactions")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        using var pages = await holder.PagesAsync();
        var page = await pages.GetAsync($"/portal/earnings/{id}");
        (await pages.SubmitAsync(page, "dispute", ("Input.Reason", ""))).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await pages.SubmitAsync(page, "dispute", ("Input.Reason", "We agreed on half."))).Text.ShouldContain("Disputed by the partner: We agreed on half.");
        await world.ReleaseAsync(1000);
        (await world.EarningsAsync()).Single().State.ShouldBe(EarningState.Disputed);
        (await world.ApproveAsync(id)).Value.ShouldBe(EarningState.Approved);
    }

    [SkippableTheory, BothDatabases]
    public async Task Two_who_take_the_same_line_back_at_once_take_it_back_once(Database database)
    {
        using var world = await IncentiveWorld.FoundAsync(await TestApp.SharedAsync(database));
        await world.WonAsync(await world.PartnerAsync(), 10_000_00);
        var id = (await world.EarningsAsync()).Single().Id;
        var results = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => world.ReverseAsync(id)));

        results.Count(r => r.Ok).ShouldBe(1);
        results.Where(r => !r.Ok).ShouldAllBe(r => r.Problem!.Kind == ProblemKind.Conflict || r.Problem.Kind == ProblemKind.Stale);
        (await world.BalanceAsync()).ShouldAllBe(b => b.Balance == 0);
        (await world.EarningsAsync()).Single().State.ShouldBe(EarningState.Reversed);
    }

    [SkippableTheory, Databases]
    public async Task What_was_paid_is_clawed_back_from_the_next_payout(Database database)
    {
        using var world = await IncentiveWorld.FoundAsync(await TestApp.SharedAsync(database));
        var holder = await world.PartnerAsync();
        await world.WonAsync(holder, 10_000_00);
        await world.ReleaseAsync(100);
        await world.SettleAsync((await world.PayoutAsync()).Value);
        var paid = (await world.EarningsAsync()).Single();
        (await world.ReverseAsync(paid.Id)).Ok.ShouldBeTrue();
        (await world.ReverseAsync(paid.Id)).Problem!.Code.ShouldBe("incentives.taken_back");
        (await world.PayoutAsync()).Problem!.Code.ShouldBe("incentives.nothing_payable");

        await world.WonAsync(holder, 25_000_00);
        await world.ReleaseAsync(100);
        var second = (await world.PayoutAsync()).Value;
        (await world.Finance.DoAsync<Work, Result<PayoutDetails>>(w => PayoutPage.LoadAsync(w, second, default))).Value.Payout.Total.ShouldBe(1_500_00);
        await world.SettleAsync(second);
        (await world.BalanceAsync(LedgerAccount.Cash)).ShouldBe(-2_500_00);
        (await world.BalanceAsync(LedgerAccount.Expense)).ShouldBe(2_500_00);
        (await world.BalanceAsync(LedgerAccount.Payable)).ShouldBe(0);
        var totals = (await holder.DoAsync<Work, IReadOnlyList<EarningTotals>>(w => Earnings.TotalsAsync(w, null, default))).Single();
        totals.ShouldBe(new EarningTotals("USD", 2_500_00, 0, 0));
    }

    [SkippableTheory, Databases]
    public async Task A_deal_that_is_corrected_takes_everything_back_once(Database database)
    {
        using var world = await IncentiveWorld.FoundAsync(await TestApp.SharedAsync(database));
        var (holder, helper) = (await world.PartnerAsync(), await world.PartnerAsync());
        var deal = await world.WonAsync(holder, 10_000_00, helper);
        for (var i = 0; i < 2; i++) await world.Tenant.AsSystemAsync<ReverseDeal, Result<int>>(r => r.RunAsync((deal, "Entered by mistake."), default));

        (await world.EarningsAsync()).ShouldAllBe(e => e.State == EarningState.Reversed && e.Reason == "Entered by mistake.");
        (await world.BalanceAsync()).ShouldAllBe(b => b.Balance == 0 && b.Debit > 0);
    }
}
