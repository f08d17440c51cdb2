using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Trellis.Identity.Published;

namespace Trellis.Accounts.Tests;

public sealed class TakeBackAgainTests
{
    [SkippableTheory, Databases]
    public async Task What_was_kept_is_taken_back_by_another_run_once_nothing_stands_on_it_any_more(Database database)
    {
        var app = await TestApp.SharedAsync(database);
        var operations = await (await app.TenantAsync()).StaffAsync(Roles.ChannelOperations);
        using var api = await operations.ApiAsync();
        var importing = new Importing(app, api);
        await importing.ImportAsync("account,sector,employees,city\nOld One,retail,10,Bonn\n");
        var import = await importing.ImportAsync("account,sector,employees,city\nOld One,software,11,Kiel\nNew One,retail,5,Ulm\n");
        import.Counts().ShouldBe((1, 1, 0, 0, 0));
        var accounts = await AccountsAsync();
        (await api.PatchAsync($"/api/v1/accounts/{accounts["Old One"].Text("id")}", JsonContent.Create(new { employees = 99 }))).EnsureSuccessStatusCode();
        var contact = await (await api.PostAsJsonAsync($"/api/v1/accounts/{accounts["New One"].Text("id")}/contacts", new { name = "Ann" })).Content.ReadFromJsonAsync<JsonElement>();

        Undo(await importing.TakeBackAsync(import.Text("id"))).ShouldBe((0, 0, 2));
        (await AccountsAsync())["Old One"].ShouldSatisfyAllConditions(a => a.Text("sector").ShouldBe("retail"), a => a.Text("employees").ShouldBe("99", "a person has written it"));
        (await importing.GetAsync($"/imports/{import.Text("id")}/taken-back?outcome=kept")).EnumerateArray().Single(r => r.Text("title") == "Old One").Text("undoReason").ShouldEndWith("This stays: employees.");
        using var pages = await operations.PagesAsync();
        (await pages.GetAsync($"/app/imports/{import.Text("id")}")).Text.ShouldContain("Go on taking it back?");

        (await api.DeleteAsync($"/api/v1/contacts/{contact.Text("id")}")).EnsureSuccessStatusCode();
        (await api.PatchAsync($"/api/v1/accounts/{accounts["Old One"].Text("id")}", JsonContent.Create(new { employees = 11 }))).EnsureSuccessStatusCode();
        Undo(await importing.TakeBackAsync(import.Text("id"))).ShouldBe((1, 1, 0));
        (await AccountsAsync()).ShouldSatisfyAllConditions(a => a.Keys.ShouldBe(["Old One"]), a => a["Old One"].Text("employees").ShouldBe("10"));
        (await api.PostAsync($"/api/v1/imports/{import.Text("id")}/take-back", null)).StatusCode.ShouldBe(HttpStatusCode.Conflict, "nothing is left of it");

        async Task<Dictionary<string, JsonElement>> AccountsAsync() => (await importing.GetAsync("/accounts?size=50")).GetProperty("items").EnumerateArray().ToDictionary(a => a.Text("name"));
        static (int Removed, int Restored, int Kept) Undo(JsonElement import) => (import.GetProperty("undo").GetProperty("removed").GetInt32(), import.GetProperty("undo").GetProperty("restored").GetInt32(), import.GetProperty("undo").GetProperty("kept").GetInt32());
    }
}
