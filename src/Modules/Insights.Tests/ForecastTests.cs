using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Identity.Published;
using Trellis.Insights.Drops;
using Trellis.Insights.Flow;
using Trellis.Insights.Forecasts;
using Trellis.Partners.Published;

namespace Trellis.Insights.Tests;

public sealed class ForecastTests
{
    [SkippableTheory, Databases]
    public async Task A_forecast_stands_on_the_open_deals_and_says_when_the_history_is_too_thin(Database database)
    {
        var world = await InsightsWorld.CreateAsync(database);
        var seller = await world.PartnerAsync();
        await world.RegisterAsync(seller, 25_000_00);
        await world.RegisterAsync(seller, 900_000_00);
        using var staff = await world.Tenant.Administrator.ApiAsync();
        using var portal = await seller.ApiAsync();
        using var pages = await world.Tenant.Administrator.PagesAsync();
        (await staff.GetAsync("/api/v1/analytics/forecast")).StatusCode.ShouldBe(HttpStatusCode.NotFound, "not computed yet");
        (await pages.GetAsync("/app/analytics/forecast")).Text.ShouldContain("Not computed yet");
        var thin = await InsightsWorld.JsonAsync(await staff.PostAsJsonAsync("/api/v1/analytics/forecast/compute", new { }));
        (thin.GetProperty("enough").GetBoolean(), thin.GetProperty("closed").GetInt32(), thin.GetProperty("total").GetProperty("deals").GetInt32()).ShouldBe((false, 0, 2));
        (await pages.GetAsync("/app/analytics/forecast")).Text.ShouldContain("Too few deals have ended");

        await HistoryAsync(world, seller.Actor.Partner!.Value, 40);
        var page = await pages.SubmitAsync(await pages.GetAsync("/app/analytics/forecast"), "compute");
        page.Status.ShouldBe(HttpStatusCode.OK);
        var full = await staff.GetFromJsonAsync<JsonElement>("/api/v1/analytics/forecast");
        full.GetProperty("enough").GetBoolean().ShouldBeTrue();
        var lines = full.GetProperty("lines").EnumerateArray().ToList();
        lines.Sum(l => l.GetProperty("expected").GetProperty("deals").GetInt32()).ShouldBe(2);
        foreach (var line in lines)
        {
            var rows = (await staff.GetFromJsonAsync<JsonElement>($"/api/v1/analytics/forecast/rows?when={line.GetProperty("when").GetString()}")).GetProperty("items").EnumerateArray().ToList();
            (rows.Count, rows.Sum(r => r.GetProperty("amount").GetInt64())).ShouldBe((line.GetProperty("expected").GetProperty("deals").GetInt32(), line.GetProperty("expected").GetProperty("amount").GetInt64()));
            (await pages.Http.GetStringAsync($"/app/analytics/forecast/rows.csv?when={line.GetProperty("when").GetString()}")).TrimEnd().Split('\n').Length.ShouldBe(rows.Count + 1);
            if (rows.Count > 0) (await pages.GetAsync($"/app/analytics/forecast/rows?when={line.GetProperty("when").GetString()}")).Text.ShouldContain("25,000.00");
        }

        (await pages.GetAsync("/app/analytics/forecast")).Text.ShouldContain("What the same method would have said");
        (await pages.GetAsync("/app/analytics/forecast")).Text.ShouldNotContain("Inputs that were too poor");

        // A deal without a day and one without an amount are named, each with its list.
        await InsertAsync(world, [Open(world, seller.Actor.Partner!.Value, null, 12_000_00), Open(world, seller.Actor.Partner!.Value, DateOnly.FromDateTime(DateTime.UtcNow).AddDays(40), 0)]);
        (await InsightsWorld.JsonAsync(await staff.PostAsJsonAsync("/api/v1/analytics/forecast/compute", new { }))).GetProperty("unvalued").GetInt32().ShouldBe(1);
        var poor = await pages.GetAsync("/app/analytics/forecast");
        foreach (var words in new[] { "Inputs that were too poor", "1 open deal has no expected close", "12,000", "1 open deal has no amount, or none with a rate" }) poor.Text.ShouldContain(words);
        (await staff.GetFromJsonAsync<JsonElement>("/api/v1/analytics/forecast/rows?when=unvalued")).GetProperty("items").GetArrayLength().ShouldBe(1);
        (await pages.GetAsync("/app/analytics/forecast/rows?when=unvalued")).Text.ShouldContain("Without an amount or a rate");
        (await pages.Http.GetStringAsync("/app/analytics/forecast.csv")).ShouldContain("overdue");
        (await staff.GetAsync("/api/v1/analytics/forecast/rows?when=nonsense")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await portal.GetAsync("/api/v1/analytics/forecast")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await portal.PostAsJsonAsync("/api/v1/analytics/forecast/compute", new { })).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await seller.DoAsync<Db, int>(db => db.Set<ForecastRun>().CountAsync())).ShouldBe(0);
    }

    [SkippableTheory, Databases]
    public async Task A_clear_fall_is_told_once_and_ends_by_itself_when_registrations_are_back(Database database)
    {
        var world = await InsightsWorld.CreateAsync(database);
        var (quiet, steady) = (await world.PartnerAsync(), await world.PartnerAsync());
        await SinceAsync(world);
        await RegisteredAsync(world, quiet.Actor.Partner!.Value, 60, from: 200, to: 40);
        await RegisteredAsync(world, steady.Actor.Partner!.Value, 400, from: 205, to: 2);
        (await WatchAsync(world)).ShouldBe(1);
        (await WatchAsync(world)).ShouldBe(0, "the same episode");

        using var staff = await world.Manager.ApiAsync();
        using var pages = await world.Manager.PagesAsync();
        var alert = (await staff.GetFromJsonAsync<JsonElement>("/api/v1/analytics/alerts?state=open")).GetProperty("items").EnumerateArray().Single();
        var id = alert.GetProperty("id").GetString();
        var audited = await world.Tenant.AsSystemAsync<Db, int>(db => db.Set<AuditEntry>().CountAsync(a => a.Subject == id));
        audited.ShouldBe(1, "opened; looking at it again is not written down");
        (alert.GetProperty("partner").GetString(), alert.GetProperty("seen").GetInt32(), alert.GetProperty("before").GetInt32()).ShouldBe((quiet.Actor.Partner.ToString(), 0, 60));
        (await pages.GetAsync("/app/notifications")).Text.ShouldContain($"Registrations of {quiet.Actor.PartnerName} fell");
        (await pages.GetAsync("/app/analytics/alerts")).Text.ShouldContain(quiet.Actor.PartnerName!);
        (await pages.GetAsync($"/app/partners/{quiet.Actor.Partner}")).Text.ShouldContain("usually");
        var page = await pages.GetAsync($"/app/analytics/alerts/{id}");
        page.Text.ShouldContain(quiet.Actor.PartnerName!);
        (await pages.SubmitAsync(page, "acknowledge", ("Input.Reason", "Their seller is ill."))).Status.ShouldBe(HttpStatusCode.OK);
        var answered = await staff.GetFromJsonAsync<JsonElement>($"/api/v1/analytics/alerts/{id}");
        answered.GetProperty("state").GetString().ShouldBe("acknowledged");
        answered.GetProperty("moves").EnumerateArray().Single().GetProperty("reason").GetString().ShouldBe("Their seller is ill.");
        var told = (await pages.GetAsync($"/app/analytics/alerts/{id}")).Text;
        told.ShouldContain("Their seller is ill.");
        told.ShouldContain("What was done about it");
        (await world.Tenant.AsSystemAsync<Db, int>(db => db.Set<AuditEntry>().CountAsync(a => a.Subject == id))).ShouldBe(audited + 1, "that it was acknowledged");
        var young = await world.PartnerAsync();
        (await pages.GetAsync($"/app/partners/{young.Actor.Partner}")).Text.ShouldContain("Too few to tell");
        (await pages.GetAsync($"/app/partners/{steady.Actor.Partner}")).Text.ShouldContain("not fallen clearly");
        (await staff.PostAsJsonAsync($"/api/v1/analytics/alerts/{id}/acknowledge", new { })).StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await pages.Http.GetStringAsync("/app/analytics/alerts.csv")).ShouldContain(quiet.Actor.PartnerName!);

        await RegisteredAsync(world, quiet.Actor.Partner.Value, 8, from: 10, to: 2);
        (await WatchAsync(world)).ShouldBe(0);
        (await staff.GetFromJsonAsync<JsonElement>($"/api/v1/analytics/alerts/{id}")).GetProperty("state").GetString().ShouldBe("recovered");

        using var portal = await quiet.ApiAsync();
        (await portal.GetAsync("/api/v1/analytics/alerts")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await quiet.DoAsync<Db, int>(db => db.Set<RegistrationAlert>().CountAsync())).ShouldBe(0);
        using var stranger = await (await world.Tenant.App.TenantAsync()).Administrator.ApiAsync();
        (await stranger.GetAsync($"/api/v1/analytics/alerts/{id}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [SkippableTheory, Databases]
    public async Task A_fall_of_all_together_is_an_alert_of_its_own_and_what_a_person_closed_stays_closed(Database database)
    {
        var world = await InsightsWorld.CreateAsync(database);
        var one = await world.PartnerAsync();
        await SinceAsync(world);
        await RegisteredAsync(world, one.Actor.Partner!.Value, 60, from: 200, to: 40);
        await RegisteredAsync(world, PartnerId.From(Guid.CreateVersion7()), 60, from: 200, to: 40);
        (await WatchAsync(world)).ShouldBe(2);
        using var staff = await world.Manager.ApiAsync();
        var alerts = (await staff.GetFromJsonAsync<JsonElement>("/api/v1/analytics/alerts")).GetProperty("items").EnumerateArray().ToList();
        alerts.Count(a => !a.TryGetProperty("partner", out var partner) || partner.ValueKind == JsonValueKind.Null).ShouldBe(1);
        foreach (var alert in alerts)
            (await staff.PostAsJsonAsync($"/api/v1/analytics/alerts/{alert.GetProperty("id").GetString()}/close", new { reason = "Summer." })).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await WatchAsync(world)).ShouldBe(0);
        using var pages = await world.Manager.PagesAsync();
        (await pages.GetAsync("/app/analytics/alerts")).Text.ShouldContain("All partners together");
    }

    private static Task<int> WatchAsync(InsightsWorld world) => world.Tenant.AsSystemAsync<WatchRegistrations, int>(async w => (await w.RunAsync(default, default)).Value);

    // Partners of the test are as old as the registrations that it makes up.
    private static Task SinceAsync(InsightsWorld world) => world.Tenant.AsSystemAsync<Db, int>(async db =>
    {
        var tenant = world.Tenant.Id.Value;
        await using var transaction = await db.Engine.BeginAsync(db, default);
        var rows = db.Engine.StoresTimeAsNumber
            ? await db.Database.ExecuteSqlAsync($"UPDATE partners_partner SET since = since - 63072000000000 WHERE tenant_id = {tenant.ToByteArray(true)}")
            : await db.Database.ExecuteSqlAsync($"UPDATE partners_partner SET since = since - interval '2 years' WHERE tenant_id = {tenant}");
        await transaction.CommitAsync(default);
        return rows;
    });

    private static Task RegisteredAsync(InsightsWorld world, PartnerId partner, int count, int from, int to) => InsertAsync(world, Enumerable.Range(0, count).Select(i => Row(world, partner, DealState.Approved, from - ((from - to) * i / count), null)));

    private static Task HistoryAsync(InsightsWorld world, PartnerId partner, int count) =>
        InsertAsync(world, Enumerable.Range(0, count).Select(i => Row(world, partner, i % 2 == 0 ? DealState.Won : DealState.Lost, 300, 20 + i)));

    private static Task InsertAsync(InsightsWorld world, IEnumerable<FlowRow> rows) => world.Tenant.AsSystemAsync<Db, Done>(async db =>
    {
        await db.Engine.InsertAsync(db, rows, default);
        return default;
    });

    private static FlowRow Open(InsightsWorld world, PartnerId partner, DateOnly? expected, long amount) => new()
    {
        TenantId = world.Tenant.Id, DealId = DealId.From(Guid.CreateVersion7()), PartnerId = partner, Motion = Motion.Resell, State = DealState.InReview, RegisteredAt = DateTime.UtcNow.AddDays(-5),
        RegisteredOn = DateOnly.FromDateTime(DateTime.UtcNow).AddDays(-5), ExpectedOn = expected, Amount = amount, Expected = amount,
    };

    private static FlowRow Row(InsightsWorld world, PartnerId partner, DealState state, int registered, int? closed)
    {
        var today = DateOnly.FromDateTime(DateTime.UtcNow);
        return new FlowRow
        {
            TenantId = world.Tenant.Id, DealId = DealId.From(Guid.CreateVersion7()), PartnerId = partner, Motion = Motion.Resell, State = state, RegisteredAt = DateTime.UtcNow.AddDays(-registered), RegisteredOn = today.AddDays(-registered),
            DecidedOn = today.AddDays(-registered), Approved = true, ConvertedOn = closed is { } c ? today.AddDays(-c) : null, ClosedOn = closed is { } day ? today.AddDays(-day) : null, Amount = 10_000_00, Expected = 10_000_00,
        };
    }
}
