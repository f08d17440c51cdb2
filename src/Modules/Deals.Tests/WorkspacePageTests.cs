using System.Net;
using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Deals.Coalitions;
using Trellis.Deals.Published;
using Trellis.Deals.Workspace;
using Trellis.Identity.Published;

namespace Trellis.Deals.Tests;

/// <summary>The board, the direct seller's page and the comparison of deals with and without a partner, as people open them.</summary>
public sealed class WorkspacePageTests
{
    [SkippableTheory, Databases]
    public async Task The_board_shows_each_side_its_deals_by_stage(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (holder, other) = (await world.PartnerAsync(), await world.PartnerAsync());
        await world.RegisterAsync(holder, world.Fields("Lahn Bakeries"));
        await world.InReviewAsync(holder, "Sieg Turbines");
        await world.RegisterAsync(other, world.Fields("Foreign Customer Ltd"));
        using var app = await world.Manager.PagesAsync();
        var board = await app.GetAsync("/app/deals/board");
        board.Status.ShouldBe(HttpStatusCode.OK);
        foreach (var words in new[] { "In review", "Approved", "Lahn Bakeries", "Sieg Turbines", "Foreign Customer Ltd" }) board.Text.ShouldContain(words);
        (await app.GetAsync("/app/deals/board?q=lahn")).Text.ShouldNotContain("Sieg Turbines");
        (await app.GetAsync($"/app/deals/board?partner={other.Actor.Partner}")).Text.ShouldNotContain("Lahn Bakeries");
        using var portal = await holder.PagesAsync();
        var mine = await portal.GetAsync("/portal/deals/board");
        mine.Text.ShouldContain("Lahn Bakeries");
        mine.Text.ShouldNotContain("Foreign Customer Ltd");
    }

    [SkippableTheory, Databases]
    public async Task Both_sides_see_where_the_linked_opportunity_stands(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (holder, guest) = (await world.PartnerAsync(), await world.PartnerAsync());
        var deal = await world.RegisterAsync(holder, world.Fields("Eder Ceramics"));
        var soon = DateOnly.FromDateTime(DateTime.UtcNow).AddDays(40);
        await world.ImportAsync("opportunities", $"opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value\nOP-5,Sam Carter,Relay,Eder Ceramics,Engaging,{soon.AddDays(-40):yyyy-MM-dd},{soon:yyyy-MM-dd},\n");
        var opportunity = await world.Manager.DoAsync<Work, OpportunityId>(w => w.Db.Set<OpportunityRow>().Where(o => o.ExternalId == "OP-5").Select(o => o.Id).SingleAsync());
        (await world.Manager.DoAsync<Convert, Result<DealId>>(c => c.RunAsync(new ConvertInput(deal.Id, opportunity), default))).Problem.ShouldBeNull();
        foreach (var (reader, face) in new[] { (world.Manager, "app"), (holder, "portal") })
        {
            var seen = await DealWorld.SeeAsync(reader, deal.Id);
            (seen.OpportunityStage, seen.OpportunityClose).ShouldBe((OpportunityStage.Engaging, soon));
            using var pages = await reader.PagesAsync();
            (await pages.GetAsync($"/{face}/deals/{deal.Id}")).Document.QuerySelector("#status")!.TextContent.ShouldContain("Stage of the opportunity");
            (await pages.GetAsync($"/{face}/deals/board")).Document.QuerySelector("section[data-column=converted]")!.TextContent.ShouldContain("Engaging");
        }

        // A member sees it from the level on that shows dates.
        foreach (var (level, shown) in new[] { (DealVisibility.Counts, false), (DealVisibility.Summary, true) })
        {
            await world.Manager.DoAsync<InviteMember, Result<DealId>>(i => i.RunAsync(new InviteInput(deal.Id, guest.Actor.Partner, null, DealRole.Influence, 1_000) { Visibility = level }, default));
            await DealWorld.ConsentAsync(holder, deal.Id, guest);
            (await DealWorld.AcceptAsync(guest, deal.Id)).Problem.ShouldBeNull();
            var seen = await DealWorld.SeeAsync(guest, deal.Id);
            (seen.OpportunityStage is not null, seen.OpportunityClose is not null).ShouldBe((shown, shown));
            await guest.DoAsync<LeaveTeam, Result<DealId>>(l => l.RunAsync(new LeaveInput(deal.Id, guest.Actor.Partner, "Another level."), default));
        }
    }

    [SkippableTheory, Databases]
    public async Task A_draft_without_an_amount_is_worth_nothing_yet(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var holder = await world.PartnerAsync();
        (await holder.DoAsync<SaveDraft, Result<DealId>>(s => s.RunAsync(new DraftInput(null, new DealFields { CustomerName = "Diemel Mills" }), default))).Problem.ShouldBeNull();
        using var portal = await holder.PagesAsync();
        (await portal.GetAsync("/portal/deals")).Document.QuerySelector("td[data-label=Amount]")!.TextContent.Trim().ShouldBe("–");
        (await portal.GetAsync("/portal/deals/board")).Document.QuerySelector("section[data-column=draft]")!.TextContent.ShouldNotContain("USD");
    }

    [SkippableTheory, Databases]
    public async Task Board_and_home_count_to_a_thousand_and_then_say_that_there_are_more(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var holder = await world.PartnerAsync();
        await FillAsync(world, holder, 999);
        using var app = await world.Manager.PagesAsync();
        foreach (var count in new[] { "999", "1,000", "1,000+", "1,000+" })
        {
            var board = await app.GetAsync("/app/deals/board");
            var column = board.Document.QuerySelector("section[data-column=in_review]").ShouldNotBeNull();
            column.QuerySelector(".t-count")!.TextContent.ShouldBe(count);
            // What they are worth is not known where they are not all counted.
            (column.QuerySelector("h2 + small") is not null).ShouldBe(!count.EndsWith('+'));
            board.Document.QuerySelector("section[data-column=approved] .t-count")!.TextContent.ShouldBe("0");
            var due = (await app.GetAsync("/app")).Document.QuerySelectorAll(".t-stat").Single(s => s.TextContent.Contains("Decisions due", StringComparison.Ordinal));
            due.QuerySelector(".t-stat-value")!.TextContent.Trim().ShouldBe(count);
            await FillAsync(world, holder, 1);
        }

        // A column of two statuses, each counted whole, says how many there are: it says what they are worth too.
        await FillAsync(world, holder, 700, DealState.Withdrawn);
        await FillAsync(world, holder, 701, DealState.Expired);
        var over = (await app.GetAsync("/app/deals/board")).Document.QuerySelector("section[data-column=over]").ShouldNotBeNull();
        (over.QuerySelector(".t-count")!.TextContent, over.QuerySelector("h2 + small") is not null).ShouldBe(("1,401", true));
    }

    [SkippableTheory, Databases]
    public async Task A_direct_seller_sees_what_a_deal_with_a_partner_pays(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var partner = await world.PartnerAsync("Nidda Partners");
        await world.AccountAsync("Nidda Logistics AG");
        await world.OpportunityAsync("OP-91", "Nidda Logistics AG", "Engaging", DateOnly.FromDateTime(DateTime.UtcNow).AddDays(-200));
        var deal = await world.InReviewAsync(partner, "Nidda Logistics AG");
        (await world.Manager.DoAsync<Approve, Result<DealId>>(a => a.RunAsync(new ApproveInput(deal.Id), default))).Problem.ShouldBeNull();
        using var finance = await (await world.Tenant.StaffAsync(Roles.Finance)).PagesAsync();
        var page = await finance.GetAsync("/app/deals/seller");
        page.Status.ShouldBe(HttpStatusCode.OK);
        using var portal = await partner.PagesAsync();
        (await portal.GetAsync("/app/deals/seller")).Status.ShouldBe(HttpStatusCode.NotFound, "it is the vendor's");
        using var marketing = await (await world.Tenant.StaffAsync(Roles.Marketing)).PagesAsync();
        (await marketing.GetAsync("/app/deals/seller")).Text.ShouldNotContain("Nidda");
    }

    [SkippableTheory, Databases]
    public async Task The_comparison_says_that_few_cases_cannot_be_told(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        using var app = await world.Manager.PagesAsync();
        var page = await app.GetAsync("/app/deals/evidence");
        page.Status.ShouldBe(HttpStatusCode.OK);
        foreach (var words in new[] { "A difference is not yet an effect", "Win rate", "Days to win", "Cannot be told" }) page.Text.ShouldContain(words);
        page.Text.ShouldNotContain("Higher with a partner");
        page.Text.ShouldNotContain("Inputs that were too poor");

        // What is too poor for a part of it is named, with the way to its list.
        var closed = DateOnly.FromDateTime(DateTime.UtcNow).AddDays(-30);
        await world.ImportAsync("opportunities", $"opportunity_id,account,deal_stage,engage_date,close_date,close_value\nP-1,,Won,,{closed:yyyy-MM-dd},5000\nP-2,,Won,{closed.AddDays(-9):yyyy-MM-dd},{closed:yyyy-MM-dd},\nP-3,,Won,{closed.AddDays(-9):yyyy-MM-dd},{closed:yyyy-MM-dd},70\n");
        var counted = await world.Manager.DoAsync<Work, EffectPage>(w => EffectPages.CountAsync(w, default));
        counted.Poor.ShouldBe(new PoorCases(1, 1, 5000_00));
        var poor = await app.GetAsync("/app/deals/evidence");
        foreach (var words in new[] { "Inputs that were too poor", "1 won opportunity has no amount, or none with a rate", "1 won opportunity has no day of opening, or one after its close" }) poor.Text.ShouldContain(words);
        poor.Document.QuerySelectorAll("a[href='/app/data-quality/won_without_value'], a[href='/app/data-quality/opportunity_without_date']").Length.ShouldBe(2);
        using var seller = await (await world.Tenant.StaffAsync(Roles.DirectSeller)).PagesAsync();
        (await seller.GetAsync("/app/deals/evidence")).Text.ShouldNotContain("Win rate");
    }

    // As registrations in review; the rules would take minutes for a thousand.
    private static Task<bool> FillAsync(DealWorld world, TestPerson holder, int count, DealState state = DealState.InReview) => world.Tenant.AsSystemAsync<Work, bool>(async work =>
    {
        var rows = Enumerable.Range(0, count).Select(i =>
        {
            var deal = Deal.Past(work.Tenant, work.NewId<DealId>(), holder.Actor.Partner!.Value, holder.Actor.Person, holder.Actor.Name, "USD", work.Now);
            deal.Write(world.Fields($"Filled Customer {i:0000}"), "Relay");
            deal.MainAmount = deal.Amount;
            deal.Submit(work.Now);
            deal.Enter(state, work.Now, "Test", null, null);
            return deal;
        }).ToList();
        await work.Db.Engine.InsertAsync(work.Db, rows, default);
        return true;
    });
}
