using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Deals.Published;
using Trellis.Deals.Workspace;
using Trellis.Identity.Published;

namespace Trellis.Deals.Tests;

/// <summary>The board in both groupings, and the moves that it offers.</summary>
public sealed class BoardTests
{
    private static DateOnly Today => DateOnly.FromDateTime(DateTime.UtcNow);

    [SkippableTheory, Databases]
    public async Task By_stage_the_deals_stand_where_their_opportunities_stand(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (holder, other) = (await world.PartnerAsync(), await world.PartnerAsync());
        await LinkAsync(world, holder, "Rems Tools", "OP-31", "Engaging");
        await LinkAsync(world, other, "Saale Salt", "OP-32", "Prospecting");
        await world.RegisterAsync(holder, world.Fields("Tauber Inns"));
        var columns = await FindAsync(world.Manager, BoardGrouping.Stage);
        columns.Select(c => (c.Key, c.Count)).ShouldBe([("unlinked", 1), ("prospecting", 1), ("engaging", 1), ("won", 0), ("lost", 0)]);
        columns[2].Cards.Single().Deal.CustomerName.ShouldBe("Rems Tools");
        columns[2].Amount!.Value.Minor.ShouldBe(25_000_00);
        columns.ShouldAllBe(c => c.Whole);

        using var pages = await world.Manager.PagesAsync();
        var page = await pages.GetAsync("/app/deals/board?by=stage&q=rems&column=prospecting");
        page.Document.QuerySelector("section[data-column=engaging]")!.TextContent.ShouldContain("Rems Tools");
        page.Text.ShouldNotContain("Saale Salt");
        page.Document.QuerySelectorAll("section[data-chosen]").ShouldHaveSingleItem().GetAttribute("data-column").ShouldBe("prospecting");
        // The grouping and the column stay with the filter, and what is kept as a view is the address.
        page.Document.QuerySelector("form.t-filter input[name=by]")!.GetAttribute("value").ShouldBe("stage");
        page.Document.QuerySelector("form[action='/ui/views'] input[name=query]")!.GetAttribute("value")!.ShouldContain("by=stage");
        page.Document.QuerySelectorAll("nav.t-tabs a").ShouldContain(a => a.GetAttribute("href") == "/app/deals/board?q=rems");
        page.Document.QuerySelectorAll("[data-moves]").ShouldAllBe(c => c.GetAttribute("data-moves") == "");
        using var portal = await holder.PagesAsync();
        var mine = await portal.GetAsync("/portal/deals/board?by=stage");
        mine.Text.ShouldContain("Rems Tools");
        mine.Text.ShouldNotContain("Saale Salt");
    }

    [SkippableTheory, Databases]
    public async Task A_card_offers_what_its_reader_may_do_and_nothing_else(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var holder = await world.PartnerAsync();
        var deal = await world.RegisterAsync(holder, world.Fields("Unstrut Wines"));
        await LinkAsync(world, holder, "Vechte Boats", "OP-33", "Engaging");
        var seller = await world.Tenant.StaffAsync(Roles.DirectSeller);
        foreach (var reader in new[] { world.Manager, seller, holder, await world.Tenant.StaffAsync(Roles.Finance) })
            foreach (var grouping in Enum.GetValues<BoardGrouping>())
                foreach (var card in (await FindAsync(reader, grouping)).SelectMany(c => c.Cards))
                    card.Moves.Select(m => m.On).ShouldBe((await DealWorld.SeeAsync(reader, card.Deal.Id)).Allowed.Where(t => t != DealTrigger.Submit), $"{card.Deal.CustomerName} for {reader.Actor.Name} by {grouping}");
        var moves = (await FindAsync(seller, BoardGrouping.State)).SelectMany(c => c.Cards).Single(c => c.Deal.Id == deal.Id).Moves;
        moves.ShouldBeEmpty("the seller owns neither the account nor an opportunity of it");
    }

    [SkippableTheory, Databases]
    public async Task What_is_hidden_from_the_direct_team_stands_in_no_stage_for_it(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var holder = await world.PartnerAsync();
        var deal = await LinkAsync(world, holder, "Werra Cables", "OP-34", "Engaging");
        var seller = await world.Tenant.StaffAsync(Roles.DirectSeller);
        (await FindAsync(seller, BoardGrouping.Stage)).Single(c => c.Key == "engaging").Count.ShouldBe(1);
        (await holder.DoAsync<SetSight, Result<DealId>>(s => s.RunAsync(new SightInput(deal, null, DealVisibility.Counts), default))).Problem.ShouldBeNull();
        (await FindAsync(seller, BoardGrouping.Stage)).Single(c => c.Key == "engaging").Count.ShouldBe(0);
        (await FindAsync(world.Manager, BoardGrouping.Stage)).Single(c => c.Key == "engaging").Count.ShouldBe(1);
    }

    [SkippableTheory, Databases]
    public async Task What_was_linked_and_is_taken_up_again_stands_where_its_opportunity_stands(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (holder, rival) = (await world.PartnerAsync(), await world.PartnerAsync());
        var linked = await LinkAsync(world, holder, "Xanten Steel", "OP-35", "Engaging");
        await world.RegisterAsync(holder, world.Fields("Yach Paper"));
        (await world.Manager.DoAsync<Revoke, Result<DealId>>(r => r.RunAsync(new RefuseInput(linked, ReasonCode.Other, "A mistake."), default))).Problem.ShouldBeNull();
        await StandsAsync([("unlinked", 1), ("prospecting", 0), ("engaging", 0)]);

        // Lifted by whoever settles, and decided anew.
        (await world.Manager.DoAsync<Work, Result<DealState>>(w => w.TransactAsync<DealState>("test.reinstate", async () => w.Move(await w.Db.Set<Deal>().SingleAsync(d => d.Id == linked), DealTrigger.Reinstate, "Lifted."), default))).Problem.ShouldBeNull();
        await StandsAsync([("unlinked", 1), ("prospecting", 0), ("engaging", 1)]);
        var card = (await FindAsync(world.Manager, BoardGrouping.State)).Single(c => c.Key == "in_review").Cards.ShouldHaveSingleItem();
        card.Opportunity!.Stage.ShouldBe(OpportunityStage.Engaging);
        (await world.Manager.DoAsync<Approve, Result<DealId>>(a => a.RunAsync(new ApproveInput(linked), default))).Problem.ShouldBeNull();
        await StandsAsync([("unlinked", 1), ("prospecting", 0), ("engaging", 1)]);
        (await FindAsync(rival, BoardGrouping.Stage)).ShouldAllBe(c => c.Count == 0);

        async Task StandsAsync((string, int)[] counts)
        {
            foreach (var reader in new[] { world.Manager, holder })
            {
                var columns = await FindAsync(reader, BoardGrouping.Stage);
                columns.Take(3).Select(c => (c.Key, c.Count)).ShouldBe(counts);
                columns.ShouldAllBe(c => c.Count == c.Cards.Count);
            }
        }
    }

    private static Task<IReadOnlyList<BoardColumn>> FindAsync(TestPerson reader, BoardGrouping by) => reader.DoAsync<Work, IReadOnlyList<BoardColumn>>(w => Board.FindAsync(w, new DealFilter(), by, default));

    private static async Task<DealId> LinkAsync(DealWorld world, TestPerson holder, string customer, string number, string stage)
    {
        await world.AccountAsync(customer);
        await world.OpportunityAsync(number, customer, stage, Today.AddDays(-200));
        var opportunity = await world.Manager.DoAsync<Work, OpportunityId>(w => w.Db.Set<OpportunityRow>().Where(o => o.ExternalId == number).Select(o => o.Id).SingleAsync());
        var deal = await world.RegisterAsync(holder, world.Fields(customer));
        (await world.Manager.DoAsync<Convert, Result<DealId>>(c => c.RunAsync(new ConvertInput(deal.Id, opportunity), default))).Problem.ShouldBeNull();
        return deal.Id;
    }
}
