using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Trellis.Accounts.Published;
using Trellis.Identity.Published;

namespace Trellis.Accounts.Tests;

/// <summary>The tenant's own fields of contacts and of products.</summary>
public sealed class ContactAndProductFieldTests
{
    [SkippableTheory, Databases]
    public async Task Contacts_have_own_fields_in_forms_lists_filters_files_and_over_the_api(Database database)
    {
        var (app, tenant, operations) = await BeginAsync(database, "contacts", ("Tongue", "choice", "German\nFrench", false), ("Badge", "text", null, true));
        using var api = await operations.ApiAsync();
        var importing = new Importing(app, api);
        await importing.ImportAsync("account\nBlue Harvest\n");
        var account = (await importing.GetAsync("/accounts")).GetProperty("items")[0].Text("id");
        Task<HttpResponseMessage> AddAsync(object contact) => api.PostAsJsonAsync($"/api/v1/accounts/{account}/contacts", contact);

        (await AddAsync(new { name = "Ann" })).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity, "the badge must be filled");
        (await AddAsync(new { name = "Ann", fields = new { badge = "B-1", tongue = "Elvish" } })).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        using var made = await AddAsync(new { name = "Ann", email = "ann@blue.example", fields = new { badge = "B-1", tongue = "German" } });
        made.StatusCode.ShouldBe(HttpStatusCode.Created, await made.Content.ReadAsStringAsync());
        var id = (await made.Content.ReadFromJsonAsync<JsonElement>()).Text("id");
        (await importing.GetAsync($"/contacts/{id}")).GetProperty("fields").Text("tongue").ShouldBe("German");
        (await api.PatchAsJsonAsync($"/api/v1/contacts/{id}", new { title = "CFO", fields = new { tongue = "French" } })).StatusCode.ShouldBe(HttpStatusCode.OK);

        var import = await importing.ImportAsync("account,contact,email,Tongue,Badge\nBlue Harvest,Bob,bob@blue.example,German,B-2\nBlue Harvest,Carl,,Klingon,B-3\nBlue Harvest,Dora,,German,\n");
        import.Counts().ShouldBe((1, 0, 0, 2, 0));
        (await importing.ImportAsync("account,contact,email,Tongue\nBlue Harvest,Ann,ann@blue.example,German\n")).Counts().ShouldBe((0, 1, 0, 0, 0));
        (await NamesAsync(importing, "/contacts?field.tongue=German&sort=-field.badge")).ShouldBe(["Bob", "Ann"]);
        (await NamesAsync(importing, "/contacts?field.badge.begins=B-2")).ShouldBe(["Bob"]);

        using var pages = await operations.PagesAsync();
        var list = await pages.GetAsync("/app/contacts?field.tongue=German&sort=field.badge");
        list.Document.QuerySelectorAll("tbody tr").Select(r => r.QuerySelector("th a")!.TextContent.Trim()).ShouldBe(["Ann", "Bob"]);
        list.Document.QuerySelectorAll("select").Any(s => s.GetAttribute("name") == "field.tongue").ShouldBeTrue();
        var csv = await pages.Http.GetStringAsync("/app/contacts.csv?field.tongue=German");
        csv.ShouldContain("Added,Badge,Tongue");
        csv.ShouldContain("B-2,German");
        (await importing.ImportAsync(await pages.Http.GetByteArrayAsync("/app/contacts.csv"), "back.csv", "contacts")).Counts().ShouldBe((0, 0, 2, 0, 0));

        var page = await pages.GetAsync($"/app/contacts/{id}");
        (await pages.SubmitAsync(page, "contact", ("field.badge", ""))).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        await pages.SubmitAsync(page, "contact", ("field.badge", "B-9"));
        (await importing.GetAsync($"/contacts/{id}")).GetProperty("fields").Text("badge").ShouldBe("B-9");
        var form = await pages.GetAsync($"/app/accounts/{account}/contacts/new");
        (await pages.SubmitAsync(form, "contact", ("Input.Name", "Eve"))).Text.ShouldContain("Badge is needed.");
        (await pages.SubmitAsync(form, "contact", ("Input.Name", "Eve"), ("field.badge", "B-4"))).Text.ShouldContain("Eve");

        // The history says that a value about a person changed, and does not know it.
        (await operations.DoAsync<Db, List<string>>(db => db.Set<AuditEntry>().Where(e => e.Action == "contacts.custom_fields").Select(e => e.Changes).ToListAsync())).ShouldAllBe(c => c.Contains('•') || c.Contains("\\u2022"), "only that it changed");
        (await operations.DoAsync<Db, List<string>>(db => db.Set<AuditEntry>().Select(e => e.Changes).ToListAsync())).ShouldAllBe(c => !c.Contains("B-9"));

        // One that was there before the field had to be filled stands in a work queue.
        using var owner = await tenant.Administrator.ApiAsync();
        (await owner.PostAsJsonAsync("/api/v1/fields", new { record = "contacts", label = "Desk", kind = "text", sight = "staff", required = true })).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await NamesAsync(importing, "/contacts?lacks=contact_without_required_field&sort=name")).ShouldBe(["Ann", "Bob", "Eve"]);
        (await NamesAsync(importing, "/contacts?lacks=contact_without_mail")).ShouldBe(["Eve"]);
        (await pages.GetAsync("/app/contacts?lacks=contact_without_required_field")).Text.ShouldContain("Bob");
        (await pages.GetAsync("/app/data-quality/contact_without_required_field")).Text.ShouldContain("See the contacts");

        // The search finds it; strangers and partners do not.
        (await api.GetStringAsync("/api/v1/search?q=B-4")).ShouldContain("Eve");
        using var stranger = await (await app.TenantAsync()).Administrator.ApiAsync();
        (await stranger.GetAsync($"/api/v1/custom-fields/contacts/{id}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        using var partner = await (await tenant.PartnerPersonAsync(Ids.New<PartnerId>(DateTime.UtcNow), "Partner")).ApiAsync();
        (await partner.GetAsync($"/api/v1/custom-fields/contacts/{id}")).StatusCode.ShouldBeOneOf(HttpStatusCode.NotFound, HttpStatusCode.Forbidden);

        // Handed out and forgotten with the person; gone with the contact and with the import.
        var subject = new DataSubject(operations.Actor.Person, "Ann", "ann@blue.example", true);
        IPersonalData Keeper(IServiceProvider services) => services.GetServices<IPersonalData>().Single(p => p.Module == "accounts");
        (await operations.DoAsync<IServiceProvider, IReadOnlyList<PersonalRecords>>(s => Keeper(s).ReadAsync(subject, default))).Single(r => r.Kind == "contact_fields").Rows.Count.ShouldBe(2);
        await operations.DoAsync<IServiceProvider, int>(s => Keeper(s).EraseAsync(subject, default));
        (await ValuesAsync(operations)).ShouldBe(["B-2", "B-4", "German"]);
        (await importing.TakeBackAsync(import.Text("id"))).GetProperty("undo").Text("removed").ShouldBe("1");
        (await ValuesAsync(operations)).ShouldBe(["B-4"]);
        var eve = (await importing.GetAsync("/contacts?q=eve")).GetProperty("items")[0].Text("id");
        (await api.DeleteAsync($"/api/v1/contacts/{eve}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await ValuesAsync(operations)).ShouldBeEmpty();
    }

    [SkippableTheory, Databases]
    public async Task Products_have_own_fields_on_their_page_in_lists_and_files_and_partners_read_those_that_are_open_to_them(Database database)
    {
        var (app, tenant, operations) = await BeginAsync(database, "products", ("Support", "choice", "Gold\nPlain", false), ("Margin", "number", null, false));
        using var owner = await tenant.Administrator.ApiAsync();
        (await owner.PostAsJsonAsync("/api/v1/fields", new { record = "products", label = "Notes of the maker", key = "notes", kind = "text", sight = "partner_reads", inList = true })).StatusCode.ShouldBe(HttpStatusCode.Created);
        using var api = await operations.ApiAsync();
        var importing = new Importing(app, api);
        var import = await importing.ImportAsync("product,list price,Support,Margin,Notes of the maker\nAlpha,10,Gold,30,New\nBeta,20,Plain,9,\nGamma,30,Silver,1,\n", kind: "products");
        import.Counts().ShouldBe((2, 0, 0, 1, 0));
        (await NamesAsync(importing, "/products?sort=-field.margin")).ShouldBe(["Alpha", "Beta"]);
        (await NamesAsync(importing, "/products?field.margin.to=10")).ShouldBe(["Beta"]);
        var alpha = (await importing.GetAsync("/products?q=alpha")).GetProperty("items")[0].Text("id");

        using var pages = await operations.PagesAsync();
        var list = await pages.GetAsync("/app/products?field.support=Plain");
        list.Document.QuerySelectorAll("tbody tr").ShouldHaveSingleItem().TextContent.ShouldContain("Beta");
        var page = await pages.GetAsync($"/app/products/{alpha}");
        page.Text.ShouldContain("Gold");
        page.Document.QuerySelector($"a[href='/app/custom-fields/products/{alpha}']").ShouldNotBeNull();
        await pages.SubmitAsync(await pages.GetAsync($"/app/custom-fields/products/{alpha}"), "fields", ("field.support", "Plain"));
        (await importing.GetAsync($"/products/{alpha}")).GetProperty("fields").Text("support").ShouldBe("Plain");
        (await pages.GetAsync($"/app/products/{Ids.New<ProductId>(DateTime.UtcNow)}")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await importing.ImportAsync(await pages.Http.GetByteArrayAsync("/app/products.csv"), "back.csv", "products")).Counts().ShouldBe((0, 0, 2, 0, 0));

        // A partner reads what is open to it, and neither price nor the rest, nor can it ask for the rest.
        using var partner = await (await tenant.PartnerPersonAsync(Ids.New<PartnerId>(DateTime.UtcNow), "Partner")).ApiAsync();
        var sold = await partner.GetFromJsonAsync<JsonElement>($"/api/v1/products/{alpha}");
        sold.GetProperty("fields").EnumerateObject().Select(f => (f.Name, f.Value.GetString())).ShouldBe([("notes", "New")]);
        sold.Text("listPrice").ShouldBe("");
        (await partner.GetAsync("/api/v1/products?field.support=Gold")).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity, "for a partner there is no such field");
        using var stranger = await (await app.TenantAsync()).Administrator.ApiAsync();
        (await stranger.GetAsync($"/api/v1/products/{alpha}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await importing.TakeBackAsync(import.Text("id"))).GetProperty("undo").Text("kept").ShouldBe("1", "one whose field was changed since stays");
    }

    private static async Task<(TestApp App, TestTenant Tenant, TestPerson Operations)> BeginAsync(Database database, string record, params (string Label, string Kind, string? Choices, bool Required)[] fields)
    {
        var app = await TestApp.SharedAsync(database);
        var tenant = await app.TenantAsync();
        using var owner = await tenant.Administrator.ApiAsync();
        foreach (var (label, kind, choices, required) in fields)
        {
            using var answer = await owner.PostAsJsonAsync("/api/v1/fields", new { record, label, kind, sight = "staff", choices, inList = true, required });
            answer.StatusCode.ShouldBe(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        }

        return (app, tenant, await tenant.StaffAsync(Roles.ChannelOperations));
    }

    private static async Task<string[]> NamesAsync(Importing importing, string path) => [.. (await importing.GetAsync(path)).GetProperty("items").EnumerateArray().Select(i => i.Text("name"))];

    private static Task<List<string>> ValuesAsync(TestPerson person) => person.DoAsync<Db, List<string>>(db => db.Set<FieldValue<ContactId>>().AsNoTracking().OrderBy(v => v.Text).Select(v => v.Text).ToListAsync());
}
