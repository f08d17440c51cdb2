using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Trellis.Accounts.Contacts;
using Trellis.Accounts.Imports;
using Trellis.Accounts.Published;
using Trellis.Accounts.Quality;
using Trellis.Identity.Published;

namespace Trellis.Accounts.Tests;

public sealed class ContactTests
{
    [SkippableTheory, Databases]
    public async Task Contacts_are_added_changed_found_imported_and_removed(Database database)
    {
        var (app, operations) = await BeginAsync(database);
        using var api = await operations.ApiAsync();
        var importing = new Importing(app, api);
        await importing.ImportAsync("account\nBlue Harvest\n");
        var account = (await importing.GetAsync("/accounts")).GetProperty("items")[0].Text("id");
        async Task<HttpResponseMessage> AddAsync(object contact) => await api.PostAsJsonAsync($"/api/v1/accounts/{account}/contacts", contact);

        (await AddAsync(new { name = "", email = "x", phone = "call me" })).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await AddAsync(new { name = "Ann", consent = "given" })).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity, "consent needs its note");
        var id = (await (await AddAsync(new { name = "Ann Buyer", email = "Ann@Blue.example", phone = "+49 (0)89 12", role = "economic_buyer" })).Content.ReadFromJsonAsync<JsonElement>()).Text("id");
        (await AddAsync(new { name = "Twin", email = "ann@blue.example" })).StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await api.PatchAsJsonAsync($"/api/v1/contacts/{id}", new { title = "CFO", phone = "" })).StatusCode.ShouldBe(HttpStatusCode.OK);
        var import = await importing.ImportAsync("account,contact,email,role,consent,consent note\nBlue Harvst,Ann Buyer,ann@blue.example,champion,yes,fair 2026\nBlue Harvest,Bob User,bob@,user,,\nNobody Ltd,Carl Lost,,,,\n");
        import.Counts().ShouldBe((1, 1, 0, 1, 2));
        var ann = (await importing.GetAsync("/contacts?q=ann")).GetProperty("items").EnumerateArray().Single();
        (ann.Text("title"), ann.Text("email"), ann.Text("phone"), ann.Text("role"), ann.Text("consent"), ann.Text("consentNote")).ShouldBe(("CFO", "ann@blue.example", "", "champion", "given", "fair 2026"));
        (await importing.GetAsync("/contacts?role=end_user")).GetProperty("items").EnumerateArray().Single().Text("name").ShouldBe("Bob User");
        using var pages = await operations.PagesAsync();
        (await pages.GetAsync($"/app/accounts/{account}")).Text.ShouldContain("Ann Buyer");
        (await importing.ImportAsync(await pages.Http.GetByteArrayAsync("/app/contacts.csv"), "back.csv", "contacts")).Counts().ShouldBe((0, 0, 2, 0, 0));
        // The history says that the address changed, and does not know it.
        (await operations.DoAsync<Db, List<string>>(db => db.Set<AuditEntry>().Where(e => e.SubjectKind == "accounts_contact").Select(e => e.Changes).ToListAsync())).ShouldAllBe(c => !c.Contains("blue.example"));
        (await importing.TakeBackAsync(import.Text("id"))).GetProperty("undo").ToString().ShouldContain("\"removed\":1,\"restored\":1");
        (await importing.GetAsync($"/contacts/{id}")).Text("role").ShouldBe("economic_buyer");
        (await api.DeleteAsync($"/api/v1/contacts/{id}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await api.GetAsync($"/api/v1/contacts/{id}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [SkippableTheory, Databases]
    public async Task A_persons_data_are_handed_out_and_forgotten_also_in_what_imports_remember(Database database)
    {
        var (app, operations) = await BeginAsync(database);
        using var api = await operations.ApiAsync();
        var importing = new Importing(app, api);
        await importing.ImportAsync("account\nBlue Harvest\n");
        await importing.ImportAsync("account,contact,email,title\nBlue Harvest,Eva Gone,eva@gone.example,Boss\n");
        var import = await importing.ImportAsync("account,contact,email,title\nBlue Harvest,Eva Gone,eva@gone.example,Chief\nNobody Ltd,Eva Gone,eva@gone.example,\n");
        var subject = new DataSubject(operations.Actor.Person, "Eva Gone", "Eva@Gone.example", true);
        IPersonalData Keeper(IServiceProvider services) => services.GetServices<IPersonalData>().Single(p => p.Module == "accounts");
        (await operations.DoAsync<IServiceProvider, IReadOnlyList<PersonalRecords>>(s => Keeper(s).ReadAsync(subject, default))).Single(r => r.Kind == "contacts").Rows.Count.ShouldBe(1);
        await operations.DoAsync<IServiceProvider, int>(s => Keeper(s).EraseAsync(subject, default));
        var contact = await operations.DoAsync<Db, AccountContact>(db => db.Set<AccountContact>().AsNoTracking().SingleAsync());
        (contact.Name, contact.Email, contact.Title).ShouldBe((Erasure.Name, null, null));
        var rows = await operations.DoAsync<Db, List<ImportRow>>(db => db.Set<ImportRow>().AsNoTracking().ToListAsync());
        rows.Count.ShouldBe(2);
        JsonSerializer.Serialize(rows, Json.Options).ShouldNotContain("gone.example");
        (await api.GetAsync($"/api/v1/imports/{import.Text("id")}/refused.csv")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [SkippableTheory, Databases]
    public async Task Contacts_of_another_tenant_do_not_exist_and_a_partner_sees_none(Database database)
    {
        var (app, operations) = await BeginAsync(database);
        using var api = await operations.ApiAsync();
        await new Importing(app, api).ImportAsync("account\nBlue Harvest\n");
        await new Importing(app, api).ImportAsync("account,contact\nBlue Harvest,Ann\n");
        var id = (await new Importing(app, api).GetAsync("/contacts")).GetProperty("items")[0].Text("id");
        using var other = await (await app.TenantAsync()).Administrator.ApiAsync();
        (await other.GetAsync($"/api/v1/contacts/{id}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await other.PatchAsJsonAsync($"/api/v1/contacts/{id}", new { name = "Mine" })).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await other.DeleteAsync($"/api/v1/contacts/{id}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        using var partner = await (await operations.Tenant.PartnerPersonAsync(Ids.New<PartnerId>(DateTime.UtcNow), "Partner")).ApiAsync();
        (await partner.GetAsync("/api/v1/contacts")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [SkippableTheory, Databases]
    public async Task The_data_are_counted_put_right_in_bulk_and_counted_again(Database database)
    {
        var (app, operations) = await BeginAsync(database);
        using var api = await operations.ApiAsync();
        var importing = new Importing(app, api);
        await importing.ImportAsync("account,country,sector,founded\nOne,Germany,retail,1990\nTwo,,strange,1990\nThree,,,9\n");
        await importing.ImportAsync("opportunity_id,account,deal_stage,close_value,engage_date,close_date\nQ1,Two,Won,100,2020-05-05,2020-01-02\nQ2,One,Won,7,2020-01-01,2020-01-02\nQ3,,Won,,2020-01-01,2020-01-02\n");
        async Task<Dictionary<string, JsonElement>> GapsAsync()
        {
            await app.DrainAsync();
            return (await importing.GetAsync("/data-quality")).EnumerateArray().ToDictionary(g => g.Text("code"));
        }

        var gaps = await GapsAsync();
        gaps["account_without_country"].Text("count").ShouldBe("2");
        gaps["account_without_country"].Text("revenueLeftOut").ShouldBe("0", "no figure asks for the country");
        gaps["opportunity_closed_before_opened"].Text("revenueLeftOut").ShouldBe("10000");
        gaps["account_unknown_sector"].Text("count").ShouldBe("1");
        gaps["account_impossible_year"].Text("count").ShouldBe("1");
        gaps["opportunity_closed_before_opened"].Text("count").ShouldBe("1");
        gaps["won_without_value"].Text("count").ShouldBe("1");
        gaps.ShouldNotContainKey("account_not_seen");
        var ids = (await importing.GetAsync("/accounts?lacks=account_without_country")).GetProperty("items").EnumerateArray().Select(a => a.Text("id")).ToArray();
        ids.Length.ShouldBe(2);
        (await api.PostAsJsonAsync("/api/v1/data-quality/account_without_country/fix", new { ids, value = "Atlantis" })).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await api.PostAsJsonAsync("/api/v1/data-quality/account_without_country/fix", new { ids = ids.Append(Ids.New<AccountId>(DateTime.UtcNow).ToString()), value = "ES" })).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await api.PostAsJsonAsync("/api/v1/data-quality/account_without_country/fix", new { ids, value = "ES" })).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await GapsAsync()).ShouldNotContainKey("account_without_country");
        (await api.PutAsJsonAsync("/api/v1/data-quality/account_unknown_sector/owner", new { person = operations.Actor.Person.ToString() })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await GapsAsync())["account_unknown_sector"].Text("owner").ShouldBe("Sam Staff");
        (await operations.DoAsync<Db, int>(db => db.Set<QualityCount>().CountAsync())).ShouldBe(QualityChecks.All.Length, "one row for each check and day");
        using var pages = await operations.PagesAsync();
        foreach (var check in QualityChecks.All) (await pages.GetAsync($"/app/data-quality/{check.Code}")).Status.ShouldBe(HttpStatusCode.OK, check.Code);
        (await pages.GetAsync("/app/data-quality/nonsense")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    private static async Task<(TestApp App, TestPerson Operations)> BeginAsync(Database database)
    {
        var app = await TestApp.SharedAsync(database);
        return (app, await (await app.TenantAsync()).StaffAsync(Roles.ChannelOperations, Roles.PartnerManager));
    }
}
