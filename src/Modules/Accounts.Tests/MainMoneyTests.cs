using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Trellis.Accounts.Published;

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
            var made = await (await api.PostAsJsonAsync("/api/v1/accounts", new { name, evenIfSimilar = true })).Content.ReadFromJsonAsync<JsonElement>();
            (await api.PatchAsync($"/api/v1/accounts/{made.Text("id")}", JsonContent.Create(new { revenue = 1_000_00, currency }))).EnsureSuccessStatusCode();
        }

        var importing = new Importing(app, api);
        (await importing.GetAsync("/accounts")).GetProperty("items").EnumerateArray().Select(a => (a.Text("name"), Worth(a, "mainRevenue"))).Order().ToArray()
            .ShouldBe(new (string, long?)[] { ("Dollar", 1_000_00), ("Euro", 2_000_00), ("Krona", null) }, "revenue at today's rate");
        var import = await importing.UploadAsync($"opportunity_id,account,deal_stage,engage_date,close_date,close_value\nO-1,Euro,Won,{today.AddDays(-200):yyyy-MM-dd},{today.AddDays(-100):yyyy-MM-dd},100\n", kind: "opportunities");
        await importing.MapAsync(import.Text("id"), new { currency = "EUR" });
        await importing.DryRunAsync(import.Text("id"));
        await importing.ApplyAsync(import.Text("id"));
        var opportunity = (await importing.GetAsync("/opportunities")).GetProperty("items")[0];
        (opportunity.Text("currency"), Worth(opportunity, "mainAmount")).ShouldBe(("EUR", 125_00), "at the rate of the day on which it was closed");

        using var pages = await tenant.Administrator.PagesAsync();
        var list = await pages.GetAsync("/app/accounts");
        list.Document.QuerySelectorAll("tbody tr").Select(r => string.Join(' ', r.QuerySelectorAll("td.t-num").Last().TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)))
            .ShouldBe(["USD 1,000", "EUR 1,000USD 2,000", "SEK 1,000No rate"], "each in a line of its own");
        (await pages.GetAsync("/app/opportunities")).Text.ShouldContain("125");
    }

    [SkippableTheory, Databases]
    public async Task The_page_of_an_account_says_what_its_revenue_and_its_opportunities_are_worth(Database database)
    {
        var (tenant, api, importing) = await BeginAsync(database);
        using var _ = api;
        var id = await AccountAsync(api, "Euro", 1_000_00, "EUR");
        await OpportunitiesAsync(importing, $"O-1,Euro,Won,{Ago(200)},{Ago(100)},100\nO-2,Euro,Won,{Ago(500)},{Ago(400)},200\nO-3,Euro,Engaging,{Ago(20)},,48\n", "EUR");

        (await importing.GetAsync($"/accounts/{id}")).Text("mainRevenue").ShouldBe("200000");
        (await api.PatchAsync($"/api/v1/accounts/{id}", JsonContent.Create(new { city = "Bonn" }))).EnsureSuccessStatusCode();
        using var pages = await tenant.Administrator.PagesAsync();
        var page = await pages.GetAsync($"/app/accounts/{id}");
        Plain(page.Document.QuerySelectorAll("dt").Single(t => t.TextContent == "Yearly revenue").NextElementSibling!).ShouldBe("EUR 1,000USD 2,000");
        string Figure(string label) => Plain(page.Document.QuerySelectorAll(".t-stat").Single(s => s.QuerySelector(".t-stat-label span")!.TextContent == label).QuerySelector(".t-stat-value")!);
        Figure("Won").ShouldBe("EUR 300USD 125 + No rate", "one was closed before the first rate");
        Figure("Open").ShouldBe("EUR 48USD 60", "an open one at the rate of the day of its opening");
        Figure("Lost").ShouldBe("0");

        var krona = await AccountAsync(api, "Krona", 1_000_00, "SEK");
        await OpportunitiesAsync(importing, $"O-4,Krona,Won,{Ago(20)},{Ago(10)},100\n", "SEK");
        page = await pages.GetAsync($"/app/accounts/{krona}");
        Figure("Won").ShouldBe("SEK 100No rate");
        var dollar = await AccountAsync(api, "Dollar", 1_000_00, "USD");
        await OpportunitiesAsync(importing, $"O-5,Dollar,Won,{Ago(20)},{Ago(10)},100\n", "USD");
        page = await pages.GetAsync($"/app/accounts/{dollar}");
        Figure("Won").ShouldBe("USD 100", "nothing is to be said beside an amount of the main currency");
    }

    [SkippableTheory, Databases]
    public async Task A_sum_of_opportunities_is_the_sum_of_what_the_list_says_of_each(Database database)
    {
        var (tenant, api, importing) = await BeginAsync(database);
        using var _ = api;
        var id = await AccountAsync(api, "Euro", null, "EUR");
        await OpportunitiesAsync(importing, string.Concat(Enumerable.Range(0, 3).Select(i => $"O-{i},Euro,Won,{Ago(200)},{Ago(100)},0.01\n")) + $"O-3,Euro,Won,{Ago(20)},{Ago(1)},0.01\nO-4,Euro,Won,{Ago(20)},{Ago(1)},\n", "EUR");
        var listed = (await importing.GetAsync("/opportunities")).GetProperty("items").EnumerateArray().Sum(o => Worth(o, "mainAmount") ?? 0);
        var total = (await tenant.Administrator.DoAsync<Work, List<StageTotal>>(w => AccountPage.TotalsAsync(w, Ids.Parse<AccountId>(id)!.Value, default))).ShouldHaveSingleItem();
        (total.Count, total.Amount, total.MainAmount, total.NoRate).ShouldBe((5, 4, 5, false), "a cent is worth 1.25, which is one; three of them turned at once would be four");
        listed.ShouldBe(total.MainAmount);
    }

    [SkippableTheory, Databases]
    public async Task Files_of_accounts_and_opportunities_say_the_worth_and_come_back_unchanged(Database database)
    {
        var (tenant, api, importing) = await BeginAsync(database);
        using var _ = api;
        await AccountAsync(api, "Euro", 1_000_00, "EUR");
        await AccountAsync(api, "Krona", 3_000_00, "SEK");
        await AccountAsync(api, "Dollar", 500_00, "USD");
        await AccountAsync(api, "Unknown", null, "USD");
        await OpportunitiesAsync(importing, $"O-1,Euro,Won,{Ago(200)},{Ago(100)},100.50\nO-2,Euro,Won,{Ago(500)},{Ago(400)},200\nO-3,Euro,Engaging,{Ago(20)},,50\nO-4,Euro,Engaging,{Ago(20)},,\n", "EUR");
        using var pages = await tenant.Administrator.PagesAsync();
        async Task<string[][]> FileAsync(string path) => [.. (await pages.Http.GetStringAsync(path)).Trim().Split("\r\n").Select(l => l.Split(','))];

        var accounts = await FileAsync("/app/accounts.csv");
        accounts[0][^1].ShouldBe("Revenue in USD");
        accounts.Skip(1).Select(r => (r[2], r[^1])).ShouldBe([("Dollar", "500"), ("Euro", "2000"), ("Krona", ""), ("Unknown", "")]);
        var opportunities = await FileAsync("/app/opportunities.csv?sort=id");
        opportunities[0][^1].ShouldBe("Amount in USD");
        opportunities.Skip(1).Select(r => (r[0], r[^1])).ShouldBe([("O-1", "125.63"), ("O-2", ""), ("O-3", "62.5"), ("O-4", "")]);
        await BackAsync([]);

        // The vendor has a field of the very name.
        foreach (var (record, label) in new[] { ("accounts", "Revenue in USD"), ("opportunities", "Amount in USD") })
            (await api.PostAsJsonAsync("/api/v1/fields", new { record, label, kind = "text", sight = "staff" })).EnsureSuccessStatusCode();
        await importing.ImportAsync("account,Revenue in USD\nEuro,about two thousand\n", kind: "accounts");
        await importing.ImportAsync("opportunity_id,deal_stage,Amount in USD\nO-1,Won,a hundred or so\n", kind: "opportunities");
        (await FileAsync("/app/accounts.csv?q=euro"))[1][^2..].ShouldBe(["about two thousand", "2000"]);
        (await FileAsync("/app/opportunities.csv?q=o-1"))[1][^2..].ShouldBe(["a hundred or so", "125.63"]);
        await BackAsync(["field.amount_in_usd", "field.revenue_in_usd"]);

        async Task BackAsync(string[] own)
        {
            var mapped = new List<string>();
            foreach (var kind in new[] { "accounts", "opportunities" })
                foreach (var form in new[] { "", "?as=xlsx" })
                {
                    var back = await importing.ImportAsync(await pages.Http.GetByteArrayAsync($"/app/{kind}.csv{form}"), "back.csv", kind);
                    back.Counts().ShouldBe((0, 0, 4, 0, 0), $"{kind}{form}");
                    mapped.AddRange(back.GetProperty("mapping").EnumerateObject().Where(m => m.Value.ToString().Contains(" in USD", StringComparison.Ordinal)).Select(m => m.Name));
                }

            mapped.Distinct().Order().ToArray().ShouldBe(own, "the worth fills nothing");
        }
    }

    internal static async Task<(TestTenant Tenant, HttpClient Api, Importing Importing)> BeginAsync(Database database)
    {
        var app = await TestApp.SharedAsync(database);
        var tenant = await app.TenantAsync();
        var api = await tenant.Administrator.ApiAsync();
        foreach (var (days, rate) in new[] { (300, "1.25"), (2, "2") }) (await api.PostAsJsonAsync("/api/v1/rates", new { from = "EUR", to = "USD", day = Ago(days), rate })).EnsureSuccessStatusCode();
        return (tenant, api, new Importing(app, api));
    }

    internal static async Task<string> AccountAsync(HttpClient api, string name, long? revenue, string currency)
    {
        var made = await (await api.PostAsJsonAsync("/api/v1/accounts", new { name, evenIfSimilar = true })).Content.ReadFromJsonAsync<JsonElement>();
        if (revenue is not null) (await api.PatchAsync($"/api/v1/accounts/{made.Text("id")}", JsonContent.Create(new { revenue, currency }))).EnsureSuccessStatusCode();
        return made.Text("id");
    }

    internal static async Task OpportunitiesAsync(Importing importing, string rows, string currency)
    {
        var import = await importing.UploadAsync("opportunity_id,account,deal_stage,engage_date,close_date,close_value\n" + rows, kind: "opportunities");
        await importing.MapAsync(import.Text("id"), new { currency });
        await importing.DryRunAsync(import.Text("id"));
        (await importing.ApplyAsync(import.Text("id"))).Counts().Refused.ShouldBe(0);
    }

    internal static string Ago(int days) => DateOnly.FromDateTime(DateTime.UtcNow).AddDays(-days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    internal static long? Worth(JsonElement item, string name) => item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetInt64() : null;

    internal static string Plain(AngleSharp.Dom.IElement element) => string.Join(' ', element.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
