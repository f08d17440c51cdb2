using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Deals.Coalitions;
using Trellis.Deals.Opportunities;
using Trellis.Deals.Passing;
using Trellis.Deals.Published;
using Trellis.Identity.Published;

namespace Trellis.Deals.Tests;

/// <summary>From an opportunity: the linked deal with its team, bringing a partner in, and handing it to one that leads.</summary>
public sealed class OpportunityTeamTests
{
    [SkippableTheory, Databases]
    public async Task A_partner_is_brought_into_the_linked_deal_and_its_holder_is_asked_first(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (holder, guest) = (await world.PartnerAsync("Gera Resellers"), await world.PartnerAsync("Havel Advice"));
        var (deal, opportunity) = await LinkedAsync(world, holder, "Ilm Printing", "OP-21");
        var bring = new BringInInput(opportunity, guest.Actor.Partner, DealRole.Deliver, 2_000, 3_000, DealVisibility.Full, "They know the plant.");
        (await BringAsync(holder, bring)).Problem!.Kind.ShouldBe(ProblemKind.Missing, "opportunities are the vendor's");
        (await BringAsync(world.Manager, bring with { ShareBasisPoints = 10_001, Role = DealRole.Source })).Problem!.Errors.Keys.Order().ShouldBe(["role", "share"]);
        var brought = await BringAsync(world.Manager, bring);
        brought.Problem.ShouldBeNull();
        (brought.Value.Deal, brought.Value.Planned).ShouldBe((deal, null));
        (await DealWorld.TrySeeAsync(guest, deal)).Problem!.Kind.ShouldBe(ProblemKind.Missing, "the holder has not consented");
        (await DealWorld.SeeAsync(holder, deal)).Comments.ShouldContain(c => c.Body == "They know the plant.");
        (await DealWorld.ConsentAsync(holder, deal, guest)).Problem.ShouldBeNull();
        (await DealWorld.AcceptAsync(guest, deal)).Problem.ShouldBeNull();

        using var pages = await world.Manager.PagesAsync();
        var page = await pages.GetAsync($"/app/opportunities/{opportunity}");
        page.Status.ShouldBe(HttpStatusCode.OK);
        foreach (var words in new[] { "Partners on this opportunity", "Gera Resellers", "Havel Advice", "20 %", "30 %", "Bring in a partner" }) page.Text.ShouldContain(words);
        (await pages.GetAsync($"/app/deals/{deal}")).Document.QuerySelector($"#status a[href='/app/opportunities/{opportunity}']")!.TextContent.ShouldBe("OP-21");
        using var portal = await holder.PagesAsync();
        (await portal.GetAsync($"/portal/deals/{deal}")).Text.ShouldNotContain("OP-21 ");
        ((int)(await portal.GetAsync($"/app/opportunities/{opportunity}/partners")).Status).ShouldBeGreaterThanOrEqualTo(400);
    }

    [SkippableTheory, Databases]
    public async Task Without_a_deal_the_team_is_planned_and_invited_once_a_partner_has_registered(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (holder, guest, second) = (await world.PartnerAsync("Jagst Resellers"), await world.PartnerAsync("Kocher Advice"), await world.PartnerAsync("Lech Builders"));
        var opportunity = await OpportunityAsync(world, "Main Papers", "OP-22");
        (await BringAsync(world.Manager, new(opportunity, guest.Actor.Partner, DealRole.Influence, 2_000, 1_000, null, "Ask for Kim."))).Value.Planned.ShouldNotBeNull();
        (await BringAsync(world.Manager, new(opportunity, guest.Actor.Partner, DealRole.Influence, 1_000))).Problem!.Code.ShouldBe("deals.already_planned");
        (await BringAsync(world.Manager, new(opportunity, second.Actor.Partner, DealRole.Deliver, 9_000))).Problem!.Errors.Keys.ShouldBe(["share"]);
        (await BringAsync(world.Manager, new(opportunity, second.Actor.Partner, DealRole.Deliver, 3_000))).Problem.ShouldBeNull();
        var planned = (await SeeAsync(world.Manager, opportunity)).Planned;
        planned.Select(p => (p.PartnerName, p.Role, p.ShareBasisPoints)).ShouldBe([("Kocher Advice", DealRole.Influence, 2_000), ("Lech Builders", DealRole.Deliver, 3_000)]);
        (await guest.DoAsync<Work, int>(w => w.Db.Set<PlannedPlace>().CountAsync())).ShouldBe(0, "nobody outside the vendor hears of it");
        (await SettleAsync(world.Manager, opportunity, planned[0].Id, PlannedAct.Invite)).Problem!.Code.ShouldBe("deals.nobody_registered");
        using var pages = await world.Manager.PagesAsync();
        var page = await pages.GetAsync($"/app/opportunities/{opportunity}/partners");
        foreach (var words in new[] { "OP-22", "Kocher Advice", "No deal is linked", "Hand it to a partner" }) page.Text.ShouldContain(words);
        (await ToDosAsync(world.Manager)).ShouldBeEmpty();

        // A partner has registered the customer; the registration is offered, linked, and the plan becomes invitations.
        var deal = await world.RegisterAsync(holder, world.Fields("Main Papers"));
        (await SeeAsync(world.Manager, opportunity)).Registrations.ShouldHaveSingleItem().Id.ShouldBe(deal.Id);
        var link = (await pages.GetAsync($"/app/opportunities/{opportunity}")).Document.QuerySelectorAll("a").Single(a => a.GetAttribute("href")!.Contains("on=convert", StringComparison.Ordinal)).GetAttribute("href")!;
        (await pages.GetAsync(link)).Document.QuerySelector("select option[selected]")!.GetAttribute("value").ShouldBe(opportunity.ToString());
        (await world.Manager.DoAsync<Convert, Result<DealId>>(c => c.RunAsync(new ConvertInput(deal.Id, opportunity), default))).Problem.ShouldBeNull();
        (await ToDosAsync(world.Manager)).ShouldHaveSingleItem().Href.ShouldBe($"/app/opportunities/{opportunity}/partners");
        page = await pages.GetAsync($"/app/opportunities/{opportunity}/partners");
        (await pages.SubmitAsync(page, "planned", ("Planned.Act", $"invite:{planned[0].Id}"))).Status.ShouldBe(HttpStatusCode.OK);
        (await SettleAsync(world.Manager, opportunity, planned[1].Id, PlannedAct.Drop)).Problem.ShouldBeNull();
        (await SettleAsync(world.Manager, opportunity, planned[1].Id, PlannedAct.Invite)).Problem!.Kind.ShouldBe(ProblemKind.Missing);
        var team = (await SeeAsync(world.Manager, opportunity)).Deal.ShouldNotBeNull().Team;
        team.Select(t => (t.PartnerName, t.State)).ShouldBe([("Jagst Resellers", MemberState.Accepted), ("Kocher Advice", MemberState.Proposed)]);
        (await DealWorld.SeeAsync(holder, deal.Id)).Comments.ShouldContain(c => c.Body == "Ask for Kim.");
        (await SeeAsync(world.Manager, opportunity)).Planned.ShouldBeEmpty();
        (await ToDosAsync(world.Manager)).ShouldBeEmpty();
    }

    [SkippableTheory, Databases]
    public async Task A_team_that_has_won_is_brought_in_and_the_opportunity_is_handed_to_a_partner_as_a_lead(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (holder, guest) = (await world.PartnerAsync("Naab Resellers"), await world.PartnerAsync("Oder Advice"));
        var first = await world.RegisterAsync(holder, world.Fields("Peene Ports"));
        await world.Manager.DoAsync<InviteMember, Result<DealId>>(i => i.RunAsync(new InviteInput(first.Id, guest.Actor.Partner, null, DealRole.Influence, 1_500), default));
        await DealWorld.ConsentAsync(holder, first.Id, guest);
        (await DealWorld.AcceptAsync(guest, first.Id)).Problem.ShouldBeNull();
        (await world.Manager.DoAsync<Win, Result<DealId>>(w => w.RunAsync(new WinInput(first.Id, 10_000_00), default))).Problem.ShouldBeNull();
        var saved = await world.Manager.DoAsync<SaveFormation, Result<FormationId>>(s => s.RunAsync(new NewFormation(first.Id, "Pair"), default));
        var opportunity = await OpportunityAsync(world, "Queis Motors", "OP-23");
        using var api = await world.Manager.ApiAsync();
        var answer = await api.PostAsJsonAsync($"/api/v1/opportunities/{opportunity}/partners/team", new { formation = saved.Value.ToString() });
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("planned")[0].GetProperty("partnerName").GetString().ShouldBe("Oder Advice");
        using var theirs = await holder.ApiAsync();
        (await theirs.GetAsync($"/api/v1/opportunities/{opportunity}/partners")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);

        using var pages = await world.Manager.PagesAsync();
        var form = await pages.GetAsync($"/app/leads/new?opportunity={opportunity}");
        form.Document.QuerySelector("input[name='Input.CustomerName']")!.GetAttribute("value").ShouldBe("Queis Motors");
        var choice = await pages.SubmitAsync(form, "lead", ("Input.Need", "A pilot in two plants, soon."), ("Input.Country", "DE"), ("Input.Act", "look"));
        var passed = await pages.SubmitAsync(choice, "lead", ("Input.Other", holder.Actor.Partner!.Value.ToString()), ("Input.Act", "pass"));
        passed.Status.ShouldBe(HttpStatusCode.OK, passed.Text);
        var lead = (await SeeAsync(world.Manager, opportunity)).Leads.ShouldHaveSingleItem();
        lead.PartnerName.ShouldBe("Naab Resellers");
        (await pages.GetAsync($"/app/opportunities/{opportunity}")).Text.ShouldContain("Handed to");
    }

    [SkippableTheory, Databases]
    public async Task An_opportunity_that_was_handed_over_shows_every_turn_and_is_not_handed_over_twice(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (first, second) = (await world.PartnerAsync("Saar Resellers"), await world.PartnerAsync("Tauber Resellers"));
        var opportunity = await OpportunityAsync(world, "Ulster Motors", "OP-25");
        Task<Result<LeadId>> HandAsync(TestPerson to, string customer) =>
            world.Manager.DoAsync<PassLead, Result<LeadId>>(p => p.RunAsync(new PassInput(Leads.PassingTests.Interest(world, customer), to.Actor.Partner) { Opportunity = opportunity }, default));
        var lead = await HandAsync(first, "Ulster Motors");
        lead.Problem.ShouldBeNull();
        (await HandAsync(second, "Another Customer of it")).Problem!.Code.ShouldBe("leads.already_offered");
        (await first.DoAsync<AnswerLead, Result<LeadId>>(a => a.RunAsync(new LeadAnswer(lead.Value, false, DeclineReason.NoCapacity), default))).Problem.ShouldBeNull();
        (await world.Manager.DoAsync<OfferNext, Result<LeadId>>(o => o.RunAsync(new NextInput(lead.Value, second.Actor.Partner), default))).Problem.ShouldBeNull();
        (await SeeAsync(world.Manager, opportunity)).Leads.Select(l => l.PartnerName).ShouldBe(["Tauber Resellers", "Saar Resellers"]);
        (await world.Tenant.AsSystemAsync<Work, IReadOnlyCollection<OpportunityId>>(w => new CrmUse(w).OpportunitiesAsync([opportunity], default))).ShouldBe([opportunity], "an import with leads on it is not undone");

        var linked = (await LinkedAsync(world, first, "Vils Motors", "OP-26")).Opportunity;
        (await world.Manager.DoAsync<PassLead, Result<LeadId>>(p => p.RunAsync(new PassInput(Leads.PassingTests.Interest(world, "Vils Motors"), second.Actor.Partner) { Opportunity = linked }, default))).Problem!.Code.ShouldBe("leads.has_deal");
    }

    [SkippableTheory, Databases]
    public async Task An_opportunity_without_an_account_shows_to_whom_it_was_handed_and_is_not_handed_over_twice(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (first, second) = (await world.PartnerAsync("Werre Resellers"), await world.PartnerAsync("Zschopau Resellers"));
        await world.OpportunityAsync("OP-27", "", "Engaging", DateOnly.FromDateTime(DateTime.UtcNow).AddDays(-20));
        await world.OpportunityAsync("OP-28", "", "Engaging", DateOnly.FromDateTime(DateTime.UtcNow).AddDays(-20));
        var ids = await world.Manager.DoAsync<Work, Dictionary<string, OpportunityId>>(w => w.Db.Set<OpportunityRow>().Where(o => o.AccountId == null).ToDictionaryAsync(o => o.ExternalId, o => o.Id));
        Task<Result<LeadId>> HandAsync(TestPerson to, string customer) =>
            world.Manager.DoAsync<PassLead, Result<LeadId>>(p => p.RunAsync(new PassInput(Leads.PassingTests.Interest(world, customer), to.Actor.Partner) { Opportunity = ids["OP-27"] }, default));
        (await HandAsync(first, "Zusam Motors")).Problem.ShouldBeNull();
        (await SeeAsync(world.Manager, ids["OP-27"])).Leads.ShouldHaveSingleItem().PartnerName.ShouldBe("Werre Resellers");
        (await SeeAsync(world.Manager, ids["OP-28"])).Leads.ShouldBeEmpty();
        (await HandAsync(second, "Zusam Motors of the south")).Problem!.Code.ShouldBe("leads.already_offered");
        using var pages = await world.Manager.PagesAsync();
        foreach (var path in new[] { "", "/partners" })
            (await pages.GetAsync($"/app/opportunities/{ids["OP-27"]}{path}")).Text.ShouldSatisfyAllConditions(t => t.ShouldContain("Handed to"), t => t.ShouldContain("Werre Resellers"));
        using var api = await world.Manager.ApiAsync();
        (await api.GetStringAsync($"/api/v1/opportunities/{ids["OP-27"]}/partners")).ShouldContain("Werre Resellers");
    }

    private static async Task<(DealId Deal, OpportunityId Opportunity)> LinkedAsync(DealWorld world, TestPerson holder, string customer, string number)
    {
        var opportunity = await OpportunityAsync(world, customer, number);
        var deal = await world.RegisterAsync(holder, world.Fields(customer));
        (await world.Manager.DoAsync<Convert, Result<DealId>>(c => c.RunAsync(new ConvertInput(deal.Id, opportunity), default))).Problem.ShouldBeNull();
        return (deal.Id, opportunity);
    }

    private static async Task<OpportunityId> OpportunityAsync(DealWorld world, string customer, string number)
    {
        await world.AccountAsync(customer);
        await world.OpportunityAsync(number, customer, "Engaging", DateOnly.FromDateTime(DateTime.UtcNow).AddDays(-200));
        return await world.Manager.DoAsync<Work, OpportunityId>(w => w.Db.Set<OpportunityRow>().Where(o => o.ExternalId == number).Select(o => o.Id).SingleAsync());
    }

    private static Task<Result<BroughtIn>> BringAsync(TestPerson by, BringInInput input) => by.DoAsync<BringIn, Result<BroughtIn>>(b => b.RunAsync(input, default));

    private static Task<Result<PlannedPlaceId>> SettleAsync(TestPerson by, OpportunityId opportunity, PlannedPlaceId place, PlannedAct act) => by.DoAsync<SettlePlanned, Result<PlannedPlaceId>>(s => s.RunAsync(new PlannedInput(opportunity, place, act), default));

    private static Task<IReadOnlyList<ToDo>> ToDosAsync(TestPerson person) => person.DoAsync<IEnumerable<IToDoSource>, IReadOnlyList<ToDo>>(s => s.OfType<PlannedToDos>().Single().OfAsync(default));

    private static async Task<OpportunityTeam> SeeAsync(TestPerson person, OpportunityId opportunity)
    {
        var found = await person.DoAsync<Work, Result<OpportunityTeam>>(w => OpportunityTeams.FindAsync(w, opportunity, default));
        found.Problem.ShouldBeNull();
        return found.Value;
    }
}
