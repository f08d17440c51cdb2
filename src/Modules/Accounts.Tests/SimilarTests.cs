using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Accounts.Quality;
using Trellis.Identity.Published;

namespace Trellis.Accounts.Tests;

/// <summary>What is said before an account is made or gets an owner.</summary>
public sealed class SimilarTests
{
    [SkippableTheory, Databases]
    public async Task An_account_that_is_probably_there_is_warned_of_with_score_and_reasons_before_it_is_made(Database database)
    {
        var tenant = await (await TestApp.SharedAsync(database)).TenantAsync();
        var seller = await tenant.StaffAsync(Roles.DirectSeller);
        using var api = await seller.ApiAsync();
        var first = await MadeAsync(new { name = "Brandenburg Turbines GmbH", city = "Cottbus", country = "DE" });
        var typed = new { name = "Brandenburg Turbine GmbH", city = "Cottbus", country = "DE" };
        var refused = await api.PostAsJsonAsync("/api/v1/accounts", typed);
        refused.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        var problem = await refused.Content.ReadFromJsonAsync<JsonElement>();
        problem.Text("code").ShouldBe("accounts.similar");
        var candidate = problem.GetProperty("facts").GetProperty("candidates").EnumerateArray().ShouldHaveSingleItem();
        candidate.ShouldSatisfyAllConditions(c => c.Text("account").ShouldBe(first), c => c.GetProperty("score").GetDouble().ShouldBeGreaterThanOrEqualTo(Customers.Likely), c => c.GetProperty("reasons").GetArrayLength().ShouldBeGreaterThan(0));

        var found = (await api.GetFromJsonAsync<JsonElement>("/api/v1/accounts/candidates?name=Brandenburg%20Turbine&city=Cottbus&country=DE")).EnumerateArray().ShouldHaveSingleItem();
        (found.Text("account"), found.Text("name")).ShouldBe((first, "Brandenburg Turbines GmbH"));
        (await api.GetAsync("/api/v1/accounts/candidates?name=&country=Germany")).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        using var stranger = await (await (await TestApp.SharedAsync(database)).TenantAsync()).Administrator.ApiAsync();
        (await stranger.GetFromJsonAsync<JsonElement>("/api/v1/accounts/candidates?name=Brandenburg%20Turbines%20GmbH")).GetArrayLength().ShouldBe(0);
        using var portal = await (await tenant.PartnerPersonAsync(Ids.New<PartnerId>(DateTime.UtcNow), "Partner")).ApiAsync();
        (await portal.GetAsync("/api/v1/accounts/candidates?name=Brandenburg")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);

        using var pages = await seller.PagesAsync();
        var form = await pages.GetAsync("/app/accounts/new");
        (string, string)[] values = [("Input.Name", typed.name), ("Input.City", typed.city), ("Input.Country", typed.country)];
        var warned = await pages.SubmitAsync(form, "account", values);
        warned.Text.ShouldSatisfyAllConditions(t => t.ShouldContain("This may be one of these"), t => t.ShouldContain("Brandenburg Turbines GmbH"), t => t.ShouldContain("%)"));
        (await pages.SubmitAsync(warned, "account", [.. values, ("Input.EvenIfSimilar", "true")])).Text.ShouldContain("has been added");
        await MadeAsync(new { name = "Brandenburg Turbinen GmbH", city = "Cottbus", country = "DE", evenIfSimilar = true });

        async Task<string> MadeAsync(object account)
        {
            var made = await api.PostAsJsonAsync("/api/v1/accounts", account);
            made.StatusCode.ShouldBe(HttpStatusCode.Created, await made.Content.ReadAsStringAsync());
            return (await made.Content.ReadFromJsonAsync<JsonElement>()).Text("id");
        }
    }

    [SkippableTheory, Databases]
    public async Task An_owner_is_a_seller_or_a_colleague_once_sellers_are_known_and_a_foreign_one_stands_in_a_work_queue(Database database)
    {
        var app = await TestApp.SharedAsync(database);
        var tenant = await app.TenantAsync();
        var operations = await tenant.StaffAsync(Roles.ChannelOperations);
        using var api = await operations.ApiAsync();
        var importing = new Importing(app, api);
        await importing.ImportAsync("account,owner\nForeign Owned,Nobody Known\nFree,\n");
        var accounts = (await importing.GetAsync("/accounts")).GetProperty("items").EnumerateArray().ToDictionary(a => a.Text("name"), a => a.Text("id"));
        (await QueueAsync()).ShouldBe(0, "while no seller is known nobody can be told apart");
        await importing.ImportAsync("sales_agent,manager\nNoah Direct,Ann Boss\n");
        (await QueueAsync()).ShouldBe(1);

        (await PatchAsync("Foreign Owned", new { city = "Bonn" })).ShouldBe(HttpStatusCode.OK, "what the CRM wrote stays as it stands");
        (await PatchAsync("Free", new { ownerName = "Nobody Known" })).ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await api.PostAsJsonAsync("/api/v1/accounts", new { name = "New Account", ownerName = "Nobody Known" })).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await FixAsync("account_without_owner", "Free", "Nobody Known")).Problem!.Errors.Keys.ShouldContain("value");
        (await FixAsync("account_unknown_owner", "Foreign Owned", "Noah Direct")).Problem.ShouldBeNull();
        (await QueueAsync()).ShouldBe(0);
        (await PatchAsync("Free", new { ownerName = operations.Actor.Name })).ShouldBe(HttpStatusCode.OK);
        using var pages = await operations.PagesAsync();
        (await pages.GetAsync("/app/data-quality/account_unknown_owner")).Status.ShouldBe(HttpStatusCode.OK);

        async Task<HttpStatusCode> PatchAsync(string name, object patch) => (await api.PatchAsync($"/api/v1/accounts/{accounts[name]}", JsonContent.Create(patch))).StatusCode;
        Task<Result<Fixed>> FixAsync(string check, string name, string value) => operations.DoAsync<FixRecords, Result<Fixed>>(f => f.RunAsync(new BulkFix(check, [accounts[name]], value), default));
        Task<int> QueueAsync() => operations.DoAsync<Work, int>(w => AccountList.Filtered(w, new AccountQuery(Lacks: "account_unknown_owner")).CountAsync());
    }

    [SkippableTheory, Databases]
    public async Task A_search_text_that_is_too_long_finds_nothing_and_a_currency_that_is_none_is_refused(Database database)
    {
        var app = await TestApp.SharedAsync(database);
        var operations = await (await app.TenantAsync()).StaffAsync(Roles.ChannelOperations);
        using var api = await operations.ApiAsync();
        var importing = new Importing(app, api);
        var import = await importing.ImportAsync("account,revenue,currency\nIn Euro,5,EUR\nIn Nothing,5,ZZZ\n");
        import.Counts().ShouldBe((1, 0, 0, 1, 0));
        foreach (var list in new[] { "accounts", "opportunities", "contacts", "products" })
            (await api.GetFromJsonAsync<JsonElement>($"/api/v1/{list}?q={new string('x', 2000)}")).GetProperty("items").GetArrayLength().ShouldBe(0, list);
        var id = (await importing.GetAsync("/accounts")).GetProperty("items")[0].Text("id");
        (await api.PatchAsync($"/api/v1/accounts/{id}", JsonContent.Create(new { currency = "ZZZ" }))).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
    }
}
