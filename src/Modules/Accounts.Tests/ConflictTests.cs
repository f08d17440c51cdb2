using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Conflicts;
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

    private static Task<int> CountAsync(TestPerson person) => person.DoAsync<Work, int>(w => ConflictList.CountAsync(w, default));

    [Fact]
    public void A_value_is_met_by_what_is_said_and_nothing_is_settled_by_silence()
    {
        var hand = new HandValue().Write("Lyon", "Paula", DateTime.UnixEpoch);
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
