using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Accounts.Quality;
using Trellis.Identity.Published;

namespace Trellis.Accounts.Tests;

/// <summary>Whose accounts and opportunities are: a person's, whatever the name is.</summary>
public sealed class OwnersTests
{
    [SkippableTheory, Databases]
    public async Task An_imported_owner_is_the_only_person_of_that_name_or_the_one_with_the_address(Database database)
    {
        var (tenant, importing, api) = await BeginAsync(database);
        using var _ = api;
        var (sam, one, two) = (await tenant.StaffNamedAsync("Sam Single", Roles.DirectSeller), await tenant.StaffNamedAsync("Kim Double", Roles.DirectSeller), await tenant.StaffNamedAsync("Kim Double", Roles.DirectSeller));
        await importing.ImportAsync($"account,owner,owner_email\nBy Name,Sam Single,\nBy Case,sam single,\nShared,Kim Double,\nBy Mail,Kim Double,{two.Email.ToUpperInvariant()}\nIn Place,{one.Email},\nForeign,Nobody Known,nobody@else.example\nNobody,,\n");
        (await OwnersAsync<Account>(tenant, a => a.Name, a => a.OwnerId, a => a.OwnerName)).ShouldBe(
        [
            ("By Case", sam.Actor.Person, "sam single"), ("By Mail", two.Actor.Person, "Kim Double"), ("By Name", sam.Actor.Person, "Sam Single"), ("Foreign", null, "Nobody Known"), ("In Place", one.Actor.Person, "Kim Double"),
            ("Nobody", null, null), ("Shared", null, "Kim Double"),
        ]);
        await importing.ImportAsync($"opportunity_id,sales_agent,owner_email,deal_stage,engage_date\nO-1,Sam Single,,Engaging,2026-10-01\nO-2,Kim Double,,Engaging,2026-10-01\nO-3,Kim Double,{one.Email},Engaging,2026-10-01\n", kind: "opportunities");
        (await OwnersAsync<Opportunity>(tenant, o => o.ExternalId, o => o.OwnerId, o => o.OwnerName)).ShouldBe([("O-1", sam.Actor.Person, "Sam Single"), ("O-2", null, "Kim Double"), ("O-3", one.Actor.Person, "Kim Double")]);

        // The same file again changes nothing; an address puts right whose it is although the name is the same.
        (await importing.ImportAsync("account,owner\nBy Mail,Kim Double\nBy Name,Sam Single\n")).Counts().ShouldBe((0, 0, 2, 0, 0));
        (await importing.ImportAsync($"account,owner,owner_email\nBy Mail,Kim Double,{one.Email}\nShared,Kim Double,{two.Email}\n")).Counts().ShouldBe((0, 2, 0, 0, 0));
        (await OwnerAsync(tenant, "By Mail"), await OwnerAsync(tenant, "Shared")).ShouldBe((one.Actor.Person, two.Actor.Person));
        (await importing.GetAsync($"/accounts?owner={one.Actor.Person}")).GetProperty("items").EnumerateArray().Select(a => a.Text("name")).ShouldBe(["By Mail", "In Place"]);
        (await importing.GetAsync($"/opportunities?owner={one.Actor.Person}")).GetProperty("items").EnumerateArray().Select(o => o.Text("externalId")).ShouldBe(["O-3"]);
        (await RecordOwnersAsync(tenant)).ShouldBe([one.Actor.Person, two.Actor.Person, sam.Actor.Person], ignoreOrder: true);
        (await RecordOwnersAsync(await tenant.App.TenantAsync())).ShouldBeEmpty();
    }

    [SkippableTheory, Databases]
    public async Task A_renamed_person_keeps_what_it_owns_and_the_next_of_the_old_name_gets_only_what_is_new(Database database)
    {
        var (tenant, importing, api) = await BeginAsync(database);
        using var _ = api;
        var before = await tenant.StaffNamedAsync("Ada Before", Roles.DirectSeller);
        await importing.ImportAsync("account,owner\nKept,Ada Before\n");
        await tenant.AsSystemAsync<Work, int>(w => w.Db.Database.ExecuteSqlAsync($"UPDATE identity_person SET name = 'Ada After' WHERE name = 'Ada Before'"));
        var next = await tenant.StaffNamedAsync("Ada Before", Roles.DirectSeller);
        await importing.ImportAsync("account,owner\nKept,Ada Before\nNew,Ada Before\nOf The New Name,Ada After\n");
        await tenant.App.RunAsync<ResolveOwners>();
        (await OwnerAsync(tenant, "Kept"), await OwnerAsync(tenant, "New"), await OwnerAsync(tenant, "Of The New Name")).ShouldBe((before.Actor.Person, next.Actor.Person, before.Actor.Person));

        // An edit that leaves the name alone leaves the owner alone.
        var id = (await importing.GetAsync("/accounts?q=kept")).GetProperty("items")[0].Text("id");
        (await api.PatchAsync($"/api/v1/accounts/{id}", JsonContent.Create(new { city = "Bonn" }))).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await OwnerAsync(tenant, "Kept")).ShouldBe(before.Actor.Person);
    }

    [SkippableTheory, Databases]
    public async Task Whoever_comes_after_the_data_gets_what_bears_the_name(Database database)
    {
        var (tenant, importing, api) = await BeginAsync(database);
        using var _ = api;
        await importing.ImportAsync("account,owner\nEarly,Lea Later\nTwin,Max Many\n");
        await importing.ImportAsync("opportunity_id,sales_agent,deal_stage,engage_date\nO-1,Lea Later,Engaging,2026-10-01\n", kind: "opportunities");
        (await OwnerAsync(tenant, "Early")).ShouldBeNull();
        var lea = await tenant.StaffNamedAsync("Lea Later", Roles.DirectSeller);
        foreach (var __ in Enumerable.Range(0, 2)) await tenant.StaffNamedAsync("Max Many", Roles.DirectSeller);
        await tenant.App.RunAsync<ResolveOwners>();
        (await OwnerAsync(tenant, "Early"), await OwnerAsync(tenant, "Twin")).ShouldBe((lea.Actor.Person, null));
        (await OwnersAsync<Opportunity>(tenant, o => o.ExternalId, o => o.OwnerId, o => o.OwnerName)).ShouldBe([("O-1", lea.Actor.Person, "Lea Later")]);
    }

    [SkippableTheory, Databases]
    public async Task A_person_writes_the_address_where_a_name_means_several(Database database)
    {
        var (tenant, importing, api) = await BeginAsync(database);
        using var _ = api;
        var (one, two) = (await tenant.StaffNamedAsync("Kim Double", Roles.DirectSeller), await tenant.StaffNamedAsync("Kim Double", Roles.DirectSeller));
        await importing.ImportAsync("account,owner\nShared,Kim Double\nFree,\n");
        var accounts = (await importing.GetAsync("/accounts")).GetProperty("items").EnumerateArray().ToDictionary(a => a.Text("name"), a => a.Text("id"));
        async Task<HttpStatusCode> SetAsync(string name, string owner) => (await api.PatchAsync($"/api/v1/accounts/{accounts[name]}", JsonContent.Create(new { ownerName = owner }))).StatusCode;
        (await SetAsync("Free", "Kim Double")).ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await SetAsync("Free", two.Email)).ShouldBe(HttpStatusCode.OK);
        (await importing.GetAsync($"/accounts/{accounts["Free"]}")).Text("ownerName").ShouldBe("Kim Double");
        (await OwnerAsync(tenant, "Free")).ShouldBe(two.Actor.Person);
        (await api.PostAsJsonAsync("/api/v1/accounts", new { name = "Made Anew", ownerName = one.Email })).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await OwnerAsync(tenant, "Made Anew")).ShouldBe(one.Actor.Person);

        // What is nobody's stands in a work queue, where the person is chosen by the address.
        using var pages = await tenant.Administrator.PagesAsync();
        var queue = await pages.GetAsync("/app/data-quality/account_ambiguous_owner");
        foreach (var shown in new[] { "Shared", $"Kim Double ({one.Email})" }) queue.Text.ShouldContain(shown);
        (await pages.GetAsync($"/app/accounts/{accounts["Shared"]}")).Text.ShouldContain("or several people");
        (await tenant.Administrator.DoAsync<FixRecords, Result<Fixed>>(f => f.RunAsync(new BulkFix("account_ambiguous_owner", [accounts["Shared"]], one.Email), default))).Problem.ShouldBeNull();
        (await OwnerAsync(tenant, "Shared")).ShouldBe(one.Actor.Person);
        (await tenant.Administrator.DoAsync<Work, int>(w => AccountList.Filtered(w, new AccountQuery(Lacks: "account_ambiguous_owner")).CountAsync())).ShouldBe(0);
    }

    [SkippableTheory, Databases]
    public async Task An_address_finds_its_person_later_and_contradicts_a_name_until_then(Database database)
    {
        var (tenant, importing, api) = await BeginAsync(database);
        using var _ = api;
        var bob = await tenant.StaffNamedAsync("Bob Here", Roles.DirectSeller);
        await importing.ImportAsync("account,owner,owner_email\nOf Another Bob,Bob Here,Bob@Elsewhere.example\nBy Case,BOB HERE,\n");
        await importing.ImportAsync("opportunity_id,sales_agent,deal_stage,engage_date\nO-1,late.comer@here.example,Engaging,2026-10-01\n", kind: "opportunities");
        await tenant.App.RunAsync<ResolveOwners>();
        (await OwnersAsync<Account>(tenant, a => a.Name, a => a.OwnerId, a => a.OwnerName)).ShouldBe([("By Case", bob.Actor.Person, "BOB HERE"), ("Of Another Bob", null, "Bob@Elsewhere.example")]);

        var late = await tenant.StaffNamedAsync("Late Comer", Roles.DirectSeller);
        await tenant.AsSystemAsync<Work, int>(w => w.Db.Set<Opportunity>().ExecuteUpdateAsync(s => s.SetProperty(o => o.OwnerName, late.Email.ToUpperInvariant()).SetProperty(o => o.SearchText, Text.Fold("O-1", late.Email))));
        await tenant.App.RunAsync<ResolveOwners>();
        (await OwnersAsync<Opportunity>(tenant, o => o.ExternalId, o => o.OwnerId, o => o.OwnerName)).ShouldBe([("O-1", late.Actor.Person, "Late Comer")]);
        (await importing.GetAsync("/opportunities?q=late+comer")).GetProperty("items").GetArrayLength().ShouldBe(1);
        (await importing.GetAsync($"/opportunities?owner={late.Actor.Person}")).GetProperty("items").GetArrayLength().ShouldBe(1);
        (await importing.GetAsync("/accounts?owner=Bob%20Here")).GetProperty("items").GetArrayLength().ShouldBe(1);
        (await importing.GetAsync("/accounts?owner=Bob%40Elsewhere.example")).GetProperty("items").GetArrayLength().ShouldBe(1);
        using var pages = await tenant.Administrator.PagesAsync();
        (await pages.GetAsync("/app/accounts?owner=Bob+Here")).Text.ShouldContain("Late Comer", customMessage: "the filter offers everybody who owns something");
    }

    [SkippableTheory, BothDatabases]
    public async Task Another_name_never_keeps_the_person_whom_the_job_has_found_meanwhile(Database database)
    {
        var (tenant, importing, api) = await BeginAsync(database);
        using var _ = api;
        await importing.ImportAsync("account,owner\nAlder,Bob Late\n");
        var bob = await tenant.StaffNamedAsync("Bob Late", Roles.DirectSeller);
        // Read without a person, and written when the job was there.
        (await tenant.Administrator.DoAsync<Work, Result<Done>>(w => w.TransactAsync<Done>("accounts.test", async () =>
        {
            var account = await w.Db.Set<Account>().SingleAsync();
            await w.Db.Set<Account>().ExecuteUpdateAsync(s => s.SetProperty(a => a.OwnerId, bob.Actor.Person));
            account.Apply(new AccountFacts { OwnerName = "Carl Unknown" }, new Changes());
            OwnerRecord.Join(w.Db.Entry(account));
            return default(Done);
        }, default))).Ok.ShouldBeTrue();
        (await OwnersAsync<Account>(tenant, a => a.Name, a => a.OwnerId, a => a.OwnerName)).ShouldBe([("Alder", null, "Carl Unknown")]);
    }

    [SkippableTheory, Databases]
    public async Task An_owner_that_an_import_wrote_goes_with_its_person_when_it_is_taken_back(Database database)
    {
        var (tenant, importing, api) = await BeginAsync(database);
        using var _ = api;
        await importing.ImportAsync("account,owner\nAlder,Ada Early\nBirch,Ada Early\nCedar,Ada Early\n");
        var import = await importing.ImportAsync("account,owner\nAlder,Bob Late\nBirch,Bob Late\nCedar,Bob Late\n");
        var bob = await tenant.StaffNamedAsync("Bob Late", Roles.DirectSeller);
        await tenant.App.RunAsync<ResolveOwners>();
        (await OwnerAsync(tenant, "Alder")).ShouldBe(bob.Actor.Person);
        var ids = (await importing.GetAsync("/accounts")).GetProperty("items").EnumerateArray().ToDictionary(a => a.Text("name"), a => a.Text("id"));
        (await api.PatchAsync($"/api/v1/accounts/{ids["Alder"]}", JsonContent.Create(new { city = "Bonn" }))).StatusCode.ShouldBe(HttpStatusCode.OK);
        // As an earlier release kept it: the name alone.
        await tenant.AsSystemAsync<Work, int>(async w =>
        {
            foreach (var row in await w.Db.Set<Imports.ImportRow>().AsNoTracking().Where(r => r.Title == "Cedar" && r.Before != null).ToListAsync())
            {
                var before = System.Text.Json.Nodes.JsonNode.Parse(row.Before!)!.AsObject();
                before.Remove("OwnerId");
                var text = before.ToJsonString();
                await w.Db.Set<Imports.ImportRow>().Where(r => r.ImportId == row.ImportId && r.Number == row.Number).ExecuteUpdateAsync(s => s.SetProperty(r => r.Before, text));
            }

            return 0;
        });
        await importing.TakeBackAsync(import.Text("id"));
        (await OwnersAsync<Account>(tenant, a => a.Name, a => a.OwnerId, a => a.OwnerName)).ShouldBe([("Alder", null, "Ada Early"), ("Birch", null, "Ada Early"), ("Cedar", null, "Ada Early")]);
    }

    [SkippableTheory, Databases]
    public async Task A_name_that_a_suspended_colleague_has_as_well_is_chosen_by_address(Database database)
    {
        var (tenant, _, api) = await BeginAsync(database);
        using var __ = api;
        var (active, suspended) = (await tenant.StaffNamedAsync("Kim Double", Roles.DirectSeller), await tenant.StaffNamedAsync("Kim Double", Roles.DirectSeller));
        await tenant.AsSystemAsync<Work, int>(w => w.Db.Database.ExecuteSqlAsync($"UPDATE identity_person SET state = 'suspended' WHERE email = {suspended.Email}"));
        (await tenant.Administrator.DoAsync<Work, IReadOnlyList<BulkValue>>(w => SalesPeople.ChoicesAsync(w, default))).Where(c => c.Label.StartsWith("Kim", StringComparison.Ordinal)).Select(c => c.Value).ShouldBe([active.Email]);
    }

    private static async Task<(TestTenant Tenant, Importing Importing, HttpClient Api)> BeginAsync(Database database)
    {
        var app = await TestApp.SharedAsync(database);
        var tenant = await app.TenantAsync();
        var api = await tenant.Administrator.ApiAsync();
        return (tenant, new Importing(app, api), api);
    }

    private static Task<PersonId?> OwnerAsync(TestTenant tenant, string account) => tenant.Administrator.DoAsync<Work, PersonId?>(w => w.Db.Set<AccountRow>().Where(a => a.Name == account).Select(a => a.OwnerId).SingleAsync());

    private static async Task<List<(string, PersonId?, string?)>> OwnersAsync<T>(TestTenant tenant, Func<T, string> name, Func<T, PersonId?> owner, Func<T, string?> written) where T : class =>
        [.. (await tenant.Administrator.DoAsync<Work, List<T>>(w => w.Db.Set<T>().AsNoTracking().ToListAsync())).Select(r => (name(r), owner(r), written(r))).OrderBy(r => r.Item1, StringComparer.Ordinal)];

    private static async Task<IEnumerable<PersonId>> RecordOwnersAsync(TestTenant tenant) => (await tenant.Administrator.DoAsync<Work, IReadOnlyList<PersonRow>>(w => RecordOwners.PeopleAsync(w, default))).Select(p => p.Id);
}
