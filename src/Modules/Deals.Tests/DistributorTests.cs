using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Trellis.Deals.Distributors;
using Trellis.Deals.Life;
using Trellis.Deals.Published;
using Trellis.Deals.Workspace;
using Trellis.Partners.Published;

namespace Trellis.Deals.Tests;

public sealed class DistributorTests
{
    [SkippableTheory, Databases]
    public async Task A_distributor_reads_its_resellers_deals_as_a_summary_and_does_nothing_there(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (distributor, reseller, sibling) = (await world.PartnerAsync("Big Distribution"), await world.PartnerAsync("Reseller Ltd"), await world.PartnerAsync("Sibling Ltd"));
        await TieAsync(world, distributor, reseller);
        await TieAsync(world, distributor, sibling);
        var deal = await world.RegisterAsync(reseller, world.Fields("Nordlicht Energie"));
        var draft = await reseller.DoAsync<SaveDraft, Result<DealId>>(s => s.RunAsync(new DraftInput(null, world.Fields("Secret draft")), default));
        (await world.Manager.DoAsync<AddComment, Result<DealId>>(c => c.RunAsync(new CommentInput(deal.Id, "shared word", CommentAudience.Shared), default))).Problem.ShouldBeNull();
        (await world.Manager.DoAsync<AddComment, Result<DealId>>(c => c.RunAsync(new CommentInput(deal.Id, "internal thought", CommentAudience.Internal), default))).Problem.ShouldBeNull();

        (await ListAsync(distributor)).Select(l => (l.Id, l.Amount, l.PartnerName)).ShouldBe([(deal.Id, 25_000_00L, "Reseller Ltd")]);
        (await distributor.DoAsync<Work, Page<DealLine>>(w => DealList.FindAsync(w, new DealFilter(), new Paging(), default))).Items.ShouldBeEmpty("my deals are my deals");
        var seen = await DealWorld.SeeAsync(distributor, deal.Id);
        (seen.OfReseller, seen.Full, seen.Level, seen.Amount).ShouldBe((true, false, DealVisibility.Summary, 25_000_00L));
        seen.Allowed.ShouldBeEmpty();
        seen.Comments.Select(c => c.Body).ShouldBe(["shared word"]);
        var text = JsonSerializer.Serialize(seen, Json.Options);
        foreach (var secret in new[] { "ana@gmail.com", "Ana Silva", "Two meetings", "internal thought", reseller.Email }) text.ShouldNotContain(secret);
        (await DealWorld.TrySeeAsync(distributor, draft.Value)).Problem!.Kind.ShouldBe(ProblemKind.Missing);
        var space = (await distributor.DoAsync<Work, Result<DealWorkspace>>(w => WorkspacePage.FindAsync(w, deal.Id, default))).Value;
        (space.Works, space.Files, space.Committee).ShouldBe((false, null, null));

        // It reads and does nothing, by whatever way.
        (await distributor.DoAsync<Withdraw, Result<DealId>>(w => w.RunAsync(new WordsInput(deal.Id, "No."), default))).Problem!.Kind.ShouldBe(ProblemKind.Missing);
        (await distributor.DoAsync<AddComment, Result<DealId>>(c => c.RunAsync(new CommentInput(deal.Id, "hello"), default))).Problem!.Kind.ShouldBe(ProblemKind.Missing);
        (await distributor.DoAsync<AddTask, Result<DealTaskId>>(a => a.RunAsync(new NewTask(deal.Id, "Do it"), default))).Problem!.Kind.ShouldBe(ProblemKind.Missing);
        (await distributor.DoAsync<Work, Result<DecisionDetail>>(w => DecisionPage.FindAsync(w, deal.Id, default))).Problem!.Kind.ShouldBe(ProblemKind.Missing);

        // The reseller reads who looks on.
        var own = (await reseller.DoAsync<Work, Result<DealWorkspace>>(w => WorkspacePage.FindAsync(w, deal.Id, default))).Value;
        own.Sights.ShouldContain(s => s.Name == "Big Distribution" && s.Level == DealVisibility.Summary && !s.May);

        using var pages = await distributor.PagesAsync();
        (await pages.GetAsync("/portal/deals?view=resellers")).Text.ShouldContain("Nordlicht Energie");
        var page = await pages.GetAsync($"/portal/deals/{deal.Id}");
        (page.Status, page.Text.Contains("Reseller Ltd; you may read it", StringComparison.Ordinal), page.Text.Contains("Ana Silva", StringComparison.Ordinal)).ShouldBe((HttpStatusCode.OK, true, false));
        (await pages.Http.GetStringAsync("/portal/deals.csv?view=resellers")).ShouldContain("Nordlicht Energie");
    }

    [SkippableTheory, Databases]
    public async Task Siblings_grandchildren_and_strangers_stay_apart_and_the_end_of_the_tie_ends_the_sight(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (master, distributor, reseller, sibling, stranger) = (await world.PartnerAsync(), await world.PartnerAsync(), await world.PartnerAsync(), await world.PartnerAsync(), await world.PartnerAsync());
        await TieAsync(world, master, distributor);
        await TieAsync(world, distributor, reseller);
        await TieAsync(world, distributor, sibling);
        var deal = await world.RegisterAsync(reseller, world.Fields("Fjordbank AS"));
        (await DealWorld.TrySeeAsync(distributor, deal.Id)).Problem.ShouldBeNull();
        var abroad = await DealWorld.CreateAsync(database);
        foreach (var other in new[] { sibling, stranger, master, await abroad.PartnerAsync() })
        {
            (await DealWorld.TrySeeAsync(other, deal.Id)).Problem!.Kind.ShouldBe(ProblemKind.Missing);
            (await ListAsync(other)).ShouldNotContain(l => l.Id == deal.Id);
        }

        // A reseller reads nothing of those above it.
        var above = await world.RegisterAsync(distributor, world.Fields("Castello SpA"));
        (await DealWorld.TrySeeAsync(reseller, above.Id)).Problem!.Kind.ShouldBe(ProblemKind.Missing);
        (await DealWorld.TrySeeAsync(abroad.Manager, deal.Id)).Problem!.Kind.ShouldBe(ProblemKind.Missing);

        using var api = await world.Tenant.Administrator.ApiAsync();
        (await api.DeleteAsync($"/api/v1/partners/{Home(distributor)}/relations/{Home(reseller)}/supplies")).EnsureSuccessStatusCode();
        (await DealWorld.TrySeeAsync(distributor, deal.Id)).Problem!.Kind.ShouldBe(ProblemKind.Missing);
        (await ListAsync(distributor)).ShouldBeEmpty();
    }

    [SkippableTheory, Databases]
    public async Task The_vendor_sets_how_much_a_distributor_sees_and_a_group_only_what_was_opened(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (distributor, reseller, parent) = (await world.PartnerAsync(), await world.PartnerAsync(), await world.PartnerAsync());
        await TieAsync(world, distributor, reseller);
        await TieAsync(world, parent, distributor, "parent_of");
        await TieAsync(world, distributor, parent, "works_with");
        var deal = await world.RegisterAsync(reseller, world.Fields("Ostwind GmbH", amount: 30_000_00));
        using var api = await world.Manager.ApiAsync();
        async Task<HttpStatusCode> SetAsync(TestPerson above, TestPerson below, string level) =>
            (await api.PutAsJsonAsync($"/api/v1/partners/{Home(above)}/resellers/{Home(below)}", new { level })).StatusCode;

        (await SetAsync(distributor, reseller, "counts")).ShouldBe(HttpStatusCode.NoContent);
        var counted = await DealWorld.SeeAsync(distributor, deal.Id);
        (counted.Level, counted.Amount, counted.Comments.Count, counted.History.Count).ShouldBe((DealVisibility.Counts, null, 0, 0));
        (await ListAsync(distributor)).Select(l => (l.Amount, l.AmountShown)).ShouldBe([((long?)null, false)]);
        (await distributor.DoAsync<Work, Result<DealWorkspace>>(w => WorkspacePage.FindAsync(w, deal.Id, default))).Value.Counts.ShouldNotBeNull();

        (await SetAsync(distributor, reseller, "full")).ShouldBe(HttpStatusCode.NoContent);
        var space = (await distributor.DoAsync<Work, Result<DealWorkspace>>(w => WorkspacePage.FindAsync(w, deal.Id, default))).Value;
        (space.Works, space.Files is not null, space.Committee is not null).ShouldBe((false, true, true));

        (await SetAsync(distributor, reseller, "none")).ShouldBe(HttpStatusCode.NoContent);
        (await DealWorld.TrySeeAsync(distributor, deal.Id)).Problem!.Kind.ShouldBe(ProblemKind.Missing);
        (await ListAsync(distributor)).ShouldBeEmpty();

        // A parent sees a subsidiary's deals only where the vendor has opened them.
        var below = await world.RegisterAsync(distributor, world.Fields("Westwind GmbH"));
        (await DealWorld.TrySeeAsync(parent, below.Id)).Problem!.Kind.ShouldBe(ProblemKind.Missing);
        (await SetAsync(parent, distributor, "summary")).ShouldBe(HttpStatusCode.NoContent);
        (await DealWorld.TrySeeAsync(parent, below.Id)).Problem.ShouldBeNull();
        (await SetAsync(parent, reseller, "summary")).ShouldBe(HttpStatusCode.UnprocessableEntity, "the two are not tied");

        using var partner = await distributor.ApiAsync();
        (await partner.PutAsJsonAsync($"/api/v1/partners/{Home(distributor)}/resellers/{Home(reseller)}", new { level = "full" })).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        using var pages = await world.Manager.PagesAsync();
        (await pages.GetAsync($"/app/partners/{Home(distributor)}")).Text.ShouldContain("What it sees of its resellers’ deals");
    }

    [SkippableTheory, Databases]
    public async Task A_master_distributor_sees_its_distributors_resellers_where_the_vendor_has_opened_them(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (master, distributor, reseller, sibling) = (await world.PartnerAsync("Master Ltd"), await world.PartnerAsync("Middle Ltd"), await world.PartnerAsync("Below Ltd"), await world.PartnerAsync("Beside Ltd"));
        var (second, lower) = (await world.PartnerAsync("Second Ltd"), await world.PartnerAsync("Lower Ltd"));
        foreach (var (above, below) in new[] { (master, distributor), (distributor, reseller), (distributor, sibling), (second, reseller), (reseller, lower) }) await TieAsync(world, above, below);
        var (deal, beside) = (await world.RegisterAsync(reseller, world.Fields("Halden Werke", amount: 31_000_00)), await world.RegisterAsync(sibling, world.Fields("Not opened")));
        var deeper = await world.RegisterAsync(lower, world.Fields("Three steps"));
        using var api = await world.Manager.ApiAsync();
        async Task<HttpStatusCode> SetAsync(TestPerson above, TestPerson below, string level) => (await api.PutAsJsonAsync($"/api/v1/partners/{Home(above)}/resellers/{Home(below)}", new { level })).StatusCode;
        (await DealWorld.TrySeeAsync(master, deal.Id)).Problem!.Kind.ShouldBe(ProblemKind.Missing, "nobody has opened it");
        var lines = JsonDocument.Parse(await api.GetStringAsync($"/api/v1/partners/{Home(master)}/resellers")).RootElement.EnumerateArray().Select(l => (l.GetProperty("name").GetString(), l.GetProperty("tie").GetString(), l.GetProperty("level").GetString(), l.TryGetProperty("throughName", out var t) ? t.GetString() : null)).ToList();
        lines.ShouldBe([("Middle Ltd", "supplied", "summary", null), ("Below Ltd", "supplied_through", "none", "Middle Ltd"), ("Beside Ltd", "supplied_through", "none", "Middle Ltd")]);

        (await SetAsync(master, lower, "full")).ShouldBe(HttpStatusCode.UnprocessableEntity, "three steps are too far");
        (await SetAsync(master, reseller, "counts")).ShouldBe(HttpStatusCode.NoContent);
        (await ListAsync(master)).Select(l => (l.Id, l.AmountShown, l.PartnerName)).ShouldBe([(deal.Id, false, "Below Ltd")]);
        (await SetAsync(master, reseller, "summary")).ShouldBe(HttpStatusCode.NoContent);
        var seen = await DealWorld.SeeAsync(master, deal.Id);
        (seen.OfReseller, seen.Full, seen.Level, seen.Amount).ShouldBe((true, false, DealVisibility.Summary, 31_000_00L));
        // The same sight on the pages and over the API; nothing else comes with it.
        using var theirs = await master.ApiAsync();
        (await theirs.GetStringAsync("/api/v1/deals?view=resellers")).ShouldContain("Halden Werke");
        using var pages = await master.PagesAsync();
        (await pages.GetAsync("/portal/deals")).Text.ShouldContain("Of our resellers");
        (await pages.GetAsync($"/portal/deals/{deal.Id}")).Text.ShouldContain("Below Ltd; you may read it");
        foreach (var id in new[] { beside.Id, deeper.Id })
        {
            (await theirs.GetAsync($"/api/v1/deals/{id}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
            (await pages.GetAsync($"/portal/deals/{id}")).Status.ShouldBe(HttpStatusCode.NotFound);
        }

        (await ListAsync(second)).Select(l => l.Id).ShouldBe([deal.Id], "the reseller's other distributor sees its own way and not the master's");
        (await ListAsync((await DealWorld.CreateAsync(database)).Manager)).ShouldBeEmpty();
        (await reseller.DoAsync<Work, Result<DealWorkspace>>(w => WorkspacePage.FindAsync(w, deal.Id, default))).Value.Sights.Select(s => s.Name).ShouldContain("Master Ltd");

        // The end of either tie ends it.
        using var admin = await world.Tenant.Administrator.ApiAsync();
        (await admin.DeleteAsync($"/api/v1/partners/{Home(master)}/relations/{Home(distributor)}/supplies")).EnsureSuccessStatusCode();
        (await DealWorld.TrySeeAsync(master, deal.Id)).Problem!.Kind.ShouldBe(ProblemKind.Missing);
        (await DealWorld.TrySeeAsync(distributor, deal.Id)).Problem.ShouldBeNull();
    }

    [SkippableTheory, Databases]
    public async Task A_joint_registration_is_of_the_reseller_that_was_chosen_with_the_checks_of_a_single_one(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (distributor, reseller, foreign) = (await world.PartnerAsync(), await world.PartnerAsync(website: "chosen.example"), await world.PartnerAsync());
        var second = await world.PartnerAsync(website: "second-joint.example");
        await TieAsync(world, distributor, reseller);
        Task<Result<DealId>> ProposeAsync(DealFields? fields, PartnerId? of, DealId? draft = null, string with = "second-joint.example") =>
            distributor.DoAsync<ProposeJointly, Result<DealId>>(p => p.RunAsync(new JointProposal(fields, draft, with, 3_000, For: of), default));

        (await ProposeAsync(world.Fields("Foreign Cranes"), Home(foreign))).Problem!.Errors.Keys.ShouldBe(["for"]);
        (await ProposeAsync(world.Fields("Own Cranes"), Home(reseller), with: "chosen.example")).Problem!.Errors.Keys.ShouldBe(["jointPartner"]);
        (await ProposeAsync(world.Fields("Other Cranes") with { Motion = Motion.Referral }, Home(reseller))).Problem!.Errors.Keys.ShouldBe(["motion"]);

        // From the page, without scripts.
        using var pages = await distributor.PagesAsync();
        var sent = await pages.SubmitAsync(await pages.GetAsync($"/portal/deals/new?for={Home(reseller)}"), "deal", ("Input.CustomerName", "Levant Cranes"), ("Input.Country", "DE"), ("Input.Product", world.Relay.ToString()),
            ("Input.Amount", "12000"), ("Input.ExpectedClose", $"{DateTime.UtcNow.AddDays(60):yyyy-MM-dd}"), ("Input.WorkDone", "Two meetings and a demo with them."), ("Input.ContactName", "Ana Silva"), ("Input.ContactEmail", "ana@gmail.com"),
            ("Input.JointPartner", "second-joint.example"), ("Input.JointShare", "30"), ("Input.Act", "register"));
        var id = Ids.Parse<DealId>(sent.Address.AbsolutePath.Split('/')[^1])!.Value;
        foreach (var side in new[] { distributor, reseller })
        {
            var proposed = await DealWorld.SeeAsync(side, id);
            (proposed.Partner, proposed.Full, proposed.AwaitsPartner).ShouldBe((Home(reseller), true, true));
        }

        (await DealWorld.AcceptAsync(second, id)).Problem.ShouldBeNull();
        var joint = await DealWorld.SeeAsync(world.Manager, id);
        (joint.Partner, joint.State).ShouldBe((Home(reseller), DealState.Approved));
        joint.Team.Select(t => (t.Partner, t.ShareBasisPoints)).ShouldBe([(Home(reseller), 7_000), (Home(second), 3_000)]);

        // Over the API too, and not beyond the end of the tie: neither a draft of before, nor what waits for the second partner.
        using var api = await distributor.ApiAsync();
        var deal = new { customerName = "Api Cranes", country = "DE", product = world.Relay.ToString(), amount = 12_000_00, expectedClose = $"{DateTime.UtcNow.AddDays(60):yyyy-MM-dd}", workDone = "Two meetings and a demo with them.", @for = Home(reseller).ToString() };
        var made = await api.PostAsJsonAsync("/api/v1/deals/jointly", new { deal, partner = "second-joint.example", shareBasisPoints = 3_000 });
        made.StatusCode.ShouldBe(HttpStatusCode.Created, await made.Content.ReadAsStringAsync());
        var waiting = Ids.Parse<DealId>((await made.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString())!.Value;
        (await DealWorld.SeeAsync(reseller, waiting)).Partner.ShouldBe(Home(reseller));
        var draft = (await distributor.DoAsync<SaveDraft, Result<DealId>>(s => s.RunAsync(new DraftInput(null, world.Fields("Draft Cranes"), For: Home(reseller)), default))).Value;
        using var admin = await world.Tenant.Administrator.ApiAsync();
        (await admin.DeleteAsync($"/api/v1/partners/{Home(distributor)}/relations/{Home(reseller)}/supplies")).EnsureSuccessStatusCode();
        (await ProposeAsync(null, null, draft)).Problem!.Errors.Keys.ShouldBe(["for"]);
        (await DealWorld.AcceptAsync(second, waiting)).Problem!.Code.ShouldBe("deals.supply_ended");
        (await DealWorld.SeeAsync(distributor, waiting)).State.ShouldBe(DealState.Draft);
    }

    private static PartnerId Home(TestPerson person) => person.Actor.Partner!.Value;

    private static async Task TieAsync(DealWorld world, TestPerson above, TestPerson below, string kind = "supplies")
    {
        using var api = await world.Tenant.Administrator.ApiAsync();
        (await api.PostAsJsonAsync($"/api/v1/partners/{Home(above)}/relations", new { other = Home(below).ToString(), kind })).EnsureSuccessStatusCode();
    }

    private static async Task<IReadOnlyList<DealLine>> ListAsync(TestPerson person) =>
        (await person.DoAsync<Work, Page<DealLine>>(w => DealList.FindAsync(w, new DealFilter { View = DealView.Resellers }, new Paging(), default))).Items;
}
