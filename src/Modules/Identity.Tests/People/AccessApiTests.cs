using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Trellis.Identity.Published;

namespace Trellis.Identity.Tests.People;

/// <summary>Sessions, keys, the sign-in policy and kept views over the API.</summary>
public sealed class AccessApiTests
{
    private static async Task<List<JsonElement>> ItemsAsync(HttpClient api, string path) => [.. (await api.GetFromJsonAsync<JsonElement>("/api/v1" + path)).GetProperty("items").EnumerateArray()];

    [SkippableTheory, Databases]
    public async Task Sessions_are_listed_filtered_and_ended_by_an_administrator_of_the_company_alone(Database database)
    {
        var app = await TestApp.SharedAsync(database);
        var tenant = await app.TenantAsync();
        var (staff, seller) = (await tenant.StaffAsync(Roles.Finance), await tenant.PartnerPersonAsync(Ids.New<PartnerId>(DateTime.UtcNow), "Bright"));
        using var browser = await staff.PagesAsync();
        using var portal = await seller.PagesAsync();
        using var api = await tenant.Administrator.ApiAsync();
        using var other = await (await app.TenantAsync()).Administrator.ApiAsync();
        using var low = await staff.ApiAsync();

        (await ItemsAsync(api, "/sessions")).Count.ShouldBe(2);
        (await ItemsAsync(other, "/sessions")).ShouldBeEmpty();
        var session = (await ItemsAsync(api, "/sessions?side=vendor")).ShouldHaveSingleItem();
        (session.GetProperty("person").GetString(), session.GetProperty("by").GetString()).ShouldBe((staff.Actor.Person.ToString(), "password"));
        session.TryGetProperty("searchText", out _).ShouldBeFalse();
        (await ItemsAsync(api, "/sessions?by=passkey")).ShouldBeEmpty();
        (await api.GetAsync("/api/v1/sessions?side=nobody")).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var path = $"/api/v1/sessions/{session.GetProperty("id").GetString()}";
        (await low.GetAsync("/api/v1/sessions")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await low.DeleteAsync(path)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await other.DeleteAsync(path)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await browser.GetAsync("/account/security")).Address.AbsolutePath.ShouldBe("/account/security");

        (await api.DeleteAsync(path)).StatusCode.ShouldBe(HttpStatusCode.OK);

        (await browser.GetAsync("/account/security")).Address.AbsolutePath.ShouldBe("/sign-in");
        (await api.DeleteAsync(path)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await tenant.AuditAsync()).ShouldContain(a => a.Action == "identity.end_session");
    }

    [SkippableTheory, Databases]
    public async Task The_sign_in_policy_can_be_read_by_a_program_and_changed_by_none(Database database)
    {
        var tenant = await (await TestApp.SharedAsync(database)).TenantAsync();
        using var api = await tenant.Administrator.ApiAsync();
        var policy = await api.GetFromJsonAsync<JsonElement>("/api/v1/settings/sign-in");
        (policy.GetProperty("people").GetInt32(), policy.GetProperty("protected").GetInt32(), policy.GetProperty("required").GetBoolean()).ShouldBe((1, 0, false));
        (await api.PutAsJsonAsync("/api/v1/settings/sign-in", new { required = true })).StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
        using var low = await (await tenant.StaffAsync(Roles.ChannelOperations)).ApiAsync();
        (await low.GetAsync("/api/v1/settings/sign-in")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [SkippableTheory, Databases]
    public async Task Tokens_and_keys_of_programs_are_found_and_ended_by_the_name_that_the_list_gives(Database database)
    {
        var app = await TestApp.SharedAsync(database);
        var tenant = await app.TenantAsync();
        using var api = await tenant.Administrator.ApiAsync();
        using var colleague = await (await tenant.StaffAsync(Roles.Finance)).ApiAsync();
        using var other = await (await app.TenantAsync()).Administrator.ApiAsync();
        (await api.PostAsJsonAsync("/api/v1/tokens", new { name = "Nightly" })).StatusCode.ShouldBe(HttpStatusCode.Created);
        var hash = (await api.GetFromJsonAsync<JsonElement>("/api/v1/tokens")).EnumerateArray().Single(t => t.GetProperty("name").GetString() == "Nightly").GetProperty("hash").GetString();
        (await colleague.DeleteAsync($"/api/v1/tokens/{hash}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await api.DeleteAsync($"/api/v1/tokens/{hash![..8]}")).StatusCode.ShouldBe(HttpStatusCode.NotFound, "too short to name one");
        (await api.DeleteAsync($"/api/v1/tokens/{hash}")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await api.GetFromJsonAsync<JsonElement>("/api/v1/tokens")).EnumerateArray().ShouldAllBe(t => t.GetProperty("name").GetString() != "Nightly");

        var made = await (await api.PostAsJsonAsync("/api/v1/service-accounts", new { name = "Connector", roles = new[] { Roles.Finance } })).Content.ReadFromJsonAsync<JsonElement>();
        var keys = $"/api/v1/service-accounts/{made.GetProperty("id").GetString()}/keys";
        (await api.PostAsJsonAsync(keys, new { name = "One", days = 30 })).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity, "what a program may do is said");
        var mistyped = await api.PostAsJsonAsync(keys, new { name = "One", days = 30, permissions = new[] { IdentityPermissions.ViewAuditCode } });
        mistyped.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await api.GetFromJsonAsync<JsonElement>(keys)).GetArrayLength().ShouldBe(0);
        (await api.PostAsJsonAsync(keys, new { name = "One", days = 30, scopes = new[] { "all" } })).StatusCode.ShouldBe(HttpStatusCode.Created);
        var key = (await api.GetFromJsonAsync<JsonElement>(keys)).EnumerateArray().ShouldHaveSingleItem();
        key.GetProperty("hash").GetString()!.Length.ShouldBe(16);
        (await colleague.GetAsync(keys)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await other.GetAsync(keys)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await api.GetAsync($"/api/v1/service-accounts/{tenant.Administrator.Actor.Person}/keys")).StatusCode.ShouldBe(HttpStatusCode.NotFound, "a person is no program");
        (await api.DeleteAsync($"{keys}/{key.GetProperty("hash").GetString()}")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await api.GetFromJsonAsync<JsonElement>(keys)).GetArrayLength().ShouldBe(0);
    }

    [SkippableTheory, Databases]
    public async Task Views_are_kept_shared_written_over_and_dropped_and_a_partner_sees_its_own_alone(Database database)
    {
        var app = await TestApp.SharedAsync(database);
        var tenant = await app.TenantAsync();
        using var api = await tenant.Administrator.ApiAsync();
        using var colleague = await (await tenant.StaffAsync(Roles.Finance)).ApiAsync();
        using var partner = await (await tenant.PartnerPersonAsync(Ids.New<PartnerId>(DateTime.UtcNow), "Bright")).ApiAsync();
        using var other = await (await app.TenantAsync()).Administrator.ApiAsync();
        var id = await SaveAsync(api, new { path = "/app/deals", name = "Northern", query = "?state=approved", shared = true });
        (await SaveAsync(api, new { path = "/app/deals", name = " Northern ", query = "?state=draft", shared = true })).ShouldBe(id, "the same name is written over");
        await SaveAsync(api, new { path = "/app/people", name = "Mine", query = "", shared = false });

        (await ItemsAsync(api, "/views")).Select(Name).ShouldBe(["Mine", "Northern"]);
        (await ItemsAsync(api, "/views?path=/app/people")).Select(Name).ShouldBe(["Mine"]);
        var seen = (await ItemsAsync(colleague, "/views")).ShouldHaveSingleItem();
        (Name(seen), seen.GetProperty("query").GetString(), seen.GetProperty("own").GetBoolean()).ShouldBe(("Northern", "?state=draft", false));
        (await ItemsAsync(partner, "/views")).ShouldBeEmpty();
        (await ItemsAsync(other, "/views")).ShouldBeEmpty();
        await SaveAsync(partner, new { path = "/portal/deals", name = "Waiting", query = "?view=open", shared = true });
        (await ItemsAsync(api, "/views")).Count.ShouldBe(2, "a partner's person shares nothing");

        foreach (var wrong in new object[] { new { }, new { path = "/app/deals", name = "" }, new { path = "https://else.example", name = "X" }, new { path = "/app/deals", name = "X", query = "state=approved" } })
            (await api.PostAsJsonAsync("/api/v1/views", wrong)).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity, wrong.ToString());
        (await colleague.DeleteAsync($"/api/v1/views/{id}")).StatusCode.ShouldBe(HttpStatusCode.NotFound, "only its owner drops it");
        (await api.DeleteAsync($"/api/v1/views/{id}")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await ItemsAsync(colleague, "/views")).ShouldBeEmpty();

        static string? Name(JsonElement view) => view.GetProperty("name").GetString();
    }

    private static async Task<string?> SaveAsync(HttpClient api, object view)
    {
        using var answer = await api.PostAsJsonAsync("/api/v1/views", view);
        answer.StatusCode.ShouldBe(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString();
    }
}
