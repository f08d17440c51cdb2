using System.Net;
using System.Net.Http.Json;
using Trellis.Deals.Coalitions;
using Trellis.Deals.Plans;
using Trellis.Deals.Published;
using Trellis.Deals.Workspace;
using Trellis.Identity.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Tests;

/// <summary>How a company of a target list is found, whom it names, and what goes on in the deal that comes of it.</summary>
public sealed class TargetDealTests
{
    private static DateOnly Soon => DateOnly.FromDateTime(DateTime.UtcNow).AddDays(9);

    [SkippableTheory, Databases]
    public async Task Companies_of_target_lists_are_found_by_those_who_may_read_them_and_by_their_own_partner_alone(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (rosa, ines) = (await world.PartnerAsync("Rosa Finds"), await world.PartnerAsync("Ines Finds"));
        var target = await TargetAsync(world, rosa, "Kühlhaus Neumünster");
        var finance = await world.Tenant.StaffAsync(Roles.Finance);
        async Task<Hit[]> FindAsync(TestPerson person, string q)
        {
            using var api = await person.ApiAsync();
            return [.. (await api.GetFromJsonAsync<Hit[]>($"/api/v1/search?q={Uri.EscapeDataString(q)}"))!.Where(h => h.Kind == "Target account")];
        }

        (await FindAsync(world.Manager, "kuhlhaus neu")).Select(h => (h.Title, h.Detail, h.Href)).ShouldBe([("Kühlhaus Neumünster", "Together", $"/app/targets/{target}")]);
        (await FindAsync(rosa, "neumünster")).Select(h => h.Href).ShouldBe([$"/portal/targets/{target}"]);
        foreach (var other in new[] { ines, finance, (await DealWorld.CreateAsync(database)).Manager }) (await FindAsync(other, "neumünster")).ShouldBeEmpty();
        using var pages = await rosa.PagesAsync();
        (await pages.GetAsync($"/portal/targets/{target}")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [SkippableTheory, Databases]
    public async Task Registered_from_the_list_a_company_brings_its_next_step_and_its_people_into_the_deal(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var rosa = await world.PartnerAsync();
        var target = await TargetAsync(world, rosa, "Kessel Plan AG");
        await StepAsync(rosa, target, "Meet the head of purchasing", DealSide.Vendor, Soon);
        await ContactAsync(rosa, target, "Eva Brandt", DealSide.Partner, "eva@kessel.example");
        await ContactAsync(world.Manager, target, "Otto Kern", DealSide.Vendor);
        using var pages = await rosa.PagesAsync();
        var form = await pages.GetAsync($"/portal/deals/new?target={target}");
        foreach (var (field, value) in new[] { ("CustomerName", "Kessel Plan AG"), ("NextStep", "Meet the head of purchasing"), ("ContactName", "Eva Brandt"), ("ContactEmail", "eva@kessel.example") })
            form.Document.QuerySelector($"input[name='Input.{field}']")!.GetAttribute("value").ShouldBe(value);
        var sent = await pages.SubmitAsync(form, "deal", ("Input.Country", "DE"), ("Input.Product", world.Relay.ToString()), ("Input.Amount", "12000"), ("Input.ExpectedClose", $"{DateTime.UtcNow.AddDays(60):yyyy-MM-dd}"),
            ("Input.WorkDone", "Two meetings and a demo with them."), ("Input.Act", "register"));
        var deal = Ids.Parse<DealId>(sent.Address.AbsolutePath.Split('/')[^1])!.Value;

        foreach (var side in new[] { rosa, world.Manager })
        {
            var space = await SpaceAsync(side, deal);
            space.Committee!.Select(c => (c.Name, c.CoveredBy, c.Role)).ShouldBe([("Eva Brandt", DealSide.Partner, BuyerRole.Champion), ("Otto Kern", DealSide.Vendor, BuyerRole.Champion)], ignoreOrder: true);
            (space.NextStep!.What, space.NextStep.Side, space.NextStep.DueOn).ShouldBe(("Meet the head of purchasing", DealSide.Vendor, Soon));
        }

        // Linked again, nobody stands there twice.
        await rosa.DoAsync<LinkTarget, Result<TargetId>>(l => l.RunAsync(new TargetLink(target, deal), default));
        (await rosa.DoAsync<ChangeTarget, Result<TargetId>>(c => c.RunAsync(new TargetChange(target, TargetState.Deal, DealSide.Partner, null, null, null, Unlink: true), default))).Problem.ShouldBeNull();
        (await rosa.DoAsync<ChangeTarget, Result<TargetId>>(c => c.RunAsync(new TargetChange(target, TargetState.Deal, DealSide.Partner, null, null, null, deal), default))).Problem.ShouldBeNull();
        (await SpaceAsync(rosa, deal)).Committee!.Count.ShouldBe(2);
    }

    [SkippableTheory, Databases]
    public async Task What_the_deal_says_already_wins_and_other_partners_on_it_are_shown_nobody_unasked(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (rosa, guest) = (await world.PartnerAsync(), await world.PartnerAsync());
        var target = await TargetAsync(world, rosa, "Pumpen Plan AG");
        await StepAsync(rosa, target, "Call them", DealSide.Partner, Soon);
        await ContactAsync(rosa, target, "Eva Brandt", DealSide.Partner);
        var deal = await world.RegisterAsync(rosa, world.Fields("Pumpen Plan AG"));
        (await world.Manager.DoAsync<InviteMember, Result<DealId>>(i => i.RunAsync(new InviteInput(deal.Id, guest.Actor.Partner, null, DealRole.Influence, 1_000) { Visibility = DealVisibility.Full }, default))).Problem.ShouldBeNull();
        (await DealWorld.ConsentAsync(rosa, deal.Id, guest)).Problem.ShouldBeNull();
        (await DealWorld.AcceptAsync(guest, deal.Id)).Problem.ShouldBeNull();
        (await rosa.DoAsync<LinkTarget, Result<TargetId>>(l => l.RunAsync(new TargetLink(target, deal.Id), default))).Problem.ShouldBeNull();
        var space = await SpaceAsync(rosa, deal.Id);
        (space.NextStep!.What, space.NextStep.Side).ShouldBe(("Offer next week.", (DealSide?)null));
        space.Committee!.ShouldBeEmpty("the guest reads the committee, and these names were shared between two");

        // Who may plan but not work on deals links only: Marketing brings nobody in.
        var marketing = await world.Tenant.StaffAsync(Roles.Marketing);
        var (second, other) = (await TargetAsync(world, rosa, "Ventil Plan AG"), await world.RegisterAsync(rosa, world.Fields("Ventil Plan AG") with { NextStep = null }));
        await ContactAsync(rosa, second, "Jan Holm", DealSide.Partner);
        await StepAsync(rosa, second, "Call them", DealSide.Partner, Soon);
        (await marketing.DoAsync<LinkTarget, Result<TargetId>>(l => l.RunAsync(new TargetLink(second, other.Id), default))).Problem.ShouldBeNull();
        var quiet = await SpaceAsync(rosa, other.Id);
        (quiet.Committee!.Count, quiet.NextStep).ShouldBe((0, null));
    }

    [SkippableTheory, Databases]
    public async Task A_person_at_the_company_is_corrected_on_its_page_and_a_stale_correction_is_told(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (rosa, ines) = (await world.PartnerAsync(), await world.PartnerAsync());
        var target = await TargetAsync(world, rosa, "Motor Plan AG");
        var contact = await ContactAsync(rosa, target, "Eva Brandt", DealSide.Partner);
        using var pages = await rosa.PagesAsync();
        var page = await pages.GetAsync($"/portal/targets/{target}");
        page.Document.QuerySelector($"a[href='?person={contact}#person-form']").ShouldNotBeNull();
        var form = await pages.GetAsync($"/portal/targets/{target}?person={contact}");
        form.Document.QuerySelector("#person-form")!.HasAttribute("open").ShouldBeTrue();
        form.Document.QuerySelector("input[name='New.Name']")!.GetAttribute("value").ShouldBe("Eva Brandt");
        var changed = await pages.SubmitAsync(form, "contact", ("New.Name", "Eva Brandt-Weiss"), ("New.Role", "economic_buyer"), ("New.KnownBy", "vendor"));
        changed.Text.ShouldContain("Eva Brandt-Weiss");
        var line = (await PlanAsync(rosa, target)).Contacts.ShouldHaveSingleItem();
        (line.Id, line.Role, line.KnownBy, line.JobTitle).ShouldBe((contact, BuyerRole.EconomicBuyer, DealSide.Vendor, "CIO"));
        (await pages.SubmitAsync(form, "contact", ("New.Name", "Somebody else"))).Status.ShouldNotBe(HttpStatusCode.OK, "it was changed meanwhile");
        (await pages.SubmitAsync(await pages.GetAsync($"/portal/targets/{target}?person={contact}"), "contact", ("New.Name", ""))).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await PlanAsync(rosa, target)).Contacts.ShouldHaveSingleItem().Name.ShouldBe("Eva Brandt-Weiss");
        using var theirs = await ines.ApiAsync();
        (await theirs.PutAsJsonAsync($"/api/v1/targets/{target}/contacts/{contact}", new { name = "X", role = "champion", knownBy = "partner" })).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [SkippableTheory, Databases]
    public async Task A_draft_kept_from_the_list_is_the_companys_deal_once_it_is_registered(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var rosa = await world.PartnerAsync();
        var target = await TargetAsync(world, rosa, "Draft Plan AG");
        await ContactAsync(rosa, target, "Eva Brandt", DealSide.Partner, "eva@draft.example");
        using var pages = await rosa.PagesAsync();
        await pages.SubmitAsync(await pages.GetAsync($"/portal/deals/new?target={target}"), "deal", ("Input.Act", "draft"));
        var draft = (await LineAsync(rosa, target)).Draft.ShouldNotBeNull();
        (await pages.GetAsync($"/portal/targets/{target}")).Document.QuerySelector($"a[href='/portal/deals/new?draft={draft}']").ShouldNotBeNull();

        // A draft is the partner's own: the vendor's people neither read it nor take it off by saving what they see.
        var theirs = await LineAsync(world.Manager, target);
        (theirs.Draft, theirs.Deal, theirs.State).ShouldBe((null, null, TargetState.ToApproach));
        await world.RegisterAsync(rosa, world.Fields("Draft Plan AG", world.Vault));
        using var staff = await world.Manager.PagesAsync();
        (await staff.SubmitAsync(await staff.GetAsync($"/app/targets/{target}"), "target", ("Input.Contacts", "Eva Brandt"))).Status.ShouldBe(HttpStatusCode.OK);

        var sent = await pages.SubmitAsync(await pages.GetAsync($"/portal/deals/new?draft={draft}"), "deal", [.. Rest(world), ("Input.Act", "register"), ("Input.Seen", "true")]);
        sent.Address.AbsolutePath.ShouldBe($"/portal/deals/{draft}");
        foreach (var side in new[] { rosa, world.Manager })
        {
            var line = await LineAsync(side, target);
            (line.Deal, line.Draft, line.State).ShouldBe((draft, null, TargetState.Deal));
            (await SpaceAsync(side, draft)).Committee!.ShouldHaveSingleItem().Name.ShouldBe("Eva Brandt");
        }
    }

    [SkippableTheory, Databases]
    public async Task What_is_kept_while_somebody_types_or_is_proposed_to_another_partner_keeps_its_company_too(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (rosa, ben) = (await world.PartnerAsync(), await world.PartnerAsync(website: "joint-plan.example"));
        using var pages = await rosa.PagesAsync();
        var typed = await TargetAsync(world, rosa, "Typed Plan AG");
        var form = await pages.GetAsync($"/portal/deals/new?target={typed}");
        var fields = form.Document.QuerySelectorAll("trellis-autosave form input[name]").Select(i => KeyValuePair.Create(i.GetAttribute("name")!, i.GetAttribute("value") ?? ""));
        (await pages.Http.PatchAsync("/portal/deals/drafts", new FormUrlEncodedContent(fields))).StatusCode.ShouldBe(HttpStatusCode.OK);
        var kept = (await LineAsync(rosa, typed)).Draft.ShouldNotBeNull();

        // Given up, the company is free again, and another draft takes its place.
        (await rosa.DoAsync<Withdraw, Result<DealId>>(w => w.RunAsync(new WordsInput(kept, null), default))).Problem.ShouldBeNull();
        (await LineAsync(rosa, typed)).Draft.ShouldBeNull();
        await pages.SubmitAsync(await pages.GetAsync($"/portal/deals/new?target={typed}"), "deal", ("Input.Act", "draft"));
        (await LineAsync(rosa, typed)).Draft.ShouldNotBeNull().ShouldNotBe(kept);

        var joint = await TargetAsync(world, rosa, "Joint Plan AG");
        await pages.SubmitAsync(await pages.GetAsync($"/portal/deals/new?target={joint}"), "deal", [.. Rest(world), ("Input.JointPartner", "joint-plan.example"), ("Input.JointShare", "30"), ("Input.Act", "register")]);
        var proposed = (await LineAsync(rosa, joint)).Draft.ShouldNotBeNull();
        (await DealWorld.AcceptAsync(ben, proposed)).Problem.ShouldBeNull();
        var line = await LineAsync(world.Manager, joint);
        (line.Deal, line.State).ShouldBe((proposed, TargetState.Deal));
    }

    private static (string, string)[] Rest(DealWorld world) =>
        [("Input.Country", "DE"), ("Input.Product", world.Relay.ToString()), ("Input.Amount", "12000"), ("Input.ExpectedClose", $"{DateTime.UtcNow.AddDays(60):yyyy-MM-dd}"), ("Input.WorkDone", "Two meetings and a demo with them.")];

    private static async Task<TargetLine> LineAsync(TestPerson by, TargetId target) => (await by.DoAsync<Work, Result<TargetLine>>(w => TargetPage.TargetAsync(w, target, default))).Value;

    private static async Task<TargetId> TargetAsync(DealWorld world, TestPerson partner, string name)
    {
        var list = (await world.Manager.DoAsync<SaveTargetList, Result<TargetListId>>(s => s.RunAsync(new TargetListInput(null, partner.Actor.Partner, "Together", ""), default))).Value;
        var target = await world.Manager.DoAsync<AddTarget, Result<TargetId>>(a => a.RunAsync(new TargetInput(list, null, name, "Kiel", "DE"), default));
        target.Problem.ShouldBeNull();
        return target.Value;
    }

    private static async Task StepAsync(TestPerson by, TargetId target, string step, DealSide side, DateOnly on) =>
        (await by.DoAsync<ChangeTarget, Result<TargetId>>(c => c.RunAsync(new TargetChange(target, TargetState.Meeting, side, step, on, null), default))).Problem.ShouldBeNull();

    private static async Task<TargetContactId> ContactAsync(TestPerson by, TargetId target, string name, DealSide side, string? email = null)
    {
        var saved = await by.DoAsync<SaveTargetContact, Result<TargetContactId>>(s => s.RunAsync(new TargetContactInput(target, null, name, "CIO", email, BuyerRole.Champion, side, "Mara"), default));
        saved.Problem.ShouldBeNull();
        return saved.Value;
    }

    private static async Task<TargetPlan> PlanAsync(TestPerson by, TargetId target) => (await by.DoAsync<Work, Result<TargetPlan>>(w => TargetPlan.FindAsync(w, target, default))).Value;

    private static async Task<DealWorkspace> SpaceAsync(TestPerson by, DealId deal) => (await by.DoAsync<Work, Result<DealWorkspace>>(w => WorkspacePage.FindAsync(w, deal, default))).Value;
}
