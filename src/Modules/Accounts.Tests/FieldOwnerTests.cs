using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Trellis.Accounts.Ownership;
using Trellis.Accounts.Published;
using Trellis.Identity.Published;

namespace Trellis.Accounts.Tests;

/// <summary>Which system owns which field of accounts.</summary>
public sealed class FieldOwnerTests
{
    [SkippableTheory, Databases]
    public async Task A_field_of_another_system_is_changed_here_only_by_saying_so_and_imports_of_its_owner_win(Database database)
    {
        var app = await TestApp.SharedAsync(database);
        var tenant = await app.TenantAsync();
        var operations = await tenant.StaffAsync(Roles.ChannelOperations);
        using var api = await operations.ApiAsync();
        var importing = new Importing(app, api);
        await importing.ImportAsync("account,crm_id,city,employees,tax_number\nAlder,X1,Bonn,10,DE123456789\n");
        var id = (await importing.GetAsync("/accounts")).GetProperty("items")[0].Text("id");
        Task<HttpResponseMessage> PatchAsync(object changes) => api.PatchAsync($"/api/v1/accounts/{id}", JsonContent.Create(changes));
        using var settled = await api.PutAsJsonAsync("/api/v1/account-field-owners", new { owners = new { city = "crm", taxNumber = "erp", employees = "trellis" } });
        settled.StatusCode.ShouldBe(HttpStatusCode.OK, await settled.Content.ReadAsStringAsync());
        foreach (var wrong in new object[] { new { owners = new { nonsense = "erp" } }, new { owners = new { city = "moon" } } })
            (await api.PutAsJsonAsync("/api/v1/account-field-owners", wrong)).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);

        // By hand: refused with the names of the fields, and written by saying so.
        using var refused = await PatchAsync(new { city = "Lyon", taxNumber = "DE987654321", employees = 99 });
        refused.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var problem = await refused.Content.ReadFromJsonAsync<JsonElement>();
        (problem.Text("code"), string.Join(' ', problem.GetProperty("errors").EnumerateObject().Select(e => e.Name).Order())).ShouldBe(("accounts.field_owned", "city taxNumber"));
        (await FactsAsync(importing, id)).ShouldBe(("Bonn", "10", "DE123456789"));
        (await PatchAsync(new { city = "Bonn", employees = 99 })).StatusCode.ShouldBe(HttpStatusCode.OK, "what does not change is not refused, and Trellis owns the other");
        (await PatchAsync(new { city = "Lyon", evenIfOwned = true })).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await api.GetStringAsync($"/api/v1/audit?q={id}")).ShouldContain("accounts.write_owned");

        // The import of the CRM wins where it owns, and otherwise leaves what stands there; nobody has to decide.
        await importing.ImportAsync("account,crm_id,city,employees,tax_number\nAlder,X1,Bonn,11,DE555555555\n");
        (await FactsAsync(importing, id)).ShouldBe(("Bonn", "99", "DE123456789"));
        (await importing.GetAsync("/data-quality/conflicts")).GetProperty("items").GetArrayLength().ShouldBe(0);

        // The key of the owner writes without further words.
        var key = operations.Actor with { Permissions = operations.Actor.Permissions.Append("accounts.write_owned").ToHashSet() };
        var now = await tenant.AsAsync<Work, Result<AccountDetails>>(key, w => AccountPage.FindAsync(w, Ids.Parse<AccountId>(id)!.Value, default));
        var a = now.Value;
        (await tenant.AsAsync<ChangeAccount, Result<Done>>(key, c => c.RunAsync(new AccountChange(a.Id, a.Name, a.Domain, a.Country, a.Sector, a.OwnerName, a.Named, a.Employees, a.Version, "DE987654321", a.City), default))).Problem.ShouldBeNull();

        // The form says whose the field is and asks; the record says it too.
        using var pages = await operations.PagesAsync();
        (await pages.GetAsync($"/app/accounts/{id}")).Text.ShouldContain("Owned by the CRM, and changed there:");
        var form = await pages.GetAsync($"/app/accounts/{id}/edit");
        form.Text.ShouldContain("Owned by the ERP: change it there.");
        var asked = await pages.SubmitAsync(form, "account", ("Input.City", "Metz"));
        (asked.Status, asked.Text.Contains("Change it here all the same", StringComparison.Ordinal)).ShouldBe((HttpStatusCode.UnprocessableEntity, true));
        (await pages.SubmitAsync(asked, "account", ("Input.City", "Metz"), ("Input.EvenIfOwned", "true"))).Address.AbsolutePath.ShouldBe($"/app/accounts/{id}");
        (await importing.GetAsync($"/accounts/{id}")).Text("city").ShouldBe("Metz");

        // Settled on its page, by those who may.
        var page = await pages.GetAsync("/app/accounts/field-owners");
        (await pages.SubmitAsync(page, "owners", ("owner.city", ""))).Status.ShouldBe(HttpStatusCode.OK);
        (await PatchAsync(new { city = "Nancy" })).StatusCode.ShouldBe(HttpStatusCode.OK);
        using var seller = await (await tenant.StaffAsync(Roles.DirectSeller)).ApiAsync();
        (await seller.PutAsJsonAsync("/api/v1/account-field-owners", new { owners = new { city = "crm" } })).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        using var stranger = await (await (await app.TenantAsync()).StaffAsync(Roles.ChannelOperations)).ApiAsync();
        (await stranger.GetFromJsonAsync<JsonElement>("/api/v1/account-field-owners")).EnumerateArray().ShouldAllBe(o => o.Text("system") == "");
    }

    [SkippableTheory, Databases]
    public async Task Mending_in_bulk_and_saying_who_owns_a_company_write_no_field_of_another_system_either(Database database)
    {
        var app = await TestApp.SharedAsync(database);
        var tenant = await app.TenantAsync();
        var operations = await tenant.StaffAsync(Roles.ChannelOperations);
        using var api = await operations.ApiAsync();
        var importing = new Importing(app, api);
        await importing.ImportAsync("account,country\nAlder,\nBirch,\n");
        var ids = (await importing.GetAsync("/accounts")).GetProperty("items").EnumerateArray().Select(a => a.Text("id")).ToArray();
        (await api.PutAsJsonAsync("/api/v1/account-field-owners", new { owners = new { country = "crm", parent = "crm" } })).EnsureSuccessStatusCode();
        (await api.PostAsJsonAsync("/api/v1/data-quality/account_without_country/fix", new { ids, value = "ES" })).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await api.PutAsJsonAsync($"/api/v1/accounts/{ids[0]}/parent", new { parent = ids[1] })).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await importing.GetAsync($"/accounts/{ids[0]}")).Text("country").ShouldBe("");
        (await api.PutAsJsonAsync("/api/v1/account-field-owners", new { owners = new Dictionary<string, string?> { ["country"] = null } })).EnsureSuccessStatusCode();
        (await api.PostAsJsonAsync("/api/v1/data-quality/account_without_country/fix", new { ids, value = "ES" })).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public void What_Trellis_or_the_ERP_owns_a_file_fills_where_it_is_empty()
    {
        var settled = new Dictionary<string, OwningSystem> { ["city"] = OwningSystem.Trellis, ["domain"] = OwningSystem.Erp, ["sector"] = OwningSystem.Crm };
        var account = Account.Create(default, default, new AccountFacts { Name = "Alder", City = "Bonn", Sector = "retail" }, AccountOrigin.Entered, "EUR", DateTime.UtcNow);
        var told = AccountOwners.OfFile(settled, account, new AccountFacts { Name = "Alder", City = "Kiel", Domain = "alder.example", Sector = "software" });
        (told.City, told.Domain, told.Sector).ShouldBe((null, "alder.example", "software"));
    }

    private static async Task<(string City, string Employees, string TaxNumber)> FactsAsync(Importing importing, string id)
    {
        var account = await importing.GetAsync($"/accounts/{id}");
        return (account.Text("city"), account.Text("employees"), account.Text("taxNumber"));
    }
}
