using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Life;
using Trellis.Deals.Published;
using Trellis.Deals.Rules;
using Trellis.Identity.Published;
using Trellis.Partners.Published;

namespace Trellis.Deals.Tests.Life;

/// <summary>What is changed, renewed or sent again is decided by the rules as if it were new.</summary>
public sealed class AnewTests
{
    [SkippableTheory, Databases]
    public async Task A_change_while_it_waits_is_decided_anew_and_followed(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var partner = await world.PartnerAsync();
        await world.AccountAsync("Bode Turbines GmbH");
        await world.OpportunityAsync("OP-F1", "Bode Turbines GmbH", "Engaging", DateOnly.FromDateTime(DateTime.UtcNow).AddDays(-5));
        DealFields Thin(string customer, long amount = 10_000_00) => world.Fields(customer, amount: amount) with { ContactName = null, WorkDone = null };

        // Held for its evidence; then it is another customer, where the direct team works.
        var first = await world.RegisterAsync(partner, Thin("Saale Optics"));
        (first.State, first.Reviewer).ShouldBe((DealState.InReview, Roles.PartnerManager));
        (await AmendAsync(partner, first.Id, Thin("Bode Turbines GmbH", 9_000_000_00))).Problem.ShouldBeNull();
        var refused = await DealWorld.SeeAsync(partner, first.Id);
        (refused.State, refused.Reason).ShouldBe((DealState.Rejected, ReasonCode.ExistingDirectOpportunity));
        (await DecisionsAsync(world, first.Id)).ShouldBe(["evidence", "direct-fresh"]);

        // With evidence and much more money: an executive.
        var second = await world.RegisterAsync(partner, Thin("Unstrut Glass"));
        (await AmendAsync(partner, second.Id, world.Fields("Unstrut Glass", amount: 9_000_000_00))).Problem.ShouldBeNull();
        var held = await DealWorld.SeeAsync(partner, second.Id);
        (held.State, held.Reviewer).ShouldBe((DealState.InReview, Roles.Executive));
        (await DealWorld.DecisionAsync(world.Manager, second.Id)).Facts!["amount"].Number.ShouldBe(9_000_000m);
        (await MailsAsync(world, world.Manager, "Changed while it waits")).ShouldBe(1);

        // With evidence and nothing else: protected at once, with a receipt and a decision of its own.
        var third = await world.RegisterAsync(partner, Thin("Werra Salt"));
        (await AmendAsync(partner, third.Id, world.Fields("Werra Salt", amount: 10_000_00))).Problem.ShouldBeNull();
        var approved = await DealWorld.SeeAsync(partner, third.Id);
        (approved.State, approved.ExpiresOn).ShouldBe((DealState.Approved, DateOnly.FromDateTime(DateTime.UtcNow).AddDays(120)));
        // A next step is nothing that the rules read.
        var fourth = await world.RegisterAsync(partner, Thin("Fulda Yarn"));
        (await AmendAsync(partner, fourth.Id, Thin("Fulda Yarn") with { NextStep = "A call on Monday." })).Problem.ShouldBeNull();
        (await DecisionsAsync(world, fourth.Id)).ShouldBe(["evidence"]);
    }

    [SkippableTheory, Databases]
    public async Task What_a_person_has_doubted_stays_with_a_person(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var partner = await world.PartnerAsync();
        var deal = await world.RegisterAsync(partner, world.Fields("Ohm Valves") with { WorkDone = null });
        (await world.Manager.DoAsync<ReturnForInformation, Result<DealId>>(r => r.RunAsync(new WordsInput(deal.Id, "Who is it?"), default))).Problem.ShouldBeNull();
        (await AmendAsync(partner, deal.Id, world.Fields("Ohm Valves", amount: 26_000_00))).Problem.ShouldBeNull();
        (await DealWorld.SeeAsync(partner, deal.Id)).State.ShouldBe(DealState.InfoRequested, "the question stands");
        (await partner.DoAsync<AnswerInformation, Result<DealId>>(a => a.RunAsync(new WordsInput(deal.Id, "Ana."), default))).Problem.ShouldBeNull();
        (await AmendAsync(partner, deal.Id, world.Fields("Ohm Valves", amount: 27_000_00))).Problem.ShouldBeNull();
        var held = await DealWorld.SeeAsync(partner, deal.Id);
        (held.State, held.Reviewer).ShouldBe((DealState.InReview, Roles.PartnerManager));

        // Handed to an executive by hand: a change does not take it down again.
        var other = await world.RegisterAsync(partner, world.Fields("Leda Valves") with { WorkDone = null });
        (await world.Manager.DoAsync<AssignReviewer, Result<DealId>>(a => a.RunAsync((other.Id, Roles.Executive), default))).Problem.ShouldBeNull();
        (await AmendAsync(partner, other.Id, world.Fields("Leda Valves", amount: 26_000_00))).Problem.ShouldBeNull();
        (await DealWorld.SeeAsync(partner, other.Id)).Reviewer.ShouldBe(Roles.Executive);
    }

    [SkippableTheory, Databases]
    public async Task Tax_number_and_city_of_what_is_approved_wait_for_an_answer(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (partner, rival) = (await world.PartnerAsync(), await world.PartnerAsync());
        var deal = await world.RegisterAsync(partner, world.Fields("Oker Metals"));
        var wanted = world.Fields("Oker Metals") with { CustomerTaxNumber = "DE129273398", CustomerCity = "Goslar", NextStep = "A visit." };
        (await AmendAsync(partner, deal.Id, wanted)).Problem!.Errors.Keys.ShouldBe(["reason"]);
        (await AmendAsync(partner, deal.Id, wanted, "We know it now.")).Value.Waits.ShouldBeTrue();
        var seen = await DealWorld.SeeAsync(partner, deal.Id);
        (seen.CustomerTaxNumber, seen.CustomerCity, seen.NextStep).ShouldBe((null, null, "A visit."));
        var request = (await RequestTests.LifeAsync(world.Manager, deal.Id)).Requests.Single(r => r.State == RequestState.Pending);
        request.Summary.ShouldContain("DE129273398");

        // A rival that is protected under that number stands in the way of the answer; without one, the number finds the deal afterwards.
        (await AnswerAsync(world.Manager, request.Id, true)).Problem.ShouldBeNull();
        (await DealWorld.SeeAsync(partner, deal.Id)).CustomerTaxNumber.ShouldBe("DE129273398");
        var second = await world.RegisterAsync(rival, world.Fields("Quite Another Name AG") with { CustomerTaxNumber = "DE 129 273 398" });
        (second.State, (await DealWorld.DecisionAsync(world.Manager, second.Id)).RuleId).ShouldBe((DealState.Rejected, "earlier-rival"));
    }

    [SkippableTheory, Databases]
    public async Task Who_grants_a_change_sees_what_the_rules_say_and_needs_the_role(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (manager, executive) = (await world.Tenant.StaffAsync(Roles.PartnerManager), await world.Tenant.StaffAsync(Roles.Executive));
        var partner = await world.PartnerAsync();
        var deal = await world.RegisterAsync(partner, world.Fields("Aller Trucks"));
        (await AmendAsync(partner, deal.Id, world.Fields("Aller Trucks", amount: 9_000_000_00), "All sites.")).Value.Waits.ShouldBeTrue();
        (await MailsAsync(world, executive, "Change asked for")).ShouldBe(1);
        var request = (await RequestTests.LifeAsync(world.Manager, deal.Id)).Requests.Single().Id;

        using (var pages = await manager.PagesAsync())
        {
            var page = await pages.GetAsync($"/app/deals/requests/{request}");
            page.Document.QuerySelector("#ruling")!.TextContent.ShouldContain("USD 9,000,000");
            page.Text.ShouldContain("You may refuse it, not grant it");
            page.Document.QuerySelectorAll("button[value=grant]").ShouldBeEmpty();
        }

        using (var api = await executive.ApiAsync())
        {
            var ruling = await api.GetFromJsonAsync<System.Text.Json.JsonElement>($"/api/v1/deal-requests/{request}/ruling");
            (ruling.GetProperty("ruleId").GetString(), ruling.GetProperty("decides").GetString(), ruling.GetProperty("mayGrant").GetBoolean()).ShouldBe(("large", "executive", true));
        }

        (await AnswerAsync(manager, request, true)).Problem!.Code.ShouldBe("deals.others_decide");
        (await DealWorld.SeeAsync(partner, deal.Id)).Amount.ShouldBe(25_000_00);
        (await AnswerAsync(executive, request, true)).Problem.ShouldBeNull();
        (await DealWorld.SeeAsync(partner, deal.Id)).Amount.ShouldBe(9_000_000_00);
        (await DecisionsAsync(world, deal.Id)).ShouldBe(["approve", "large"]);
        (await world.Tenant.AsSystemAsync<Work, bool>(async w =>
        {
            var last = await w.Db.Set<Decision>().AsNoTracking().Where(d => d.DealId == deal.Id).OrderByDescending(d => d.Id).FirstAsync();
            return last.Replay(await w.Db.Set<RuleSet>().AsNoTracking().SingleAsync(r => r.Id == last.RuleSetId)) == last.Ruling;
        })).ShouldBeTrue("the new decision replays too");
    }

    [SkippableTheory, Databases]
    public async Task A_renewal_is_of_the_same_product_about_the_same_size_and_in_time(Database database)
    {
        await using var app = await TestApp.StartAsync(database);
        var world = await DealWorld.CreateAsync(app);
        var partner = await world.PartnerAsync();
        DealFields Fields(string customer, long amount) => world.Fields(customer, amount: amount) with { ExpectedClose = DateOnly.FromDateTime(app.Clock.GetUtcNow().UtcDateTime).AddDays(30) };
        async Task<DealId> WonAsync(string customer)
        {
            var deal = await world.RegisterAsync(partner, Fields(customer, 16_500_00));
            (await world.Manager.DoAsync<Win, Result<DealId>>(w => w.RunAsync(new WinInput(deal.Id, 16_500_00), default))).Problem.ShouldBeNull();
            return deal.Id;
        }

        var (first, second, third) = (await WonAsync("Ilse Ceramics"), await WonAsync("Bever Ceramics"), await WonAsync("Innerste Ceramics"));
        (await RenewAsync(partner, first, Fields("Ilse Ceramics", 16_500_00) with { Product = world.Vault })).Problem!.Errors.Keys.ShouldBe(["product"]);
        var large = await RenewAsync(partner, first, Fields("Ilse Ceramics", 9_000_000_00) with { ContactName = null });
        (await DealWorld.SeeAsync(partner, large.Value)).State.ShouldBe(DealState.InReview);
        var larger = await RenewAsync(partner, second, Fields("Bever Ceramics", 20_000_00));
        var decision = await DealWorld.DecisionAsync(world.Manager, larger.Value);
        (decision.RuleId, decision.Facts!["renewal_growth"].Number).ShouldBe(("renewal-larger", 121.2m));
        // Held, and then made to be of another product: it renews nothing any more.
        (await AmendAsync(partner, larger.Value, Fields("Bever Ceramics", 19_000_00) with { Product = world.Vault })).Problem.ShouldBeNull();
        (await DealWorld.DecisionAsync(world.Manager, larger.Value)).Facts!["renewal"].ToString().ShouldBe("false");

        app.Clock.Advance(TimeSpan.FromDays(300));
        (await DealWorld.DecisionAsync(world.Manager, (await RenewAsync(partner, third, Fields("Innerste Ceramics", 19_800_00))).Value)).RuleId.ShouldBe("renewal");
        var fourth = await WonAsync("Nette Ceramics");
        app.Clock.Advance(TimeSpan.FromDays(31 * 18));
        (await RenewAsync(partner, fourth, Fields("Nette Ceramics", 16_500_00))).Problem!.Code.ShouldBe("deals.too_late_to_renew");
        (await RequestTests.LifeAsync(partner, fourth)).MayRenew.ShouldBeFalse();
    }

    [SkippableTheory, Databases]
    public async Task Withdrawing_and_sending_again_is_no_second_term(Database database)
    {
        await using var app = await TestApp.StartAsync(database);
        var world = await DealWorld.CreateAsync(app);
        var (partner, other) = (await world.PartnerAsync(), await world.PartnerAsync());
        DealFields Fields(string customer) => world.Fields(customer) with { ExpectedClose = DateOnly.FromDateTime(app.Clock.GetUtcNow().UtcDateTime).AddDays(60) };
        var deal = await world.RegisterAsync(partner, Fields("Ecker Looms"));
        var request = (await partner.DoAsync<RequestExtension, Result<RequestId>>(r => r.RunAsync(new ExtensionInput(deal.Id, "Later.", 10), default))).Value;
        (await AnswerAsync(world.Manager, request, true)).Problem.ShouldBeNull();
        app.Clock.Advance(TimeSpan.FromDays(110));
        await BackAsync(partner, deal.Id);
        (await partner.DoAsync<Register, Result<DealId>>(r => r.RunAsync(new RegisterInput(Fields("Ecker Looms"), deal.Id), default))).Problem.ShouldBeNull();
        var again = await DealWorld.SeeAsync(partner, deal.Id);
        again.State.ShouldBe(DealState.InReview);
        var decision = await DealWorld.DecisionAsync(world.Manager, deal.Id);
        (decision.RuleId, decision.Facts!["earlier_protection_days"].Number).ShouldBe(("protected-before", 110m));
        (await world.Manager.DoAsync<Approve, Result<DealId>>(a => a.RunAsync(new ApproveInput(deal.Id), default))).Problem.ShouldBeNull();
        (await RequestTests.LifeAsync(partner, deal.Id)).Extensions.Used.ShouldBe(1, "an approval gives no new extensions");

        // A new registration instead of the old one comes to the same; of somebody else it does not.
        (await partner.DoAsync<Withdraw, Result<DealId>>(w => w.RunAsync(new WordsInput(deal.Id, "Given up."), default))).Problem.ShouldBeNull();
        var fresh = await world.RegisterAsync(partner, Fields("ECKER LOOMS GmbH"));
        (await DealWorld.DecisionAsync(world.Manager, fresh.Id)).Facts!["earlier_protection_days"].Number.ShouldBe(110m);
        fresh.State.ShouldBe(DealState.InReview);
        (await partner.DoAsync<Withdraw, Result<DealId>>(w => w.RunAsync(new WordsInput(fresh.Id, "Given up."), default))).Problem.ShouldBeNull();
        (await world.RegisterAsync(other, Fields("Ecker Looms"))).State.ShouldBe(DealState.Approved);
    }

    [SkippableTheory, Databases]
    public async Task A_partner_is_not_told_whether_the_vendor_knows_the_customer(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var partner = await world.PartnerAsync();
        await world.AccountAsync("Radau Foods", named: true);
        var deal = await world.RegisterAsync(partner, world.Fields("Radau Foods"));
        (await RequestTests.LifeAsync(partner, deal.Id)).AccountState.ShouldBeNull();
        (await RequestTests.LifeAsync(world.Manager, deal.Id)).AccountState.ShouldBe(AccountState.Matched);
        using var api = await partner.ApiAsync();
        (await api.GetStringAsync($"/api/v1/deals/{deal.Id}/life")).ShouldNotContain("matched");
    }

    private static async Task BackAsync(TestPerson by, DealId deal)
    {
        (await by.DoAsync<Withdraw, Result<DealId>>(w => w.RunAsync(new WordsInput(deal, "Later."), default))).Problem.ShouldBeNull();
        (await by.DoAsync<Reopen, Result<DealId>>(r => r.RunAsync(new WordsInput(deal, null), default))).Problem.ShouldBeNull();
    }

    private static Task<Result<Amended>> AmendAsync(TestPerson by, DealId deal, DealFields fields, string? reason = null) => by.DoAsync<Amend, Result<Amended>>(a => a.RunAsync(new AmendInput(deal, fields, reason), default));

    private static Task<Result<RequestId>> AnswerAsync(TestPerson by, RequestId request, bool grant) => by.DoAsync<DecideRequest, Result<RequestId>>(r => r.RunAsync(new RequestAnswer(request, grant, grant ? null : "No."), default));

    private static Task<Result<DealId>> RenewAsync(TestPerson by, DealId won, DealFields fields) => by.DoAsync<Register, Result<DealId>>(r => r.RunAsync(new RegisterInput(fields, Renews: won), default));

    private static Task<List<string?>> DecisionsAsync(DealWorld world, DealId deal) => world.Tenant.AsSystemAsync<Work, List<string?>>(w => w.Db.Set<Decision>().Where(d => d.DealId == deal).OrderBy(d => d.Id).Select(d => d.RuleId).ToListAsync());

    private static Task<int> MailsAsync(DealWorld world, TestPerson to, string begins) => world.Tenant.AsSystemAsync<Work, int>(w => w.Db.Set<MailRow>().CountAsync(m => m.To == to.Email && m.Subject.StartsWith(begins)));
}
