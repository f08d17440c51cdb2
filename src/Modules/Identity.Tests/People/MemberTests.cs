using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Trellis.Identity.Published;

namespace Trellis.Identity.Tests.People;

public sealed class MemberTests
{
    private static PartnerId NewPartner() => Ids.New<PartnerId>(DateTime.UtcNow);

    private static async Task<string> LastLinkAsync(TestTenant tenant, string email) =>
        new Uri((await tenant.MailsAsync()).Last(m => m.To == email).Body.Split('\n').Single(l => l.StartsWith("http", StringComparison.Ordinal))).PathAndQuery;

    private static async Task<VisitedPage> OpenAsync(TestTenant tenant, string link)
    {
        using var visitor = new PageClient(tenant.App.Address);
        var page = await visitor.GetAsync(link);
        return await visitor.SubmitAsync(page, "link");
    }

    [SkippableTheory, Databases]
    public async Task A_partners_admin_invites_a_colleague_who_lands_in_the_portal(Database database)
    {
        var tenant = await (await TestApp.SharedAsync(database)).TenantAsync();
        var partner = NewPartner();
        var admin = await tenant.PartnerPersonAsync(partner, "Bright", Roles.PartnerAdmin);
        var email = $"kim-{tenant.Id.Value:N}@bright.example";
        using var pages = await admin.PagesAsync();
        (await pages.SubmitAsync(await pages.GetAsync("/portal/people"), "invite", ("Input.Name", "Kim"), ("Input.Email", "nonsense"), ("Input.Role", Roles.PartnerSales))).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var list = await pages.SubmitAsync(await pages.GetAsync("/portal/people"), "invite", ("Input.Name", "Kim"), ("Input.Email", email), ("Input.Role", Roles.PartnerSales));
        list.Text.ShouldContain("Kim has been invited by mail.");
        list.Text.ShouldContain("Invited");
        (await OpenAsync(tenant, await LastLinkAsync(tenant, email))).Address.AbsolutePath.ShouldBe("/portal");
        (await pages.GetAsync("/portal/people")).Text.ShouldNotContain("Invited");
        var invitation = (await tenant.AsSystemAsync<Db, List<Invitation>>(db => db.Set<Invitation>().AsNoTracking().ToListAsync())).Single();
        invitation.AcceptedAt.ShouldNotBeNull();
        invitation.StateAt(DateTime.UtcNow.AddYears(1)).ShouldBe(InvitationState.Accepted);
    }

    [SkippableTheory, Databases]
    public async Task Until_somebody_accepts_an_admin_reads_what_was_typed_and_nothing_of_others(Database database)
    {
        var tenant = await (await TestApp.SharedAsync(database)).TenantAsync();
        var (bright, clear) = (NewPartner(), NewPartner());
        var admin = await tenant.PartnerPersonAsync(bright, "Bright", Roles.PartnerAdmin);
        var email = $"ines-{tenant.Id.Value:N}@clear.example";
        var known = (await tenant.Administrator.DoAsync<CreatePerson, Result<PersonId>>(c => c.RunAsync(new NewPerson("Ines Moreau", email, [], clear, "Clear", [Roles.PartnerSales]) { Password = TestPerson.Password }, default))).Value;
        using var pages = await admin.PagesAsync();
        (await InviteAsync("Ines", email)).Text.ShouldContain("Ines has been invited by mail.");
        var list = await pages.GetAsync("/portal/people");
        list.Document.QuerySelectorAll("tbody tr").Single(r => r.TextContent.Contains(email)).TextContent.ShouldContain("Invited");
        list.Text.ShouldNotContain("Moreau");
        var member = (await pages.GetAsync($"/portal/people/{known}")).Text;
        member.ShouldContain("Ines");
        member.ShouldContain("Invited");
        using var api = await admin.ApiAsync();
        (await api.GetStringAsync($"/api/v1/partners/{bright}/people")).ShouldNotContain("Moreau");
        (await tenant.Administrator.DoAsync<ChangeState, Result<Done>>(c => c.RunAsync((known, PersonState.Suspended), default))).Ok.ShouldBeTrue();
        (await pages.GetAsync("/portal/people")).Text.ShouldNotContain("Suspended");
        (await tenant.Administrator.DoAsync<ChangeState, Result<Done>>(c => c.RunAsync((known, PersonState.Active), default))).Ok.ShouldBeTrue();

        using var staff = await tenant.Administrator.PagesAsync();
        (await staff.GetAsync($"/app/people/{known}")).Document.QuerySelectorAll("tbody tr").Select(r => $"{r.QuerySelector("th")!.TextContent} {r.Children[2].TextContent.Trim()}").ShouldBe(["Bright Invited", "Clear Active"]);
        using var ines = new PageClient(tenant.App.Address);
        var asked = await ines.SignInAsync(email, TestPerson.Password);
        asked.Address.AbsolutePath.ShouldBe("/portal/places", "the invitation waits for an answer");
        asked.Text.ShouldContain("Bright invites you");
        (await api.GetStringAsync($"/api/v1/partners/{bright}/people")).ShouldNotContain("Moreau", customMessage: "signing in is no yes");
        await ines.SubmitAsync(asked, asked.Document.QuerySelector("input[name=_handler][value^=accept]")!.GetAttribute("value")!);
        (await api.GetStringAsync($"/api/v1/partners/{bright}/people")).ShouldContain("Moreau");

        var refused = await InviteAsync("Ada", tenant.Administrator.Email);
        refused.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        refused.Text.ShouldContain("This address cannot be invited");
        refused.Text.ShouldNotContain("signs in with it");

        async Task<VisitedPage> InviteAsync(string name, string address) =>
            await pages.SubmitAsync(await pages.GetAsync("/portal/people"), "invite", ("Input.Name", name), ("Input.Email", address), ("Input.Role", Roles.PartnerSales));
    }

    [SkippableTheory, Databases]
    public async Task Somebody_invited_is_called_so_on_the_pages_of_both_sides(Database database)
    {
        var tenant = await (await TestApp.SharedAsync(database)).TenantAsync();
        var email = $"mo-{tenant.Id.Value:N}@vendor.example";
        using var api = await tenant.Administrator.ApiAsync();
        var made = await api.PostAsJsonAsync("/api/v1/invitations", new { name = "Mo", email, roles = new[] { Roles.Finance } });
        using var pages = await tenant.Administrator.PagesAsync();
        var id = (await made.Content.ReadFromJsonAsync<System.Text.Json.JsonElement>()).GetProperty("id").GetString();
        (await pages.GetAsync($"/app/people/{id}")).Text.ShouldContain("Invited");
        (await pages.GetAsync($"/app/people?q={email}")).Document.QuerySelector("tbody")!.TextContent.ShouldContain("Invited");
        await OpenAsync(tenant, await LastLinkAsync(tenant, email));
        (await pages.GetAsync($"/app/people/{id}")).Text.ShouldNotContain("Invited");
        (await pages.GetAsync($"/app/people?q={email}")).Document.QuerySelector("tbody")!.TextContent.ShouldContain("Active");
    }

    [SkippableTheory, Databases]
    public async Task Sending_again_kills_the_first_link_and_revoking_the_second_and_the_access(Database database)
    {
        var tenant = await (await TestApp.SharedAsync(database)).TenantAsync();
        var partner = NewPartner();
        var admin = await tenant.PartnerPersonAsync(partner, "Bright", Roles.PartnerAdmin);
        var email = $"lee-{tenant.Id.Value:N}@bright.example";
        await admin.DoAsync<JoinPartner, Result<PersonId>>(j => j.RunAsync(new NewMember("Lee", email, partner, "Bright", Roles.PartnerSales, s => $"http://x/sign-in/link?key={s}"), default));
        var first = await LastLinkAsync(tenant, email);
        var id = (await tenant.AsSystemAsync<Db, List<Invitation>>(db => db.Set<Invitation>().AsNoTracking().ToListAsync())).Single().Id;
        using var api = await admin.ApiAsync();
        using var rival = await (await tenant.PartnerPersonAsync(NewPartner(), "Clear", Roles.PartnerAdmin)).ApiAsync();
        (await rival.PostAsync($"/api/v1/invitations/{id}/resend", null)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await rival.PostAsync($"/api/v1/invitations/{id}/revoke", null)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await rival.GetStringAsync("/api/v1/invitations")).ShouldNotContain(email);
        (await api.PostAsync($"/api/v1/invitations/{id}/resend", null)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await OpenAsync(tenant, first)).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var second = await LastLinkAsync(tenant, email);
        second.ShouldNotBe(first);
        (await api.PostAsync($"/api/v1/invitations/{id}/revoke", null)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await OpenAsync(tenant, second)).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await RoleTests.CodeAsync(await api.PostAsync($"/api/v1/invitations/{id}/resend", null))).ShouldBe("identity.invitation_revoked");
        (await tenant.AsSystemAsync<Db, int>(db => db.Set<Membership>().CountAsync(m => m.PartnerId == partner))).ShouldBe(1);
    }

    [SkippableTheory, Databases]
    public async Task One_of_the_vendors_people_is_invited_and_the_invitation_expires(Database database)
    {
        await using var app = await TestApp.StartAsync(database);
        var tenant = await app.TenantAsync();
        var email = $"mo-{tenant.Id.Value:N}@vendor.example";
        using var api = await tenant.Administrator.ApiAsync();
        (await api.PostAsJsonAsync("/api/v1/invitations", new { name = "Mo", email, roles = new[] { Roles.Finance } })).StatusCode.ShouldBe(HttpStatusCode.Created);
        var link = await LastLinkAsync(tenant, email);
        app.Clock.Advance(TimeSpan.FromDays(8));
        (await OpenAsync(tenant, link)).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        using var pages = await tenant.Administrator.PagesAsync();
        var list = await pages.GetAsync("/app/invitations?state=expired");
        list.Text.ShouldContain(email);
        var form = list.Document.QuerySelector("input[name=_handler][value^=resend]")!.GetAttribute("value")!;
        (await pages.SubmitAsync(list, form)).Text.ShouldContain("A new link is on its way");
        (await OpenAsync(tenant, await LastLinkAsync(tenant, email))).Address.AbsolutePath.ShouldBe("/app");
    }

    [SkippableTheory, Databases]
    public async Task A_suspension_at_one_partner_leaves_the_other_alone(Database database)
    {
        var tenant = await (await TestApp.SharedAsync(database)).TenantAsync();
        var (one, two) = (NewPartner(), NewPartner());
        var admin = await tenant.PartnerPersonAsync(one, "Bright", Roles.PartnerAdmin);
        var seller = await tenant.PartnerPersonAsync(one, "Bright");
        await tenant.JoinAsync(seller, two, "Clear");
        using var here = await seller.ApiAsync();
        using var there = await (seller with { Actor = seller.Actor with { Partner = two } }).ApiAsync();
        using var api = await admin.ApiAsync();
        (await api.PostAsJsonAsync($"/api/v1/partners/{one}/people/{seller.Actor.Person}/state", new { state = "suspended" })).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await here.GetAsync("/api/v1/me")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await there.GetStringAsync("/api/v1/me")).ShouldContain("Clear");
        (await api.PostAsJsonAsync($"/api/v1/partners/{two}/people/{seller.Actor.Person}/state", new { state = "suspended" })).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await api.GetAsync($"/api/v1/partners/{two}/people")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await api.DeleteAsync($"/api/v1/partners/{one}/people/{seller.Actor.Person}")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await api.DeleteAsync($"/api/v1/partners/{one}/people/{seller.Actor.Person}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await there.GetAsync("/api/v1/me")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [SkippableTheory, Databases]
    public async Task A_partner_keeps_an_admin_and_hands_over(Database database)
    {
        var tenant = await (await TestApp.SharedAsync(database)).TenantAsync();
        var partner = NewPartner();
        var admin = await tenant.PartnerPersonAsync(partner, "Bright", Roles.PartnerAdmin);
        var seller = await tenant.PartnerPersonAsync(partner, "Bright");
        using var api = await admin.ApiAsync();
        string Own(string what) => $"/api/v1/partners/{partner}/people/{admin.Actor.Person}/{what}";
        (await RoleTests.CodeAsync(await api.PutAsJsonAsync(Own("roles"), new { roles = new[] { Roles.PartnerSales } }))).ShouldBe("identity.last_partner_admin");
        (await RoleTests.CodeAsync(await api.PostAsJsonAsync(Own("state"), new { state = "suspended" }))).ShouldBe("identity.own_account");
        (await api.PutAsJsonAsync(Own("roles"), new { roles = new[] { Roles.Administrator } })).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        using var pages = await admin.PagesAsync();
        (await pages.SubmitAsync(await pages.GetAsync("/portal/people"), "hand-over", ("Hand.Person", seller.Actor.Person.ToString()))).Text.ShouldContain("Handed over");
        (await pages.GetAsync("/portal/people")).Status.ShouldBe(HttpStatusCode.Forbidden);
        using var heir = await seller.ApiAsync();
        (await heir.GetStringAsync("/api/v1/me")).ShouldContain("Partner admin");
        (await heir.GetAsync($"/api/v1/partners/{partner}/people")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [SkippableTheory, Databases]
    public async Task Who_belongs_to_several_partners_chooses_once_and_switches_in_the_menu(Database database)
    {
        var tenant = await (await TestApp.SharedAsync(database)).TenantAsync();
        var (one, two) = (NewPartner(), NewPartner());
        var seller = await tenant.PartnerPersonAsync(one, "Bright");
        await tenant.JoinAsync(seller, two, "Clear");
        using var pages = new PageClient(tenant.App.Address);
        var chooser = await pages.SignInAsync(seller.Email, TestPerson.Password);
        chooser.Address.AbsolutePath.ShouldBe("/portal/places");
        chooser.Text.ShouldContain("Clear");
        await pages.SubmitAsync(chooser, "/switch-partner", ("partner", two.ToString()));
        using var again = new PageClient(tenant.App.Address);
        var landed = await again.SignInAsync(seller.Email, TestPerson.Password);
        landed.Address.AbsolutePath.ShouldBe("/portal");
        landed.Document.QuerySelectorAll("#person form[action='/switch-partner'] button").Select(b => $"{b.TextContent.Trim()} {b.GetAttribute("aria-pressed")}").ShouldBe(["Bright false", "Clear true"]);
    }
}
