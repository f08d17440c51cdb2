using System.Net.Http.Json;
using System.Text.Json;
using Trellis.Deals.Life;
using Trellis.Deals.Published;
using static Trellis.Deals.Tests.Push.UpdateTests;

namespace Trellis.Deals.Tests.Push;

/// <summary>What changes around a deal after it went over: how long its customer is protected, and which company that is.</summary>
public sealed class CustomerUpdateTests
{
    [SkippableTheory, Databases]
    public async Task A_protection_that_stands_longer_is_told_once_and_one_that_stays_as_it_was_is_not(Database database)
    {
        await using var app = await StartAsync(database);
        await using var crm = await Receiver.StartAsync();
        var (world, api, _) = await WorldAsync(app, crm);
        using var __ = api;
        // It has taken the deal and names its number later.
        crm.Answer = _ => (200, "");
        var rosa = await world.PartnerAsync();
        var deal = await world.RegisterAsync(rosa, world.Fields("Adler Maschinen"));
        await TurnAsync(app);
        Until(crm.Got.Single()).ShouldBe(deal.ExpiresOn!.Value);
        async Task<RequestId> AskAsync() => (await rosa.DoAsync<RequestExtension, Result<RequestId>>(r => r.RunAsync(new ExtensionInput(deal.Id, "The board meets in March.", 20), default))).Value;
        async Task AnswerAsync(RequestId request, bool grant) => (await world.Manager.DoAsync<DecideRequest, Result<RequestId>>(d => d.RunAsync(new RequestAnswer(request, grant, "As discussed."), default))).Problem.ShouldBeNull();

        await AnswerAsync(await AskAsync(), grant: false);
        var asked = await AskAsync();
        await TurnAsync(app);
        crm.Got.Count.ShouldBe(1, "no day has changed");
        await AnswerAsync(asked, grant: true);
        await TurnAsync(app);
        await TurnAsync(app);
        crm.Got.Count.ShouldBe(2);
        (crm.Got.Last().Kind, Until(crm.Got.Last())).ShouldBe(("update", deal.ExpiresOn!.Value.AddDays(20)));

        // Asked for on its last day, it stands until the promised answer.
        app.Clock.Advance(TimeSpan.FromDays(deal.ExpiresOn.Value.AddDays(20).DayNumber - DateOnly.FromDateTime(app.Clock.GetUtcNow().UtcDateTime).DayNumber));
        asked = await AskAsync();
        await TurnAsync(app);
        crm.Got.Count.ShouldBe(3);
        var promised = (await DealWorld.SeeAsync(rosa, deal.Id)).ExpiresOn!.Value;
        (Until(crm.Got.Last()), promised > deal.ExpiresOn.Value.AddDays(20)).ShouldBe((promised, true));
        await AnswerAsync(asked, grant: false);
        await TurnAsync(app);
        crm.Got.Count.ShouldBe(3);
    }

    [SkippableTheory, Databases]
    public async Task Another_name_of_the_customer_is_told_whoever_has_changed_it_and_nothing_else_of_the_account(Database database)
    {
        await using var app = await StartAsync(database);
        await using var crm = await Receiver.StartAsync();
        var (world, api, _) = await WorldAsync(app, crm);
        using var __ = api;
        var account = await world.AccountAsync("Harborlight Freight", "harborlight.example");
        await world.RegisterAsync(await world.PartnerAsync(), world.Fields("Harborlight Freight", domain: "harborlight.example"));
        await TurnAsync(app);
        Customer(crm.Got.Single()).ShouldBe((account.ToString(), "Harborlight Freight"));
        using var admin = await world.Tenant.Administrator.ApiAsync();
        async Task PatchAsync(object patch)
        {
            (await admin.PatchAsJsonAsync($"/api/v1/accounts/{account}", patch)).EnsureSuccessStatusCode();
            await TurnAsync(app);
            await TurnAsync(app);
        }

        await PatchAsync(new { employees = 12, city = "Kiel" });
        crm.Got.Count.ShouldBe(1, "what the document does not say is no news");
        await PatchAsync(new { name = "Harborlight Logistics" });
        crm.Got.Count.ShouldBe(2);
        Customer(crm.Got.Last()).ShouldBe((account.ToString(), "Harborlight Logistics"));
        await PatchAsync(new { name = "Harborlight Logistics" });
        crm.Got.Count.ShouldBe(2);

        await world.ImportAsync("accounts", $"trellis_id,account,country\n{account},Harborlight Group,AT\n");
        await TurnAsync(app);
        crm.Got.Count.ShouldBe(3);
        Customer(crm.Got.Last()).Name.ShouldBe("Harborlight Group");
        Json(crm.Got.Last()).GetProperty("customer").GetProperty("country").GetString().ShouldBe("AT");
    }

    [SkippableTheory, Databases]
    public async Task A_customer_that_becomes_one_with_another_is_told_and_so_is_the_end_of_that(Database database)
    {
        await using var app = await StartAsync(database);
        await using var crm = await Receiver.StartAsync();
        var (world, api, _) = await WorldAsync(app, crm);
        using var __ = api;
        crm.Answer = n => (200, $"{{\"number\":\"OPP-{n}\"}}");
        var (from, into, third) = (await world.AccountAsync("Emberline Foods", "emberline.example"), await world.AccountAsync("Tidewater Provisions", "tidewater.example"), await world.AccountAsync("Larkspur Cheese", "larkspur.example"));
        var rosa = await world.PartnerAsync();
        var moved = await world.RegisterAsync(rosa, world.Fields("Emberline Foods", domain: "emberline.example"));
        var stays = await world.RegisterAsync(rosa, world.Fields("Tidewater Provisions", domain: "tidewater.example"));
        await TurnAsync(app);
        crm.Got.Count.ShouldBe(2);
        using var admin = await world.Tenant.Administrator.ApiAsync();
        var merged = await admin.PostAsJsonAsync($"/api/v1/accounts/{from}/merge", new { into = into.ToString() });
        merged.EnsureSuccessStatusCode();
        await TurnAsync(app);
        await TurnAsync(app);
        crm.Got.Count.ShouldBe(3, "the deal of the account that stays says what it said");
        (Json(crm.Got.Last()).GetProperty("deal").GetString(), Customer(crm.Got.Last())).ShouldBe((moved.Id.ToString(), (into.ToString(), "Tidewater Provisions")));

        var id = (await merged.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString();
        (await admin.PostAsync($"/api/v1/account-merges/{id}/undo", null)).EnsureSuccessStatusCode();
        await TurnAsync(app);
        await TurnAsync(app);
        crm.Got.Count.ShouldBe(4);
        (Json(crm.Got.Last()).GetProperty("deal").GetString(), Customer(crm.Got.Last())).ShouldBe((moved.Id.ToString(), (from.ToString(), "Emberline Foods")));

        // The one that stays takes the name of the one that goes: its own deals are told as well.
        (await admin.PostAsJsonAsync($"/api/v1/accounts/{third}/merge", new { into = into.ToString(), takeFrom = new[] { "name" } })).EnsureSuccessStatusCode();
        await TurnAsync(app);
        await TurnAsync(app);
        crm.Got.Count.ShouldBe(5);
        (Json(crm.Got.Last()).GetProperty("deal").GetString(), Customer(crm.Got.Last())).ShouldBe((stays.Id.ToString(), (into.ToString(), "Larkspur Cheese")));
    }

    private static DateOnly Until(Received got) => Json(got).GetProperty("protectedUntil").Deserialize<DateOnly>();

    private static (string? Id, string? Name) Customer(Received got) =>
        Json(got).GetProperty("customer") is var customer ? (customer.GetProperty("id").GetString(), customer.GetProperty("name").GetString()) : default;
}
