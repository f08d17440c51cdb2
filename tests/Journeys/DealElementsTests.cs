using System.Net.Http.Json;
using System.Text.Json;
using Trellis.Identity.Published;
using Trellis.Kernel;

namespace Trellis.Journeys.Tests;

/// <summary>What the deal pages do by themselves in a browser: keep what is typed, warn while it is typed, and follow what the other side does.</summary>
public sealed class DealElementsTests
{
    [SkippableTheory, BothDatabases]
    public async Task A_draft_is_kept_while_typing_a_rival_is_warned_of_and_the_page_follows_the_other_side(Database database)
    {
        BriefRun.AsksOnlySqlite(database);
        var app = await TestApp.SharedAsync(database);
        var tenant = await app.TenantAsync();
        using var staff = await tenant.Administrator.ApiAsync();
        var product = (await tenant.ProductAsync("Relay", "Data", 900_00)).ToString();
        var (holder, rival) = (await PartnerAsync(tenant, staff, "Auer Partners"), await PartnerAsync(tenant, staff, "Brandt Partners"));
        using var registering = await holder.ApiAsync();
        var deal = await ReadAsync(await registering.PostAsJsonAsync("/api/v1/deals", new
        {
            customerName = "Zschopau Motors GmbH", country = "DE", product, amount = 25_000_00, expectedClose = DateOnly.FromDateTime(DateTime.UtcNow).AddDays(60),
            contactName = "Ana Silva", contactEmail = "ana@gmail.com", workDone = "Two meetings and a demo with the head of operations.", nextStep = "Offer next week.",
        }));
        deal.GetProperty("state").GetString().ShouldBe("approved", deal.ToString());

        await using (var visit = await Visit.BeginAsync(app.Address, looks: false))
        {
            await visit.SignInAsync(rival.Email, TestPerson.Password);
            await visit.GoAsync("/portal/deals/new");
            // Keys, not a value set by a script: only what a person types is kept.
            await visit.Page.Locator("[name='Input.CustomerName']").PressSequentiallyAsync("Zschopau Motors");
            await visit.Page.Locator("[name='Input.Product']").SelectOptionAsync(product);
            await visit.WaitForAsync("Draft saved at");
            await visit.Page.Locator("trellis-duplicates .t-alert").WaitForAsync();
            (await visit.Page.Locator("trellis-duplicates").InnerTextAsync()).ShouldNotContain("Auer");
            visit.Page.Url.ShouldContain("draft=deal_");
            await visit.GoAsync(new Uri(visit.Page.Url).PathAndQuery);
            (await visit.Page.Locator("[name='Input.CustomerName']").InputValueAsync()).ShouldBe("Zschopau Motors");
            visit.ShouldBeFaultless();
        }

        await using var open = await Visit.BeginAsync(app.Address, looks: false);
        await open.SignInAsync(tenant.Administrator.Email, TestPerson.Password);
        await open.GoAsync($"/app/deals/{deal.GetProperty("id").GetString()}");
        await open.Page.Locator("trellis-live[data-live]").WaitForAsync(new() { State = Microsoft.Playwright.WaitForSelectorState.Attached });
        var said = await registering.PostAsJsonAsync($"/api/v1/deals/{deal.GetProperty("id").GetString()}/comments", new { text = "The customer has signed the letter of intent." });
        said.IsSuccessStatusCode.ShouldBeTrue(await said.Content.ReadAsStringAsync());
        await open.WaitForAsync("signed the letter of intent");
        open.ShouldBeFaultless();
    }

    private static async Task<TestPerson> PartnerAsync(TestTenant tenant, HttpClient staff, string name)
    {
        var made = await ReadAsync(await staff.PostAsJsonAsync("/api/v1/partners", new { name, country = "DE", mainType = "reseller", state = "active", motions = new[] { "resell" } }));
        return await tenant.PartnerPersonAsync(Ids.Parse<PartnerId>(made.GetProperty("id").GetString())!.Value, name);
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        answer.IsSuccessStatusCode.ShouldBeTrue(text);
        return JsonDocument.Parse(text).RootElement;
    }
}
