using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Deals.Life;
using Trellis.Deals.Published;
using Trellis.Deals.Workspace;
using Trellis.Identity.Published;

namespace Trellis.Deals.Tests;

/// <summary>Which deals with a partner a direct seller has, and what it reads of them.</summary>
public sealed class SellerTests
{
    [SkippableTheory, Databases]
    public async Task A_seller_has_the_deals_of_its_opportunities_and_those_of_its_accounts_that_have_none(Database database)
    {
        await using var app = await TestApp.StartAsync(database);
        var world = await DealWorld.CreateAsync(app);
        var (seller, bea, partner) = (await world.Tenant.StaffAsync(Roles.DirectSeller), await world.Tenant.StaffNamedAsync("Bea Best", Roles.DirectSeller), await world.PartnerAsync("Isar Partners"));
        var sam = seller.Email;
        string[] sams = ["Aare Foods AG", "Birs Foods AG", "Cher Foods AG", "Dive Foods AG", "Eder Foods AG", "Fils Foods AG", "Glan Foods AG"];
        string[] beas = ["Havel Steel AG", "Isen Steel AG"];
        await world.ImportAsync("accounts", "account,country,owner\n" + string.Concat(sams.Select(a => $"{a},DE,{sam}\n").Concat(beas.Select(a => $"{a},DE,Bea Best\n"))));
        var opened = DateOnly.FromDateTime(DateTime.UtcNow).AddDays(-200);
        await world.ImportAsync("opportunities", "opportunity_id,sales_agent,product,account,deal_stage,engage_date\n"
            + $"OP-1,Bea Best,Relay,Glan Foods AG,Engaging,{opened:yyyy-MM-dd}\nOP-2,{sam},Relay,Isen Steel AG,Engaging,{opened:yyyy-MM-dd}\n");

        var (early, late) = (await ApprovedAsync(world, partner, "Aare Foods AG"), await ApprovedAsync(world, partner, "Birs Foods AG"));
        await WinAsync(world, early);
        app.Clock.Advance(TimeSpan.FromDays(2));
        await WinAsync(world, late);
        app.Clock.Advance(TimeSpan.FromDays(179));
        await ApprovedAsync(world, partner, "Cher Foods AG");
        await InReviewAsync(world, partner, "Dive Foods AG");
        var draft = await InReviewAsync(world, partner, "Eder Foods AG");
        (await partner.DoAsync<Recall, Result<DealId>>(r => r.RunAsync(new WordsInput(draft.Id, null), default))).Problem.ShouldBeNull();
        (await DealWorld.SeeAsync(partner, draft.Id)).State.ShouldBe(DealState.Draft);
        await ApprovedAsync(world, partner, "Havel Steel AG");
        await LinkAsync(world, await ApprovedAsync(world, partner, "Glan Foods AG"), "OP-1");
        await LinkAsync(world, await ApprovedAsync(world, partner, "Isen Steel AG"), "OP-2");

        // The open ones before the won one, the newest first.
        (await TitlesAsync(seller, seller)).ShouldBe(["Isen Steel AG", "Cher Foods AG", "Birs Foods AG"]);
        (await TitlesAsync(seller, bea)).ShouldBe(["Glan Foods AG", "Havel Steel AG"]);
        (await TitlesAsync(seller, world.Manager)).ShouldBeEmpty("another person of the same name");
        (await TitlesAsync((await app.TenantAsync()).Administrator, seller)).ShouldBeEmpty("another tenant reads nothing");
    }

    [SkippableTheory, Databases]
    public async Task A_seller_closes_only_what_it_owns_and_sees(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (seller, partner) = (await world.Tenant.StaffAsync(Roles.DirectSeller), await world.PartnerAsync());
        await world.ImportAsync("accounts", $"account,country,owner\nOker Glass AG,DE,{seller.Email}\nParthe Glass AG,DE,Bea Best\n");
        var deal = await ApprovedAsync(world, partner, "Oker Glass AG");
        var stranger = await ApprovedAsync(world, partner, "Parthe Glass AG");
        Task<Result<DealId>> WonAsync(TestPerson by, DealId id) => by.DoAsync<Win, Result<DealId>>(w => w.RunAsync(new WinInput(id, 10_000_00), default));
        Task<Result<DealId>> LostAsync(TestPerson by, DealId id) => by.DoAsync<Lose, Result<DealId>>(w => w.RunAsync(new WordsInput(id, "They chose nobody."), default));

        (await WonAsync(seller, stranger)).Problem!.Code.ShouldBe("deals.not_yours");
        (await LostAsync(seller, stranger)).Problem!.Code.ShouldBe("deals.not_yours");
        (await DealWorld.SeeAsync(seller, stranger)).Allowed.ShouldBeEmpty();

        (await partner.DoAsync<SetSight, Result<DealId>>(s => s.RunAsync(new SightInput(deal, null, DealVisibility.Counts), default))).Problem.ShouldBeNull();
        (await WonAsync(seller, deal)).Problem!.Code.ShouldBe("deals.not_yours", "the partner does not show it what the deal is worth");
        (await partner.DoAsync<SetSight, Result<DealId>>(s => s.RunAsync(new SightInput(deal, null, DealVisibility.Summary), default))).Problem.ShouldBeNull();
        (await DealWorld.SeeAsync(seller, deal)).Allowed.ShouldContain(DealTrigger.Win);
        (await WonAsync(seller, deal)).Problem.ShouldBeNull();
        (await LostAsync(world.Manager, stranger)).Problem.ShouldBeNull();
    }

    [SkippableTheory, Databases]
    public async Task A_seller_reads_no_amount_that_the_partner_does_not_show(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (seller, partner) = (await world.Tenant.StaffAsync(Roles.DirectSeller), await world.PartnerAsync());
        await world.ImportAsync("accounts", $"account,country,owner\nKocher Glass AG,DE,{seller.Email}\n");
        (await world.Tenant.Administrator.DoAsync<SetRepPlan, Result<RepPlanId>>(s => s.RunAsync(new RepPlanInput(1_000, PartnerRule.Neutral, null, null), default))).Problem.ShouldBeNull();
        var deal = await ApprovedAsync(world, partner, "Kocher Glass AG");
        foreach (var level in Enum.GetValues<DealVisibility>())
        {
            (await partner.DoAsync<SetSight, Result<DealId>>(s => s.RunAsync(new SightInput(deal, null, level), default))).Problem.ShouldBeNull();
            var line = (await LinesAsync(seller, seller)).ShouldHaveSingleItem();
            var shown = level >= DealVisibility.Summary;
            (line.Amount?.Minor, line.Pay?.With, line.Level).ShouldBe((shown ? 900_000_00L : null, shown ? 90_000_00L : null, level));
            (await LinesAsync(world.Manager, seller)).ShouldHaveSingleItem().Amount!.Value.Minor.ShouldBe(900_000_00L, "whoever answers for the program sees all");
        }
    }

    [SkippableTheory, BothDatabases]
    public async Task Of_two_people_of_one_name_each_has_the_own_deals_and_a_renamed_one_keeps_hers(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (one, two, partner) = (await world.Tenant.StaffNamedAsync("Kim Double", Roles.DirectSeller), await world.Tenant.StaffNamedAsync("Kim Double", Roles.DirectSeller), await world.PartnerAsync());
        await world.ImportAsync("accounts", $"account,country,owner,owner_email\nLauter Glass AG,DE,Kim Double,{one.Email}\nMurg Glass AG,DE,Kim Double,{two.Email}\nNagold Glass AG,DE,Kim Double,\n");
        var (first, second, nobodys) = (await ApprovedAsync(world, partner, "Lauter Glass AG"), await ApprovedAsync(world, partner, "Murg Glass AG"), await ApprovedAsync(world, partner, "Nagold Glass AG"));
        (await TitlesAsync(one, one)).ShouldBe(["Lauter Glass AG"]);
        (await TitlesAsync(two, two)).ShouldBe(["Murg Glass AG"]);
        foreach (var id in new[] { second, nobodys }) (await one.DoAsync<Win, Result<DealId>>(w => w.RunAsync(new WinInput(id, 10_000_00), default))).Problem!.Code.ShouldBe("deals.not_yours");
        await world.Tenant.AsSystemAsync<Work, int>(w => w.Db.Database.ExecuteSqlAsync($"UPDATE identity_person SET name = 'Kim Married' WHERE email = {one.Email}"));
        using var pages = await one.PagesAsync();
        var page = await pages.GetAsync("/app/deals/seller");
        page.Text.ShouldContain("Lauter Glass AG");
        page.Text.ShouldNotContain("Murg Glass AG");
        (await one.DoAsync<Win, Result<DealId>>(w => w.RunAsync(new WinInput(first, 10_000_00), default))).Problem.ShouldBeNull();
    }

    [SkippableTheory, Databases]
    public async Task A_win_is_paid_by_the_plan_of_its_day_and_an_open_deal_by_todays(Database database)
    {
        await using var app = await TestApp.StartAsync(database);
        var world = await DealWorld.CreateAsync(app);
        var (seller, partner) = (await world.Tenant.StaffNamedAsync("Ole Plan", Roles.DirectSeller), await world.PartnerAsync());
        await world.ImportAsync("accounts", "account,country,owner\nOhre Steel AG,DE,Ole Plan\nPeene Steel AG,DE,Ole Plan\nRhin Steel AG,DE,Ole Plan\n");
        var before = await ApprovedAsync(world, partner, "Ohre Steel AG");
        await WinAsync(world, before);
        app.Clock.Advance(TimeSpan.FromDays(1));
        await PlanAsync(world, 1_000);
        var old = await ApprovedAsync(world, partner, "Peene Steel AG");
        await WinAsync(world, old);
        app.Clock.Advance(TimeSpan.FromDays(10));
        await PlanAsync(world, 2_000);
        await ApprovedAsync(world, partner, "Rhin Steel AG");
        var lines = (await LinesAsync(seller, seller)).ToDictionary(l => l.Title.Split(": ")[0]);
        lines["Ohre Steel AG"].Pay.ShouldBeNull("no plan was in force when it was won");
        (lines["Peene Steel AG"].Pay!.With, lines["Peene Steel AG"].PlanFrom).ShouldBe((500_00L, DateOnly.FromDateTime(app.Clock.GetUtcNow().UtcDateTime).AddDays(-10)));
        lines["Rhin Steel AG"].Pay!.With.ShouldBe(180_000_00L);
        using var pages = await seller.PagesAsync();
        (await pages.GetAsync("/app/deals/seller")).Text.ShouldContain("Plan of");
    }

    [SkippableTheory, Databases]
    public async Task What_was_won_under_an_earlier_plan_does_not_speak_against_the_one_in_force(Database database)
    {
        await using var app = await TestApp.StartAsync(database);
        var world = await DealWorld.CreateAsync(app);
        var (seller, partner) = (await world.Tenant.StaffNamedAsync("Una Plan", Roles.DirectSeller), await world.PartnerAsync());
        await world.ImportAsync("accounts", "account,country,owner\nSelke Steel AG,DE,Una Plan\n");
        (await world.Tenant.Administrator.DoAsync<SetRepPlan, Result<RepPlanId>>(s => s.RunAsync(new RepPlanInput(1_000, PartnerRule.Reduced, 5_000, null), default))).Problem.ShouldBeNull();
        await WinAsync(world, await ApprovedAsync(world, partner, "Selke Steel AG"));
        const string warning = "costs the seller money";
        using var pages = await seller.PagesAsync();
        (await pages.GetAsync("/app/deals/seller")).Text.ShouldContain(warning);
        app.Clock.Advance(TimeSpan.FromDays(3));
        await PlanAsync(world, 1_000);
        var page = await pages.GetAsync("/app/deals/seller");
        page.Text.ShouldNotContain(warning);
        page.Text.ShouldContain("Costs ", customMessage: "the row of the win still says it");
    }

    [SkippableTheory, Databases]
    public async Task The_list_is_searched_filtered_sorted_and_taken_along_and_only_the_own(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (seller, other, partner) = (await world.Tenant.StaffNamedAsync("Sia List", Roles.DirectSeller), await world.Tenant.StaffNamedAsync("Other List", Roles.DirectSeller), await world.PartnerAsync("Saale Partners"));
        await world.ImportAsync("accounts", "account,country,owner\nSchwalm Tools AG,DE,Sia List\nTauber Tools AG,DE,Sia List\nUnstrut Tools AG,DE,Sia List\nVils Tools AG,DE,Other List\n");
        DealId[] deals = [await ApprovedAsync(world, partner, "Schwalm Tools AG"), await ApprovedAsync(world, partner, "Tauber Tools AG", 800_000_00), await ApprovedAsync(world, partner, "Unstrut Tools AG", 700_000_00)];
        await ApprovedAsync(world, partner, "Vils Tools AG");
        await WinAsync(world, deals[0]);
        (await partner.DoAsync<SetSight, Result<DealId>>(s => s.RunAsync(new SightInput(deals[1], null, DealVisibility.Counts), default))).Problem.ShouldBeNull();

        using var api = await seller.ApiAsync();
        (await NamesAsync(api, "")).ShouldBe(["Unstrut Tools AG", "Tauber Tools AG", "Schwalm Tools AG"]);
        (await NamesAsync(api, "?sort=title")).ShouldBe(["Schwalm Tools AG", "Tauber Tools AG", "Unstrut Tools AG"]);
        (await NamesAsync(api, "?sort=-amount")).ShouldBe(["Unstrut Tools AG", "Schwalm Tools AG", "Tauber Tools AG"], "what is hidden counts as nothing");
        (await NamesAsync(api, "?state=won")).ShouldBe(["Schwalm Tools AG"]);
        (await NamesAsync(api, "?q=tauber")).ShouldBe(["Tauber Tools AG"]);
        var first = await api.GetFromJsonAsync<JsonElement>("/api/v1/seller-deals?size=2");
        (await NamesAsync(api, $"?size=2&cursor={first.GetProperty("next").GetString()}")).ShouldBe(["Schwalm Tools AG"]);
        var hidden = (await api.GetFromJsonAsync<JsonElement>("/api/v1/seller-deals?q=tauber")).GetProperty("items")[0];
        (hidden.GetProperty("amount").ValueKind, hidden.GetProperty("pay").ValueKind).ShouldBe((JsonValueKind.Null, JsonValueKind.Null));
        (await NamesAsync(api, $"?seller={other.Actor.Person}")).ShouldBe(["Unstrut Tools AG", "Tauber Tools AG", "Schwalm Tools AG"], "a seller reads the own deals only");
        using var manager = await world.Manager.ApiAsync();
        (await NamesAsync(manager, $"?seller={other.Actor.Person}")).ShouldBe(["Vils Tools AG"]);
        using var foreign = await partner.ApiAsync();
        (await foreign.GetAsync("/api/v1/seller-deals")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);

        // Nothing hidden is written as a number in the list of all deals either.
        var line = (await api.GetFromJsonAsync<JsonElement>("/api/v1/deals?q=tauber")).GetProperty("items")[0];
        (line.GetProperty("amount").ValueKind, line.GetProperty("mainAmount").ValueKind, line.GetProperty("amountShown").GetBoolean()).ShouldBe((JsonValueKind.Null, JsonValueKind.Null, false));

        using var pages = await seller.PagesAsync();
        var page = await pages.GetAsync("/app/deals/seller?q=tools&sort=title");
        foreach (var shown in new[] { "Schwalm Tools AG", "Not shown", "Deals with a partner" }) page.Text.ShouldContain(shown);
        (await pages.GetAsync("/app/deals/seller?q=nothing")).Text.ShouldContain("No deal fits");
        var file = await pages.Http.GetStringAsync("/app/deals/seller.csv?sort=title");
        file.ShouldContain("Schwalm Tools AG");
        file.ShouldNotContain("Vils Tools AG");
        (await pages.Http.GetAsync("/app/deals/seller.csv?as=xlsx")).Content.Headers.ContentType!.MediaType!.ShouldContain("spreadsheet");
        using var over = await world.Manager.PagesAsync();
        var shoulder = await over.GetAsync($"/app/deals/seller?seller={other.Actor.Person}");
        shoulder.Text.ShouldContain("What they pay Other List");
        shoulder.Text.ShouldContain("Vils Tools AG");
        // Who owns nothing sees somebody's deals, and takes along what it sees.
        var open = await over.GetAsync("/app/deals/seller?sort=title");
        var chosen = open.Document.QuerySelector("select[name='seller'] option[selected]")!.GetAttribute("value")!;
        var link = open.Document.QuerySelector("a[href^='/app/deals/seller.csv']")!.GetAttribute("href")!;
        link.ShouldContain($"seller={chosen}");
        link.ShouldContain("sort=title");
    }

    private static async Task<IEnumerable<string>> NamesAsync(HttpClient api, string query) =>
        (await api.GetFromJsonAsync<JsonElement>("/api/v1/seller-deals" + query)).GetProperty("items").EnumerateArray().Select(i => i.GetProperty("title").GetString()!.Split(": ")[0]);

    private static async Task PlanAsync(DealWorld world, int commission) =>
        (await world.Tenant.Administrator.DoAsync<SetRepPlan, Result<RepPlanId>>(s => s.RunAsync(new RepPlanInput(commission, PartnerRule.Neutral, null, null), default))).Problem.ShouldBeNull();

    private static Task<DealDetail> InReviewAsync(DealWorld world, TestPerson partner, string customer, long amount = 900_000_00) =>
        world.RegisterAsync(partner, world.Fields(customer, amount: amount) with { ExpectedClose = DateOnly.FromDateTime(world.Tenant.App.Clock.GetUtcNow().UtcDateTime).AddDays(60) });

    private static async Task<DealId> ApprovedAsync(DealWorld world, TestPerson partner, string customer, long amount = 900_000_00)
    {
        var deal = await InReviewAsync(world, partner, customer, amount);
        (await world.Manager.DoAsync<Approve, Result<DealId>>(a => a.RunAsync(new ApproveInput(deal.Id), default))).Problem.ShouldBeNull();
        return deal.Id;
    }

    private static async Task WinAsync(DealWorld world, DealId deal) =>
        (await world.Manager.DoAsync<Win, Result<DealId>>(w => w.RunAsync(new WinInput(deal, 5_000_00), default))).Problem.ShouldBeNull();

    private static async Task LinkAsync(DealWorld world, DealId deal, string opportunity)
    {
        var id = await world.Manager.DoAsync<Work, OpportunityId>(w => w.Db.Set<OpportunityRow>().Where(o => o.ExternalId == opportunity).Select(o => o.Id).SingleAsync());
        (await world.Manager.DoAsync<Convert, Result<DealId>>(c => c.RunAsync(new ConvertInput(deal, id), default))).Problem.ShouldBeNull();
    }

    private static Task<IReadOnlyList<SellerLine>> LinesAsync(TestPerson person, TestPerson seller) => person.DoAsync<Work, IReadOnlyList<SellerLine>>(w => SellerDeals.FindAsync(w, seller.Actor.Person, default));

    private static async Task<IEnumerable<string>> TitlesAsync(TestPerson person, TestPerson seller) => (await LinesAsync(person, seller)).Select(l => l.Title.Split(": ")[0]);
}
