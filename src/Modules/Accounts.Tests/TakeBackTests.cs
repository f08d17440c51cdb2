using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Identity.Published;

namespace Trellis.Accounts.Tests;

public sealed class TakeBackTests
{
    [SkippableTheory, BothDatabases]
    public async Task What_an_import_created_is_removed_and_what_it_changed_is_restored_unless_changed_or_used_since(Database database)
    {
        var (app, operations) = await BeginAsync(database);
        using var api = await operations.ApiAsync();
        var importing = new Importing(app, api);
        await importing.ImportAsync("account,website,sector,employees\nOld One,old-one.example,retail,10\nOld Two,old-two.example,retail,20\nOld Three,,retail,30\n");
        var before = await StateAsync(operations);
        var import = await importing.ImportAsync("account,website,sector,employees,subsidiary_of\nOld One,old-one.example,software,11,\nOld Two,new-two.example,retail,20,\nNew One,new-one.example,,,Old One\nNew Two,,,,\nNew Three,,,,New Two\nNew Four,,,,\n");
        import.Counts().ShouldBe((4, 2, 0, 0, 0));
        var accounts = (await importing.GetAsync("/accounts?size=50")).GetProperty("items").EnumerateArray().ToDictionary(a => a.Text("name"), a => a.Text("id"));
        // Somebody works on: one changed record and one new one are changed by hand, another new one gets an opportunity.
        (await api.PatchAsync($"/api/v1/accounts/{accounts["Old Two"]}", JsonContent.Create(new { employees = 99 }))).EnsureSuccessStatusCode();
        (await api.PatchAsync($"/api/v1/accounts/{accounts["New Two"]}", JsonContent.Create(new { city = "Bonn" }))).EnsureSuccessStatusCode();
        await importing.ImportAsync("opportunity_id,account,deal_stage\nT1,New Four,Won\n");

        var done = await importing.TakeBackAsync(import.Text("id"));

        done.State().ShouldBe("taken_back");
        (done.GetProperty("undo").GetProperty("removed").GetInt32(), done.GetProperty("undo").GetProperty("restored").GetInt32(), done.GetProperty("undo").GetProperty("kept").GetInt32()).ShouldBe((2, 2, 2));
        var after = await StateAsync(operations);
        after["Old One"].ShouldBe(before["Old One"]);
        after["Old Three"].ShouldBe(before["Old Three"]);
        after.Keys.Order(StringComparer.Ordinal).ShouldBe(["New Four", "New Two", "Old One", "Old Three", "Old Two"]);
        after["Old Two"].ShouldSatisfyAllConditions(a => a.ShouldContain("old-two.example"), a => a.ShouldContain("\"employees\":99"));
        var kept = (await importing.GetAsync($"/imports/{import.Text("id")}/taken-back?outcome=kept")).EnumerateArray().ToDictionary(r => r.Text("title"), r => r.Text("undoReason"));
        kept.ShouldNotContainKey("Old Two", "what the file had changed is back, and what a person has changed since stays");
        kept["New Two"].ShouldStartWith("It was changed since, by Sam Staff");
        kept["New Four"].ShouldBe("It is used by an opportunity.");
        // The keys by which customers are found are back as well.
        (await operations.DoAsync<Work, IReadOnlyList<CustomerMatch>>(work => Customers.MatchAsync(work, new TypedCustomer("Something else", "old-one.example", null), default))).ShouldHaveSingleItem().Name.ShouldBe("Old One");
        (await operations.DoAsync<Work, IReadOnlyList<CustomerMatch>>(work => Customers.MatchAsync(work, new TypedCustomer("New One", "new-one.example", null), default))).ShouldBeEmpty();
        (await operations.DoAsync<Db, int>(db => db.Set<AuditEntry>().CountAsync(e => e.Action == "accounts.take_back_import" && e.Subject == import.Text("id")))).ShouldBeGreaterThan(0);
        (await importing.TakeBackAsync(import.Text("id"))).GetProperty("undo").GetProperty("kept").GetInt32().ShouldBe(2, "another run finds the same");
    }

    [SkippableTheory, Databases]
    public async Task Opportunities_products_and_sellers_are_taken_back_across_batches_and_the_same_file_can_be_imported_again(Database database)
    {
        var (app, operations) = await BeginAsync(database);
        using var api = await operations.ApiAsync();
        var importing = new Importing(app, api);
        var products = await importing.ImportAsync("product,sales_price\nUsed,10\nFree,20\n");
        var sellers = await importing.ImportAsync("sales_agent,manager\nNoah Direct,Ann Boss\n");
        await importing.ImportAsync("opportunity_id,product,deal_stage,close_value\nP0,Used,Engaging,5\n");
        var file = "opportunity_id,product,deal_stage,close_value\nP0,Used,Won,7\n" + string.Concat(Enumerable.Range(1, 10_500).Select(i => $"P{i},,Won,{i}\n"));
        var import = await importing.ImportAsync(file);
        import.Counts().ShouldBe((10_500, 1, 0, 0, 0));

        (await importing.TakeBackAsync(import.Text("id"))).GetProperty("undo").ToString().ShouldContain("\"removed\":10500,\"restored\":1,\"kept\":0");
        (await importing.TakeBackAsync(products.Text("id"))).GetProperty("undo").ToString().ShouldContain("\"removed\":1,\"restored\":0,\"kept\":1");
        (await importing.TakeBackAsync(sellers.Text("id"))).GetProperty("undo").ToString().ShouldContain("\"removed\":1");

        var left = await operations.DoAsync<Db, OpportunityRow>(db => db.Set<OpportunityRow>().SingleAsync());
        (left.ExternalId, left.Stage, left.Amount).ShouldBe(("P0", OpportunityStage.Engaging, 500));
        (await importing.ImportAsync(file)).Counts().ShouldBe((10_500, 1, 0, 0, 0));
    }

    [SkippableTheory, Databases]
    public async Task Taking_back_needs_the_permission_and_an_import_that_was_written(Database database)
    {
        var (app, operations) = await BeginAsync(database);
        using var api = await operations.ApiAsync();
        var importing = new Importing(app, api);
        var id = (await importing.UploadAsync("account\nNot written\n")).Text("id");
        (await api.PostAsync($"/api/v1/imports/{id}/take-back", null)).StatusCode.ShouldBe(HttpStatusCode.Conflict);
        await importing.DryRunAsync(id);
        await importing.ApplyAsync(id);
        using var manager = await (await operations.Tenant.StaffAsync(Roles.PartnerManager)).ApiAsync();
        (await manager.PostAsync($"/api/v1/imports/{id}/take-back", null)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        using var other = await (await app.TenantAsync()).Administrator.ApiAsync();
        (await other.PostAsync($"/api/v1/imports/{id}/take-back", null)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await other.GetAsync($"/api/v1/imports/{id}/taken-back")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        var same = await importing.ImportAsync("account\nNot written\n");
        (await api.PostAsync($"/api/v1/imports/{same.Text("id")}/take-back", null)).StatusCode.ShouldBe(HttpStatusCode.Conflict, "it has changed nothing");
    }

    private static async Task<(TestApp App, TestPerson Operations)> BeginAsync(Database database)
    {
        var app = await TestApp.SharedAsync(database);
        return (app, await (await app.TenantAsync()).StaffAsync(Roles.ChannelOperations));
    }

    // Every column but the count of versions.
    private static Task<Dictionary<string, string>> StateAsync(TestPerson person) => person.DoAsync<Db, Dictionary<string, string>>(async db =>
        (await db.Set<Account>().AsNoTracking().ToListAsync()).ToDictionary(a => a.Name, a =>
        {
            a.Version = 0;
            return JsonSerializer.Serialize(a, Json.Options);
        }));
}
