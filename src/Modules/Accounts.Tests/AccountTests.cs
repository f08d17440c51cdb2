using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Identity.Published;

namespace Trellis.Accounts.Tests;

public sealed class AccountTests
{
    [SkippableTheory, Databases]
    public async Task A_typed_customer_is_found_by_domain_by_name_and_by_a_similar_name(Database database)
    {
        var (_, seller) = await BeginAsync(database);
        var contoso = await CreateAsync(seller, new NewAccount("Contoso Machinery GmbH", "contoso.example", "DE"));
        await CreateAsync(seller, new NewAccount("Fabrikam Freight Inc.", "fabrikam.example", "US"));
        await CreateAsync(seller, new NewAccount("Tailspin Toys", null, "US"));

        var byDomain = (await MatchAsync(seller, new TypedCustomer("Completely Different", "mail@contoso.example", null))).ShouldHaveSingleItem();
        (byDomain.Account, byDomain.Score).ShouldBe((contoso, 0.97));
        byDomain.Reasons.ShouldContain("same domain contoso.example");
        var byName = (await MatchAsync(seller, new TypedCustomer("CONTOSO Machinery AG", null, "DE"))).ShouldHaveSingleItem();
        byName.Reasons.ShouldBe(["same name but for the legal form", "same country"]);
        foreach (var near in new[] { "Contosso Machinery", "Contoso Machinary", "Machinery Contoso", "ContosoMachinery" })
            (await MatchAsync(seller, new TypedCustomer(near, null, null))).ShouldHaveSingleItem(near).Account.ShouldBe(contoso, near);
        foreach (var other in new[] { "Wingtip", "Contract Services", "Machinery", "", "!!!" })
            (await MatchAsync(seller, new TypedCustomer(other, "someone@gmail.com", null))).ShouldBeEmpty(other);
    }

    [SkippableTheory, Databases]
    public async Task A_renamed_account_is_found_by_its_new_name_only(Database database)
    {
        var (_, seller) = await BeginAsync(database);
        var id = await CreateAsync(seller, new NewAccount("Northgate Bakeries", "northgate.example", "GB"));
        (await seller.DoAsync<ChangeAccount, Result<Done>>(c => c.RunAsync(new AccountChange(id, "Southfield Foods", "southfield.example", "GB", "food", null, false, 12), default))).Ok.ShouldBeTrue();

        (await MatchAsync(seller, new TypedCustomer("Northgate Bakeries", "northgate.example", null))).ShouldBeEmpty();
        (await MatchAsync(seller, new TypedCustomer("Southfield Foods", null, null))).ShouldHaveSingleItem().Account.ShouldBe(id);
    }

    [SkippableTheory, Databases]
    public async Task The_vendor_is_told_of_an_account_that_is_there_and_a_partner_is_not(Database database)
    {
        var (tenant, seller) = await BeginAsync(database);
        var id = await CreateAsync(seller, new NewAccount("Litware Inc.", "litware.example", "US"));
        using var api = await seller.ApiAsync();
        var again = await api.PostAsJsonAsync("/api/v1/accounts", new { name = "Litware", domain = "https://litware.example/" });
        again.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await again.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("facts").GetProperty("account").GetString().ShouldBe(id.ToString());

        var partner = await tenant.PartnerPersonAsync(Ids.New<PartnerId>(DateTime.UtcNow), "Partner");
        (await partner.DoAsync<CreateAccount, Result<AccountId>>(c => c.RunAsync(new NewAccount("Litware", "litware.example"), default))).Ok.ShouldBeTrue();
        using var portal = await partner.ApiAsync();
        (await portal.GetAsync("/api/v1/accounts")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await portal.GetAsync($"/api/v1/accounts/{id}")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await portal.GetAsync("/api/v1/opportunities")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await portal.PostAsJsonAsync("/api/v1/accounts", new { name = "Any" })).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [SkippableTheory, Databases]
    public async Task Page_and_api_refuse_the_same_and_a_refused_page_keeps_what_was_typed(Database database)
    {
        var (_, seller) = await BeginAsync(database);
        using var api = await seller.ApiAsync();
        var refused = await api.PostAsJsonAsync("/api/v1/accounts", new { name = "", domain = "not a domain", country = "Germany", employees = -4 });
        refused.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var errors = (await refused.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors");
        errors.EnumerateObject().Select(e => e.Name).Order(StringComparer.Ordinal).ShouldBe(["country", "domain", "employees", "name"]);

        using var pages = await seller.PagesAsync();
        var page = await pages.SubmitAsync(await pages.GetAsync("/app/accounts/new"), "account", ("Input.Name", ""), ("Input.Domain", "not a domain"), ("Input.Employees", "some"));
        page.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        page.Text.ShouldContain("The name is needed.");
        page.Text.ShouldContain("This is no web site or domain.");
        page.Document.QuerySelector("[name='Input.Domain']")!.GetAttribute("value").ShouldBe("not a domain");
        var saved = await pages.SubmitAsync(page, "account", ("Input.Name", "Wide World"), ("Input.Domain", "wide.example"), ("Input.Employees", "1,200"));
        saved.Status.ShouldBe(HttpStatusCode.OK);
        saved.Text.ShouldContain("Wide World");
        saved.Address.AbsolutePath.ShouldStartWith("/app/accounts/acc_");
    }

    [SkippableTheory, Databases]
    public async Task A_change_on_top_of_an_older_version_is_refused(Database database)
    {
        var (_, seller) = await BeginAsync(database);
        var id = await CreateAsync(seller, new NewAccount("Proseware"));
        using var api = await seller.ApiAsync();
        async Task<HttpStatusCode> PatchAsync(string version, object patch)
        {
            using var request = new HttpRequestMessage(HttpMethod.Patch, $"/api/v1/accounts/{id}") { Content = JsonContent.Create(patch), Headers = { { "If-Match", version } } };
            return (await api.SendAsync(request)).StatusCode;
        }

        (await PatchAsync("\"1\"", new { sector = "retail" })).ShouldBe(HttpStatusCode.OK);
        (await PatchAsync("\"1\"", new { sector = "energy" })).ShouldBe(HttpStatusCode.PreconditionFailed);
        (await (await api.GetAsync($"/api/v1/accounts/{id}")).Content.ReadFromJsonAsync<JsonElement>()).GetProperty("sector").GetString().ShouldBe("retail");
    }

    [SkippableTheory, BothDatabases]
    public async Task Two_people_who_enter_the_same_customer_at_once_make_one_account(Database database)
    {
        var (_, seller) = await BeginAsync(database);
        var results = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => seller.DoAsync<CreateAccount, Result<AccountId>>(c => c.RunAsync(new NewAccount("Adatum Ltd", "adatum.example"), default))));
        results.Count(r => r.Ok).ShouldBe(1);
        results.Where(r => !r.Ok).ShouldAllBe(r => r.Problem!.Code == "accounts.exists");
    }

    [SkippableTheory, Databases]
    public async Task Accounts_of_another_tenant_do_not_exist(Database database)
    {
        var (tenant, seller) = await BeginAsync(database);
        var id = await CreateAsync(seller, new NewAccount("Secret Customer", "secret.example"));
        var other = (await tenant.App.TenantAsync()).Administrator;
        using var api = await other.ApiAsync();
        (await api.GetAsync($"/api/v1/accounts/{id}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await api.PatchAsJsonAsync($"/api/v1/accounts/{id}", new { name = "Mine" })).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await MatchAsync(other, new TypedCustomer("Secret Customer", "secret.example", null))).ShouldBeEmpty();
        using var pages = await other.PagesAsync();
        (await pages.GetAsync($"/app/accounts/{id}")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await pages.GetAsync($"/app/accounts/{id}/edit")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [SkippableTheory, Databases]
    public async Task Lists_page_sort_filter_and_export_on_both_engines(Database database)
    {
        var (_, seller) = await BeginAsync(database);
        for (var i = 0; i < 7; i++) await CreateAsync(seller, new NewAccount($"Lister {i}", $"lister{i}.example", i % 2 == 0 ? "DE" : "FR", Employees: 100 - i, Named: i == 3));
        await CreateAsync(seller, new NewAccount("=cmd()|x", null, "FR"));
        using var api = await seller.ApiAsync();
        foreach (var sort in new[] { "name", "-name", "revenue" })
        {
            var (seen, cursor) = (new List<string>(), "");
            do
            {
                var page = await api.GetFromJsonAsync<JsonElement>($"/api/v1/accounts?size=3&sort={sort}&cursor={cursor}");
                seen.AddRange(page.GetProperty("items").EnumerateArray().Select(a => a.Text("id")));
                cursor = page.Text("next");
            }
            while (cursor.Length > 0);
            seen.Distinct().Count().ShouldBe(8, sort);
            seen.Count.ShouldBe(8, sort);
        }

        (await api.GetFromJsonAsync<JsonElement>("/api/v1/accounts?country=FR&q=LISTER")).GetProperty("items").GetArrayLength().ShouldBe(3);
        (await api.GetFromJsonAsync<JsonElement>("/api/v1/accounts?named=true")).GetProperty("items").GetArrayLength().ShouldBe(1);
        using var pages = await seller.PagesAsync();
        (await pages.Http.GetStringAsync("/app/accounts.csv?country=FR")).ShouldContain("'=cmd()|x");
        foreach (var path in new[] { "/app/accounts?q=lister&sort=-employees", "/app/opportunities?lacks=date&stage=won&sort=-amount", "/app/products", "/app/data-quality", "/app/opportunities.csv", "/app/products.csv" })
            (await pages.Http.GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.OK, path);
    }

    [SkippableTheory, Databases]
    public async Task The_demo_is_the_same_every_time_and_quick(Database database)
    {
        var app = await TestApp.SharedAsync(database);
        var sums = new List<(int, int, int, long?)>();
        for (var i = 0; i < 2; i++)
        {
            var tenant = await app.TenantAsync();
            sums.Add(await tenant.AsSystemAsync<Work, (int, int, int, long?)>(async work =>
            {
                await work.TransactAsync<Done>("demo", async () =>
                {
                    await AccountsDemo.LoadAsync(new Demo(work, 42), default);
                    return default(Done);
                }, default);
                return (await work.Db.Set<AccountRow>().CountAsync(), await work.Db.Set<ProductRow>().CountAsync(), await work.Db.Set<OpportunityRow>().CountAsync(),
                    await work.Db.Set<OpportunityRow>().SumAsync(o => o.Amount));
            }));
        }

        sums[0].ShouldBe(sums[1]);
        (sums[0].Item1, sums[0].Item2, sums[0].Item3).ShouldBe((10_000, 12, 14_000));
    }

    private static async Task<(TestTenant, TestPerson)> BeginAsync(Database database)
    {
        var tenant = await (await TestApp.SharedAsync(database)).TenantAsync();
        return (tenant, await tenant.StaffAsync(Roles.DirectSeller));
    }

    private static async Task<AccountId> CreateAsync(TestPerson person, NewAccount account) =>
        (await person.DoAsync<CreateAccount, Result<AccountId>>(c => c.RunAsync(account with { EvenIfSimilar = true }, default))).Value;

    private static Task<IReadOnlyList<CustomerMatch>> MatchAsync(TestPerson person, TypedCustomer typed) => person.DoAsync<Work, IReadOnlyList<CustomerMatch>>(work => Customers.MatchAsync(work, typed, default));
}
