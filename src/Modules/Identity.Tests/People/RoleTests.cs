using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Trellis.Identity.Published;

namespace Trellis.Identity.Tests.People;

public sealed class RoleTests
{
    private static readonly Permission Everybody = new("t.all", "All", Roles.All);
    private static readonly Permission Figures = new("t.figures", "Figures", Roles.Administrator, Roles.Executive);
    private static readonly Permission Claims = new("t.claims", "Claims", Roles.PartnerAdmin);
    private static readonly Permission Clock = new("t.clock", "Clock");
    private static readonly Manifest Manifest = new Manifest().Permits(Everybody, Figures, Claims, Clock);

    [Fact]
    public void A_role_begins_with_what_names_it_and_with_what_it_is_like()
    {
        RoleRules.Shipped(Manifest, Roles.SalesDirector).ShouldBe(["t.all", "t.figures"], ignoreOrder: true);
        RoleRules.Shipped(Manifest, Roles.Marketing).ShouldBe(["t.all"]);
        RoleRules.Shipped(Manifest, "nobody").ShouldBeEmpty();
    }

    [Fact]
    public void A_tenants_role_is_the_shipped_one_and_the_difference_and_never_reaches_the_other_side()
    {
        var row = new Role { Code = Roles.Executive, Side = RoleSide.Vendor, Name = "Board", Summary = "", Added = "t.claims t.clock t.gone", Removed = "t.figures" };
        var role = RoleRules.InForce(Manifest, Roles.Executive, row)!;
        role.Name.ShouldBe("Board");
        string.Join(" ", role.Permissions).ShouldBe("t.all", "a partner's permission, one of the clock and one that is gone fit no role of the vendor");
        RoleRules.InForce(Manifest, Roles.Administrator, new Role { Code = Roles.Administrator, Name = "Root", Summary = "", Removed = "t.all t.figures" })!.Permissions.Count.ShouldBe(2);
        RoleRules.InForce(Manifest, "nobody", null).ShouldBeNull();
    }

    [SkippableTheory, Databases]
    public async Task Every_persona_has_a_role_that_opens_a_home_and_none_may_do_what_the_clock_does(Database database)
    {
        var app = await TestApp.SharedAsync(database);
        var manifest = app.Services.GetRequiredService<Manifest>();
        var roles = RoleRules.All(manifest, []);
        roles.Count.ShouldBe(24);
        roles.ShouldAllBe(r => r.Permissions.Contains(IdentityPermissions.UseTokensCode) && r.Permissions.Contains("insights.home"));
        manifest.Permissions.Where(p => p.Roles.Length == 0).ShouldAllBe(p => !roles.Any(r => r.Has(p)));
        var admin = roles.Single(r => r.Code == Roles.Administrator);
        roles.Where(r => r.Side == RoleSide.Vendor).ShouldAllBe(r => r.Permissions.IsSubsetOf(admin.Permissions));
        var partner = roles.Single(r => r.Code == Roles.PartnerAdmin);
        roles.Where(r => r.Side == RoleSide.Partner).ShouldAllBe(r => r.Permissions.IsSubsetOf(partner.Permissions), "a partner's admin gives every role of its side");
    }

    [SkippableTheory, Databases]
    public async Task A_change_on_the_page_is_felt_at_the_next_call_and_in_this_tenant_alone(Database database)
    {
        var app = await TestApp.SharedAsync(database);
        var (tenant, other) = (await app.TenantAsync(), await app.TenantAsync());
        using var finance = await (await tenant.StaffAsync(Roles.Finance)).ApiAsync();
        using var foreign = await (await other.StaffAsync(Roles.Finance)).ApiAsync();
        using var admin = await tenant.Administrator.PagesAsync();
        (await finance.GetAsync("/api/v1/people")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);

        var saved = await admin.SubmitAsync(await admin.GetAsync($"/app/roles/{Roles.Finance}"), "save", ("Input.Name", "Money people"), ($"may.{IdentityPermissions.ViewPeopleCode}", "true"));

        saved.Text.ShouldContain("Money people is changed");
        (await finance.GetAsync("/api/v1/people")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await finance.GetStringAsync("/api/v1/me")).ShouldContain("Money people");
        (await foreign.GetAsync("/api/v1/people")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        await admin.SubmitAsync(await admin.GetAsync($"/app/roles/{Roles.Finance}"), "remove");
        (await finance.GetAsync("/api/v1/people")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await admin.GetAsync("/app/roles?area=Identity")).Text.ShouldContain("See people and roles");
        (await admin.GetAsync("/app/roles?side=partner")).Text.ShouldContain("Distributor");
    }

    [SkippableTheory, Databases]
    public async Task A_copy_is_given_to_somebody_and_cannot_be_removed_while_it_is_in_use(Database database)
    {
        var tenant = await (await TestApp.SharedAsync(database)).TenantAsync();
        using var api = await tenant.Administrator.ApiAsync();
        var copy = (await (await api.PostAsJsonAsync($"/api/v1/roles/{Roles.PartnerManager}/copies", new { name = "Partner manager, Nordics" })).Content.ReadFromJsonAsync<RoleMade>())!;
        copy.Code.ShouldBe("partner_manager.2");
        var person = await tenant.StaffAsync(Roles.Marketing);
        (await api.PutAsJsonAsync($"/api/v1/people/{person.Actor.Person}/roles", new { roles = new[] { copy.Code } })).StatusCode.ShouldBe(HttpStatusCode.OK);
        using var nordic = await person.ApiAsync();
        (await nordic.GetStringAsync("/api/v1/me")).ShouldContain("partners.manage");
        (await api.DeleteAsync($"/api/v1/roles/{copy.Code}")).StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await api.PutAsJsonAsync($"/api/v1/people/{person.Actor.Person}/roles", new { roles = new[] { Roles.Marketing } })).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await api.DeleteAsync($"/api/v1/roles/{copy.Code}")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await nordic.GetStringAsync("/api/v1/me")).ShouldNotContain("partners.manage");
        (await api.DeleteAsync($"/api/v1/roles/{Roles.Legal}")).StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await api.PostAsJsonAsync("/api/v1/roles/nothing/copies", new { name = "X" })).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [SkippableTheory, Databases]
    public async Task Nobody_gives_more_than_they_hold_or_changes_somebody_above(Database database)
    {
        var tenant = await (await TestApp.SharedAsync(database)).TenantAsync();
        var clerk = await tenant.StaffAsync(Roles.Marketing);
        var colleague = await tenant.StaffAsync(Roles.Marketing);
        await GrantAsync(tenant, Roles.Marketing, IdentityPermissions.ManagePeopleCode, IdentityPermissions.ManageRolesCode, IdentityPermissions.ViewPeopleCode, "partners.certify", "partners.enter_certification", "partners.finish_onboarding");
        using var api = await clerk.ApiAsync();
        (await CodeAsync(await api.PutAsJsonAsync($"/api/v1/people/{colleague.Actor.Person}/roles", new { roles = new[] { Roles.Administrator } }))).ShouldBe("identity.more_than_you_hold");
        (await CodeAsync(await api.PutAsJsonAsync($"/api/v1/people/{clerk.Actor.Person}/roles", new { roles = new[] { Roles.Marketing, Roles.Finance } }))).ShouldBe("identity.more_than_you_hold");
        (await CodeAsync(await api.PutAsJsonAsync($"/api/v1/people/{tenant.Administrator.Actor.Person}/roles", new { roles = new[] { Roles.Administrator, Roles.Marketing } }))).ShouldBe("identity.above_you");
        (await CodeAsync(await api.PostAsJsonAsync($"/api/v1/people/{tenant.Administrator.Actor.Person}/state", new { state = "suspended" }))).ShouldBe("identity.above_you");
        (await CodeAsync(await api.PostAsJsonAsync("/api/v1/people", new { name = "Eve", email = $"eve-{tenant.Id.Value:N}@x.example", roles = new[] { Roles.Finance } }))).ShouldBe("identity.more_than_you_hold");
        var all = (await tenant.AsSystemAsync<RoleBook, List<RoleItem>>(b => b.AllAsync(default))).Single(r => r.Code == Roles.Marketing);
        (await CodeAsync(await api.PutAsJsonAsync($"/api/v1/roles/{Roles.Marketing}", new { name = "M", permissions = all.Permissions.Append(IdentityPermissions.ViewAuditCode) }))).ShouldBe("identity.more_than_you_hold");
        (await CodeAsync(await api.PutAsJsonAsync($"/api/v1/roles/{Roles.Marketing}", new { name = "M", permissions = all.Permissions.Append("deals.clock") }))).ShouldBe("invalid");
        (await api.PutAsJsonAsync($"/api/v1/people/{colleague.Actor.Person}/roles", new { roles = new[] { Roles.Enablement } })).StatusCode.ShouldBe(HttpStatusCode.OK, "all that this role may, the clerk may too");
    }

    [SkippableTheory, BothDatabases]
    public async Task The_last_administrator_stays_even_when_two_step_down_at_once(Database database)
    {
        var tenant = await (await TestApp.SharedAsync(database)).TenantAsync();
        var first = tenant.Administrator;
        using var api = await first.ApiAsync();
        (await CodeAsync(await api.PutAsJsonAsync($"/api/v1/people/{first.Actor.Person}/roles", new { roles = new[] { Roles.Finance } }))).ShouldBe("identity.last_administrator");
        (await CodeAsync(await api.PutAsJsonAsync($"/api/v1/roles/{Roles.Administrator}", new { name = "Root", permissions = new[] { IdentityPermissions.UseTokensCode } }))).ShouldBe("identity.administrator_holds_all");
        var second = await tenant.StaffAsync(Roles.Administrator);
        Task<Result<Done>> DownAsync(TestPerson person) => person.DoAsync<ChangeRoles, Result<Done>>(c => c.RunAsync((person.Actor.Person, [Roles.Finance]), default));
        var results = await Task.WhenAll(DownAsync(first), DownAsync(second));
        results.Count(r => r.Ok).ShouldBe(1);
        results.Single(r => !r.Ok).Problem!.Code.ShouldBe("identity.last_administrator");
    }

    internal static async Task GrantAsync(TestTenant tenant, string role, params string[] permissions)
    {
        var now = (await tenant.AsSystemAsync<RoleBook, List<RoleItem>>(b => b.AllAsync(default))).Single(r => r.Code == role);
        (await tenant.Administrator.DoAsync<SaveRole, Result<RoleItem>>(s => s.RunAsync(new RoleChange(role, now.Name, now.Summary, [.. now.Permissions.Union(permissions)]), default))).Ok.ShouldBeTrue();
    }

    internal static async Task<string> CodeAsync(HttpResponseMessage answer) => (await answer.Content.ReadFromJsonAsync<System.Text.Json.JsonElement>()).GetProperty("code").GetString()!;

    private sealed record RoleMade(string Code, string Name);

    [SkippableTheory, Databases]
    public async Task A_role_may_do_what_it_is_for(Database database)
    {
        var tenant = await (await TestApp.SharedAsync(database)).TenantAsync();
        var partner = Ids.New<PartnerId>(DateTime.UtcNow);
        var referrer = await tenant.PartnerPersonAsync(partner, "Bright", Roles.ReferralPartner);
        referrer.Actor.Permissions.ShouldContain("deals.refer_lead");
        referrer.Actor.Permissions.ShouldContain("insights.record_touch");
        (await tenant.PartnerPersonAsync(partner, "Bright", Roles.PartnerTechnical)).Actor.Permissions.ShouldContain("partners.enter_certification");
        (await tenant.StaffAsync(Roles.Enablement)).Actor.Permissions.ShouldContain("partners.certify");
        (await tenant.StaffAsync(Roles.Specialist)).Actor.Permissions.ShouldContain("deals.team");
        using var pages = await referrer.PagesAsync();
        foreach (var path in new[] { "/portal/leads", "/portal/leads/new" }) (await pages.GetAsync(path)).Status.ShouldBe(System.Net.HttpStatusCode.OK, path);
        (await pages.GetAsync("/portal")).Document.QuerySelectorAll("a[href='/portal/deals/new']").ShouldBeEmpty("it may not register");
    }
}
