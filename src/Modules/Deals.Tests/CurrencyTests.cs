using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Deals.Published;
using Trellis.Deals.Rules;

namespace Trellis.Deals.Tests;

public sealed class CurrencyTests
{
    private static DateOnly Today => DateOnly.FromDateTime(DateTime.UtcNow);

    private static async Task EnterAsync(DealWorld world, string from, string to, DateOnly day, decimal rate)
    {
        using var api = await world.Tenant.Administrator.ApiAsync();
        (await api.PostAsJsonAsync("/api/v1/rates", new { from, to, day, rate = rate.ToString(CultureInfo.InvariantCulture) })).EnsureSuccessStatusCode();
    }

    [SkippableTheory, Databases]
    public async Task A_deal_keeps_its_currency_and_the_rules_read_it_at_the_rate_of_the_day_for_good(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var partner = await world.PartnerAsync();
        await EnterAsync(world, "EUR", "USD", Today.AddDays(-3), 1.25m);
        var deal = await world.RegisterAsync(partner, world.Fields("Hafen Optik AG", amount: 40_000_00) with { Currency = "EUR" });
        (deal.Amount, deal.Currency, deal.MainAmount, deal.NoRate).ShouldBe((40_000_00, "EUR", 50_000_00, false));

        await EnterAsync(world, "EUR", "USD", Today, 2m);
        await world.Tenant.App.DrainAsync();
        await world.Manager.DoAsync<Work, bool>(async work =>
        {
            var decision = await work.Db.Set<Decision>().AsNoTracking().SingleAsync();
            decision.Currency.ShouldBe("USD");
            FactSet.FromJson(decision.Facts)[Vocabulary.Amount].Number.ShouldBe(50_000m, "the fact stays what it was");
            var read = Evidence.FromJson(decision.Evidence).Converted!;
            (read.Amount, read.Currency, read.Rate, read.Day).ShouldBe((40_000_00, "EUR", 1.25m, Today.AddDays(-3)));
            var rules = await work.Db.Set<RuleSet>().AsNoTracking().SingleAsync(r => r.Id == decision.RuleSetId);
            decision.Replay(rules).ShouldBe(decision.Ruling);
            FactSet.FromJson(decision.Facts).ToJson().ShouldBe(decision.Facts);
            return true;
        });
        (await DealWorld.SeeAsync(world.Manager, deal.Id)).MainAmount.ShouldBe(80_000_00, "reports follow the corrected rate of the day");
    }

    [SkippableTheory, Databases]
    public async Task Without_a_rate_a_registration_is_refused_with_a_clear_message_and_a_rate_taken_away_counts_nowhere(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var partner = await world.PartnerAsync();
        var refused = await DealWorld.TryRegisterAsync(partner, world.Fields("Nord Kabel GmbH") with { Currency = "SEK" });
        refused.Problem!.Code.ShouldBe("deals.no_rate");
        refused.Problem.Errors["currency"][0].ShouldContain("SEK");
        (await DealWorld.TryRegisterAsync(partner, world.Fields("Nord Kabel GmbH") with { Currency = "ABC" })).Problem!.Errors.Keys.ShouldBe(["currency"]);

        await EnterAsync(world, "USD", "SEK", Today, 10m);
        var deal = await world.RegisterAsync(partner, world.Fields("Nord Kabel GmbH", amount: 1_000_00) with { Currency = "SEK" });
        deal.MainAmount.ShouldBe(100_00);
        using (var api = await world.Tenant.Administrator.ApiAsync()) (await api.DeleteAsync($"/api/v1/rates/USD/SEK/{Today:yyyy-MM-dd}")).EnsureSuccessStatusCode();
        await world.Tenant.App.DrainAsync();
        var seen = await DealWorld.SeeAsync(world.Manager, deal.Id);
        (seen.Amount, seen.NoRate, seen.MainAmount).ShouldBe((1_000_00, true, null));
        var line = (await world.Manager.DoAsync<Work, Page<DealLine>>(w => DealList.FindAsync(w, new DealFilter(), new Paging(), default))).Items.Single();
        (line.NoRate, line.MainAmount).ShouldBe((true, 0));
    }

    [SkippableTheory, Databases]
    public async Task The_list_is_ordered_by_what_amounts_are_worth_and_the_main_currency_then_stays(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var partner = await world.PartnerAsync();
        await EnterAsync(world, "GBP", "USD", Today, 1.5m);
        await EnterAsync(world, "USD", "JPY", Today, 150m);
        await world.RegisterAsync(partner, world.Fields("Alpha Pumpen AG", amount: 12_000_00));
        await world.RegisterAsync(partner, world.Fields("Bravo Ltd", amount: 10_000_00) with { Currency = "GBP" });
        await world.RegisterAsync(partner, world.Fields("Charlie KK", amount: 1_350_000) with { Currency = "JPY" });
        var page = await world.Manager.DoAsync<Work, Page<DealLine>>(w => DealList.FindAsync(w, new DealFilter { Sort = "-amount" }, new Paging(), default));
        page.Items.Select(l => (l.CustomerName, l.MainAmount)).ShouldBe([("Bravo Ltd", 15_000_00), ("Alpha Pumpen AG", 12_000_00), ("Charlie KK", 9_000_00)]);

        using var administrator = await world.Tenant.Administrator.ApiAsync();
        var changed = await administrator.PutAsJsonAsync("/api/v1/settings/company", new { name = "Vendor", currency = "EUR", timeZone = "UTC", weekStart = "monday", workDays = new[] { "monday" } });
        (await changed.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors").GetProperty("currency")[0].GetString()!.ShouldContain("stays");
    }

    [SkippableTheory, Databases]
    public async Task The_deals_of_a_group_add_up_in_the_main_currency_and_what_has_no_rate_is_counted(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var partner = await world.PartnerAsync();
        await EnterAsync(world, "EUR", "USD", Today, 2m);
        await EnterAsync(world, "SEK", "USD", Today, 0.1m);
        var accounts = new List<AccountId>();
        foreach (var (name, amount, currency) in new[] { ("Nord", 1_000_00, "EUR"), ("West", 500_00, "USD"), ("Ost", 7_000_00, "SEK") })
        {
            accounts.Add(await world.AccountAsync($"Werft {name} AG", $"werft-{name}.example"));
            await world.RegisterAsync(partner, world.Fields($"Werft {name} AG", amount: amount, domain: $"werft-{name}.example") with { Currency = currency });
        }

        using (var api = await world.Tenant.Administrator.ApiAsync()) (await api.DeleteAsync($"/api/v1/rates/SEK/USD/{Today:yyyy-MM-dd}")).EnsureSuccessStatusCode();
        await world.Tenant.App.DrainAsync();

        var figures = await world.Manager.DoAsync<Work, IReadOnlyList<GroupFigure>>(w => new GroupDeals(w).OfAsync(accounts, default));
        figures.Select(f => (f.Count, f.Amount, f.WithoutRate)).ShouldBe([(3, 2_500_00L, 1), (0, 0L, 0)]);
    }

    [SkippableTheory, Databases]
    public async Task Custom_fields_of_a_deal_are_the_holders_and_staff_fields_stay_with_the_vendor(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (holder, other) = (await world.PartnerAsync(), await world.PartnerAsync());
        var deal = await world.RegisterAsync(holder, world.Fields("Delta Werke AG"));
        using var administrator = await world.Tenant.Administrator.ApiAsync();
        foreach (var (key, sight) in new[] { ("secret", "staff"), ("rank", "partner_reads"), ("rival", "partner_writes") })
            (await administrator.PostAsJsonAsync("/api/v1/fields", new { record = "deals", label = key, key, kind = "text", sight })).EnsureSuccessStatusCode();

        using var staff = await world.Manager.ApiAsync();
        using var own = await holder.ApiAsync();
        using var foreign = await other.ApiAsync();
        var path = $"/api/v1/custom-fields/deals/{deal.Id}";
        (await PatchAsync(staff, path, new { secret = "low", rank = "A", rival = "x" })).ShouldBe(200);
        (await PatchAsync(own, path, new { rival = "Westwind" })).ShouldBe(200);
        (await PatchAsync(own, path, new { rank = "B" })).ShouldBe(422);
        (await PatchAsync(own, path, new { secret = "B" })).ShouldBe(422);
        (await PatchAsync(foreign, path, new { rival = "B" })).ShouldBe(404);
        (await foreign.GetAsync(path)).StatusCode.ShouldBe(System.Net.HttpStatusCode.NotFound);
        var seen = await own.GetStringAsync(path);
        seen.ShouldContain("Westwind");
        seen.ShouldNotContain("secret");
        using var stranger = await (await (await TestApp.SharedAsync(database)).TenantAsync()).Administrator.ApiAsync();
        (await stranger.GetAsync(path)).StatusCode.ShouldBe(System.Net.HttpStatusCode.NotFound);
    }

    private static async Task<int> PatchAsync(HttpClient client, string path, object values) => (int)(await client.PatchAsync(path, JsonContent.Create(new { values }))).StatusCode;
}
