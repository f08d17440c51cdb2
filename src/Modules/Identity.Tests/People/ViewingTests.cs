using System.Net;
using System.Net.Http.Json;
using Trellis.Identity.Published;

namespace Trellis.Identity.Tests.People;

public sealed class ViewingTests
{
    private static async Task<(TestTenant Tenant, TestPerson Seller, PageClient Pages)> BeginAsync(TestApp app)
    {
        var tenant = await app.TenantAsync();
        var seller = await tenant.PartnerPersonAsync(Ids.New<PartnerId>(DateTime.UtcNow), "Bright", Roles.PartnerAdmin);
        var pages = await tenant.Administrator.PagesAsync();
        var form = await pages.GetAsync($"/app/view-as/{seller.Actor.Person}/{seller.Actor.Partner}");
        (await pages.SubmitAsync(form, "begin", ("Input.Reason", ""))).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var portal = await pages.SubmitAsync(form, "begin", ("Input.Reason", "They cannot find their statement"));
        portal.Address.AbsolutePath.ShouldBe("/portal");
        portal.Text.ShouldContain("Ada Admin, you are looking as Pat Partner of Bright");
        return (tenant, seller, pages);
    }

    [SkippableTheory, Databases]
    public async Task Whoever_looks_sees_the_portal_with_a_banner_and_changes_nothing(Database database)
    {
        var (tenant, seller, pages) = await BeginAsync(await TestApp.SharedAsync(database));
        using var _ = pages;
        var people = await pages.GetAsync("/portal/people");
        people.Text.ShouldContain("you are looking as Pat Partner");
        (await pages.GetAsync("/app/people")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await pages.SubmitAsync(people, "invite", ("Input.Name", "Eve"), ("Input.Email", "eve@x.example"), ("Input.Role", Roles.PartnerSales))).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await tenant.AsAsync<IssueNarrowToken, Result<NewToken>>(seller.Actor with { ViewedBy = "Ada" }, i => i.RunAsync(new KeyWish("X"), default))).Problem!.Code.ShouldBe("viewing");
        (await tenant.AuditAsync()).ShouldNotContain(a => a.Action == "identity.join_partner");

        var back = await pages.SubmitAsync(people, "/view-as/end");
        back.Address.AbsolutePath.ShouldBe("/app/view-as");
        back.Text.ShouldContain("They cannot find their statement");
        (await pages.GetAsync("/portal/people")).Status.ShouldBe(HttpStatusCode.NotFound);
        var entries = (await tenant.AuditAsync()).Where(a => a.Action.StartsWith("identity.view_as", StringComparison.Ordinal)).ToList();
        entries.Select(a => (a.Action, a.ActorPerson)).ShouldBe([("identity.view_as_begins", tenant.Administrator.Actor.Person), ("identity.view_as_ends", tenant.Administrator.Actor.Person)]);
    }

    [SkippableTheory, Databases]
    public async Task What_opens_the_viewed_account_stays_closed_to_whoever_looks(Database database)
    {
        var (_, seller, pages) = await BeginAsync(await TestApp.SharedAsync(database));
        using var _ = pages;
        using var own = await seller.PagesAsync();
        foreach (var path in new[] { "/account/security", "/account/second-factor", "/account/passkeys", "/account/password", "/account/confirm", "/account/reading", "/portal/tokens", "/portal/me/personal-data.zip" })
        {
            (await own.GetAsync(path)).Status.ShouldBe(HttpStatusCode.OK, path);
            var closed = await pages.GetAsync(path);
            closed.Status.ShouldBe(HttpStatusCode.Forbidden, path);
            closed.Text.ShouldContain("closed to whoever looks", Case.Insensitive, path);
        }

        var portal = await pages.GetAsync("/portal");
        portal.Document.QuerySelectorAll("a").Select(a => a.GetAttribute("href") ?? "").ShouldNotContain(h => h.StartsWith("/account/") || h == "/portal/tokens");
        (await pages.GetAsync("/portal/search?q=bright")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [SkippableTheory, Databases]
    public async Task A_look_ends_by_itself_after_half_an_hour_and_that_is_written_down(Database database)
    {
        await using var app = await TestApp.StartAsync(database);
        var (tenant, _, pages) = await BeginAsync(app);
        using var __ = pages;
        app.Clock.Advance(TimeSpan.FromMinutes(31));
        (await pages.GetAsync("/app/people")).Status.ShouldBe(HttpStatusCode.OK);
        (await pages.GetAsync("/portal/people")).Status.ShouldBe(HttpStatusCode.NotFound);
        await app.RunAsync<EndOldViewings>();
        await app.RunAsync<EndOldViewings>();
        (await tenant.AuditAsync()).Count(a => a.Action == "identity.view_as_ends").ShouldBe(1);
    }

    [SkippableTheory, Databases]
    public async Task A_look_ends_when_the_viewed_person_is_suspended_or_the_permission_is_gone(Database database)
    {
        var (tenant, seller, pages) = await BeginAsync(await TestApp.SharedAsync(database));
        using var _ = pages;
        (await tenant.Administrator.DoAsync<ChangeState, Result<Done>>(c => c.RunAsync((seller.Actor.Person, PersonState.Suspended), default))).Ok.ShouldBeTrue();
        (await pages.GetAsync("/portal/people")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await pages.GetAsync("/app/people")).Status.ShouldBe(HttpStatusCode.OK);
        using var marketing = await (await tenant.StaffAsync(Roles.Marketing)).PagesAsync();
        (await marketing.GetAsync("/app/view-as")).Status.ShouldBe(HttpStatusCode.Forbidden);
        using var foreign = await (await tenant.App.TenantAsync()).Administrator.PagesAsync();
        (await foreign.GetAsync($"/app/view-as/{seller.Actor.Person}/{seller.Actor.Partner}")).Status.ShouldBe(HttpStatusCode.NotFound);
    }
}
