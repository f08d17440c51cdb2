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
        var (seller, partner) = (await world.Tenant.StaffAsync(Roles.DirectSeller), await world.PartnerAsync("Isar Partners"));
        var sam = seller.Actor.Name;
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
        (await TitlesAsync(seller, sam)).ShouldBe(["Isen Steel AG", "Cher Foods AG", "Birs Foods AG"]);
        (await TitlesAsync(seller, "Bea Best")).ShouldBe(["Glan Foods AG", "Havel Steel AG"]);
        (await TitlesAsync(seller, "Nobody")).ShouldBeEmpty();
        (await TitlesAsync((await app.TenantAsync()).Administrator, sam)).ShouldBeEmpty("another tenant's seller of the same name");
    }

    [SkippableTheory, Databases]
    public async Task A_seller_closes_only_what_it_owns_and_sees(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (seller, partner) = (await world.Tenant.StaffAsync(Roles.DirectSeller), await world.PartnerAsync());
        await world.ImportAsync("accounts", $"account,country,owner\nOker Glass AG,DE,{seller.Actor.Name}\nParthe Glass AG,DE,Bea Best\n");
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
        await world.ImportAsync("accounts", $"account,country,owner\nKocher Glass AG,DE,{seller.Actor.Name}\n");
        (await world.Tenant.Administrator.DoAsync<SetRepPlan, Result<RepPlanId>>(s => s.RunAsync(new RepPlanInput(1_000, PartnerRule.Neutral, null, null), default))).Problem.ShouldBeNull();
        var deal = await ApprovedAsync(world, partner, "Kocher Glass AG");
        foreach (var level in Enum.GetValues<DealVisibility>())
        {
            (await partner.DoAsync<SetSight, Result<DealId>>(s => s.RunAsync(new SightInput(deal, null, level), default))).Problem.ShouldBeNull();
            var line = (await LinesAsync(seller, seller.Actor.Name)).ShouldHaveSingleItem();
            var shown = level >= DealVisibility.Summary;
            (line.Amount?.Minor, line.Pay?.With, line.Level).ShouldBe((shown ? 900_000_00L : null, shown ? 90_000_00L : null, level));
            (await LinesAsync(world.Manager, seller.Actor.Name)).ShouldHaveSingleItem().Amount!.Value.Minor.ShouldBe(900_000_00L, "whoever answers for the program sees all");
        }
    }

    private static Task<DealDetail> InReviewAsync(DealWorld world, TestPerson partner, string customer) =>
        world.RegisterAsync(partner, world.Fields(customer, amount: 900_000_00) with { ExpectedClose = DateOnly.FromDateTime(world.Tenant.App.Clock.GetUtcNow().UtcDateTime).AddDays(60) });

    private static async Task<DealId> ApprovedAsync(DealWorld world, TestPerson partner, string customer)
    {
        var deal = await InReviewAsync(world, partner, customer);
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

    private static Task<IReadOnlyList<SellerLine>> LinesAsync(TestPerson person, string seller) => person.DoAsync<Work, IReadOnlyList<SellerLine>>(w => SellerDeals.FindAsync(w, seller, default));

    private static async Task<IEnumerable<string>> TitlesAsync(TestPerson person, string seller) => (await LinesAsync(person, seller)).Select(l => l.Title.Split(": ")[0]);
}
