using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Trellis.Accounts.Contacts;
using Trellis.Accounts.Imports;
using Trellis.Accounts.Merging;
using Trellis.Accounts.Published;
using Trellis.Accounts.Quality;
using Trellis.Identity.Published;

namespace Trellis.Accounts.Tests;

public sealed class MergeTests
{
    [SkippableTheory, Databases]
    public async Task A_merge_keeps_what_was_chosen_moves_what_belonged_to_both_and_can_be_undone_to_the_letter(Database database)
    {
        var (app, operations) = await BeginAsync(database);
        using var api = await operations.ApiAsync();
        var importing = new Importing(app, api);
        await importing.ImportAsync("account,id,website,sector,employees,city,subsidiary_of\nZephyria GmbH,A-1,acme.example,retail,10,,\nZEPHYRIA Group,A-2,acme-group.example,software,20,Bonn,\nZephyria Tools,A-3,,,,,ZEPHYRIA Group\n");
        await importing.ImportAsync("opportunity_id,account,deal_stage\nM1,Zephyria GmbH,Won\nM2,ZEPHYRIA Group,Won\nM3,ZEPHYRRIA Group,Won\n");
        var ids = await IdsAsync(importing);
        (await api.PostAsJsonAsync($"/api/v1/accounts/{ids["ZEPHYRIA Group"]}/contacts", new { name = "Ann Buyer", role = "champion" })).StatusCode.ShouldBe(HttpStatusCode.Created);
        var before = await StateAsync(operations);

        var merged = await api.PostAsJsonAsync($"/api/v1/accounts/{ids["ZEPHYRIA Group"]}/merge", new { into = ids["Zephyria GmbH"], takeFrom = new[] { "employees", "domain" } });
        merged.StatusCode.ShouldBe(HttpStatusCode.Created, await merged.Content.ReadAsStringAsync());
        var merge = (await merged.Content.ReadFromJsonAsync<JsonElement>()).Text("id");

        var account = await importing.GetAsync($"/accounts/{ids["Zephyria GmbH"]}");
        (account.Text("name"), account.Text("domain"), account.Text("sector"), account.Text("employees"), account.Text("city")).ShouldBe(("Zephyria GmbH", "acme-group.example", "retail", "20", "Bonn"));
        (await importing.GetAsync($"/opportunities?account={ids["Zephyria GmbH"]}")).GetProperty("items").GetArrayLength().ShouldBe(3);
        (await importing.GetAsync($"/contacts?account={ids["Zephyria GmbH"]}")).GetProperty("items").GetArrayLength().ShouldBe(1);
        (await importing.GetAsync($"/accounts/{ids["Zephyria Tools"]}")).Text("parentId").ShouldBe(ids["Zephyria GmbH"]);
        // The old address leads to the account that stayed, and the old name means it.
        (await importing.GetAsync($"/accounts/{ids["ZEPHYRIA Group"]}")).Text("id").ShouldBe(ids["Zephyria GmbH"]);
        (await importing.ImportAsync("opportunity_id,account,deal_stage\nM4,ZEPHYRIA Group,Won\n")).Counts().ShouldBe((1, 0, 0, 0, 1));
        (await importing.GetAsync($"/opportunities?account={ids["Zephyria GmbH"]}")).GetProperty("items").GetArrayLength().ShouldBe(4);
        // The CRM still knows it: that must not bring it back.
        var again = await importing.ImportAsync("account,id\nZEPHYRIA Group,A-2\n");
        again.Counts().ShouldBe((0, 0, 0, 1, 0));
        (await operations.DoAsync<Work, IReadOnlyList<CustomerMatch>>(w => Customers.MatchAsync(w, new TypedCustomer("Zephyria GmbH", null, null), default))).Count(m => m.Name.StartsWith("ZEPHYRIA G", StringComparison.Ordinal)).ShouldBe(0);

        (await api.PostAsync($"/api/v1/account-merges/{merge}/undo", null)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await api.PostAsync($"/api/v1/account-merges/{merge}/undo", null)).StatusCode.ShouldBe(HttpStatusCode.Conflict);
        var after = await StateAsync(operations);
        after.ShouldBe(before);
        (await importing.GetAsync($"/opportunities?account={ids["ZEPHYRIA Group"]}")).GetProperty("items").GetArrayLength().ShouldBe(2);
        (await importing.GetAsync($"/contacts?account={ids["ZEPHYRIA Group"]}")).GetProperty("items").GetArrayLength().ShouldBe(1);
        (await operations.DoAsync<Work, IReadOnlyList<CustomerMatch>>(w => Customers.MatchAsync(w, new TypedCustomer("Something", "acme-group.example", null), default))).ShouldHaveSingleItem().Name.ShouldBe("ZEPHYRIA Group");
    }

    [SkippableTheory, Databases]
    public async Task An_undo_leaves_what_was_changed_since_and_is_refused_after_a_month_or_a_later_merge(Database database)
    {
        var (app, operations) = await BeginAsync(database);
        using var api = await operations.ApiAsync();
        var importing = new Importing(app, api);
        await importing.ImportAsync("account,employees\nOne Ltd,1\nTwo Ltd,2\nThree Ltd,3\n");
        var ids = await IdsAsync(importing);
        var first = await MergeAsync(api, ids["One Ltd"], ids["Two Ltd"]);
        (await api.PatchAsJsonAsync($"/api/v1/accounts/{ids["Two Ltd"]}", new { employees = 77 })).EnsureSuccessStatusCode();
        var second = await MergeAsync(api, ids["Two Ltd"], ids["Three Ltd"]);
        (await (await api.PostAsync($"/api/v1/account-merges/{first}/undo", null)).Content.ReadAsStringAsync()).ShouldContain("accounts.merged_again");
        (await importing.GetAsync($"/accounts/{ids["One Ltd"]}")).Text("id").ShouldBe(ids["Three Ltd"], "through two merges");
        (await api.PostAsync($"/api/v1/account-merges/{second}/undo", null)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await api.PostAsync($"/api/v1/account-merges/{first}/undo", null)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await importing.GetAsync($"/accounts/{ids["Two Ltd"]}")).Text("employees").ShouldBe("77");
        (await importing.GetAsync($"/accounts/{ids["One Ltd"]}")).Text("employees").ShouldBe("1");

        var late = Ids.Parse<MergeId>(await MergeAsync(api, ids["One Ltd"], ids["Three Ltd"]))!.Value;
        await operations.DoAsync<Db, int>(db => db.Set<AccountMerge>().Where(m => m.Id == late).ExecuteUpdateAsync(s => s.SetProperty(m => m.At, DateTime.UtcNow.AddDays(-31))));
        (await (await api.PostAsync($"/api/v1/account-merges/{late}/undo", null)).Content.ReadAsStringAsync()).ShouldContain("accounts.merge_final");
    }

    [SkippableTheory, Databases]
    public async Task Duplicates_are_found_with_reasons_and_what_a_person_has_said_about_a_pair_stays_said(Database database)
    {
        var (app, operations) = await BeginAsync(database);
        using var api = await operations.ApiAsync();
        var importing = new Importing(app, api);
        await importing.ImportAsync("account,account_id,website,country,vat\nBlue Harvest Foods Ltd,B1,blueharvest.example,Germany,\nBLUE HARVEST FOODS,B2,www.blueharvest.example,Germany,\nNorthern Rail Works,N1,nrw.example,France,FR123\nNorthern Rail Works SA,N2,,France,FR123\nQuite Different,Q1,qd.example,Spain,\n");
        async Task<JsonElement[]> PairsAsync(string state)
        {
            await app.DrainAsync();
            return [.. (await importing.GetAsync($"/duplicate-accounts?state={state}")).GetProperty("items").EnumerateArray()];
        }

        (await api.PostAsync("/api/v1/duplicate-accounts/find", null)).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        var pairs = await PairsAsync("open");
        pairs.Length.ShouldBe(2);
        pairs.ShouldAllBe(p => p.GetProperty("probability").GetDouble() > 0.75 && p.GetProperty("reasons").GetArrayLength() > 0);
        var rail = pairs.Single(p => p.Text("leftName").StartsWith("Northern", StringComparison.Ordinal));
        (await api.PostAsync($"/api/v1/duplicate-accounts/{rail.Text("id")}/different", null)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await api.PostAsync($"/api/v1/duplicate-accounts/{rail.Text("id")}/different", null)).StatusCode.ShouldBe(HttpStatusCode.Conflict);
        var food = pairs.Single(p => p.Text("id") != rail.Text("id"));
        (await api.PostAsJsonAsync($"/api/v1/duplicate-accounts/{food.Text("id")}/merge", new { })).StatusCode.ShouldBe(HttpStatusCode.Created);
        await api.PostAsync("/api/v1/duplicate-accounts/find", null);
        (await PairsAsync("open")).ShouldBeEmpty();
        (await PairsAsync("different")).Length.ShouldBe(1);
        (await PairsAsync("merged")).Length.ShouldBe(1);
    }

    [SkippableTheory, Databases]
    public async Task Merging_needs_its_permission_and_stays_within_the_tenant(Database database)
    {
        var (app, operations) = await BeginAsync(database);
        using var api = await operations.ApiAsync();
        var importing = new Importing(app, api);
        await importing.ImportAsync("account\nMine One\nMine Two\n");
        var ids = await IdsAsync(importing);
        (await api.PostAsJsonAsync($"/api/v1/accounts/{ids["Mine One"]}/merge", new { into = ids["Mine One"] })).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await api.PostAsJsonAsync($"/api/v1/accounts/{ids["Mine One"]}/merge", new { into = ids["Mine Two"], takeFrom = new[] { "shoe_size" } })).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        using var seller = await (await operations.Tenant.StaffAsync(Roles.DirectSeller)).ApiAsync();
        (await seller.PostAsJsonAsync($"/api/v1/accounts/{ids["Mine One"]}/merge", new { into = ids["Mine Two"] })).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        var stranger = (await app.TenantAsync()).Administrator;
        using var other = await stranger.ApiAsync();
        (await other.PostAsJsonAsync($"/api/v1/accounts/{ids["Mine One"]}/merge", new { into = ids["Mine Two"] })).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        var merge = await MergeAsync(api, ids["Mine One"], ids["Mine Two"]);
        (await other.PostAsync($"/api/v1/account-merges/{merge}/undo", null)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await other.GetAsync($"/api/v1/accounts/{ids["Mine One"]}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        using var pages = await operations.PagesAsync();
        (await pages.GetAsync($"/app/accounts/{ids["Mine One"]}")).Address.AbsolutePath.ShouldBe($"/app/accounts/{ids["Mine Two"]}");
    }

    [SkippableTheory, Databases]
    public async Task A_merge_waits_for_the_batch_that_an_import_is_writing(Database database)
    {
        var (app, operations) = await BeginAsync(database);
        using var api = await operations.ApiAsync();
        var importing = new Importing(app, api);
        await importing.ImportAsync("account\nBatch Goes\nBatch Stays\n");
        var ids = await IdsAsync(importing);
        var (from, into) = (Ids.Parse<AccountId>(ids["Batch Goes"])!.Value, Ids.Parse<AccountId>(ids["Batch Stays"])!.Value);
        var merge = Task.CompletedTask;
        // What an import does in each batch.
        (await operations.DoAsync<Work, Result<Done>>(w => w.TransactAsync<Done>("test.batch", async () =>
        {
            await w.LockAsync("accounts.import", default);
            merge = Task.Run(() => operations.DoAsync<MergeAccounts, Result<MergeId>>(m => m.RunAsync(new MergeOrder(from, into), default)));
            // Without the lock it is done by now, and what is written here belongs to nobody.
            await Task.WhenAny(merge, Task.Delay(1500));
            w.Db.Add(Opportunity.Create(w.Tenant, w.NewId<OpportunityId>(), new() { ExternalId = "BATCH-1", Stage = OpportunityStage.Engaging, AccountId = from }, "USD", w.Today));
            return default(Done);
        }, default))).Problem.ShouldBeNull();
        await merge;

        (await operations.DoAsync<Work, AccountId?>(w => w.Db.Set<Opportunity>().Where(o => o.ExternalId == "BATCH-1").Select(o => o.AccountId).SingleAsync())).ShouldBe(into);
    }

    [SkippableTheory, Databases]
    public async Task An_import_that_is_under_way_learns_that_an_account_was_merged(Database database)
    {
        var (app, operations) = await BeginAsync(database);
        using var api = await operations.ApiAsync();
        var importing = new Importing(app, api);
        await importing.ImportAsync("account\nWay Goes\nWay Stays\n");
        var ids = await IdsAsync(importing);
        var names = await operations.DoAsync<Work, AccountId[]>(async w =>
        {
            var known = new AccountNames(w);
            await known.LearnAsync(["Way Goes", "Way Stays"], default);
            await MergeAsync(api, ids["Way Goes"], ids["Way Stays"]);
            await known.LearnAsync(["Way Goes", "Way Stays"], default);
            return [known.Of("Way Goes").Value, known.Of("Way Stays").Value];
        });
        names.Select(n => n.ToString()).ShouldBe([ids["Way Stays"], ids["Way Stays"]]);
    }

    [SkippableTheory, Databases]
    public async Task A_count_that_was_not_saved_is_not_told_as_done(Database database)
    {
        var (_, operations) = await BeginAsync(database);
        var looking = operations.Actor with { ViewedBy = "Somebody" };
        var progress = new JobProgress((_, _, _) => Task.FromResult(true));
        (await operations.Tenant.AsAsync<IServiceProvider, Result<string>>(looking, s => ActivatorUtilities.CreateInstance<CountQuality>(s).RunAsync("{}", progress, default))).Problem!.Code.ShouldBe("viewing");
    }

    [SkippableTheory, Databases]
    public async Task No_company_owns_itself_and_a_group_adds_up(Database database)
    {
        var (app, operations) = await BeginAsync(database);
        using var api = await operations.ApiAsync();
        var importing = new Importing(app, api);
        await importing.ImportAsync("account,subsidiary_of\nTop,\nMiddle,Top\nBottom,Middle\nRing A,Ring B\nRing B,Ring A\n");
        await importing.ImportAsync("opportunity_id,account,deal_stage,close_value\nG1,Top,Won,10\nG2,Middle,Won,20\nG3,Bottom,Engaging,40\n");
        var ids = await IdsAsync(importing);
        async Task<HttpStatusCode> OwnAsync(string child, string? parent) =>
            (await api.PutAsJsonAsync($"/api/v1/accounts/{ids[child]}/parent", new { parent = parent is null ? null : ids[parent] })).StatusCode;

        (await OwnAsync("Top", "Bottom")).ShouldBe(HttpStatusCode.Conflict);
        (await OwnAsync("Top", "Top")).ShouldBe(HttpStatusCode.Conflict);
        var group = await importing.GetAsync($"/accounts/{ids["Top"]}/group");
        group.GetProperty("members").EnumerateArray().Select(m => m.Text("name") + m.Text("depth")).ShouldBe(["Top0", "Middle1", "Bottom2"]);
        (group.Text("wonAmount"), group.Text("openAmount")).ShouldBe(("3000", "4000"));
        (await OwnAsync("Middle", null)).ShouldBe(HttpStatusCode.OK);
        (await OwnAsync("Top", "Bottom")).ShouldBe(HttpStatusCode.OK);
        var rings = new[] { (await importing.GetAsync($"/accounts/{ids["Ring A"]}")).Text("parentId"), (await importing.GetAsync($"/accounts/{ids["Ring B"]}")).Text("parentId") };
        rings.Count(p => p.Length > 0).ShouldBe(1, "the file's circle is cut once");
    }

    private static async Task<string> MergeAsync(HttpClient api, string from, string into)
    {
        var merged = await api.PostAsJsonAsync($"/api/v1/accounts/{from}/merge", new { into });
        merged.StatusCode.ShouldBe(HttpStatusCode.Created, await merged.Content.ReadAsStringAsync());
        return (await merged.Content.ReadFromJsonAsync<JsonElement>()).Text("id");
    }

    private static async Task<Dictionary<string, string>> IdsAsync(Importing importing) =>
        (await importing.GetAsync("/accounts?size=100")).GetProperty("items").EnumerateArray().ToDictionary(a => a.Text("name"), a => a.Text("id"));

    private static async Task<(TestApp App, TestPerson Operations)> BeginAsync(Database database)
    {
        var app = await TestApp.SharedAsync(database);
        return (app, await (await app.TenantAsync()).StaffAsync(Roles.ChannelOperations, Roles.PartnerManager));
    }

    // Accounts, spellings and keys; without the count of versions.
    private static Task<List<string>> StateAsync(TestPerson person) => person.DoAsync<Db, List<string>>(async db =>
    [
        .. (await db.Set<Account>().AsNoTracking().OrderBy(a => a.Id).ToListAsync()).Select(a =>
        {
            a.Version = 0;
            return JsonSerializer.Serialize(a, Json.Options);
        }),
        .. (await db.Set<Alias>().AsNoTracking().Where(a => a.Name != "M4").OrderBy(a => a.NameKey).ThenBy(a => a.AccountId).ToListAsync()).Select(a => $"{a.NameKey} {a.AccountId}"),
        .. (await db.Set<AccountKey>().AsNoTracking().OrderBy(k => k.Key).ThenBy(k => k.AccountId).ToListAsync()).Select(k => $"{k.Key} {k.AccountId}"),
    ]);
}
