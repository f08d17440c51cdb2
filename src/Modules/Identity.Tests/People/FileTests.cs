using System.Net;
using System.Net.Http.Json;
using Trellis.Identity.Published;

namespace Trellis.Identity.Tests.People;

/// <summary>Lists of people, roles, keys and background work as files.</summary>
public sealed class FileTests
{
    internal static async Task<string[]> LinesAsync(PageClient pages, string file)
    {
        using var answer = await pages.Http.GetAsync(file);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, file);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/csv", file);
        return (await answer.Content.ReadAsStringAsync()).TrimStart('\uFEFF').Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
    }

    internal static async Task RefusedAsync(PageClient pages, params string[] files)
    {
        foreach (var file in files)
        {
            using var answer = await pages.Http.GetAsync(file);
            ((int)answer.StatusCode).ShouldBeOneOf(403, 404);
            answer.Content.Headers.ContentType?.MediaType.ShouldNotBe("text/csv", file);
        }
    }

    [SkippableTheory, Databases]
    public async Task People_and_invitations_are_files_with_the_filter_of_their_page_and_end_at_the_company(Database database)
    {
        var app = await TestApp.SharedAsync(database);
        var (tenant, other) = (await app.TenantAsync(), await app.TenantAsync());
        var staff = await tenant.StaffAsync(Roles.Finance);
        var seller = await tenant.PartnerPersonAsync(Ids.New<PartnerId>(DateTime.UtcNow), "Bright, Ltd");
        using var api = await tenant.Administrator.ApiAsync();
        var invited = $"formula-{tenant.Id.Value:N}@vendor.example";
        (await api.PostAsJsonAsync("/api/v1/invitations", new { name = "=HYPERLINK(1)", email = invited, roles = new[] { Roles.Legal } })).StatusCode.ShouldBe(HttpStatusCode.Created);
        using var pages = await tenant.Administrator.PagesAsync();

        var all = await LinesAsync(pages, "/app/people.csv");
        all.Length.ShouldBe(5, "the header, the administrator and three more");
        all.ShouldContain(l => l.StartsWith($"Sam Staff,{staff.Email},Finance,Vendor,Active,", StringComparison.Ordinal));
        all.ShouldContain(l => l.StartsWith($"'=HYPERLINK(1),{invited},", StringComparison.Ordinal) && l.Contains(",Invited,"), "no spreadsheet computes a name");
        var partners = await LinesAsync(pages, "/app/people.csv?side=partner");
        partners.Length.ShouldBe(2);
        partners[1].ShouldContain(seller.Email);
        partners[1].ShouldContain("\"Bright, Ltd\"");
        (await LinesAsync(pages, $"/app/people.csv?q={staff.Email}")).Length.ShouldBe(2);
        (await LinesAsync(pages, "/app/invitations.csv?state=open")).ShouldContain(l => l.Contains(invited) && l.Contains(",Open,"));
        (await LinesAsync(pages, "/app/invitations.csv?state=revoked")).Length.ShouldBe(1);
        using var book = await pages.Http.GetAsync("/app/people.csv?side=partner&as=xlsx");
        book.Content.Headers.ContentType!.MediaType.ShouldBe(Xlsx.ContentType);
        (await pages.GetAsync("/app/people?side=partner")).Document.QuerySelector("a[href='/app/people.csv?side=partner&as=xlsx']").ShouldNotBeNull();
        (await pages.GetAsync("/app/invitations")).Document.QuerySelector("a[href='/app/invitations.csv']").ShouldNotBeNull();

        using var low = await staff.PagesAsync();
        await RefusedAsync(low, "/app/people.csv", "/app/invitations.csv", "/app/roles.csv", "/app/service-accounts.csv", "/app/operations/jobs.csv");
        using var portal = await seller.PagesAsync();
        await RefusedAsync(portal, "/app/people.csv", "/portal/people.csv");
        using var foreign = await other.Administrator.PagesAsync();
        (await LinesAsync(foreign, "/app/people.csv")).ShouldAllBe(l => !l.Contains(staff.Email) && !l.Contains(seller.Email));
        (await LinesAsync(foreign, "/app/invitations.csv")).Length.ShouldBe(1);
    }

    [SkippableTheory, Databases]
    public async Task Roles_are_one_table_of_permissions_by_role_for_each_side_and_service_accounts_are_a_list(Database database)
    {
        var tenant = await (await TestApp.SharedAsync(database)).TenantAsync();
        using var api = await tenant.Administrator.ApiAsync();
        (await api.PostAsJsonAsync("/api/v1/service-accounts", new { name = "CRM connector", roles = new[] { Roles.Finance } })).StatusCode.ShouldBe(HttpStatusCode.Created);
        using var pages = await tenant.Administrator.PagesAsync();

        var vendor = await LinesAsync(pages, "/app/roles.csv");
        var (columns, row) = (vendor[0].Split(','), vendor.Single(l => l.EndsWith("," + IdentityPermissions.ManageSignInCode, StringComparison.Ordinal)));
        columns.ShouldContain("Finance");
        row.Split(',').Count(c => c == "yes").ShouldBe(1, "the administrator alone");
        var partner = await LinesAsync(pages, "/app/roles.csv?side=partner");
        partner.ShouldNotContain(l => l.EndsWith("," + IdentityPermissions.ManageSignInCode, StringComparison.Ordinal));
        partner.ShouldContain(l => l.EndsWith("," + IdentityPermissions.InvitePartnerPeopleCode, StringComparison.Ordinal) && l.Contains("yes"));
        (await LinesAsync(pages, "/app/service-accounts.csv")).ShouldContain(l => l.StartsWith("CRM connector,Finance,Active,0,", StringComparison.Ordinal));
        (await pages.GetAsync("/app/roles?side=partner")).Document.QuerySelector("a[href='/app/roles.csv?side=partner']").ShouldNotBeNull();
        (await pages.GetAsync("/app/service-accounts")).Document.QuerySelector("a[href='/app/service-accounts.csv?as=xlsx']").ShouldNotBeNull();
    }

    [SkippableTheory, Databases]
    public async Task A_partners_admin_has_its_own_people_as_a_file_and_invites_over_the_api(Database database)
    {
        var tenant = await (await TestApp.SharedAsync(database)).TenantAsync();
        var (bright, clear) = (Ids.New<PartnerId>(DateTime.UtcNow), Ids.New<PartnerId>(DateTime.UtcNow));
        var admin = await tenant.PartnerPersonAsync(bright, "Bright", Roles.PartnerAdmin);
        var (own, rival) = (await tenant.PartnerPersonAsync(bright, "Bright"), await tenant.PartnerPersonAsync(clear, "Clear"));
        using var api = await admin.ApiAsync();
        var email = $"new-{tenant.Id.Value:N}@bright.example";
        (await api.PostAsJsonAsync($"/api/v1/partners/{bright}/people", new { name = "New", email, role = Roles.PartnerSales })).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await api.PostAsJsonAsync($"/api/v1/partners/{bright}/people", new { name = "New", email, role = Roles.PartnerSales })).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await api.PostAsJsonAsync($"/api/v1/partners/{bright}/people", new { })).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await api.PostAsJsonAsync($"/api/v1/partners/{clear}/people", new { name = "Spy", email = "spy@bright.example", role = Roles.PartnerSales })).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        using var seller = await own.ApiAsync();
        (await seller.PostAsJsonAsync($"/api/v1/partners/{bright}/people", new { name = "Spy", email = "spy@bright.example", role = Roles.PartnerSales })).StatusCode.ShouldBe(HttpStatusCode.Forbidden);

        using var pages = await admin.PagesAsync();
        var lines = await LinesAsync(pages, "/portal/people.csv");
        lines.Length.ShouldBe(4);
        lines.ShouldContain(l => l.Contains(own.Email));
        lines.ShouldContain(l => l.StartsWith($"New,{email},", StringComparison.Ordinal) && l.Contains(",Invited,"));
        lines.ShouldAllBe(l => !l.Contains(rival.Email));
        (await pages.GetAsync("/portal/people")).Document.QuerySelector("a[href='/portal/people.csv']").ShouldNotBeNull();
        using var staff = await tenant.Administrator.PagesAsync();
        await RefusedAsync(staff, "/portal/people.csv");
    }
}
