using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Microsoft.Extensions.DependencyInjection;
using static Trellis.Accounts.Tests.MainMoneyTests;

namespace Trellis.Accounts.Tests;

/// <summary>What opportunities are worth in the main currency, as it is written down with them.</summary>
public sealed class WorthTests
{
    [SkippableTheory, Databases]
    public async Task Opportunities_stand_in_the_order_of_what_they_are_worth_on_their_days(Database database)
    {
        var (tenant, api, importing) = await BeginAsync(database);
        using var _ = api;
        await EnterAsync(api, "EUR", "JPY", 300, "160");
        await OpportunitiesAsync(importing, $"Closed,,Won,{Ago(200)},{Ago(100)},100\nNew,,Engaging,{Ago(1)},,60\nOld,,Engaging,{Ago(20)},,60\nEarly,,Won,{Ago(20)},{Ago(400)},900\n", "EUR");
        await OpportunitiesAsync(importing, $"Dollar,,Won,{Ago(20)},{Ago(10)},130\n", "USD");
        await OpportunitiesAsync(importing, $"Yen,,Lost,{Ago(20)},{Ago(1)},12000\n", "JPY");
        await OpportunitiesAsync(importing, $"Krona,,Won,{Ago(20)},{Ago(10)},9000\n", "SEK");

        foreach (var sort in new[] { "amount", "-amount" })
        {
            var found = new List<(string, long?)>();
            var page = await importing.GetAsync($"/opportunities?size=2&sort={sort}");
            for (Take(page); page.Text("next").Length > 0; Take(page)) page = await importing.GetAsync($"/opportunities?size=2&sort={sort}&cursor={page.Text("next")}");
            List<(string, long?)> rising = [("Early", null), ("Krona", null), ("Old", 75_00), ("New", 120_00), ("Closed", 125_00), ("Dollar", 130_00), ("Yen", 150_00)];
            if (sort[0] == '-') rising.Reverse();
            found.ShouldBe(rising, sort);
            using var pages = await tenant.Administrator.PagesAsync();
            (await pages.Http.GetStringAsync($"/app/opportunities.csv?sort={sort}")).Trim().Split("\r\n").Skip(1).Select(l => l.Split(',')[0]).ShouldBe(found.Select(f => f.Item1), "the file stands as the list does");

            void Take(JsonElement at) => found.AddRange(at.GetProperty("items").EnumerateArray().Select(o => (o.Text("externalId"), Worth(o, "mainAmount"))));
        }
    }

    [SkippableTheory, Databases]
    public async Task A_group_adds_up_in_the_main_currency_and_says_what_has_no_rate(Database database)
    {
        var (tenant, api, importing) = await BeginAsync(database);
        using var _ = api;
        await importing.ImportAsync("account,subsidiary_of\nTop,\nMiddle,Top\nBottom,Middle\n", kind: "accounts");
        var top = (await importing.GetAsync("/accounts?q=top")).GetProperty("items")[0].Text("id");
        (await api.PatchAsync($"/api/v1/accounts/{top}", JsonContent.Create(new { revenue = 1_000_00, currency = "EUR" }))).EnsureSuccessStatusCode();
        await OpportunitiesAsync(importing, $"E-1,Top,Won,{Ago(200)},{Ago(100)},100\nE-2,Bottom,Engaging,{Ago(1)},,40\nE-3,Middle,Lost,{Ago(200)},{Ago(100)},900\n", "EUR");
        await OpportunitiesAsync(importing, $"D-1,Middle,Won,{Ago(200)},{Ago(100)},20\nD-2,Middle,Engaging,{Ago(20)},,\n", "USD");
        await OpportunitiesAsync(importing, $"K-1,Middle,Won,{Ago(200)},{Ago(100)},300\nK-2,Bottom,Engaging,{Ago(20)},,7000\nK-3,Bottom,Engaging,{Ago(20)},,8000\nK-4,Top,Engaging,{Ago(20)},,9000\n", "SEK");

        var group = await importing.GetAsync($"/accounts/{top}/group");
        group.Text("currency").ShouldBe("USD", "not that of the account");
        (group.Text("won"), group.Text("wonAmount"), group.Text("wonWithoutRate")).ShouldBe(("3", "14500", "1"));
        (group.Text("open"), group.Text("openAmount"), group.Text("openWithoutRate")).ShouldBe(("5", "8000", "3"));
        group.GetProperty("members").EnumerateArray().Select(m => $"{m.Text("name")} {m.Text("openAmount")} {m.Text("openWithoutRate")} {m.Text("wonAmount")} {m.Text("wonWithoutRate")}")
            .ShouldBe(["Top 0 1 12500 0", "Middle 0 0 2000 1", "Bottom 8000 2 0 0"]);

        using var pages = await tenant.Administrator.PagesAsync();
        var card = (await pages.GetAsync($"/app/accounts/{top}")).Document.QuerySelectorAll(".t-card").Single(c => c.QuerySelector("h2")?.TextContent == "The group");
        Plain(card).ShouldContain("Amounts in the main currency, USD, each at the rate of its day.");
        card.QuerySelectorAll(".t-stat").Take(2).Select(s => Plain(s.QuerySelector(".t-stat-value")!)).ShouldBe(["80", "145"]);
        Plain(card).ShouldContain("5 opportunities · 3 without a rate");
        Plain(card).ShouldContain("3 opportunities · 1 without a rate");
        card.QuerySelectorAll("tbody tr").Select(r => string.Join(" | ", r.QuerySelectorAll("td").Select(Plain)))
            .ShouldBe(["1 without a rate | 125", "0 | 20 · 1 without a rate", "80 · 2 without a rate | –"]);
    }

    [SkippableTheory, Databases]
    public async Task What_gaps_in_the_data_cost_is_counted_in_the_main_currency(Database database)
    {
        var (_, api, importing) = await BeginAsync(database);
        using var closed = api;
        await importing.ImportAsync("account,sector\nWide,retail\n", kind: "accounts");
        await OpportunitiesAsync(importing, $"E-1,,Won,{Ago(200)},{Ago(100)},100\nE-2,,Won,{Ago(200)},{Ago(100)},100\nE-3,Wide,Won,{Ago(200)},{Ago(100)},40\nE-4,,Engaging,{Ago(20)},,900\n", "EUR");
        await OpportunitiesAsync(importing, $"D-1,,Won,{Ago(200)},{Ago(100)},30\nD-2,Wide,Won,{Ago(200)},{Ago(100)},5\n", "USD");
        await OpportunitiesAsync(importing, $"K-1,,Won,{Ago(200)},{Ago(100)},700\n", "SEK");
        await (await TestApp.SharedAsync(database)).DrainAsync();

        var gaps = (await importing.GetAsync("/data-quality")).EnumerateArray().ToDictionary(g => g.Text("code"), g => $"{g.Text("count")} {g.Text("revenueLeftOut")} {g.Text("currency")}");
        gaps["opportunity_without_account"].ShouldBe("5 28000 USD");
        gaps["account_without_country"].ShouldBe("1 0 USD");
        gaps.ShouldNotContainKey("account_without_sector");
    }

    [SkippableTheory, Databases]
    public async Task An_import_writes_down_what_its_rows_are_worth(Database database)
    {
        var (tenant, api, importing) = await BeginAsync(database);
        using var _ = api;
        await OpportunitiesAsync(importing, $"O-1,,Won,{Ago(200)},{Ago(100)},100\nO-2,,Engaging,{Ago(20)},,100\nO-3,,Won,{Ago(500)},{Ago(400)},100\nO-4,,Engaging,{Ago(20)},,\nO-5,,Lost,{Ago(500)},{Ago(400)},0\n", "EUR");
        await OpportunitiesAsync(importing, $"O-6,,Won,{Ago(500)},{Ago(400)},100\n", "USD");
        (await StoredAsync(tenant)).ShouldBe([("O-1", 125_00, false, 1), ("O-2", 125_00, false, 1), ("O-3", 0, true, 1), ("O-4", 0, false, 1), ("O-5", 0, false, 1), ("O-6", 100_00, false, 1)]);

        // What a later file changes is valued with it: the amount, the day on which it closes.
        await OpportunitiesAsync(importing, $"O-1,,Won,,,200\nO-2,,Won,,{Ago(1)},\nO-3,,Won,,{Ago(250)},\n", "EUR");
        (await StoredAsync(tenant)).Take(3).ShouldBe([("O-1", 250_00, false, 2), ("O-2", 200_00, false, 2), ("O-3", 125_00, false, 2)]);
    }

    [SkippableTheory, Databases]
    public async Task Rates_that_change_value_opportunities_anew_and_leave_imports_as_they_are(Database database)
    {
        var (tenant, api, importing) = await BeginAsync(database);
        using var _ = api;
        await OpportunitiesAsync(importing, $"A,,Won,{Ago(200)},{Ago(100)},100\nB,,Won,{Ago(200)},{Ago(1)},100\n", "EUR");
        await OpportunitiesAsync(importing, $"C,,Won,{Ago(200)},{Ago(1)},100\n", "SEK");
        await OpportunitiesAsync(importing, $"D,,Won,{Ago(200)},{Ago(1)},100\n", "USD");
        // Enough that they are valued in several parts.
        const int Many = 2_100;
        var import = await importing.UploadAsync("opportunity_id,deal_stage,close_date,close_value\n" + string.Concat(Enumerable.Range(0, Many).Select(i => $"M-{i:0000},Won,{Ago(1)},{i + 1}\n")), kind: "opportunities");
        await importing.MapAsync(import.Text("id"), new { currency = "EUR" });
        await importing.DryRunAsync(import.Text("id"));
        await importing.ApplyAsync(import.Text("id"));
        var audited = await AuditedAsync(tenant);

        await EnterAsync(api, "EUR", "USD", 1, "3");
        await EnterAsync(api, "USD", "SEK", 5, "10");
        await importing.DrainAsync();

        var stored = await StoredAsync(tenant);
        stored.Take(4).ShouldBe([("A", 125_00, false, 1), ("B", 300_00, false, 1), ("C", 10_00, false, 1), ("D", 100_00, false, 1)]);
        stored.Skip(4).Select((o, i) => o == ($"M-{i:0000}", (i + 1) * 300L, false, 1L)).Count(right => right).ShouldBe(Many);
        (await AuditedAsync(tenant)).ShouldBe(audited, "the rates themselves are in the audit");

        (await api.DeleteAsync($"/api/v1/rates/USD/SEK/{Ago(5)}")).EnsureSuccessStatusCode();
        await importing.DrainAsync();
        (await StoredAsync(tenant))[2].ShouldBe(("C", 0, true, 1));
        (await importing.TakeBackAsync(import.Text("id"))).GetProperty("undo").GetProperty("removed").GetInt32().ShouldBe(Many, "nobody has changed them since");
    }

    [SkippableTheory, Databases]
    public async Task An_opportunity_from_before_the_worth_was_kept_gets_it(Database database)
    {
        await using var app = await TestApp.StartAsync(database);
        var tenant = await app.TenantAsync();
        using var api = await tenant.Administrator.ApiAsync();
        var importing = new Importing(app, api);
        await EnterAsync(api, "EUR", "USD", 300, "1.25");
        await OpportunitiesAsync(importing, $"O-1,,Won,{Ago(200)},{Ago(100)},100\nO-2,,Engaging,{Ago(20)},,\nO-3,,Won,{Ago(500)},{Ago(400)},100\n", "EUR");
        await OpportunitiesAsync(importing, $"O-4,,Won,{Ago(200)},{Ago(100)},70\nO-5,,Lost,{Ago(200)},{Ago(100)},0\n", "USD");
        await importing.DrainAsync();
        var before = await StoredAsync(tenant);

        await using (var scope = app.Services.CreateAsyncScope())
        {
            var tables = scope.ServiceProvider.GetRequiredService<Db>().Database;
            var (known, migrations) = (tables.GetService<IMigrationsAssembly>(), tables.GetService<IMigrator>());
            var older = known.Migrations.TakeWhile(m => !known.CreateMigration(m.Value, tables.ProviderName!).UpOperations.OfType<AddColumnOperation>().Any(c => c is { Table: "accounts_opportunity", Name: "main_amount" }));
            await migrations.MigrateAsync(older.Last().Key);
            await migrations.MigrateAsync();
        }

        (await StoredAsync(tenant)).Select(o => (o.Id, o.Worth, o.NoRate)).ShouldBe([("O-1", 0, true), ("O-2", 0, false), ("O-3", 0, true), ("O-4", 70_00, false), ("O-5", 0, false)], "what needs a rate counts nowhere until it is valued");
        await importing.DrainAsync();
        (await StoredAsync(tenant)).ShouldBe(before);
        before[0].ShouldBe(("O-1", 125_00, false, 1));
    }

    private static Task<List<(string Id, long Worth, bool NoRate, long Version)>> StoredAsync(TestTenant tenant) => tenant.Administrator.DoAsync<Db, List<(string, long, bool, long)>>(async db =>
        [.. (await db.Set<Opportunity>().AsNoTracking().OrderBy(o => o.ExternalId).ToListAsync()).Select(o => (o.ExternalId, o.MainAmount, o.NoRate, o.Version))]);

    private static Task<int> AuditedAsync(TestTenant tenant) => tenant.Administrator.DoAsync<Db, int>(db => db.Set<AuditEntry>().CountAsync(e => e.SubjectKind == "accounts_opportunity"));

    private static async Task EnterAsync(HttpClient api, string from, string to, int days, string rate) => (await api.PostAsJsonAsync("/api/v1/rates", new { from, to, day = Ago(days), rate })).EnsureSuccessStatusCode();
}
