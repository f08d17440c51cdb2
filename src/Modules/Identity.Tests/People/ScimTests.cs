using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Trellis.Identity.Published;

namespace Trellis.Identity.Tests.People;

public sealed class ScimTests
{
    private const string Patch = """{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[OPS]}""";

    private static async Task<(TestTenant Tenant, HttpClient Scim)> BeginAsync(Database database)
    {
        var tenant = await (await TestApp.SharedAsync(database)).TenantAsync();
        var service = (await tenant.Administrator.DoAsync<CreateService, Result<PersonId>>(c => c.RunAsync(new NewService("Directory", [Roles.Administrator]), default))).Value;
        var key = await tenant.Administrator.DoAsync<IssueServiceKey, Result<NewToken>>(i => i.RunAsync((service, new KeyWish("SCIM", [IdentityPermissions.ProvisionCode])), default));
        return (tenant, Client(tenant.App, key.Value.Secret));
    }

    private static HttpClient Client(TestApp app, string secret)
    {
        var client = new HttpClient { BaseAddress = new Uri(app.Address + "/scim/v2/") };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", secret);
        return client;
    }

    private static async Task<(HttpStatusCode Status, JsonNode? Json, HttpResponseMessage Answer)> SendAsync(HttpClient scim, string method, string path, string? body = null, string? match = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, "application/scim+json");
        if (match is not null) request.Headers.TryAddWithoutValidation(method == "GET" ? "If-None-Match" : "If-Match", match);
        var answer = await scim.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        return (answer.StatusCode, text.Length == 0 ? null : JsonNode.Parse(text), answer);
    }

    // RFC 7644, section 3.3, with the address of this test.
    private static string Bjensen(TestTenant tenant, string name = "bjensen") =>
        $$"""{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"{{name}}-{{tenant.Id.Value:N}}@example.com","externalId":"{{name}}","name":{"formatted":"Ms. Barbara J Jensen III","familyName":"Jensen","givenName":"Barbara"} }""";

    private static async Task<string> AddAsync(HttpClient scim, TestTenant tenant, string name)
    {
        var (status, json, _) = await SendAsync(scim, "POST", "Users", Bjensen(tenant, name));
        status.ShouldBe(HttpStatusCode.Created, json?.ToJsonString());
        return (string)json!["id"]!;
    }

    [SkippableTheory, Databases]
    public async Task The_example_of_the_rfc_is_created_read_replaced_and_deleted(Database database)
    {
        var (tenant, scim) = await BeginAsync(database);
        var (status, user, answer) = await SendAsync(scim, "POST", "Users", Bjensen(tenant));
        status.ShouldBe(HttpStatusCode.Created);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/scim+json");
        answer.Headers.Location!.ToString().ShouldEndWith($"/scim/v2/Users/{user!["id"]}");
        answer.Headers.ETag!.ToString().ShouldBe("W/\"1\"");
        ((string)user["meta"]!["version"]!).ShouldBe("W/\"1\"");
        ((string)user["name"]!["formatted"]!).ShouldBe("Ms. Barbara J Jensen III");
        ((bool)user["active"]!).ShouldBeTrue();
        var path = $"Users/{user["id"]}";
        (await SendAsync(scim, "POST", "Users", Bjensen(tenant))).Json!["scimType"]!.GetValue<string>().ShouldBe("uniqueness");
        (await SendAsync(scim, "GET", path)).Json!.ToJsonString().ShouldBe(user.ToJsonString());
        (await SendAsync(scim, "GET", path, null, "W/\"1\"")).Status.ShouldBe(HttpStatusCode.NotModified);
        (await SendAsync(scim, "PUT", path, Bjensen(tenant).Replace("Ms. Barbara J Jensen III", "Barbara Smith"), "W/\"9\"")).Status.ShouldBe(HttpStatusCode.PreconditionFailed);
        var replaced = await SendAsync(scim, "PUT", path, Bjensen(tenant).Replace("Ms. Barbara J Jensen III", "Barbara Smith"), "W/\"1\"");
        ((string)replaced.Json!["displayName"]!).ShouldBe("Barbara Smith");
        ((string)replaced.Json["meta"]!["version"]!).ShouldBe("W/\"2\"");
        (await SendAsync(scim, "DELETE", path)).Status.ShouldBe(HttpStatusCode.NoContent);
        var gone = await SendAsync(scim, "GET", path);
        gone.Status.ShouldBe(HttpStatusCode.NotFound);
        ((string)gone.Json!["schemas"]![0]!).ShouldBe("urn:ietf:params:scim:api:messages:2.0:Error");
        ((string)gone.Json["status"]!).ShouldBe("404");
        ((string)(await SendAsync(scim, "POST", "Users", Bjensen(tenant))).Json!["id"]!).ShouldBe((string)user["id"]!, "somebody who comes back is the same person");
    }

    [SkippableTheory]
    [InlineDataFor("""{"op":"replace","path":"active","value":false}""", "active", "false")]
    [InlineDataFor("""{"op":"Replace","path":"active","value":"False"}""", "active", "false")]
    [InlineDataFor("""{"op":"replace","value":{"active":false}}""", "active", "false")]
    [InlineDataFor("""{"op":"replace","path":"name.familyName","value":"Smith"}""", "displayName", "\"Ms. Barbara J Jensen Smith\"")]
    [InlineDataFor("""{"op":"replace","value":{"name":{"givenName":"Babs","familyName":"Jensen"}}}""", "displayName", "\"Babs Jensen\"")]
    [InlineDataFor("""{"op":"add","path":"urn:ietf:params:scim:schemas:core:2.0:User:displayName","value":"Babs"}""", "displayName", "\"Babs\"")]
    [InlineDataFor("""{"op":"replace","path":"emails[type eq \"work\"].display","value":"B"}""", "active", "true")]
    [InlineDataFor("""{"op":"remove","path":"externalId"}""", "externalId", "")]
    public async Task A_patch_changes_what_its_path_names(Database database, string operation, string attribute, string expected)
    {
        var (tenant, scim) = await BeginAsync(database);
        var id = await AddAsync(scim, tenant, "bjensen");
        var (status, json, _) = await SendAsync(scim, "PATCH", $"Users/{id}", Patch.Replace("OPS", operation));
        status.ShouldBe(HttpStatusCode.OK, json?.ToJsonString());
        (json![attribute]?.ToJsonString() ?? "").ShouldBe(expected);
    }

    [SkippableTheory]
    [InlineDataFor("""{"op":"replace","path":"id","value":"x"}""", "mutability")]
    [InlineDataFor("""{"op":"replace","path":"emails[type eq \"home\"].value","value":"x"}""", "noTarget")]
    [InlineDataFor("""{"op":"replace","path":"a b","value":"x"}""", "invalidPath")]
    [InlineDataFor("""{"op":"replace","path":"userName","value":""}""", "invalidValue")]
    [InlineDataFor("""{"op":"sing","path":"active","value":true}""", "invalidSyntax")]
    public async Task A_patch_that_cannot_be_done_changes_nothing(Database database, string operation, string type)
    {
        var (tenant, scim) = await BeginAsync(database);
        var id = await AddAsync(scim, tenant, "bjensen");
        var (status, json, _) = await SendAsync(scim, "PATCH", $"Users/{id}", Patch.Replace("OPS", """{"op":"replace","path":"displayName","value":"Changed"},""" + operation));
        status.ShouldBe(HttpStatusCode.BadRequest);
        ((string)json!["scimType"]!).ShouldBe(type);
        ((string)(await SendAsync(scim, "GET", $"Users/{id}")).Json!["displayName"]!).ShouldBe("Ms. Barbara J Jensen III");
    }

    [SkippableTheory, Databases]
    public async Task Lists_are_filtered_and_paged(Database database)
    {
        var (tenant, scim) = await BeginAsync(database);
        foreach (var name in new[] { "anna", "bert", "cora" }) await AddAsync(scim, tenant, name);
        async Task<string> FindAsync(string filter)
        {
            var (status, json, _) = await SendAsync(scim, "GET", "Users?filter=" + Uri.EscapeDataString(filter));
            return status == HttpStatusCode.OK ? string.Join(' ', json!["Resources"]!.AsArray().Select(r => (string?)r!["externalId"] ?? "admin").Order()) : (string)json!["scimType"]!;
        }

        (await FindAsync($"userName eq \"ANNA-{tenant.Id.Value:N}@example.com\"")).ShouldBe("anna");
        (await FindAsync("userName sw \"be\"")).ShouldBe("bert");
        (await FindAsync("externalId co \"or\" and active eq true")).ShouldBe("cora");
        (await FindAsync("externalId eq \"anna\" or (externalId eq \"bert\" and not (active eq false))")).ShouldBe("anna bert");
        (await FindAsync("emails[type eq \"work\"].value co \"@vendor\"")).ShouldBe("admin");
        (await FindAsync("userName eq")).ShouldBe("invalidFilter");
        (await FindAsync("password eq \"x\"")).ShouldBe("invalidFilter");
        (await FindAsync("userName eq \"x\" userName")).ShouldBe("invalidFilter");
        (await FindAsync("active co \"x\"")).ShouldBe("invalidFilter");
        var (_, page, _) = await SendAsync(scim, "GET", "Users?startIndex=2&count=2");
        ((int)page!["totalResults"]!, (int)page["startIndex"]!, (int)page["itemsPerPage"]!).ShouldBe((4, 2, 2));
        ((int)(await SendAsync(scim, "GET", "Users?startIndex=0&count=0")).Json!["itemsPerPage"]!).ShouldBe(0);
    }

    [SkippableTheory, Databases]
    public async Task A_group_gives_roles_and_takes_them_and_deprovisioning_ends_access_at_once(Database database)
    {
        var (tenant, scim) = await BeginAsync(database);
        var id = await AddAsync(scim, tenant, "bjensen");
        var group = (string)(await SendAsync(scim, "POST", "Groups", $$"""{"schemas":["urn:ietf:params:scim:schemas:core:2.0:Group"],"displayName":"Controllers","members":[{"value":"{{id}}"}]}""")).Json!["id"]!;
        (await tenant.Administrator.DoAsync<MapGroup, Result<Done>>(m => m.RunAsync((Ids.Parse<GroupId>(group)!.Value, [Roles.Finance]), default))).Ok.ShouldBeTrue();
        var person = Ids.Parse<PersonId>(id)!.Value;
        var actor = await tenant.AsSystemAsync<Actors, Actor?>(a => a.FindAsync(tenant.Id, person, null, null, ActorKind.Person, default));
        actor!.Roles.ShouldBe(["Finance"]);
        var token = (await tenant.AsAsync<IssueToken, Result<NewToken>>(actor, i => i.RunAsync("T", default))).Value.Secret;
        using var api = new HttpClient { BaseAddress = new Uri(tenant.App.Address) };
        api.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        (await api.GetAsync("/api/v1/audit")).StatusCode.ShouldBe(HttpStatusCode.OK);
        ((string)(await SendAsync(scim, "GET", $"Users/{id}")).Json!["groups"]![0]!["display"]!).ShouldBe("Controllers");

        (await SendAsync(scim, "PATCH", $"Groups/{group}", Patch.Replace("OPS", $$"""{"op":"remove","path":"members[value eq \"{{id}}\"]"}"""))).Status.ShouldBe(HttpStatusCode.OK);
        (await api.GetAsync("/api/v1/audit")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await SendAsync(scim, "PATCH", $"Groups/{group}", Patch.Replace("OPS", $$"""{"op":"add","path":"members","value":[{"value":"{{id}}"}]}"""))).Status.ShouldBe(HttpStatusCode.OK);
        (await api.GetAsync("/api/v1/audit")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await SendAsync(scim, "PATCH", $"Users/{id}", Patch.Replace("OPS", """{"op":"replace","path":"active","value":false}"""))).Status.ShouldBe(HttpStatusCode.OK);
        (await api.GetAsync("/api/v1/audit")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);

        (await SendAsync(scim, "POST", "Groups", """{"displayName":"CONTROLLERS"}""")).Status.ShouldBe(HttpStatusCode.Conflict);
        (await SendAsync(scim, "POST", "Groups", """{"displayName":"Others","members":[{"value":"per_nobody"}]}""")).Status.ShouldBe(HttpStatusCode.BadRequest);
        ((int)(await SendAsync(scim, "GET", "Groups?filter=displayName%20eq%20%22controllers%22&excludedAttributes=members")).Json!["totalResults"]!).ShouldBe(1);
        (await SendAsync(scim, "DELETE", $"Groups/{group}")).Status.ShouldBe(HttpStatusCode.NoContent);
        (await SendAsync(scim, "GET", $"Groups/{group}")).Status.ShouldBe(HttpStatusCode.NotFound);
        var roles = await tenant.AsSystemAsync<Db, string>(db => db.Set<Person>().Where(p => p.Id == person).Select(p => p.Roles).SingleAsync());
        roles.ShouldBe("");
    }

    [SkippableTheory, Databases]
    public async Task The_directory_cannot_lock_out_or_become_an_administrator_and_sees_no_partners_people(Database database)
    {
        var (tenant, scim) = await BeginAsync(database);
        var seller = await tenant.PartnerPersonAsync(Ids.New<PartnerId>(DateTime.UtcNow), "Bright");
        var admin = $"Users/{tenant.Administrator.Actor.Person}";
        (await SendAsync(scim, "DELETE", admin)).Status.ShouldBe(HttpStatusCode.Conflict);
        (await SendAsync(scim, "PATCH", admin, Patch.Replace("OPS", """{"op":"replace","path":"active","value":false}"""))).Status.ShouldBe(HttpStatusCode.Conflict);
        ((string)(await SendAsync(scim, "PATCH", admin, Patch.Replace("OPS", """{"op":"replace","path":"userName","value":"eve@evil.example"}"""))).Json!["scimType"]!).ShouldBe("mutability");
        (await SendAsync(scim, "GET", $"Users/{seller.Actor.Person}")).Status.ShouldBe(HttpStatusCode.NotFound);
        var (_, other) = await BeginAsync(database);
        (await SendAsync(other, "GET", admin)).Status.ShouldBe(HttpStatusCode.NotFound);
        foreach (var path in new[] { "Users", "Groups", "Schemas", "ServiceProviderConfig", "ResourceTypes" })
        {
            (await SendAsync(Client(tenant.App, "trl_nothing"), "GET", path)).Status.ShouldBe(HttpStatusCode.Unauthorized);
            (await SendAsync(scim, "GET", path)).Status.ShouldBe(HttpStatusCode.OK);
        }

        using var low = await (await tenant.StaffAsync(Roles.Finance)).ApiAsync();
        (await low.GetAsync("/scim/v2/Users")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await scim.GetAsync(tenant.App.Address + "/api/v1/people")).StatusCode.ShouldBe(HttpStatusCode.Forbidden, "the key is for provisioning alone");
        foreach (var body in new[] { "", "[]", "{", "{}", "null", """{"userName":"x","userName":"y"}""" })
        {
            var (status, _, _) = await SendAsync(scim, "POST", tenant.App.Address + "/scim/v2/Users", body);
            status.ShouldBe(HttpStatusCode.BadRequest, body);
        }
    }

    [SkippableTheory, Databases]
    public async Task A_user_name_that_is_no_address_is_refused_instead_of_forgotten(Database database)
    {
        var (tenant, scim) = await BeginAsync(database);
        var body = $$"""{"userName":"kim.t","emails":[{"value":"kim-{{tenant.Id.Value:N}}@example.com","primary":true}],"displayName":"Kim"}""";
        var (status, json, _) = await SendAsync(scim, "POST", "Users", body);
        status.ShouldBe(HttpStatusCode.BadRequest);
        ((string)json!["scimType"]!).ShouldBe("invalidValue");
        ((string)json["detail"]!).ShouldContain("The userName is not an e-mail address");
        var id = await AddAsync(scim, tenant, "kim");
        (await SendAsync(scim, "PATCH", $"Users/{id}", Patch.Replace("OPS", """{"op":"replace","path":"userName","value":"kim.t"}"""))).Status.ShouldBe(HttpStatusCode.BadRequest);
        ((int)(await SendAsync(scim, "GET", $"Users?filter=userName%20eq%20%22kim-{tenant.Id.Value:N}@example.com%22")).Json!["totalResults"]!).ShouldBe(1);
    }

    [SkippableTheory, Databases]
    public async Task Every_refusal_speaks_scim(Database database)
    {
        var (tenant, scim) = await BeginAsync(database);
        using var low = Client(tenant.App, (await (await tenant.StaffAsync(Roles.Finance)).DoAsync<IssueToken, Result<NewToken>>(i => i.RunAsync("T", default))).Value.Secret);
        using var nobody = new HttpClient { BaseAddress = scim.BaseAddress };
        await RefusedAsync(scim, "GET", "Me", 404);
        await RefusedAsync(scim, "GET", "Bulk", 404);
        await RefusedAsync(scim, "GET", "Nothing/here", 404);
        await RefusedAsync(scim, "POST", "Schemas", 405);
        await RefusedAsync(scim, "GET", "Users?startIndex=first", 400);
        await RefusedAsync(scim, "GET", "Users/nobody", 404);
        await RefusedAsync(low, "GET", "Users", 403);
        await RefusedAsync(nobody, "GET", "Users", 401);
        await RefusedAsync(Client(tenant.App, "trl_nothing"), "GET", "Users", 401);
        foreach (var start in new[] { "99999999999", "2147483647", "-99999999999" })
        {
            var (status, page, _) = await SendAsync(scim, "GET", $"Users?startIndex={start}&count=99999999999");
            status.ShouldBe(HttpStatusCode.OK);
            ((int)page!["totalResults"]!, (int)page["itemsPerPage"]!).ShouldBe((2, start[0] == '-' ? 2 : 0), start);
        }

        static async Task RefusedAsync(HttpClient client, string method, string path, int expected)
        {
            var (status, json, answer) = await SendAsync(client, method, path, method == "POST" ? "{}" : null);
            ((int)status).ShouldBe(expected, path);
            answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/scim+json", path);
            ((string)json!["schemas"]![0]!).ShouldBe("urn:ietf:params:scim:api:messages:2.0:Error", path);
            ((string)json["status"]!).ShouldBe($"{expected}", path);
            ((string)json["detail"]!).ShouldNotBeEmpty(path);
        }
    }
}
