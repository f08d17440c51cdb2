using System.Net;
using System.Net.Http.Headers;
using Microsoft.EntityFrameworkCore;
using Trellis.Identity.Published;

namespace Trellis.Identity.Tests;

public sealed class TokenTests
{
    [SkippableTheory, Databases]
    public async Task A_token_opens_the_api_until_it_runs_out(Database database)
    {
        await using var app = await TestApp.StartAsync(database);
        var person = await (await app.TenantAsync()).StaffAsync(Roles.PartnerManager);
        using var api = await person.ApiAsync();
        (await api.GetAsync("/api/v1/me")).StatusCode.ShouldBe(HttpStatusCode.OK);

        app.Clock.Advance(TimeSpan.FromDays(91));

        (await api.GetAsync("/api/v1/me")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [SkippableTheory, Databases]
    public async Task A_token_is_shown_once_and_revoked_by_its_owner_alone(Database database)
    {
        var tenant = await (await TestApp.SharedAsync(database)).TenantAsync();
        var owner = await tenant.StaffAsync(Roles.Finance);
        using var pages = await owner.PagesAsync();
        var issued = await pages.SubmitAsync(await pages.GetAsync("/app/tokens"), "issue", ("Input.Name", "Nightly export"));
        var secret = issued.Document.QuerySelector("code")!.TextContent;
        secret.ShouldStartWith("trl_");
        (await pages.GetAsync("/app/tokens")).Document.DocumentElement.OuterHtml.ShouldNotContain(secret);
        using var api = new HttpClient { BaseAddress = new Uri(tenant.App.Address) };
        api.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("bearer", secret);
        (await api.GetAsync("/api/v1/me")).StatusCode.ShouldBe(HttpStatusCode.OK);

        var hash = (await tenant.AsSystemAsync<Db, List<Key>>(db => db.Set<Key>().AsNoTracking().Where(k => k.PersonId == owner.Actor.Person).ToListAsync())).Single().Hash;
        (await tenant.Administrator.DoAsync<RevokeToken, Result<Done>>(r => r.RunAsync(hash, default))).Problem!.Status.ShouldBe(404);
        (await api.GetAsync("/api/v1/me")).StatusCode.ShouldBe(HttpStatusCode.OK);

        var list = await pages.GetAsync("/app/tokens");
        await pages.SubmitAsync(list, $"revoke-{hash[..16]}");
        (await api.GetAsync("/api/v1/me")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await tenant.AuditAsync()).Where(a => a.Action is "identity.issue_token" or "identity.revoke_token").Select(a => a.ActorPerson).ShouldBe([owner.Actor.Person, owner.Actor.Person]);
        (await tenant.AuditAsync()).ShouldAllBe(a => !a.Changes.Contains(secret) && !a.Changes.Contains(hash));
    }

    [SkippableTheory, Databases]
    public async Task The_api_knows_nobody_by_a_cookie_and_says_what_it_wants(Database database)
    {
        var tenant = await (await TestApp.SharedAsync(database)).TenantAsync();
        using var pages = await tenant.Administrator.PagesAsync();
        foreach (var header in new[] { null, "Bearer", "Bearer trl_unknown", "Basic dHJsOg==", "Bearer trl_" + new string('x', 500) })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/people");
            if (header is not null) request.Headers.TryAddWithoutValidation("Authorization", header);
            using var answer = await pages.Http.SendAsync(request);
            answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
            answer.Headers.WwwAuthenticate.ToString().ShouldBe("Bearer");
            answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        }
    }

    [SkippableTheory, Databases]
    public async Task A_partners_token_acts_for_that_partner(Database database)
    {
        var tenant = await (await TestApp.SharedAsync(database)).TenantAsync();
        var partner = Ids.New<PartnerId>(DateTime.UtcNow);
        using var api = await (await tenant.PartnerPersonAsync(partner, "Bright")).ApiAsync();
        var me = await api.GetStringAsync("/api/v1/me");
        me.ShouldContain(partner.ToString());
        me.ShouldNotContain("identity.manage_people");
        (await api.GetAsync("/api/v1/people")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await api.GetAsync("/api/v1/audit")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }
}
