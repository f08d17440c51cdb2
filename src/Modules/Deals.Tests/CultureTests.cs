using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Trellis.Deals.Published;

namespace Trellis.Deals.Tests;

/// <summary>What is decided, signed, written down and exported is the same, whoever reads and on whatever machine it runs.</summary>
public sealed partial class CultureTests
{
    [SkippableTheory, Databases]
    public async Task Decisions_receipts_mails_and_exports_do_not_depend_on_the_language(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var english = await TraceAsync(world, "en-US");
        english.ShouldContain($"{DateTime.UtcNow.AddDays(60):yyyy-MM-dd}");
        (await TraceAsync(world, "de-DE")).ShouldBe(english);
        (await TraceAsync(world, "ar-SA")).ShouldBe(english);
    }

    // Runs under the culture of a machine, as a person whose browser asks for its language.
    private static async Task<string> TraceAsync(DealWorld world, string culture)
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = new CultureInfo(culture);
        var rosa = await world.PartnerAsync();
        var deal = await world.RegisterAsync(rosa, world.Fields("Globex GmbH", amount: 123_456_78));
        var decision = await DealWorld.DecisionAsync(world.Manager, deal.Id);
        using var api = await rosa.ApiAsync();
        api.DefaultRequestHeaders.Add("Accept-Language", culture);
        using var pages = await rosa.PagesAsync();
        pages.Http.DefaultRequestHeaders.Add("Accept-Language", culture);
        var mails = await world.Tenant.AsSystemAsync<Work, List<MailRow>>(w => Task.FromResult(w.Db.Set<MailRow>().Where(m => m.To == rosa.Email).ToList()));
        string[] traces =
        [
            deal.StateReason ?? "",
            decision.ForPartner,
            .. await ReceiptsAsync(api, deal.Id),
            await api.GetStringAsync($"/api/v1/deals/{deal.Id}"),
            await pages.Http.GetStringAsync("/portal/deals.csv"),
            .. mails.OrderBy(m => m.Subject).Select(m => m.Subject + "\n" + m.Body),
        ];
        // The next one may have the customer.
        (await rosa.DoAsync<Withdraw, Result<DealId>>(w => w.RunAsync(new WordsInput(deal.Id, "Over."), default))).Problem.ShouldBeNull();
        return Own().Replace(string.Join("\n", traces), "#");
    }

    private static async Task<List<string>> ReceiptsAsync(HttpClient api, DealId deal)
    {
        List<string> receipts = [];
        foreach (var item in JsonDocument.Parse(await api.GetStringAsync($"/api/v1/receipts?subject={deal}")).RootElement.GetProperty("items").EnumerateArray().OrderBy(r => r.GetProperty("kind").GetString()))
            receipts.Add(JsonDocument.Parse(await api.GetStringAsync($"/api/v1/receipts/{item.GetProperty("id").GetString()}")).RootElement.GetProperty("facts").ToString());
        return receipts;
    }

    // What differs from one registration to the next in any language: identifiers, hashes, instants, names of partners, numbers in a row.
    [GeneratedRegex(@"[a-z]{2,6}_[0-9a-z]{20,}|[0-9a-f]{64}|[A-Za-z0-9+/_-]{40,}={0,2}|partner-[0-9a-f]{32}|Partner \d+|\d{4}-\d\d-\d\dT[\d:.]+Z?|\d\d:\d\d|""(version|sequence|number)"":\s*\d+")]
    private static partial Regex Own();
}
