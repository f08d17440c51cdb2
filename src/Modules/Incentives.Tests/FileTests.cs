using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Trellis.Identity.Published;
using Trellis.Incentives.Published;

namespace Trellis.Incentives.Tests;

/// <summary>Payouts, ledger and plans as files.</summary>
public sealed class FileTests
{
    private static async Task<string[]> LinesAsync(PageClient pages, string file)
    {
        using var answer = await pages.Http.GetAsync(file);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, file);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/csv", file);
        return (await answer.Content.ReadAsStringAsync()).TrimStart('\uFEFF').Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
    }

    [SkippableTheory, Databases]
    public async Task Payouts_transfers_ledger_and_plans_are_files_with_the_filter_of_their_page(Database database)
    {
        var app = await TestApp.SharedAsync(database);
        using var world = await IncentiveWorld.FoundAsync(app);
        var (holder, helper) = (await world.PartnerAsync(), await world.PartnerAsync());
        await world.WonAsync(holder, 100_000_00, helper);
        await world.ReleaseAsync(31);
        using var api = await world.Finance.ApiAsync();
        var payable = (await api.GetFromJsonAsync<JsonElement>("/api/v1/payouts/payable")).EnumerateArray().ShouldHaveSingleItem();
        (payable.GetProperty("currency").GetString(), payable.GetProperty("lines").GetInt32(), payable.GetProperty("amount").GetInt64()).ShouldBe(("USD", 2, 8_500_00));
        var payout = (await world.PayoutAsync()).Value;
        (await world.SettleAsync(payout)).Problem.ShouldBeNull();
        using var pages = await world.Finance.PagesAsync();

        var payouts = await LinesAsync(pages, "/app/incentives/payouts.csv");
        payouts.Length.ShouldBe(2);
        payouts[1].ShouldContain("REF-1,2,2,8500,USD,");
        payouts[1].ShouldEndWith(payout.ToString());
        var transfers = await LinesAsync(pages, $"/app/incentives/payouts/{payout}/transfers.csv");
        transfers.Length.ShouldBe(3);
        transfers.ShouldContain(l => l.StartsWith($"{holder.Actor.PartnerName},1,7000,USD,", StringComparison.Ordinal));
        var ledger = (await LinesAsync(pages, "/app/incentives/ledger.csv")).Skip(1).Select(l => l.Split(',')).ToList();
        Sum(ledger, 6).ShouldBe(Sum(ledger, 7), "debits and credits are equal");
        Sum(ledger, 6).ShouldBeGreaterThan(0);
        var ofHelper = await LinesAsync(pages, $"/app/incentives/ledger.csv?partner={helper.Actor.Partner}&kind={Words.Of(TransactionKind.Payout)}");
        ofHelper.Length.ShouldBeInRange(2, ledger.Count);
        ofHelper.Skip(1).ShouldAllBe(l => l.Contains($",{Words.Label(TransactionKind.Payout)},"));
        var plans = await LinesAsync(pages, "/app/incentives/plans.csv");
        plans.ShouldContain(l => l.StartsWith("1,Plan,Published,yes,", StringComparison.Ordinal) && l.Contains(",10,30,"));
        foreach (var (page, file) in new[] { ("/app/incentives/payouts", "/app/incentives/payouts.csv"), ("/app/incentives/ledger?kind=payout", "/app/incentives/ledger.csv?kind=payout"), ("/app/incentives/plans", "/app/incentives/plans.csv"), ($"/app/incentives/payouts/{payout}", $"/app/incentives/payouts/{payout}/transfers.csv") })
            (await pages.GetAsync(page)).Document.QuerySelector($"a[href='{file}']").ShouldNotBeNull(page);
        using var book = await pages.Http.GetAsync("/app/incentives/ledger.csv?as=xlsx");
        book.Content.Headers.ContentType!.MediaType.ShouldBe(Xlsx.ContentType);

        using var portal = await holder.PagesAsync();
        using var low = await (await world.Tenant.StaffAsync(Roles.PartnerManager)).PagesAsync();
        using var other = await (await app.TenantAsync()).Administrator.PagesAsync();
        foreach (var file in new[] { "/app/incentives/payouts.csv", "/app/incentives/ledger.csv", $"/app/incentives/payouts/{payout}/transfers.csv" })
        {
            foreach (var barred in new[] { portal, low }) ((int)(await barred.Http.GetAsync(file)).StatusCode).ShouldBeOneOf(403, 404);
        }

        (await LinesAsync(other, "/app/incentives/payouts.csv")).Length.ShouldBe(1);
        (await LinesAsync(other, "/app/incentives/ledger.csv")).Length.ShouldBe(1);
        (await other.Http.GetAsync($"/app/incentives/payouts/{payout}/transfers.csv")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        using var seller = await holder.ApiAsync();
        (await seller.GetAsync("/api/v1/payouts/payable")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);

        static decimal Sum(List<string[]> rows, int column) => rows.Sum(r => r[column].Length == 0 ? 0 : decimal.Parse(r[column], System.Globalization.CultureInfo.InvariantCulture));
    }
}
