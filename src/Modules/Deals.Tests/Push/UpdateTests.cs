using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Trellis.Deals.Handovers;
using Trellis.Deals.Handovers.Push;
using Trellis.Deals.Life;
using Trellis.Deals.Published;
using Trellis.Deals.Transfers;

namespace Trellis.Deals.Tests.Push;

/// <summary>What changes on a deal after it went over follows it, in order and once.</summary>
public sealed class UpdateTests
{
    [SkippableTheory, Databases]
    public async Task What_changes_after_a_deal_went_over_follows_as_one_update_with_the_newest_state(Database database)
    {
        await using var app = await StartAsync(database);
        await using var crm = await Receiver.StartAsync();
        var (world, api, secret) = await WorldAsync(app, crm);
        using var _ = api;
        var rosa = await world.PartnerAsync("Brightpath");
        var deal = await world.RegisterAsync(rosa, world.Fields("Adler Maschinen"));
        await TurnAsync(app);
        crm.Got.Count.ShouldBe(1);
        (await DealWorld.SeeAsync(world.Manager, deal.Id)).State.ShouldBe(DealState.Converted);
        await TurnAsync(app);
        crm.Got.Count.ShouldBe(1, "its own number is no news to the CRM");

        await AmendAsync(rosa, deal.Id, f => f with { Amount = 26_000_00 });
        await app.DrainAsync();
        await AmendAsync(rosa, deal.Id, f => f with { Amount = 27_000_00, ExpectedClose = f.ExpectedClose!.Value.AddDays(10) });
        await AmendAsync(rosa, deal.Id, f => f with { NextStep = "Call them." });
        await TurnAsync(app);
        await TurnAsync(app);
        crm.Got.Count.ShouldBe(2, "two changes, one update, and a next step is none");
        var (first, update) = (crm.Got.First(), crm.Got.Last());
        (update.Kind, update.Id == update.Key, update.Key == first.Key).ShouldBe(("update", true, false));
        update.Signatures.ShouldBe([PushSecrets.Signature(secret, update.Id, update.Seconds, update.Body)]);
        var document = Json(update);
        (document.GetProperty("revision").GetInt32(), document.GetProperty("first").GetString(), document.GetProperty("number").GetString(), document.GetProperty("amount").GetInt64()).ShouldBe((1, first.Id, "OPP-1", 27_000_00));
        Json(first).GetProperty("revision").GetInt32().ShouldBe(0);

        // Lost: the CRM hears of it, once.
        (await world.Manager.DoAsync<Lose, Result<DealId>>(l => l.RunAsync(new WordsInput(deal.Id, "The budget is gone."), default))).Problem.ShouldBeNull();
        await TurnAsync(app);
        await TurnAsync(app);
        crm.Got.Count.ShouldBe(3);
        var end = Json(crm.Got.Last());
        (end.GetProperty("revision").GetInt32(), end.GetProperty("state").GetString()).ShouldBe((2, "lost"));

        var lines = await LinesAsync(api, deal.Id);
        lines.Select(l => (l.GetProperty("revision").GetInt32(), l.GetProperty("state").GetString())).ShouldBe([(2, "done"), (1, "done"), (0, "done")]);
        (await LinesAsync(api, deal.Id, "&kind=update")).Count.ShouldBe(2);
        using var pages = await world.Manager.PagesAsync();
        (await pages.GetAsync("/app/deals/handovers?kind=update")).Text.ShouldContain("Deal update");
        (await pages.GetAsync($"/app/deals/handovers/{lines[0].GetProperty("id").GetString()}")).Text.ShouldContain("this is change 2");
        (await pages.GetAsync($"/app/deals/{deal.Id}")).Text.ShouldContain("told the CRM of the change");
        (await pages.Http.GetStringAsync("/app/deals/handovers.csv")).ShouldContain("Deal update");
    }

    [SkippableTheory, Databases]
    public async Task What_changes_before_a_deal_went_over_goes_with_it_and_what_changes_on_the_way_goes_behind_it(Database database)
    {
        await using var app = await StartAsync(database);
        await using var crm = await Receiver.StartAsync();
        var (world, api, _) = await WorldAsync(app, crm);
        using var __ = api;
        var rosa = await world.PartnerAsync();
        var deal = await world.RegisterAsync(rosa, world.Fields("Lumen Kliniken"));
        await app.RunAsync<QueueHandoversJob>();
        await AmendAsync(rosa, deal.Id, f => f with { Amount = 26_000_00 });
        await app.DrainAsync();
        (await LinesAsync(api, deal.Id)).Count.ShouldBe(1, "it has not gone out yet");

        // It goes out, and nobody answers: perhaps it is there, so what changes now needs a key of its own.
        crm.Answer = n => n == 1 ? (500, "") : (200, """{"number":"OPP-9"}""");
        await TurnAsync(app);
        Json(crm.Got.Single()).GetProperty("amount").GetInt64().ShouldBe(26_000_00);
        await AmendAsync(rosa, deal.Id, f => f with { Amount = 27_000_00 });
        await TurnAsync(app);
        await AmendAsync(rosa, deal.Id, f => f with { Amount = 28_000_00 });
        await TurnAsync(app);
        (await LinesAsync(api, deal.Id)).Count.ShouldBe(2, "one update waits");
        crm.Got.Count.ShouldBe(1, "an update does not overtake the deal");
        app.Clock.Advance(TimeSpan.FromMinutes(2));
        await TurnAsync(app);
        await TurnAsync(app);
        crm.Got.Select(g => (g.Kind, Json(g).GetProperty("revision").GetInt32(), Json(g).GetProperty("amount").GetInt64()))
            .ShouldBe([("handover", 0, 26_000_00), ("handover", 0, 28_000_00), ("update", 1, 28_000_00)]);
        crm.Got.Select(g => g.Key).Distinct().Count().ShouldBe(2);

        // A connector gets them in the same order, one of a deal at a time.
        (await api.PutAsJsonAsync("/api/v1/connected-systems/crm/address", new { address = "" })).StatusCode.ShouldBe(HttpStatusCode.OK);
        await AmendAsync(rosa, deal.Id, f => f with { Amount = 29_000_00 });
        await app.DrainAsync();
        var taken = (await TakeAsync(api)).ShouldHaveSingleItem();
        (taken.GetProperty("revision").GetInt32(), taken.GetProperty("number").GetString()).ShouldBe((2, "OPP-9"));
        await AmendAsync(rosa, deal.Id, f => f with { Amount = 30_000_00 });
        await app.DrainAsync();
        (await TakeAsync(api)).ShouldBeEmpty();
        (await api.PostAsJsonAsync($"/api/v1/handovers/{taken.GetProperty("handover").GetString()}/finish", new { })).StatusCode.ShouldBe(HttpStatusCode.OK, "an update needs no number");
        (await TakeAsync(api)).ShouldHaveSingleItem().GetProperty("amount").GetInt64().ShouldBe(30_000_00);
    }

    [SkippableTheory, BothDatabases]
    public async Task Killed_after_sending_an_update_it_is_sent_again_under_its_key_and_nothing_else_with_it(Database database)
    {
        await using var app = await StartAsync(database);
        await using var crm = await Receiver.StartAsync();
        var (world, api, _) = await WorldAsync(app, crm);
        using var __ = api;
        var rosa = await world.PartnerAsync();
        var deal = await world.RegisterAsync(rosa, world.Fields("Mistral Bau"));
        await TurnAsync(app);
        await AmendAsync(rosa, deal.Id, f => f with { Amount = 26_000_00 });
        await app.DrainAsync();
        var taken = (await world.Tenant.AsSystemAsync<TakeForPush, Result<HandoverId?>>(t => t.RunAsync(ConnectedKind.Crm, default))).Value!.Value;
        await world.Tenant.AsSystemAsync<Work, int>(async w =>
        {
            var (system, documents) = (w.Db.Set<ConnectedSystem>().Single(s => s.System == ConnectedKind.Crm), await HandoverDocuments.OfAsync(w, [taken], default));
            await app.Services.GetRequiredService<PushSender>().SendAsync(system, "update", taken.ToString(), documents[0], default);
            return 0;
        });

        // The event is heard a second time, and the deal changes once more while nobody knows what became of the first update.
        await world.Tenant.AsSystemAsync<Work, Result<Done>>(w => w.TransactAsync<Done>("test.again", async () =>
        {
            await new UpdateOfChange(w).HearAsync(new DealChanged(deal.Id, w.Now), default);
            return default(Done);
        }, default));
        (await LinesAsync(api, deal.Id)).Count.ShouldBe(2, "the same state is no news");
        await AmendAsync(rosa, deal.Id, f => f with { Amount = 27_000_00 });
        await TurnAsync(app);
        crm.Got.Count.ShouldBe(2, "it is still in hand");
        app.Clock.Advance(TakeForPush.Lease + TimeSpan.FromSeconds(1));
        await TurnAsync(app);
        crm.Got.Skip(1).Select(g => (g.Key == taken.ToString(), Json(g).GetProperty("revision").GetInt32())).ShouldBe([(true, 1), (true, 1), (false, 2)]);
        Json(crm.Got.Last()).GetProperty("amount").GetInt64().ShouldBe(27_000_00);
        (await LinesAsync(api, deal.Id)).ShouldAllBe(l => l.GetProperty("state").GetString() == "done");
    }

    [SkippableTheory, Databases]
    public async Task What_a_partner_takes_back_into_its_drafts_is_not_told_and_what_never_went_over_has_no_updates(Database database)
    {
        await using var app = await StartAsync(database);
        await using var crm = await Receiver.StartAsync();
        var (world, api, _) = await WorldAsync(app, crm);
        using var __ = api;
        var rosa = await world.PartnerAsync();
        var deal = await world.RegisterAsync(rosa, world.Fields("Kestrel Foods"));
        var skipped = await world.RegisterAsync(rosa, world.Fields("Porto Marine"));
        await app.RunAsync<QueueHandoversJob>();
        var line = (await LinesAsync(api, skipped.Id)).Single().GetProperty("id").GetString();
        (await api.PostAsJsonAsync($"/api/v1/handovers/{line}/skip", new { reason = "It is there." })).StatusCode.ShouldBe(HttpStatusCode.OK);
        await TurnAsync(app);
        crm.Got.Count.ShouldBe(1);
        await AmendAsync(rosa, skipped.Id, f => f with { Amount = 26_000_00 });
        (await rosa.DoAsync<Withdraw, Result<DealId>>(w => w.RunAsync(new WordsInput(deal.Id, "Not now."), default))).Problem.ShouldBeNull();
        await TurnAsync(app);
        crm.Got.Count.ShouldBe(2);
        Json(crm.Got.Last()).GetProperty("state").GetString().ShouldBe("withdrawn");
        (await rosa.DoAsync<Reopen, Result<DealId>>(r => r.RunAsync(new WordsInput(deal.Id, "Once more."), default))).Problem.ShouldBeNull();
        await TurnAsync(app);
        crm.Got.Count.ShouldBe(2, "a draft is the partner's own");
        (await LinesAsync(api, skipped.Id)).Count.ShouldBe(1);

        // Another company's changes are its own, and partners read none of it.
        using var partner = await rosa.ApiAsync();
        (await partner.GetAsync($"/api/v1/handovers?deal={deal.Id}")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        using var other = await (await DealWorld.CreateAsync(app)).Manager.ApiAsync();
        (await LinesAsync(other, deal.Id)).ShouldBeEmpty();
    }

    [SkippableTheory, Databases]
    public async Task A_new_holder_and_a_win_that_is_taken_back_are_told_as_well(Database database)
    {
        await using var app = await StartAsync(database);
        await using var crm = await Receiver.StartAsync();
        var (world, api, _) = await WorldAsync(app, crm);
        using var __ = api;
        var (rosa, ines) = (await world.PartnerAsync("Giver Ltd"), await world.PartnerAsync("Taker Ltd"));
        var deal = await world.RegisterAsync(rosa, world.Fields("Tramontana SA"));
        await TurnAsync(app);
        var offer = await world.Manager.DoAsync<ProposeTransfer, Result<TransferId>>(p => p.RunAsync(new TransferInput(deal.Id, ines.Actor.Partner, "The office moved."), default));
        (await ines.DoAsync<AnswerTransfer, Result<TransferId>>(a => a.RunAsync(new TransferAnswer(offer.Value, true), default))).Problem.ShouldBeNull();
        await TurnAsync(app);
        Json(crm.Got.Last()).GetProperty("partner").GetProperty("name").GetString().ShouldBe("Taker Ltd");
        (await world.Manager.DoAsync<Win, Result<DealId>>(w => w.RunAsync(new WinInput(deal.Id, 24_000_00), default))).Problem.ShouldBeNull();
        await TurnAsync(app);
        (await world.Manager.DoAsync<CorrectWin, Result<DealId>>(c => c.RunAsync(new WordsInput(deal.Id, "By mistake."), default))).Problem.ShouldBeNull();
        await TurnAsync(app);
        crm.Got.Skip(1).Select(g => (Json(g).GetProperty("revision").GetInt32(), Json(g).GetProperty("state").GetString())).ShouldBe([(1, "converted"), (2, "won"), (3, "lost")]);
    }

    [SkippableTheory, Databases]
    public async Task What_the_crm_has_closed_itself_is_not_told_to_it(Database database)
    {
        await using var app = await StartAsync(database);
        await using var crm = await Receiver.StartAsync();
        var (world, api, _) = await WorldAsync(app, crm);
        using var __ = api;
        await world.AccountAsync("Lumen Kliniken");
        var deal = await world.RegisterAsync(await world.PartnerAsync(), world.Fields("Lumen Kliniken"));
        await TurnAsync(app);
        await world.OpportunityAsync("OPP-1", "Lumen Kliniken", "Won", DateOnly.FromDateTime(app.Clock.GetUtcNow().UtcDateTime));
        (await app.RunAsync<CloseByCrm>()).Problem.ShouldBeNull();
        (await DealWorld.SeeAsync(world.Manager, deal.Id)).State.ShouldBe(DealState.Won);
        await TurnAsync(app);
        crm.Got.Count.ShouldBe(1);
    }

    internal static Task<TestApp> StartAsync(Database database) => TestApp.StartAsync(database, settings: ["--TRELLIS_OUTBOUND=private"]);

    internal static async Task<(DealWorld World, HttpClient Api, string Secret)> WorldAsync(TestApp app, Receiver crm)
    {
        var world = await DealWorld.CreateAsync(app);
        var api = await world.Manager.ApiAsync();
        crm.Answer = _ => (200, """{"number":"OPP-1"}""");
        (await api.PutAsJsonAsync("/api/v1/connected-systems/crm", new { name = "crm", on = true })).StatusCode.ShouldBe(HttpStatusCode.OK);
        var set = await api.PutAsJsonAsync("/api/v1/connected-systems/crm/address", new { address = crm.Address });
        return (world, api, JsonDocument.Parse(await set.Content.ReadAsStringAsync()).RootElement.GetProperty("secret").GetString()!);
    }

    internal static async Task TurnAsync(TestApp app)
    {
        await app.DrainAsync();
        await app.RunAsync<QueueHandoversJob>();
        (await app.RunAsync<PushHandovers>()).Problem.ShouldBeNull();
        await app.DrainAsync();
    }

    private static async Task AmendAsync(TestPerson person, DealId deal, Func<DealFields, DealFields> change)
    {
        var fields = await person.DoAsync<Work, DealFields>(async w => (await w.Db.Set<Deal>().AsNoTracking().SingleAsync(d => d.Id == deal)).Fields);
        (await person.DoAsync<Amend, Result<Amended>>(a => a.RunAsync(new AmendInput(deal, change(fields)), default))).Problem.ShouldBeNull();
    }

    internal static JsonElement Json(Received got) => JsonDocument.Parse(got.Body).RootElement;

    private static async Task<IReadOnlyList<JsonElement>> TakeAsync(HttpClient api)
    {
        var answer = await api.PostAsJsonAsync("/api/v1/handovers/take", new { system = "crm" });
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        return [.. JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.EnumerateArray()];
    }

    private static async Task<IReadOnlyList<JsonElement>> LinesAsync(HttpClient api, DealId deal, string more = "") => [.. JsonDocument.Parse(await api.GetStringAsync($"/api/v1/handovers?deal={deal}{more}")).RootElement.GetProperty("items").EnumerateArray()];
}
