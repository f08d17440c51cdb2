using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Deals.Passing;
using Trellis.Deals.Published;
using Trellis.Deals.Rules;
using Trellis.Identity.Published;
using Trellis.Partners.Published;
using static Trellis.Deals.Tests.Leads.PassingTests;

namespace Trellis.Deals.Tests.Leads;

/// <summary>Leads where something else has happened meanwhile: to the partner, to the opportunity, or to a registration.</summary>
public sealed class LeadStateTests
{
    [SkippableTheory, Databases]
    public async Task A_registration_that_ends_takes_no_lead_along_that_was_never_its_own(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var rosa = await world.PartnerAsync();
        var (lost, won) = (await world.RegisterAsync(rosa, world.Fields("Verloren AG", domain: "verloren.example")), await world.RegisterAsync(rosa, world.Fields("Gewonnen AG", domain: "gewonnen.example")));
        var (first, second) = (await PassAsync(world, rosa, "Verloren AG", "verloren.example"), await PassAsync(world, rosa, "Gewonnen AG", "gewonnen.example"));
        foreach (var id in new[] { first, second }) (await AnswerAsync(rosa, id, true)).Problem.ShouldBeNull();
        (await world.Manager.DoAsync<Lose, Result<DealId>>(l => l.RunAsync(new WordsInput(lost.Id, "The budget is gone."), default))).Problem.ShouldBeNull();
        (await world.Manager.DoAsync<Win, Result<DealId>>(w => w.RunAsync(new WinInput(won.Id, 25_000_00), default))).Problem.ShouldBeNull();
        await HearAsync(world, won.Id);
        await HearAsync(world, lost.Id);
        foreach (var id in new[] { first, second })
        {
            var lead = await SeeAsync(rosa, id);
            (lead.Line.State, lead.Deal).ShouldBe((LeadState.Accepted, null), "the customer asks anew, and nothing new is registered");
        }

        // What is registered after the lead is its own.
        var own = await world.RegisterAsync(rosa, world.Fields("Verloren AG", domain: "verloren.example"));
        await HearAsync(world, own.Id);
        (await SeeAsync(rosa, first)).Deal.ShouldBe(own.Id);
    }

    [SkippableTheory, Databases]
    public async Task A_draft_of_a_lead_is_its_partners_own(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var rosa = await world.PartnerAsync();
        var id = await PassAsync(world, rosa, "Entwurf AG", "entwurf.example");
        (await AnswerAsync(rosa, id, true)).Problem.ShouldBeNull();
        var draft = (await rosa.DoAsync<RegisterLead, Result<DealId>>(r => r.RunAsync(id, default))).Value;
        ((await SeeAsync(rosa, id)).Deal, (await SeeAsync(world.Manager, id)).Deal).ShouldBe((draft, null));
        (await rosa.DoAsync<Register, Result<DealId>>(r => r.RunAsync(new RegisterInput(world.Fields("Entwurf AG", domain: "entwurf.example"), draft), default))).Problem.ShouldBeNull();
        await HearAsync(world, draft);
        (await SeeAsync(world.Manager, id)).Deal.ShouldBe(draft);
    }

    [SkippableTheory, Databases]
    public async Task A_lead_that_waited_for_a_person_goes_to_no_partner_that_may_not_register_any_more(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var rosa = await world.PartnerAsync();
        await world.AccountAsync("Namhaft AG", "namhaft.example", named: true);
        var seller = await world.Tenant.StaffAsync(Roles.DirectSeller);
        var id = (await seller.DoAsync<PassLead, Result<LeadId>>(p => p.RunAsync(new PassInput(Interest(world, "Namhaft AG", "namhaft.example"), rosa.Actor.Partner), default))).Value;
        using var admin = await world.Tenant.Administrator.ApiAsync();
        (await admin.PostAsJsonAsync($"/api/v1/partners/{rosa.Actor.Partner}/state", new { trigger = "suspend", reason = "Papers are missing." })).EnsureSuccessStatusCode();
        (await DecideAsync(world.Manager, id, true)).Problem!.Code.ShouldBe("leads.partner_not_active");
        (await SeeAsync(world.Manager, id)).Line.State.ShouldBe(LeadState.InReview);
        (await DecideAsync(world.Manager, id, false, ReasonCode.NotAFit)).Problem.ShouldBeNull();
    }

    [SkippableTheory, BothDatabases]
    public async Task An_opportunity_that_has_a_deal_meanwhile_is_offered_to_nobody_else(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (first, second, holder) = (await world.PartnerAsync(), await world.PartnerAsync(), await world.PartnerAsync());
        await world.AccountAsync("Weiter AG", "weiter.example");
        await world.OpportunityAsync("OP-77", "Weiter AG", "Prospecting", null);
        var opportunity = await world.Manager.DoAsync<Work, OpportunityId>(w => w.Db.Set<OpportunityRow>().Where(o => o.ExternalId == "OP-77").Select(o => o.Id).SingleAsync());
        var passed = await world.Manager.DoAsync<PassLead, Result<LeadId>>(p => p.RunAsync(new PassInput(Interest(world, "Weiter AG", "weiter.example"), first.Actor.Partner) { Opportunity = opportunity }, default));
        passed.Problem.ShouldBeNull();
        (await AnswerAsync(first, passed.Value, false, DeclineReason.NoCapacity)).Problem.ShouldBeNull();
        // Another product, so that nothing else stands in the way.
        var deal = await world.RegisterAsync(holder, world.Fields("Weiter AG", world.Vault, domain: "weiter.example"));
        if (deal.State == DealState.InReview) (await world.Manager.DoAsync<Approve, Result<DealId>>(a => a.RunAsync(new ApproveInput(deal.Id), default))).Problem.ShouldBeNull();
        (await world.Manager.DoAsync<Convert, Result<DealId>>(c => c.RunAsync(new ConvertInput(deal.Id, opportunity), default))).Problem.ShouldBeNull();
        (await world.Manager.DoAsync<OfferNext, Result<LeadId>>(o => o.RunAsync(new NextInput(passed.Value, second.Actor.Partner), default))).Problem!.Code.ShouldBe("leads.has_deal");
    }

    [SkippableTheory, Databases]
    public async Task Whoever_has_passed_a_lead_to_the_vendor_hears_that_it_was_taken_back(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var rosa = await world.PartnerAsync();
        var scout = await world.Tenant.PartnerPersonAsync(rosa.Actor.Partner!.Value, "Scout", Roles.ReferralPartner);
        var id = (await scout.DoAsync<PassToVendor, Result<LeadId>>(p => p.RunAsync(Interest(world, "Neue Werft"), default))).Value;
        (await SeeAsync(scout, id)).Line.State.ShouldBe(LeadState.Accepted);
        (await world.Manager.DoAsync<WithdrawLead, Result<LeadId>>(w => w.RunAsync(new LeadDecision(id, false, Text: "They have bought elsewhere."), default))).Problem.ShouldBeNull();
        using var pages = await scout.PagesAsync();
        (await pages.GetAsync("/portal/notifications")).Text.ShouldContain("Taken back: Neue Werft");
        using var colleague = await rosa.PagesAsync();
        (await colleague.GetAsync("/portal/notifications")).Text.ShouldNotContain("Taken back: Neue Werft");
    }

    [SkippableTheory, Databases]
    public async Task A_partner_reads_no_rules_of_passing_that_are_only_planned_whatever_their_number(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var rosa = await world.PartnerAsync();
        var today = DateOnly.FromDateTime(world.Tenant.App.Clock.GetUtcNow().UtcDateTime);
        await PublishAsync("Planned for later", today.AddDays(30));
        await PublishAsync("Decides now", today);
        var planned = (await ReadAsync(world.Tenant.Administrator, 2)).Value;
        (planned.Number, planned.Decides).ShouldBe((2, false));
        (await ReadAsync(rosa, 2)).Problem!.Kind.ShouldBe(ProblemKind.Missing);
        var read = (await ReadAsync(rosa, null)).Value;
        read.Number.ShouldBe(3);
        read.Versions.Select(v => v.Number).ShouldBe([3]);
        (await ReadAsync(rosa, 1)).Problem.ShouldBeNull();

        async Task PublishAsync(string note, DateOnly from)
        {
            (await world.Tenant.Administrator.DoAsync<KeepPassingRules, Result<PassingRulesId>>(k => k.RunAsync(new PassingDraftInput(RuleFile.Write(DefaultPassing.Text), note), default))).Problem.ShouldBeNull();
            (await world.Tenant.Administrator.DoAsync<PublishPassingRules, Result<PassingRulesId>>(p => p.RunAsync(new PassingPublication(from), default))).Problem.ShouldBeNull();
        }

        static Task<Result<PassingDetail>> ReadAsync(TestPerson person, int? number) => person.DoAsync<Work, Result<PassingDetail>>(w => PassingBook.FindAsync(w, number, default));
    }

    // Heard here, whoever delivers the event besides.
    private static async Task HearAsync(DealWorld world, DealId deal)
    {
        await world.Tenant.App.DrainAsync();
        await world.Tenant.AsSystemAsync<Work, Result<Done>>(w => w.TransactAsync<Done>("test.hear", async () =>
        {
            await new FollowRegistration(w).FollowAsync(deal, default);
            return default(Done);
        }, default));
    }
}
