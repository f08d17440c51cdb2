using System.Text.Json;
using Trellis.Deals.Published;

namespace Trellis.Deals.Tests;

/// <summary>What Deals tells Partners of who is active.</summary>
public sealed class PartnerActivityTests
{
    [SkippableTheory, Databases]
    public async Task A_partner_that_registered_a_deal_or_saw_one_closed_lately_is_not_stale(Database database)
    {
        await using var app = await TestApp.StartAsync(database);
        var world = await DealWorld.CreateAsync(app);
        var (registers, closes, sleeps) = (await world.PartnerAsync("Registers"), await world.PartnerAsync("Closes"), await world.PartnerAsync("Sleeps"));
        var early = await world.RegisterAsync(closes, world.Fields("Rhone Labs") with { ExpectedClose = DateOnly.FromDateTime(DateTime.UtcNow).AddDays(40) });
        sleeps.Actor.Partner.ShouldNotBeNull();
        app.Clock.Advance(TimeSpan.FromDays(200));
        (await StaleAsync(world)).ShouldBe(["Closes", "Registers", "Sleeps"]);

        await world.RegisterAsync(registers, world.Fields("Meseta Solar") with { ExpectedClose = DateOnly.FromDateTime(app.Clock.GetUtcNow().UtcDateTime).AddDays(40) });
        (await StaleAsync(world)).ShouldBe(["Closes", "Sleeps"]);
        (await world.Manager.DoAsync<Lose, Result<DealId>>(l => l.RunAsync(new WordsInput(early.Id, "They bought elsewhere."), default))).Problem.ShouldBeNull();
        (await StaleAsync(world)).ShouldBe(["Sleeps"]);
    }

    private static async Task<string[]> StaleAsync(DealWorld world)
    {
        using var api = await world.Manager.ApiAsync();
        using var page = JsonDocument.Parse(await api.GetStringAsync("/api/v1/partners?gap=stale"));
        return [.. page.RootElement.GetProperty("items").EnumerateArray().Select(p => p.GetProperty("name").GetString()!)];
    }
}
