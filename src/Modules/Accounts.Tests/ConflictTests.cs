using System.IO.Compression;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Conflicts;
using Trellis.Accounts.Published;
using Trellis.Identity.Published;

namespace Trellis.Accounts.Tests;

/// <summary>What a person wrote and what the CRM says.</summary>
public sealed class ConflictTests
{
    [SkippableTheory, Databases]
    public async Task What_an_import_says_against_a_value_written_by_hand_waits_in_a_queue_for_ours_or_theirs(Database database)
    {
        var app = await TestApp.SharedAsync(database);
        var tenant = await app.TenantAsync();
        var operations = await tenant.StaffAsync(Roles.ChannelOperations);
        using var api = await operations.ApiAsync();
        var importing = new Importing(app, api);
        await importing.ImportAsync("account,crm_id,city,employees\nAlder,X1,Bonn,10\nBirch,X2,Kiel,20\n");
        var ids = (await importing.GetAsync("/accounts?size=50")).GetProperty("items").EnumerateArray().ToDictionary(a => a.Text("name"), a => a.Text("id"));
        (await api.PatchAsync($"/api/v1/accounts/{ids["Alder"]}", JsonContent.Create(new { city = "Lyon", employees = 99 }))).EnsureSuccessStatusCode();
        (await ConflictsAsync(api)).ShouldBeEmpty("nobody has said anything else yet");
        await importing.ImportAsync("account,crm_id,city,employees\nAlder,X1,Lyon,99\nBirch,X2,Kiel,21\n");
        (await ConflictsAsync(api)).ShouldBeEmpty("the CRM says the same, and Birch was never changed by hand");

        await importing.ImportAsync("account,crm_id,city,employees\nAlder,X1,Bonn,11\nBirch,X2,Kiel,22\n", "crm.csv");
        var conflicts = (await ConflictsAsync(api)).ToDictionary(c => c.Text("field"));
        conflicts.Keys.Order().ShouldBe(["city", "employees"]);
        var city = conflicts["city"];
        (city.Text("accountName"), city.Text("ours"), city.Text("theirs"), city.Text("source")).ShouldBe(("Alder", "Lyon", "Bonn", "crm.csv"));
        city.GetProperty("since").GetDateTime().ShouldBe(DateTime.UtcNow, TimeSpan.FromDays(1));
        using var pages = await operations.PagesAsync();
        (await pages.GetAsync("/app/data-quality")).Text.ShouldContain("2 values that people wrote were changed by imports");
        var queue = await pages.GetAsync("/app/data-quality/conflicts");
        queue.Text.ShouldContain("Lyon");
        (await pages.Http.GetStringAsync("/app/data-quality/conflicts.csv")).ShouldContain("Alder,City,Lyon,");

        using var finance = await (await tenant.StaffAsync(Roles.Finance)).ApiAsync();
        (await finance.PostAsJsonAsync($"/api/v1/data-quality/conflicts/{city.Text("id")}", new { keepOurs = true })).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        using var stranger = await (await (await app.TenantAsync()).StaffAsync(Roles.ChannelOperations)).ApiAsync();
        (await stranger.PostAsJsonAsync($"/api/v1/data-quality/conflicts/{city.Text("id")}", new { keepOurs = true })).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await ConflictsAsync(stranger)).ShouldBeEmpty();
        (await pages.SubmitAsync(queue, $"settle-{city.Text("id")}", ("Act", "ours"))).Text.ShouldContain("Your value is back");
        (await api.PostAsJsonAsync($"/api/v1/data-quality/conflicts/{conflicts["employees"].Text("id")}", new { keepOurs = false })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await ConflictsAsync(api)).ShouldBeEmpty();
        (await CityAsync(importing, ids["Alder"])).ShouldBe(("Lyon", "11"));

        // What was decided against is not taken again; something new is a new question.
        await importing.ImportAsync("account,crm_id,city,employees\nAlder,X1,Bonn,12\n");
        (await CityAsync(importing, ids["Alder"])).ShouldBe(("Lyon", "12"));
        (await ConflictsAsync(api)).ShouldBeEmpty();
        await importing.ImportAsync("account,crm_id,city\nAlder,X1,Metz\n");
        (await ConflictsAsync(api)).ShouldHaveSingleItem().Text("theirs").ShouldBe("Metz");
        (await api.PatchAsync($"/api/v1/accounts/{ids["Alder"]}", JsonContent.Create(new { city = "Nice" }))).EnsureSuccessStatusCode();
        (await ConflictsAsync(api)).ShouldBeEmpty("a person has written it anew");
        (await tenant.AsSystemAsync<Db, List<string>>(db => db.Set<AuditEntry>().Where(a => a.Action.StartsWith("accounts.conflict_")).Select(a => a.Action).OrderBy(a => a).ToListAsync())).ShouldBe(["accounts.conflict_ours", "accounts.conflict_theirs"]);
    }

    [SkippableTheory, Databases]
    public async Task Values_written_by_hand_follow_take_backs_merges_and_fixes(Database database)
    {
        var app = await TestApp.SharedAsync(database);
        var operations = await (await app.TenantAsync()).StaffAsync(Roles.ChannelOperations);
        using var api = await operations.ApiAsync();
        var importing = new Importing(app, api);
        await importing.ImportAsync("account,crm_id,city,country\nAlder,X1,Bonn,\nBirch,X2,Kiel,DE\n");
        var ids = (await importing.GetAsync("/accounts?size=50")).GetProperty("items").EnumerateArray().ToDictionary(a => a.Text("name"), a => a.Text("id"));
        async Task WriteAsync(string account, string city) => (await api.PatchAsync($"/api/v1/accounts/{ids[account]}", JsonContent.Create(new { city }))).EnsureSuccessStatusCode();

        // Taken back, the own value stands again, and nothing is left to decide.
        await WriteAsync("Alder", "Lyon");
        var import = await importing.ImportAsync("account,crm_id,city\nAlder,X1,Metz\n");
        (await ConflictsAsync(api)).ShouldHaveSingleItem();
        await importing.TakeBackAsync(import.Text("id"));
        (await ConflictsAsync(api)).ShouldBeEmpty();

        // The CRM's value is taken although something else stands there meanwhile.
        await importing.ImportAsync("account,crm_id,city\nAlder,X1,Metz\n");
        await operations.DoAsync<Work, int>(w => w.Db.Set<Account>().Where(a => a.Name == "Alder").ExecuteUpdateAsync(s => s.SetProperty(a => a.City, "Lyon")));
        (await api.PostAsJsonAsync($"/api/v1/data-quality/conflicts/{(await ConflictsAsync(api)).Single().Text("id")}", new { keepOurs = false })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await importing.GetAsync($"/accounts/{ids["Alder"]}")).Text("city").ShouldBe("Metz");

        // A sector that is given to many in a queue is written by hand as well.
        (await operations.DoAsync<Quality.FixRecords, Result<Quality.Fixed>>(f => f.RunAsync(new Quality.BulkFix("account_without_sector", [ids["Alder"]], "retail"), default))).Problem.ShouldBeNull();
        await importing.ImportAsync("account,crm_id,sector\nAlder,X1,software\n");
        (await ConflictsAsync(api)).ShouldHaveSingleItem().Text("field").ShouldBe("sector");

        // With the account that goes its conflict goes, and comes back with it.
        await WriteAsync("Birch", "Nice");
        await importing.ImportAsync("account,crm_id,city\nBirch,X2,Kiel\n");
        (await CountAsync(operations)).ShouldBe(2);
        var merged = await api.PostAsJsonAsync($"/api/v1/accounts/{ids["Birch"]}/merge", new { into = ids["Alder"], takeFrom = new[] { "city" } });
        var merge = (await merged.Content.ReadFromJsonAsync<JsonElement>()).Text("id");
        ((await CountAsync(operations)), (await ConflictsAsync(api)).Length).ShouldBe((1, 1));
        await importing.ImportAsync("account,crm_id,city\nAlder,X1,Metz\n");
        (await ConflictsAsync(api)).Select(c => c.Text("field")).Order().ShouldBe(["city", "sector"]);
        await importing.ImportAsync("account,crm_id,city\nAlder,X1,Kiel\n");
        (await api.PostAsync($"/api/v1/account-merges/{merge}/undo", null)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await ConflictsAsync(api)).Select(c => (c.Text("accountName"), c.Text("field"))).ShouldContain(("Birch", "city"));
    }

    [SkippableTheory, Databases]
    public async Task Who_wrote_a_value_is_known_by_more_than_a_name_handed_out_and_taken_out(Database database)
    {
        var app = await TestApp.SharedAsync(database);
        var tenant = await app.TenantAsync();
        // Two of one name: by the name alone nobody could say whose value it is.
        var (gone, other) = (await tenant.StaffNamedAsync("Kim Double", Roles.ChannelOperations), await tenant.StaffNamedAsync("Kim Double", Roles.ChannelOperations));
        using var api = await tenant.Administrator.ApiAsync();
        var importing = new Importing(app, api);
        await importing.ImportAsync("account,crm_id,city\nAlder,X1,Bonn\nBirch,X2,Kiel\nCedar,X3,Metz\n");
        var ids = (await importing.GetAsync("/accounts?size=50")).GetProperty("items").EnumerateArray().ToDictionary(a => a.Text("name"), a => a.Text("id"));
        foreach (var (writer, account) in new[] { (gone, "Alder"), (gone, "Birch"), (other, "Cedar") })
        {
            using var own = await writer.ApiAsync();
            (await own.PatchAsync($"/api/v1/accounts/{ids[account]}", JsonContent.Create(new { city = "Lyon" }))).EnsureSuccessStatusCode();
        }

        await importing.ImportAsync("account,crm_id,city\nAlder,X1,Bonn\nCedar,X3,Metz\n");
        (await ConflictsAsync(api)).ToDictionary(c => c.Text("accountName"), c => c.Text("byId")).ShouldBe(new Dictionary<string, string> { ["Alder"] = gone.Actor.Person.ToString(), ["Cedar"] = other.Actor.Person.ToString() }, ignoreOrder: true);
        using (var pages = await tenant.Administrator.PagesAsync()) (await pages.GetAsync("/app/data-quality/conflicts")).Document.QuerySelector($"a[href='/app/people/{gone.Actor.Person}']")!.TextContent.ShouldBe("Kim Double");
        using (var reader = await (await tenant.StaffAsync(Roles.PartnerManager)).PagesAsync())
        {
            var read = await reader.GetAsync("/app/data-quality/conflicts");
            read.Text.ShouldContain("Kim Double");
            read.Document.QuerySelector("a[href^='/app/people/']").ShouldBeNull("who may not see people is not led there");
        }

        (await api.PostAsJsonAsync($"/api/v1/accounts/{ids["Birch"]}/merge", new { into = ids["Alder"] })).EnsureSuccessStatusCode();
        using (var zip = new ZipArchive(await api.GetStreamAsync($"/api/v1/people/{gone.Actor.Person}/personal-data")))
        using (var text = new StreamReader(zip.GetEntry("accounts/hand_values.json")!.Open()))
            JsonDocument.Parse(await text.ReadToEndAsync()).RootElement.EnumerateArray().Select(h => (h.Text("accountId"), h.Text("field"), h.Text("ours"))).ShouldBe([(ids["Alder"], "city", "Lyon")]);

        (await api.PostAsJsonAsync($"/api/v1/people/{gone.Actor.Person}/erase", new { address = gone.Email, reason = "Asked on 3 March" })).EnsureSuccessStatusCode();
        (await ConflictsAsync(api)).ToDictionary(c => c.Text("accountName"), c => c.Text("by")).ShouldBe(new Dictionary<string, string> { ["Alder"] = Erasure.Name, ["Cedar"] = "Kim Double" }, ignoreOrder: true);
        var merge = await tenant.AsSystemAsync<Work, Merging.AccountMerge>(w => w.Db.Set<Merging.AccountMerge>().AsNoTracking().SingleAsync());
        merge.Moved.ShouldNotContain(gone.Actor.Person.ToString());
        merge.Moved.ShouldNotContain("Kim Double");
        (await api.PostAsync($"/api/v1/account-merges/{merge.Id}/undo", null)).EnsureSuccessStatusCode();
        var hands = await tenant.AsSystemAsync<Work, List<HandValue>>(w => w.Db.Set<HandValue>().AsNoTracking().ToListAsync());
        hands.Select(h => (h.By, h.ById)).OrderBy(h => h.By).ShouldBe([(Erasure.Name, null), (Erasure.Name, null), ("Kim Double", other.Actor.Person)]);
    }

    [SkippableTheory, Databases]
    public async Task What_is_typed_when_an_account_is_made_is_guarded_as_what_is_changed_later(Database database)
    {
        var app = await TestApp.SharedAsync(database);
        var operations = await (await app.TenantAsync()).StaffAsync(Roles.ChannelOperations);
        using var api = await operations.ApiAsync();
        using var pages = await operations.PagesAsync();
        var importing = new Importing(app, api);
        (await api.PostAsJsonAsync("/api/v1/accounts", new { name = "Alder Works", city = "Lyon", country = "FR" })).EnsureSuccessStatusCode();
        (await pages.SubmitAsync(await pages.GetAsync("/app/accounts/new"), "account", ("Input.Name", "Birch Mills"), ("Input.City", "Nice"))).Text.ShouldContain("Birch Mills");
        // What a registration names when it is approved, and a file, are nobody’s own.
        (await operations.DoAsync<CreateAccount, Result<AccountId>>(c => c.RunAsync(new NewAccount("Cedar Yards") { City = "Metz" }, default))).Problem.ShouldBeNull();
        await importing.ImportAsync("account,crm_id,city\nDogwood,X4,Bonn\n");

        await importing.ImportAsync("account,city,employees\nAlder Works,Metz,50\nBirch Mills,Kiel,60\nCedar Yards,Kiel,70\nDogwood,Kiel,80\n", "crm.csv");
        var conflicts = await ConflictsAsync(api);
        conflicts.Select(c => (c.Text("accountName"), c.Text("field"), c.Text("ours"), c.Text("theirs"))).ShouldBe([("Alder Works", "city", "Lyon", "Metz"), ("Birch Mills", "city", "Nice", "Kiel")], ignoreOrder: true, "what was left empty is the CRM’s");
        (await api.PostAsJsonAsync($"/api/v1/data-quality/conflicts/{conflicts.Single(c => c.Text("ours") == "Lyon").Text("id")}", new { keepOurs = true })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await importing.ImportAsync("account,city\nAlder Works,Metz\n");
        var alder = (await importing.GetAsync("/accounts?size=50")).GetProperty("items").EnumerateArray().Single(a => a.Text("name") == "Alder Works").Text("id");
        (await importing.GetAsync($"/accounts/{alder}")).Text("city").ShouldBe("Lyon");
    }

    private static Task<int> CountAsync(TestPerson person) => person.DoAsync<Work, int>(w => ConflictList.CountAsync(w, default));

    [Fact]
    public void A_value_is_met_by_what_is_said_and_nothing_is_settled_by_silence()
    {
        var hand = new HandValue().Write("Lyon", null, "Paula", DateTime.UnixEpoch);
        hand.Meet("Lyon", null, "a", DateTime.UtcNow).ShouldBeFalse();
        hand.Theirs.ShouldBeNull();
        hand.Meet("Lyon", "Bonn", "a", DateTime.UtcNow).ShouldBeFalse();
        hand.Meet("Bonn", "Metz", "b", DateTime.UtcNow).ShouldBeFalse();
        (hand.Theirs, hand.Source).ShouldBe(("Metz", "a"), "the newest value, and the file that began it");
        hand.Meet("Metz", "Lyon", "c", DateTime.UtcNow).ShouldBeFalse();
        hand.Since.ShouldBeNull("they agree again");
        hand.Meet("Lyon", "Bonn", "d", DateTime.UtcNow);
        hand.Keep();
        hand.Meet("Lyon", "Bonn", "e", DateTime.UtcNow).ShouldBeTrue();
    }

    private static async Task<JsonElement[]> ConflictsAsync(HttpClient api) => [.. (await api.GetFromJsonAsync<JsonElement>("/api/v1/data-quality/conflicts")).GetProperty("items").EnumerateArray()];

    private static async Task<(string City, string Employees)> CityAsync(Importing importing, string id) => await importing.GetAsync($"/accounts/{id}") is var a ? (a.Text("city"), a.Text("employees")) : default;
}
