using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Trellis.Identity.Published;

namespace Trellis.Identity.Tests.People;

public sealed class KeyTests
{
    private static HttpClient With(TestTenant tenant, string secret)
    {
        var client = new HttpClient { BaseAddress = new Uri(tenant.App.Address) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", secret);
        return client;
    }

    private static async Task<string> SecretAsync(HttpResponseMessage answer)
    {
        answer.StatusCode.ShouldBe(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("secret").GetString()!;
    }

    [SkippableTheory, Databases]
    public async Task A_narrow_token_opens_its_routes_and_no_other_and_begets_no_wider_one(Database database)
    {
        var tenant = await (await TestApp.SharedAsync(database)).TenantAsync();
        using var wide = await tenant.Administrator.ApiAsync();
        var secret = await SecretAsync(await wide.PostAsJsonAsync("/api/v1/tokens", new { name = "Reads people", scopes = new[] { IdentityPermissions.ViewPeopleCode, IdentityPermissions.UseTokensCode }, days = 7 }));
        using var narrow = With(tenant, secret);
        (await narrow.GetAsync("/api/v1/people")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await narrow.GetAsync("/api/v1/audit")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await narrow.GetAsync("/api/v1/deals")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await narrow.PostAsJsonAsync("/api/v1/people", new { name = "Eve", email = "eve@x.example", roles = new[] { "finance" } })).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await narrow.PostAsJsonAsync("/api/v1/tokens", new { name = "More", scopes = new[] { IdentityPermissions.ViewAuditCode } })).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        using var child = With(tenant, await SecretAsync(await narrow.PostAsJsonAsync("/api/v1/tokens", new { name = "Child" })));
        (await child.GetAsync("/api/v1/people")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await child.GetAsync("/api/v1/audit")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        var list = (await wide.GetFromJsonAsync<JsonElement>("/api/v1/tokens")).EnumerateArray().ToList();
        var broad = list.Single(t => t.GetProperty("name").GetString() == "Test").GetProperty("hash").GetString();
        (await RoleTests.CodeAsync(await narrow.PostAsync($"/api/v1/tokens/{broad}/rotate", null))).ShouldBe("identity.wider_key");
        list.ShouldAllBe(t => t.GetProperty("hash").GetString()!.Length == 16);
        list.Single(t => t.GetProperty("name").GetString() == "Reads people").GetProperty("usedAt").ValueKind.ShouldBe(JsonValueKind.String);
    }

    [SkippableTheory, Databases]
    public async Task A_key_makes_none_that_lasts_longer_than_itself_and_renews_itself_alone(Database database)
    {
        await using var app = await TestApp.StartAsync(database);
        var tenant = await app.TenantAsync();
        using var admin = await tenant.Administrator.ApiAsync();
        var scopes = new[] { IdentityPermissions.UseTokensCode };
        using var week = With(tenant, await SecretAsync(await admin.PostAsJsonAsync("/api/v1/tokens", new { name = "Week", scopes, days = 7 })));
        await SecretAsync(await admin.PostAsJsonAsync("/api/v1/tokens", new { name = "Month", scopes, days = 30 }));
        using var year = With(tenant, await SecretAsync(await week.PostAsJsonAsync("/api/v1/tokens", new { name = "Year", scopes, days = 365 })));
        (await RoleTests.CodeAsync(await week.PostAsync($"/api/v1/tokens/{await HashAsync("Month")}/rotate", null))).ShouldBe("identity.wider_key");
        using var renewed = With(tenant, await SecretAsync(await week.PostAsync($"/api/v1/tokens/{await HashAsync("Week")}/rotate", null)));
        app.Clock.Advance(TimeSpan.FromDays(6.5));
        (await renewed.GetAsync("/api/v1/me")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await year.GetAsync("/api/v1/me")).StatusCode.ShouldBe(HttpStatusCode.OK);
        app.Clock.Advance(TimeSpan.FromDays(1));
        (await year.GetAsync("/api/v1/me")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);

        async Task<string> HashAsync(string name) =>
            (await admin.GetFromJsonAsync<JsonElement>("/api/v1/tokens")).EnumerateArray().Single(t => t.GetProperty("name").GetString() == name).GetProperty("hash").GetString()!;
    }

    [SkippableTheory]
    [InlineDataFor("", 7)]
    [InlineDataFor("Export", 0)]
    [InlineDataFor("Export", 366)]
    public async Task A_key_without_a_name_or_with_an_odd_life_is_refused(Database database, string name, int days)
    {
        var tenant = await (await TestApp.SharedAsync(database)).TenantAsync();
        using var api = await tenant.Administrator.ApiAsync();
        (await api.PostAsJsonAsync("/api/v1/tokens", new { name, days })).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
    }

    [SkippableTheory, Databases]
    public async Task A_rotated_key_works_for_a_day_beside_the_new_one(Database database)
    {
        await using var app = await TestApp.StartAsync(database);
        var tenant = await app.TenantAsync();
        using var admin = await tenant.Administrator.ApiAsync();
        var first = await SecretAsync(await admin.PostAsJsonAsync("/api/v1/tokens", new { name = "Export", days = 30 }));
        var key = (await admin.GetFromJsonAsync<JsonElement>("/api/v1/tokens")).EnumerateArray().Single(t => t.GetProperty("name").GetString() == "Export").GetProperty("hash").GetString();
        var second = await SecretAsync(await admin.PostAsync($"/api/v1/tokens/{key}/rotate", null));
        using var old = With(tenant, first);
        using var fresh = With(tenant, second);
        (await old.GetAsync("/api/v1/me")).StatusCode.ShouldBe(HttpStatusCode.OK);
        app.Clock.Advance(TimeSpan.FromHours(25));
        (await old.GetAsync("/api/v1/me")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await fresh.GetAsync("/api/v1/me")).StatusCode.ShouldBe(HttpStatusCode.OK);
        app.Clock.Advance(TimeSpan.FromDays(30));
        (await fresh.GetAsync("/api/v1/me")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [SkippableTheory, Databases]
    public async Task A_service_account_acts_by_its_keys_alone_and_ends_when_it_is_suspended(Database database)
    {
        var tenant = await (await TestApp.SharedAsync(database)).TenantAsync();
        using var pages = await tenant.Administrator.PagesAsync();
        var page = await pages.SubmitAsync(await pages.GetAsync("/app/service-accounts"), "create", ("Input.Name", "CRM connector"), ($"role.{Roles.Finance}", "true"));
        page.Text.ShouldContain("Issue a key for it.");
        page = await pages.SubmitAsync(page, "issue", ("Input.Name", "Nightly"), ("Input.Days", "30"), ($"scope.{IdentityPermissions.ViewAuditCode}", "true"));
        var secret = page.Document.QuerySelector("main code")!.TextContent;
        secret.ShouldStartWith("trl_");
        using var key = With(tenant, secret);
        (await key.GetAsync("/api/v1/audit")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await key.GetAsync("/api/v1/me")).StatusCode.ShouldBe(HttpStatusCode.Forbidden, "it was narrowed to the audit");
        var service = (await tenant.AsSystemAsync<Db, List<Person>>(db => db.Set<Person>().Where(p => p.IsService).ToListAsync())).Single();
        (await pages.GetAsync("/app/people?q=CRM")).Text.ShouldContain("Nobody found");
        using var low = await (await tenant.StaffAsync(Roles.ChannelOperations)).ApiAsync();
        (await low.PostAsJsonAsync($"/api/v1/service-accounts/{service.Id}/keys", new { name = "X" })).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        using var other = await (await tenant.App.TenantAsync()).Administrator.ApiAsync();
        (await other.PostAsJsonAsync($"/api/v1/service-accounts/{service.Id}/keys", new { name = "X" })).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        using var admin = await tenant.Administrator.ApiAsync();
        (await admin.PostAsJsonAsync($"/api/v1/people/{service.Id}/state", new { state = "suspended" })).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await key.GetAsync("/api/v1/audit")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }
}
