using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Identity.Published;
using Trellis.Incentives.Published;

namespace Trellis.Incentives.Tests;

/// <summary>Whose role at a partner leaves out amounts of deals reads none anywhere: no receipt, no earning, no figure, no file, no mail.</summary>
public sealed class AmountSightTests
{
    // Registered with 25,000, won with 73,219.41, of which a tenth is earned: as pages, files and the API write them.
    private static readonly string[] Written = ["73,219", "73219", "7321941", "73.2", "7,321", "732194", "7321.94", "25,000", "25000.00", "2500000", "25000,"];

    [SkippableTheory, Databases]
    public async Task A_role_that_is_kept_from_amounts_reads_none_in_the_portal_over_the_api_in_files_and_in_mails(Database database)
    {
        using var world = await IncentiveWorld.FoundAsync(await TestApp.SharedAsync(database));
        var boss = await world.PartnerAsync();
        var clerk = await world.Tenant.PartnerPersonAsync(boss.Actor.Partner!.Value, boss.Actor.PartnerName!, Roles.PartnerSales);
        var deal = await world.WonAsync(boss, 73_219_41);
        var line = (await world.EarningsAsync(boss)).Single();
        await world.ReleaseAsync(IncentiveWorld.HoldDays + 1);
        (await world.SettleAsync((await world.PayoutAsync()).Value)).Problem.ShouldBeNull();
        var receipts = await ReceiptsAsync(boss);
        receipts.Keys.ShouldBe(["deal_registered", "deal_decided", "earning_accrued", "payment"], ignoreOrder: true);

        string[] telling =
        [
            "/portal", "/portal/earnings", $"/portal/earnings/{line.Id}", "/portal/earnings/export.csv", "/portal/receipts", $"/portal/receipts/{receipts["deal_registered"]}", $"/portal/receipts/{receipts["earning_accrued"]}",
            $"/portal/receipts/{receipts["payment"]}", $"/portal/receipts/{receipts["deal_registered"]}/file", $"/portal/receipts/{receipts["payment"]}/file", "/portal/receipts/export.csv", "/portal/deals?view=won", $"/portal/deals/{deal}",
            "/portal/deals.csv", "/portal/performance", "/portal/performance/rows?metric=sourced-revenue", "/portal/performance/rows.csv?metric=sourced-revenue", "/portal/performance/motions.csv", "/portal/company", "/portal/search?q=customer",
            "/portal/performance/funnel/rows?step=registered", "/portal/performance/funnel/rows.csv?step=registered", $"/portal/performance/journeys/{deal}", "/portal/search?q=payout",
            $"/api/v1/deals/{deal}", "/api/v1/deals", "/api/v1/earnings", "/api/v1/earnings/totals", $"/api/v1/earnings/{line.Id}", "/api/v1/receipts", $"/api/v1/receipts/{receipts["deal_registered"]}", $"/api/v1/receipts/{receipts["payment"]}/file",
            "/api/v1/metrics/sourced-revenue", "/api/v1/metrics/sourced-revenue/months", "/api/v1/metrics/sourced-revenue/motions", "/api/v1/metrics/sourced-revenue/rows", "/api/v1/contributions", "/api/v1/analytics/funnel/rows?step=registered",
            $"/api/v1/deals/{deal}/journey", $"/api/v1/partners/{boss.Actor.Partner}/motions", "/api/v1/search?q=customer",
        ];
        string[] besides = ["/portal/notifications", "/portal/deals/board", "/portal/performance/funnel", "/portal/deals/board?by=stage", "/portal/leads", "/portal/conflicts", "/portal/transfers", $"/api/v1/deals/{deal}/workspace", $"/api/v1/deals/{deal}/life", $"/api/v1/deals/{deal}/decision", "/api/v1/notifications", "/api/v1/analytics/funnel"];
        var open = await ReadAsync(clerk, telling);
        open.Where(b => !Tells(b.Value)).Select(b => b.Key).ShouldBeEmpty("each of these tells an amount to whoever reads them");

        await KeepAsync(world, "partner_sales");
        var kept = await ReadAsync(clerk, [.. telling, .. besides]);
        kept.Where(b => Tells(b.Value)).Select(b => $"{b.Key}: {Around(b.Value)}").ShouldBeEmpty();
        kept.Where(b => b.Value.StartsWith("500", StringComparison.Ordinal)).ShouldBeEmpty();
        // It is said why, and the public check of a receipt asks nobody's role.
        foreach (var path in new[] { "/portal/earnings", $"/portal/earnings/{line.Id}", $"/portal/receipts/{receipts["payment"]}", "/portal/performance" }) kept[path].ShouldContain("Your role does not show amounts of deals.", Case.Sensitive, path);
        foreach (var path in new[] { "/api/v1/earnings", "/api/v1/earnings/totals", $"/api/v1/receipts/{receipts["deal_registered"]}", "/api/v1/metrics/sourced-revenue", "/portal/earnings/export.csv", $"/portal/receipts/{receipts["payment"]}/file" })
            (kept[path][..3], kept[path].Contains("amounts_hidden", StringComparison.Ordinal)).ShouldBe(("403", true), path);
        kept["/portal/receipts"].ShouldContain("Not shown to your role");
        kept["/portal/receipts"].ShouldContain("Payout");
        (await ReadAsync(clerk, [$"/portal/receipts/{receipts["deal_decided"]}"])).Values.Single()[..3].ShouldBe("200", "no amount stands in it");

        (await ReadAsync(boss, telling)).Where(b => !Tells(b.Value)).Select(b => b.Key).ShouldBeEmpty("another role reads on");
        var file = JsonDocument.Parse((await ReadAsync(boss, [$"/api/v1/receipts/{receipts["payment"]}/file"])).Values.Single()[4..]).RootElement.ToString();
        using var api = await clerk.ApiAsync();
        (await (await api.PostAsJsonAsync("/api/v1/receipts/check", new { file })).Content.ReadAsStringAsync()).ShouldContain("steps");
    }

    [SkippableTheory, Databases]
    public async Task What_becomes_payable_is_told_to_those_who_read_amounts_alone(Database database)
    {
        using var world = await IncentiveWorld.FoundAsync(await TestApp.SharedAsync(database));
        var boss = await world.PartnerAsync();
        var clerk = await world.Tenant.PartnerPersonAsync(boss.Actor.Partner!.Value, boss.Actor.PartnerName!, Roles.PartnerFinance);
        await KeepAsync(world, "partner_finance");
        await world.WonAsync(boss, 73_219_41);
        await world.ReleaseAsync(IncentiveWorld.HoldDays + 1);
        await world.Tenant.App.DrainAsync();
        (await ReadAsync(boss, ["/api/v1/notifications"])).Values.Single().ShouldContain("Payable now");
        (await ReadAsync(clerk, ["/api/v1/notifications"])).Values.Single().ShouldNotContain("Payable now");
        (await world.Tenant.AsSystemAsync<Work, List<string>>(w => w.Db.Set<MailRow>().Where(m => m.To == clerk.Email).Select(m => m.Subject + m.Body).ToListAsync())).Where(Tells).ShouldBeEmpty();
        // A line that the person could not read cannot be disputed by it either.
        var line = (await world.EarningsAsync(boss)).Single();
        (await clerk.DoAsync<DisputeEarning, Result<EarningState>>(d => d.RunAsync((line.Id, "Wrong."), default))).Problem!.Kind.ShouldBe(ProblemKind.Missing);
    }

    private static bool Tells(string body) => Written.Any(w => body.Contains(w, StringComparison.Ordinal));

    private static string Around(string body) => Written.Where(w => body.Contains(w, StringComparison.Ordinal)).Select(w => body.IndexOf(w, StringComparison.Ordinal)).Select(at => body[Math.Max(0, at - 120)..Math.Min(body.Length, at + 60)]).First();

    private static async Task KeepAsync(IncentiveWorld world, string role)
    {
        var set = await world.Api.PutAsJsonAsync("/api/v1/deal-visibility", new { roles = new[] { new { role, hidden = new[] { "figures" } } } });
        set.StatusCode.ShouldBe(HttpStatusCode.OK, await set.Content.ReadAsStringAsync());
    }

    // The status and the whole body of each, by page or API.
    private static async Task<Dictionary<string, string>> ReadAsync(TestPerson person, IEnumerable<string> paths)
    {
        using var api = await person.ApiAsync();
        using var pages = await person.PagesAsync();
        Dictionary<string, string> bodies = [];
        foreach (var path in paths)
        {
            using var answer = await (path.StartsWith("/api/", StringComparison.Ordinal) ? api : pages.Http).GetAsync(path);
            bodies[path] = $"{(int)answer.StatusCode} {WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync())}";
        }

        return bodies;
    }

    private static async Task<Dictionary<string, string>> ReceiptsAsync(TestPerson person)
    {
        using var api = await person.ApiAsync();
        return JsonDocument.Parse(await api.GetStringAsync("/api/v1/receipts")).RootElement.GetProperty("items").EnumerateArray().ToDictionary(i => i.GetProperty("kind").GetString()!, i => i.GetProperty("id").GetString()!);
    }
}
