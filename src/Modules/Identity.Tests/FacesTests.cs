using System.Net;
using Trellis.Identity.Published;

namespace Trellis.Identity.Tests;

public sealed class FacesTests
{
    [SkippableTheory, Databases]
    public async Task A_face_of_others_does_not_exist_and_asking_for_it_is_noted(Database database)
    {
        var tenant = await (await TestApp.SharedAsync(database)).TenantAsync();
        using var seller = await (await tenant.PartnerPersonAsync(Ids.New<PartnerId>(DateTime.UtcNow), "Bright")).PagesAsync();
        using var staff = await tenant.Administrator.PagesAsync();

        foreach (var path in new[] { "/app", "/APP", "/app/people", "/app/audit" }) (await seller.GetAsync(path)).Status.ShouldBe(HttpStatusCode.NotFound, path);
        foreach (var path in new[] { "/portal", "/Portal/tokens" }) (await staff.GetAsync(path)).Status.ShouldBe(HttpStatusCode.NotFound, path);

        var refused = (await tenant.AuditAsync()).Where(a => a.Action == "access.refused").ToList();
        refused.Select(a => a.Subject).ShouldBe(["/app", "/APP", "/app/people", "/app/audit", "/portal", "/Portal/tokens"]);
        refused.Select(a => a.ActorName).Distinct().ShouldBe(["Pat Partner", "Ada Admin"]);
        refused[0].ActorPartner.ShouldNotBeNull();
    }

    [SkippableTheory, Databases]
    public async Task A_page_without_its_permission_is_refused_and_noted(Database database)
    {
        var tenant = await (await TestApp.SharedAsync(database)).TenantAsync();
        var marketing = await tenant.StaffAsync(Roles.Marketing);
        using var pages = await marketing.PagesAsync();
        using var api = await marketing.ApiAsync();
        (await pages.GetAsync("/app/people")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await api.GetAsync("/api/v1/people")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await tenant.AuditAsync()).Where(a => a.Action == "access.refused").Select(a => (a.Subject, a.ActorPerson))
            .ShouldBe([("/app/people", marketing.Actor.Person), ("/api/v1/people", marketing.Actor.Person)]);
    }

    [SkippableTheory, Databases]
    public async Task Somebody_switches_to_own_partners_only(Database database)
    {
        var tenant = await (await TestApp.SharedAsync(database)).TenantAsync();
        var (first, second, foreign) = (Ids.New<PartnerId>(DateTime.UtcNow), Ids.New<PartnerId>(DateTime.UtcNow), Ids.New<PartnerId>(DateTime.UtcNow));
        var seller = await tenant.PartnerPersonAsync(first, "Bright");
        await tenant.PartnerPersonAsync(foreign, "Foreign");
        await tenant.JoinAsync(seller, second, "Clear");
        using var pages = await seller.PagesAsync();
        var page = await pages.GetAsync("/portal/tokens");
        var token = page.Document.QuerySelector("[name=__RequestVerificationToken]")!.GetAttribute("value")!;

        (await SwitchAsync(foreign, token)).ShouldBe((HttpStatusCode.NotFound, "/switch-partner"));
        (await SwitchAsync(default, token)).ShouldBe((HttpStatusCode.NotFound, "/switch-partner"));
        (await SwitchAsync(second, null)).ShouldBe((HttpStatusCode.BadRequest, "/switch-partner"));
        (await pages.GetAsync("/portal/tokens")).Text.ShouldContain("Bright");
        (await SwitchAsync(second, token)).ShouldBe((HttpStatusCode.OK, "/portal"));
        (await pages.GetAsync("/portal/tokens")).Text.ShouldContain("Clear");

        async Task<(HttpStatusCode, string)> SwitchAsync(PartnerId to, string? with)
        {
            var fields = new Dictionary<string, string> { ["partner"] = to.ToString() };
            if (with is not null) fields["__RequestVerificationToken"] = with;
            using var answer = await pages.Http.PostAsync("/switch-partner", new FormUrlEncodedContent(fields));
            return (answer.StatusCode, answer.RequestMessage!.RequestUri!.AbsolutePath);
        }
    }

    [SkippableTheory, Databases]
    public async Task A_form_without_its_token_changes_nothing(Database database)
    {
        var tenant = await (await TestApp.SharedAsync(database)).TenantAsync();
        using var pages = await tenant.Administrator.PagesAsync();
        foreach (var (path, handler) in new[] { ("/app/people", "add"), ("/app/tokens", "issue"), ("/sign-in", "sign-in"), ("/sign-in/link", "link") })
        {
            using var answer = await pages.Http.PostAsync(path, new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["_handler"] = handler, ["Input.Name"] = "Eve", ["Input.Email"] = "eve@vendor.example", ["Input.Roles"] = Roles.Administrator,
            }));
            answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest, path);
        }

        (await tenant.AuditAsync()).ShouldNotContain(a => a.Action == "identity.create_person" || a.Action == "identity.issue_token");
    }

    [SkippableTheory, Databases]
    public async Task Every_answer_carries_the_headers_that_keep_a_browser_safe(Database database)
    {
        var app = await TestApp.SharedAsync(database);
        using var http = app.Plain();
        foreach (var path in new[] { "/sign-in", "/app", "/api/v1/me", "/nothing/here", "/health/live" })
        {
            using var answer = await http.GetAsync(path);
            string Of(string name) => answer.Headers.TryGetValues(name, out var values) ? string.Join(",", values) : "";
            Of("Content-Security-Policy").ShouldContain("default-src", Case.Insensitive, path);
            Of("Content-Security-Policy").ShouldNotContain("unsafe-inline", Case.Insensitive, path);
            Of("Content-Security-Policy").ShouldContain("frame-ancestors", Case.Insensitive, path);
            Of("X-Content-Type-Options").ShouldBe("nosniff", path);
            Of("Referrer-Policy").ShouldBe("same-origin", path);
            Of("Server").ShouldBe("", path);
            answer.Headers.CacheControl!.NoStore.ShouldBeTrue(path);
        }
    }

    [SkippableTheory, Databases]
    public async Task A_head_is_answered_as_a_get_without_its_body(Database database)
    {
        var tenant = await (await TestApp.SharedAsync(database)).TenantAsync();
        using var pages = await tenant.Administrator.PagesAsync();
        using var api = await tenant.Administrator.ApiAsync();
        using var stranger = tenant.App.Plain();
        foreach (var (client, path) in new[] { (stranger, "/sign-in"), (stranger, "/app/people"), (stranger, "/partners"), (stranger, "/receipts/keys"), (stranger, "/nothing"), (stranger, "/health/live"), (stranger, "/lib/app.css"), (pages.Http, "/app/people"), (pages.Http, "/app/audit/export.csv"), (api, "/api/v1/me"), (api, "/api/v1/people") })
        {
            using var get = await client.GetAsync(path);
            using var head = await client.SendAsync(new HttpRequestMessage(HttpMethod.Head, path));
            (head.StatusCode, head.Headers.Location, head.Content.Headers.ContentType).ShouldBe((get.StatusCode, get.Headers.Location, get.Content.Headers.ContentType), path);
            (await head.Content.ReadAsByteArrayAsync()).ShouldBeEmpty(path);
        }

        using var sign = await stranger.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/sign-in"));
        sign.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [SkippableTheory, Databases]
    public async Task Without_the_demo_there_is_no_mailbox(Database database)
    {
        var app = await TestApp.SharedAsync(database);
        using var http = app.Plain();
        (await http.GetAsync("/dev/mailbox")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await http.GetAsync("/dev/mailbox?to=ada@northwind.example")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }
}
