using System.Net.Http.Json;
using System.Text.Json;

namespace Trellis.Accounts.Tests;

public sealed class MainMoneyTests
{
    [SkippableTheory, Databases]
    public async Task Revenue_and_amounts_of_another_currency_stand_in_the_main_one_beside(Database database)
    {
        var app = await TestApp.SharedAsync(database);
        var tenant = await app.TenantAsync();
        using var api = await tenant.Administrator.ApiAsync();
        var today = DateOnly.FromDateTime(DateTime.UtcNow);
        foreach (var (day, rate) in new[] { (today.AddDays(-300), "1.25"), (today.AddDays(-1), "2") }) (await api.PostAsJsonAsync("/api/v1/rates", new { from = "EUR", to = "USD", day, rate })).EnsureSuccessStatusCode();
        foreach (var (name, currency) in new[] { ("Euro", "EUR"), ("Krona", "SEK"), ("Dollar", "USD") })
        {
            var made = await (await api.PostAsJsonAsync("/api/v1/accounts", new { name })).Content.ReadFromJsonAsync<JsonElement>();
            (await api.PatchAsync($"/api/v1/accounts/{made.Text("id")}", JsonContent.Create(new { revenue = 1_000_00, currency }))).EnsureSuccessStatusCode();
        }

        var importing = new Importing(app, api);
        long? Main(JsonElement item, string name) => item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetInt64() : null;
        (await importing.GetAsync("/accounts")).GetProperty("items").EnumerateArray().Select(a => (a.Text("name"), Main(a, "mainRevenue"))).Order().ToArray()
            .ShouldBe(new (string, long?)[] { ("Dollar", 1_000_00), ("Euro", 2_000_00), ("Krona", null) }, "revenue at today's rate");
        var import = await importing.UploadAsync($"opportunity_id,account,deal_stage,engage_date,close_date,close_value\nO-1,Euro,Won,{today.AddDays(-200):yyyy-MM-dd},{today.AddDays(-100):yyyy-MM-dd},100\n", kind: "opportunities");
        await importing.MapAsync(import.Text("id"), new { currency = "EUR" });
        await importing.DryRunAsync(import.Text("id"));
        await importing.ApplyAsync(import.Text("id"));
        var opportunity = (await importing.GetAsync("/opportunities")).GetProperty("items")[0];
        (opportunity.Text("currency"), Main(opportunity, "mainAmount")).ShouldBe(("EUR", 125_00), "at the rate of the day on which it was closed");

        using var pages = await tenant.Administrator.PagesAsync();
        var list = await pages.GetAsync("/app/accounts");
        list.Document.QuerySelectorAll("tbody tr").Select(r => string.Join(' ', r.QuerySelectorAll("td.t-num").Last().TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)))
            .ShouldBe(["USD 1,000", "EUR 1,000USD 2,000", "SEK 1,000No rate"], "each in a line of its own");
        (await pages.GetAsync("/app/opportunities")).Text.ShouldContain("125");
    }
}
