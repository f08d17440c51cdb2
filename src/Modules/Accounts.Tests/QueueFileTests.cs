using System.Net;
using System.Text.Json;
using Trellis.Identity.Published;

namespace Trellis.Accounts.Tests;

/// <summary>The work queues of data as files, and a pair that is proposed again over the API.</summary>
public sealed class QueueFileTests
{
    private static async Task<string[]> LinesAsync(PageClient pages, string file)
    {
        using var answer = await pages.Http.GetAsync(file);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, file);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/csv", file);
        return (await answer.Content.ReadAsStringAsync()).TrimStart('\uFEFF').Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
    }

    [SkippableTheory, Databases]
    public async Task Duplicates_merges_and_data_quality_are_files_of_what_their_page_shows(Database database)
    {
        var app = await TestApp.SharedAsync(database);
        var operations = await (await app.TenantAsync()).StaffAsync(Roles.ChannelOperations, Roles.PartnerManager);
        using var api = await operations.ApiAsync();
        var importing = new Importing(app, api);
        await importing.ImportAsync("account,account_id,website,country,vat\nBlue Harvest Foods Ltd,B1,blueharvest.example,Germany,\nBLUE HARVEST FOODS,B2,www.blueharvest.example,Germany,\nNorthern Rail Works,N1,nrw.example,France,FR123\nNorthern Rail Works SA,N2,,France,FR123\nQuite Different,Q1,qd.example,,\n");
        (await api.PostAsync("/api/v1/duplicate-accounts/find", null)).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        await app.DrainAsync();
        using var pages = await operations.PagesAsync();

        var open = await LinesAsync(pages, "/app/duplicates.csv");
        open.Length.ShouldBe(3);
        open.ShouldContain(l => l.StartsWith("Northern Rail Works", StringComparison.Ordinal) && l.Contains(",Open,"));
        var pair = open.Single(l => l.StartsWith("Northern", StringComparison.Ordinal)).Split(',')[^1];
        using var seller = await (await operations.Tenant.StaffAsync(Roles.DirectSeller)).ApiAsync();
        using var other = await (await app.TenantAsync()).Administrator.ApiAsync();
        (await api.PostAsync($"/api/v1/duplicate-accounts/{pair}/reopen", null)).StatusCode.ShouldBe(HttpStatusCode.Conflict, "it is open");
        (await api.PostAsync($"/api/v1/duplicate-accounts/{pair}/different", null)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await LinesAsync(pages, "/app/duplicates.csv")).Length.ShouldBe(2);
        (await LinesAsync(pages, "/app/duplicates.csv?state=different")).ShouldContain(l => l.EndsWith(pair, StringComparison.Ordinal));
        (await seller.PostAsync($"/api/v1/duplicate-accounts/{pair}/reopen", null)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await other.PostAsync($"/api/v1/duplicate-accounts/{pair}/reopen", null)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        var reopened = await api.PostAsync($"/api/v1/duplicate-accounts/{pair}/reopen", null);
        JsonDocument.Parse(await reopened.Content.ReadAsStringAsync()).RootElement.Text("state").ShouldBe("open");
        (await api.PostAsync($"/api/v1/duplicate-accounts/{pair}/merge", new StringContent("{}", null, "application/json"))).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await LinesAsync(pages, "/app/duplicates.csv?state=merged")).ShouldContain(l => l.Contains("Northern Rail Works") && l.Contains("Sam Staff"));

        var quality = await LinesAsync(pages, "/app/data-quality.csv");
        quality[0].ShouldEndWith(",Check");
        quality.Length.ShouldBeGreaterThan(8);
        foreach (var (page, file) in new[] { ("/app/duplicates?state=merged", "/app/duplicates.csv?state=merged"), ("/app/data-quality", "/app/data-quality.csv"), ("/app/data-quality/account_without_country", "/app/accounts.csv?lacks=account_without_country") })
            (await pages.GetAsync(page)).Document.QuerySelector($"a[href='{file}']").ShouldNotBeNull(page);
        (await LinesAsync(pages, "/app/accounts.csv?lacks=account_without_country")).ShouldContain(l => l.Contains("Quite Different"));
        (await LinesAsync(pages, "/app/accounts.csv?lacks=account_without_country")).ShouldNotContain(l => l.Contains("Blue Harvest"));

        using var foreign = await (await app.TenantAsync()).Administrator.PagesAsync();
        (await LinesAsync(foreign, "/app/duplicates.csv")).Length.ShouldBe(1);
        (await LinesAsync(foreign, "/app/duplicates.csv?state=merged")).Length.ShouldBe(1);
        using var portal = await (await operations.Tenant.PartnerPersonAsync(Ids.New<PartnerId>(DateTime.UtcNow), "Bright")).PagesAsync();
        foreach (var file in new[] { "/app/duplicates.csv", "/app/data-quality.csv" }) ((int)(await portal.Http.GetAsync(file)).StatusCode).ShouldBeOneOf(403, 404);
    }
}
