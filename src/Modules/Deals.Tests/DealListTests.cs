using Trellis.Deals.Published;

namespace Trellis.Deals.Tests;

/// <summary>In which order the list of deals stands, page by page.</summary>
public sealed class DealListTests
{
    private static readonly string[] Names = ["Aare Works", "Birs Works", "Cher Works", "Dive Works", "Eder Works"];

    [SkippableTheory, Databases]
    public async Task Deals_are_sorted_both_ways_over_all_pages(Database database)
    {
        await using var app = await TestApp.StartAsync(database);
        var world = await DealWorld.CreateAsync(app);
        var partner = await world.PartnerAsync();
        // Neither the names, the amounts nor the days of the close stand in the order of registering.
        var today = DateOnly.FromDateTime(app.Clock.GetUtcNow().UtcDateTime);
        foreach (var (name, amount, close) in new[] { (Names[2], 50_000_00L, 20), (Names[0], 10_000_00L, 50), (Names[4], 30_000_00L, 40), (Names[1], 30_000_00L, 10), (Names[3], 20_000_00L, 30) })
        {
            await world.RegisterAsync(partner, world.Fields(name, amount: amount) with { ExpectedClose = today.AddDays(close) });
            app.Clock.Advance(TimeSpan.FromMinutes(5));
        }

        string[] created = [Names[2], Names[0], Names[4], Names[1], Names[3]], closing = [Names[1], Names[2], Names[3], Names[4], Names[0]];
        foreach (var person in new[] { partner, world.Manager })
        {
            (await AllAsync(person, "created")).ShouldBe(created);
            (await AllAsync(person, "-created")).ShouldBe(Enumerable.Reverse(created));
            (await AllAsync(person, null)).ShouldBe(Enumerable.Reverse(created), "the newest first where nothing is asked");
            (await AllAsync(person, "nonsense")).ShouldBe(created, "an unknown order is that of registering");
            (await AllAsync(person, "customer")).ShouldBe(Names);
            (await AllAsync(person, "-customer")).ShouldBe(Enumerable.Reverse(Names));
            (await AllAsync(person, "amount")).ShouldBe([Names[0], Names[3], Names[4], Names[1], Names[2]], "equal amounts by registering");
            (await AllAsync(person, "-amount")).ShouldBe([Names[2], Names[1], Names[4], Names[3], Names[0]]);
        }

        (await AllAsync(partner, "close")).ShouldBe(closing);
        (await AllAsync(partner, "-close")).ShouldBe(Enumerable.Reverse(closing));
        (await AllAsync(world.Manager, "close")).ShouldBe(created, "over all deals no index has that order");
        (await AllAsync(world.Manager, "close", new DealFilter { Partner = partner.Actor.Partner })).ShouldBe(closing, "of one partner's they are few");
        (await AllAsync(await world.PartnerAsync(), "customer")).ShouldBeEmpty("nobody else's");
    }

    private static async Task<IEnumerable<string>> AllAsync(TestPerson person, string? sort, DealFilter? filter = null)
    {
        // Two a page, so that the cursor carries each order over its equal keys.
        var (names, cursor) = (new List<string>(), (string?)null);
        do
        {
            var page = await person.DoAsync<Work, Page<DealLine>>(w => DealList.FindAsync(w, (filter ?? new DealFilter()) with { Sort = sort }, new Paging(cursor, 2), default));
            names.AddRange(page.Items.Select(l => l.CustomerName));
            cursor = page.Next;
        }
        while (cursor is not null);
        return names;
    }
}
