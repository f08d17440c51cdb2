using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Trellis.Deals.Handovers;
using Trellis.Deals.Handovers.Push;
using Trellis.Deals.Published;

namespace Trellis.Deals.Tests.Push;

/// <summary>Deals are sent to a system of the vendor's that runs on this machine.</summary>
public sealed class PushTests
{
    [SkippableTheory, Databases]
    public async Task A_deal_is_sent_once_and_signed_and_the_number_in_the_answer_converts_it(Database database)
    {
        await using var app = await StartAsync(database);
        await using var crm = await Receiver.StartAsync();
        await using var erp = await Receiver.StartAsync();
        var (world, api) = await WorldAsync(app);
        using var _ = api;
        var rosa = await world.PartnerAsync("Brightpath");
        var secret = await SendToAsync(api, "crm", crm.Address);
        (await SetAsync(api, "crm", crm.Address + "/other")).GetProperty("secret").ValueKind.ShouldBe(JsonValueKind.Null, "it is shown once");
        await SendToAsync(api, "crm", crm.Address, known: true);
        await SendToAsync(api, "erp", erp.Address);
        crm.Answer = _ => (201, """{"number":"OPP-77","owner":"Sam Carter"}""");
        var deal = await world.RegisterAsync(rosa, world.Fields("Adler Maschinen"));
        await TurnAsync(app);
        await TurnAsync(app);

        var got = crm.Got.ShouldHaveSingleItem();
        var handover = (await ItemsAsync(api, $"/api/v1/handovers?deal={deal.Id}")).ShouldHaveSingleItem();
        var id = handover.GetProperty("id").GetString()!;
        (got.Id, got.Key, got.Kind).ShouldBe((id, id, "handover"));
        got.Signatures.ShouldBe([PushSecrets.Signature(secret, got.Id, got.Seconds, got.Body)]);
        got.Seconds.ShouldBeInRange(app.Clock.GetUtcNow().ToUnixTimeSeconds() - 60, app.Clock.GetUtcNow().ToUnixTimeSeconds());
        var document = JsonDocument.Parse(got.Body).RootElement;
        (document.GetProperty("deal").GetString(), document.GetProperty("amount").GetInt64(), document.GetProperty("customer").GetProperty("name").GetString()).ShouldBe((deal.Id.ToString(), 25_000_00, "Adler Maschinen"));
        (handover.GetProperty("state").GetString(), handover.GetProperty("number").GetString()).ShouldBe(("done", "OPP-77"));
        (await DealWorld.SeeAsync(world.Manager, deal.Id)).State.ShouldBe(DealState.Converted);

        // Taken without a number, and with an answer that is far too long: it is there, and the number may come later.
        erp.Answer = _ => (202, new string('x', 3_000_000));
        (await world.Manager.DoAsync<Win, Result<DealId>>(w => w.RunAsync(new WinInput(deal.Id, 24_000_00), default))).Problem.ShouldBeNull();
        await TurnAsync(app);
        await TurnAsync(app);
        var order = JsonDocument.Parse(erp.Got.ShouldHaveSingleItem().Body).RootElement;
        (order.GetProperty("wonAmount").GetInt64(), order.GetProperty("opportunity").GetString()).ShouldBe((24_000_00, "OPP-77"));
        var there = $"/api/v1/handovers/{order.GetProperty("handover").GetString()}";
        var taken = await JsonAsync(api, there);
        (taken.GetProperty("state").GetString(), taken.GetProperty("number").ValueKind).ShouldBe(("done", JsonValueKind.Null));
        (await api.PostAsJsonAsync(there + "/finish", new { number = "4500012" })).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await JsonAsync(api, there)).GetProperty("number").GetString().ShouldBe("4500012");
        (await ItemsAsync(api, there + "/attempts")).ShouldHaveSingleItem().GetProperty("status").GetInt32().ShouldBe(202);

        using var pages = await world.Manager.PagesAsync();
        (await pages.GetAsync(there.Replace("/api/v1", "/app/deals", StringComparison.Ordinal))).Text.ShouldContain("Last attempts");
        var page = await pages.GetAsync("/app/deals/connected-systems/crm");
        page.Text.ShouldContain(crm.Address);
        page.Text.ShouldContain("201");
        page.Text.ShouldNotContain(secret);
    }

    [SkippableTheory, Databases]
    public async Task Who_does_not_answer_is_asked_again_later_and_who_refuses_waits_for_a_person(Database database)
    {
        await using var app = await StartAsync(database);
        await using var crm = await Receiver.StartAsync();
        var (world, api) = await WorldAsync(app);
        using var _ = api;
        var rosa = await world.PartnerAsync();
        await SendToAsync(api, "crm", crm.Address);
        crm.Answer = n => n switch { 1 => (500, "no database"), 2 => (429, ""), 3 => (400, "The tax number is missing.\nAsk the customer."), 4 => (307, "moved"), _ => (200, "{}") };
        var deal = await world.RegisterAsync(rosa, world.Fields("Lumen Kliniken"));
        await TurnAsync(app);
        await app.RunAsync<PushHandovers>();
        crm.Got.Count.ShouldBe(1, "it is left alone for a while");
        var line = await LineAsync(api, deal.Id);
        (line.GetProperty("state").GetString(), line.GetProperty("note").GetString()).ShouldBe(("waiting", "It answered with 500: no database"));
        app.Clock.Advance(TimeSpan.FromMinutes(2));
        await app.RunAsync<PushHandovers>();
        crm.Got.Count.ShouldBe(2);
        app.Clock.Advance(TimeSpan.FromMinutes(20));
        await app.RunAsync<PushHandovers>();
        crm.Got.Count.ShouldBe(2, "it has asked for half an hour");
        app.Clock.Advance(TimeSpan.FromMinutes(12));
        await app.RunAsync<PushHandovers>();
        line = await LineAsync(api, deal.Id);
        (line.GetProperty("state").GetString(), line.GetProperty("attempts").GetInt32()).ShouldBe(("failed", 3));
        app.Clock.Advance(TimeSpan.FromMinutes(90));
        await app.RunAsync<PushHandovers>();
        crm.Got.Count.ShouldBe(3, "a person must look");

        using var pages = await world.Manager.PagesAsync();
        var system = await pages.GetAsync("/app/deals/connected-systems/crm");
        system.Text.ShouldContain("The tax number is missing.");
        (await pages.SubmitAsync(system, "replay")).Text.ShouldContain("One deal waits to go over again.");
        await app.RunAsync<PushHandovers>();
        (await LineAsync(api, deal.Id)).GetProperty("note").GetString().ShouldBe("It answered with 307: moved", "redirects are not followed");
        crm.Got.Count.ShouldBe(4);
        (await api.PostAsync($"/api/v1/handovers/{line.GetProperty("id").GetString()}/retry", null)).StatusCode.ShouldBe(HttpStatusCode.OK);
        await app.RunAsync<PushHandovers>();
        (await LineAsync(api, deal.Id)).GetProperty("state").GetString().ShouldBe("done");
        crm.Got.Select(g => g.Key).Distinct().ShouldHaveSingleItem();
        (await ItemsAsync(api, "/api/v1/connected-systems/crm/attempts")).Select(a => a.GetProperty("outcome").GetString()).ShouldBe(["taken", "refused", "refused", "later", "later"]);
        app.Clock.Advance(TimeSpan.FromDays(31));
        await app.RunAsync<ForgetAttempts>();
        (await world.Manager.DoAsync<Work, Page<AttemptLine>>(w => AttemptList.OfSystemAsync(w, ConnectedKind.Crm, new AttemptQuery(), default))).Items.ShouldBeEmpty();
    }

    [SkippableTheory, Databases]
    public async Task A_secret_is_changed_over_in_peace_or_ended_at_once(Database database)
    {
        await using var app = await StartAsync(database);
        await using var crm = await Receiver.StartAsync();
        var (world, api) = await WorldAsync(app);
        using var _ = api;
        var first = await SendToAsync(api, "crm", crm.Address);
        using var pages = await world.Manager.PagesAsync();
        var page = await pages.SubmitAsync(await pages.GetAsync("/app/deals/connected-systems/crm"), "test");
        page.Text.ShouldContain("Your system has taken the test message");
        var test = crm.Got.ShouldHaveSingleItem();
        (test.Kind, JsonDocument.Parse(test.Body).RootElement.GetProperty("test").GetBoolean()).ShouldBe(("test", true));
        Signed(test, first).ShouldBeTrue();

        page = await pages.SubmitAsync(await pages.GetAsync("/app/deals/connected-systems/crm"), "rotate");
        var second = page.Document.QuerySelector("code")!.TextContent;
        (await pages.GetAsync("/app/deals/connected-systems/crm")).Text.ShouldNotContain(second);
        var both = await TestAsync();
        (Signed(both, first), Signed(both, second)).ShouldBe((true, true));
        app.Clock.Advance(TimeSpan.FromHours(25));
        var later = await TestAsync();
        (Signed(later, first), Signed(later, second)).ShouldBe((false, true));
        var rotated = await api.PutAsJsonAsync("/api/v1/connected-systems/crm/secret", new { atOnce = true });
        var third = JsonDocument.Parse(await rotated.Content.ReadAsStringAsync()).RootElement.GetProperty("secret").GetString()!;
        var last = await TestAsync();
        (Signed(last, second), Signed(last, third)).ShouldBe((false, true));

        // No address, no secret; a new address brings a new one.
        (await SetAsync(api, "crm", null)).GetProperty("secret").ValueKind.ShouldBe(JsonValueKind.Null);
        (await api.PostAsync("/api/v1/connected-systems/crm/test", null)).StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await SetAsync(api, "crm", crm.Address)).GetProperty("secret").GetString().ShouldNotBe(third);
        var audit = await world.Tenant.Administrator.DoAsync<Work, List<string>>(w => Task.FromResult(w.Db.Set<AuditEntry>().Where(a => a.SubjectKind == "deals_connected_system").Select(a => a.Changes).ToList()));
        audit.ShouldNotBeEmpty();
        audit.ShouldAllBe(c => !c.Contains("CfDJ8", StringComparison.Ordinal), "not even sealed");

        async Task<Received> TestAsync()
        {
            (await api.PostAsync("/api/v1/connected-systems/crm/test", null)).StatusCode.ShouldBe(HttpStatusCode.OK);
            return crm.Got.Last();
        }
    }

    [SkippableTheory, Databases]
    public async Task Nothing_is_sent_to_a_private_address_or_without_tls(Database database)
    {
        await using var app = await TestApp.StartAsync(database);
        await using var crm = await Receiver.StartAsync();
        var (world, api) = await WorldAsync(app);
        using var _ = api;
        (await api.PutAsJsonAsync("/api/v1/connected-systems/crm/address", new { address = "https://crm.example/in" })).StatusCode.ShouldBe(HttpStatusCode.Conflict, "it is not connected");
        await ConnectAsync(api, "crm");
        foreach (var bad in new[] { crm.Address, "http://crm.example/in", "https://127.0.0.1/in", "https://10.0.0.7/in", "https://[::1]/in", "https://user:word@crm.example/in", "crm", "ftp://crm.example" })
            (await api.PutAsJsonAsync("/api/v1/connected-systems/crm/address", new { address = bad })).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity, bad);
        // A name is judged by where it leads when it is connected to.
        await SetAsync(api, "crm", crm.Address.Replace("http://127.0.0.1", "https://localhost", StringComparison.Ordinal));
        var answer = await api.PostAsync("/api/v1/connected-systems/crm/test", null);
        var line = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        (line.GetProperty("outcome").GetString(), line.GetProperty("status").ValueKind, line.GetProperty("answer").ValueKind).ShouldBe(("later", JsonValueKind.Null, JsonValueKind.Null));
        var rosa = await world.PartnerAsync();
        var deal = await world.RegisterAsync(rosa, world.Fields("Porto Marine"));
        await TurnAsync(app);
        (await LineAsync(api, deal.Id)).GetProperty("note").GetString().ShouldBe("It does not answer.");
        crm.Got.ShouldBeEmpty();
    }

    [SkippableTheory, Databases]
    public async Task Each_company_sends_its_own_and_partners_know_nothing_of_it(Database database)
    {
        await using var app = await StartAsync(database);
        await using var one = await Receiver.StartAsync();
        await using var two = await Receiver.StartAsync();
        var ((first, api), (second, other)) = (await WorldAsync(app), await WorldAsync(app));
        using var _ = api;
        using var __ = other;
        var secret = await SendToAsync(api, "crm", one.Address);
        var strange = await SendToAsync(other, "crm", two.Address);
        var rosa = await first.PartnerAsync();
        var deal = await first.RegisterAsync(rosa, first.Fields("Eder Ceramics"));
        await second.RegisterAsync(await second.PartnerAsync(), second.Fields("Initech AG"));
        await TurnAsync(app);
        JsonDocument.Parse(one.Got.ShouldHaveSingleItem().Body).RootElement.GetProperty("customer").GetProperty("name").GetString().ShouldBe("Eder Ceramics");
        JsonDocument.Parse(two.Got.ShouldHaveSingleItem().Body).RootElement.GetProperty("customer").GetProperty("name").GetString().ShouldBe("Initech AG");
        (Signed(one.Got.Single(), secret), Signed(one.Got.Single(), strange)).ShouldBe((true, false));
        var id = (await LineAsync(api, deal.Id)).GetProperty("id").GetString();
        (await other.GetAsync($"/api/v1/handovers/{id}/attempts")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await ItemsAsync(other, "/api/v1/connected-systems/crm/attempts")).ShouldHaveSingleItem();
        using var partner = await rosa.ApiAsync();
        foreach (var path in new[] { $"/api/v1/handovers/{id}/attempts", "/api/v1/connected-systems/crm/attempts" }) (await partner.GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await partner.PostAsync("/api/v1/connected-systems/crm/test", null)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [SkippableTheory, BothDatabases]
    public async Task Killed_after_sending_it_sends_the_same_message_under_the_same_key_again(Database database)
    {
        await using var app = await StartAsync(database);
        await using var crm = await Receiver.StartAsync();
        var (world, api) = await WorldAsync(app);
        using var _ = api;
        await SendToAsync(api, "crm", crm.Address);
        var rosa = await world.PartnerAsync();
        var deal = await world.RegisterAsync(rosa, world.Fields("Mistral Bau"));
        await app.RunAsync<QueueHandoversJob>();
        var taken = (await world.Tenant.AsSystemAsync<TakeForPush, Result<HandoverId?>>(t => t.RunAsync(ConnectedKind.Crm, default))).Value!.Value;
        await world.Tenant.AsSystemAsync<Work, int>(async w =>
        {
            var (system, documents) = (w.Db.Set<ConnectedSystem>().Single(s => s.System == ConnectedKind.Crm), await HandoverDocuments.OfAsync(w, [taken], default));
            await app.Services.GetRequiredService<PushSender>().SendAsync(system, "handover", taken.ToString(), documents[0], default);
            return 0;
        });

        await app.RunAsync<PushHandovers>();
        crm.Got.Count.ShouldBe(1, "it is still in hand");
        app.Clock.Advance(TakeForPush.Lease + TimeSpan.FromSeconds(1));
        await app.RunAsync<PushHandovers>();
        crm.Got.Select(g => g.Key).ShouldBe([taken.ToString(), taken.ToString()]);
        crm.Got.First().Body.ShouldBe(crm.Got.Last().Body);
        (await LineAsync(api, deal.Id)).GetProperty("state").GetString().ShouldBe("done");
    }

    [SkippableTheory, Databases]
    public async Task A_deal_goes_into_the_erp_only_after_it_has_come_to_the_crm(Database database)
    {
        await using var app = await StartAsync(database);
        await using var erp = await Receiver.StartAsync();
        var (world, api) = await WorldAsync(app);
        using var _ = api;
        await ConnectAsync(api, "crm");
        await SendToAsync(api, "erp", erp.Address);
        var rosa = await world.PartnerAsync();
        var (slow, quick) = (await world.RegisterAsync(rosa, world.Fields("Kestrel Foods")), await world.RegisterAsync(rosa, world.Fields("Tramontana SA")));
        await app.RunAsync<QueueHandoversJob>();
        (await api.PostAsJsonAsync("/api/v1/handovers/take", new { system = "crm" })).StatusCode.ShouldBe(HttpStatusCode.OK);
        var lines = new[] { await LineAsync(api, slow.Id), await LineAsync(api, quick.Id) };
        (await api.PostAsJsonAsync($"/api/v1/handovers/{lines[1].GetProperty("id").GetString()}/finish", new { number = "OPP-2" })).StatusCode.ShouldBe(HttpStatusCode.OK);
        foreach (var deal in new[] { slow, quick }) (await world.Manager.DoAsync<Win, Result<DealId>>(w => w.RunAsync(new WinInput(deal.Id, 24_000_00), default))).Problem.ShouldBeNull();
        await TurnAsync(app);
        JsonDocument.Parse(erp.Got.ShouldHaveSingleItem().Body).RootElement.GetProperty("deal").GetString().ShouldBe(quick.Id.ToString(), "the other one is on its way into the CRM");
        (await api.PostAsJsonAsync($"/api/v1/handovers/{lines[0].GetProperty("id").GetString()}/finish", new { number = "OPP-1" })).StatusCode.ShouldBe(HttpStatusCode.OK);
        await TurnAsync(app);
        erp.Got.Count.ShouldBe(2);
    }

    private static Task<TestApp> StartAsync(Database database) => TestApp.StartAsync(database, settings: ["--TRELLIS_OUTBOUND=private"]);

    private static async Task<(DealWorld World, HttpClient Api)> WorldAsync(TestApp app)
    {
        var world = await DealWorld.CreateAsync(app);
        return (world, await world.Manager.ApiAsync());
    }

    private static async Task TurnAsync(TestApp app)
    {
        await app.RunAsync<QueueHandoversJob>();
        (await app.RunAsync<PushHandovers>()).Problem.ShouldBeNull();
    }

    private static bool Signed(Received got, string secret) => got.Signatures.Contains(PushSecrets.Signature(secret, got.Id, got.Seconds, got.Body));

    private static async Task ConnectAsync(HttpClient api, string system) => (await api.PutAsJsonAsync($"/api/v1/connected-systems/{system}", new { name = system, on = true })).StatusCode.ShouldBe(HttpStatusCode.OK);

    private static async Task<JsonElement> SetAsync(HttpClient api, string system, string? address)
    {
        var answer = await api.PutAsJsonAsync($"/api/v1/connected-systems/{system}/address", new { address });
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        return JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
    }

    private static async Task<string> SendToAsync(HttpClient api, string system, string address, bool known = false)
    {
        if (!known) await ConnectAsync(api, system);
        return (await SetAsync(api, system, address)).GetProperty("secret").GetString() ?? "";
    }

    private static async Task<JsonElement> LineAsync(HttpClient api, DealId deal) => (await ItemsAsync(api, $"/api/v1/handovers?deal={deal}")).ShouldHaveSingleItem();

    private static async Task<JsonElement> JsonAsync(HttpClient api, string path) => JsonDocument.Parse(await api.GetStringAsync(path)).RootElement;

    private static async Task<IReadOnlyList<JsonElement>> ItemsAsync(HttpClient api, string path) => [.. (await JsonAsync(api, path)).GetProperty("items").EnumerateArray()];
}
