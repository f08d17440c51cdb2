using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Trellis.Accounts.Published;
using Trellis.Identity.Published;

namespace Trellis.Accounts.Tests;

public sealed class BulkTests
{
    private const int Many = 60;

    [SkippableTheory, BothDatabases]
    public async Task Many_accounts_get_another_owner_by_their_list_and_nothing_else_of_them_changes(Database database)
    {
        var (importing, api, seller) = await BeginAsync(database);
        await importing.ImportAsync("account,sector,country,owner\nBulk One,retail,DE,Ann Ace\nBulk Two,retail,FR,Ann Ace\nOther,food,DE,Ann Ace\n", kind: "accounts");
        using var pages = await seller.PagesAsync();
        var page = await pages.GetAsync("/app/bulk/accounts?q=bulk");
        foreach (var shown in new[] { "Change 2 accounts", "Bulk One", "Assign an owner" }) page.Text.ShouldContain(shown);
        var run = await pages.SubmitAsync(page, "assign_owner", ("Argument", "Bea Best"));
        var report = await EndAsync(importing, api, run.Address.AbsolutePath.Split('/')[^1]);
        (report.GetProperty("changed").GetInt32(), report.GetProperty("refused").GetInt32(), report.Text("title")).ShouldBe((2, 0, "Assign an owner: Bea Best"));
        var accounts = (await importing.GetAsync("/accounts")).GetProperty("items").EnumerateArray().ToDictionary(a => a.Text("name"));
        accounts.Values.Select(a => (a.Text("name"), a.Text("ownerName"), a.Text("sector"), a.Text("country"))).Order().ShouldBe([("Bulk One", "Bea Best", "retail", "DE"), ("Bulk Two", "Bea Best", "retail", "FR"), ("Other", "Ann Ace", "food", "DE")]);
        (await api.GetStringAsync($"/api/v1/audit?q={accounts["Bulk One"].Text("id")}")).ShouldContain("Bea Best", Case.Sensitive, "each has an entry of its own");

        // No value that nobody offers, no account of others, nobody who may not change one.
        var ids = new[] { accounts["Other"].Text("id") };
        (await api.PostAsJsonAsync("/api/v1/bulk", new { record = "accounts", action = "assign_owner", argument = "Nobody Known", ids })).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var (_, foreign, _) = await BeginAsync(database);
        (await foreign.PostAsJsonAsync("/api/v1/bulk", new { record = "accounts", action = "assign_owner", argument = "Bea Best", ids })).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        using var finance = await (await seller.Tenant.StaffAsync(Roles.Finance)).ApiAsync();
        (await finance.PostAsJsonAsync("/api/v1/bulk", new { record = "accounts", action = "assign_owner", argument = "Bea Best", ids })).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [SkippableTheory, Databases]
    public async Task A_long_change_that_is_stopped_keeps_what_it_has_done_and_goes_on_with_the_rest(Database database)
    {
        var (importing, api, seller) = await BeginAsync(database);
        await importing.ImportAsync("account,owner\n" + string.Concat(Enumerable.Range(0, Many).Select(i => $"Long {i:00},Ann Ace\n")), kind: "accounts");
        var id = await QueueAsync(seller, JobState.Cancelled);

        // Its runner is told to stop when fifty are done.
        var stopped = await seller.Tenant.AsSystemAsync<IServiceProvider, Result<string>>(s =>
            ActivatorUtilities.CreateInstance<BulkJob>(s).RunAsync(JsonSerializer.Serialize(id, Json.Options), new JobProgress((done, _, _) => Task.FromResult(done < 50)), default));
        stopped.Problem!.Code.ShouldBe("bulk.stopped");
        var half = await api.GetFromJsonAsync<JsonElement>($"/api/v1/bulk/{id}");
        (half.Text("state"), half.GetProperty("changed").GetInt32(), await OwnedAsync(seller, "Bea Best")).ShouldBe(("cancelled", 50, 50));
        using var pages = await seller.PagesAsync();
        (await pages.GetAsync($"/app/bulk/runs/{id}")).Text.ShouldContain("10 records were not touched.");
        (await api.PostAsync($"/api/v1/bulk/{id}/stop", null)).StatusCode.ShouldBe(HttpStatusCode.Conflict, "it is over");
        var (_, foreign, _) = await BeginAsync(database);
        (await foreign.PostAsync($"/api/v1/bulk/{id}/continue", null)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        using var colleague = await (await seller.Tenant.StaffAsync(Roles.ChannelOperations)).ApiAsync();
        (await colleague.PostAsync($"/api/v1/bulk/{id}/continue", null)).StatusCode.ShouldBe(HttpStatusCode.NotFound, "somebody else has begun it");

        // What a person has changed meanwhile is not changed a second time.
        await seller.Tenant.AsSystemAsync<Work, int>(w => Work.AloneAsync(w.Db, () => w.Db.Set<Account>().Where(a => a.Name == "Long 00").ExecuteUpdateAsync(s => s.SetProperty(a => a.OwnerName, "Ann Ace")), default));
        (await pages.SubmitAsync(await pages.GetAsync($"/app/bulk/runs/{id}"), "go-on")).Status.ShouldBe(HttpStatusCode.OK);
        var whole = await EndAsync(importing, api, id.ToString());
        (whole.Text("state"), whole.GetProperty("changed").GetInt32(), await OwnedAsync(seller, "Bea Best")).ShouldBe(("succeeded", Many, Many - 1));
        (await api.PostAsync($"/api/v1/bulk/{id}/continue", null)).StatusCode.ShouldBe(HttpStatusCode.Conflict, "nothing is left");
    }

    [SkippableTheory, Databases]
    public async Task Whoever_began_a_change_stops_it(Database database)
    {
        var (importing, api, seller) = await BeginAsync(database);
        await importing.ImportAsync("account,owner\nLong 00,Ann Ace\n", kind: "accounts");
        var id = await QueueAsync(seller, JobState.Running);
        (await api.PostAsync($"/api/v1/bulk/{id}/continue", null)).StatusCode.ShouldBe(HttpStatusCode.Conflict, "it runs");
        using var pages = await seller.PagesAsync();
        (await pages.SubmitAsync(await pages.GetAsync($"/app/bulk/runs/{id}"), "stop")).Status.ShouldBe(HttpStatusCode.OK);
        (await seller.DoAsync<Work, bool>(w => w.Db.Set<JobRow>().Where(j => w.Db.Set<BulkRun>().Any(r => r.Id == id && r.Job == j.Id)).Select(j => j.CancelWanted).SingleAsync())).ShouldBeTrue();
    }

    private static async Task<(Importing Importing, HttpClient Api, TestPerson Seller)> BeginAsync(Database database)
    {
        var app = await TestApp.SharedAsync(database);
        var seller = await (await app.TenantAsync()).StaffAsync(Roles.Administrator);
        var api = await seller.ApiAsync();
        var importing = new Importing(app, api);
        await importing.ImportAsync("sales_agent,manager,regional_office\nAnn Ace,Max Mo,West\nBea Best,Max Mo,West\n", kind: "sales_teams");
        return (importing, api, seller);
    }

    // As it stands when its runner has been lost or is elsewhere: no other test's runner takes it.
    private static Task<BulkId> QueueAsync(TestPerson person, JobState state) => person.DoAsync<Work, BulkId>(async work =>
    {
        var (id, job) = (work.NewId<BulkId>(), work.NewId<JobId>());
        var accounts = await work.Db.Set<Account>().Where(a => a.Name.StartsWith("Long")).OrderBy(a => a.Name).Select(a => new { a.Id, a.Name }).ToListAsync();
        (await work.TransactAsync<Done>("test.queue", () =>
        {
            work.Db.Add(new JobRow { TenantId = work.Tenant, Id = job, Kind = BulkChanges.Kind, Payload = JsonSerializer.Serialize(id, Json.Options), State = state, StartedBy = person.Actor.Person, StartedByName = person.Actor.Name, CreatedAt = work.Now, LeasedUntil = state == JobState.Running ? work.Now.AddHours(1) : null });
            work.Db.Add(new BulkRun { TenantId = work.Tenant, Id = id, Record = "accounts", Action = "assign_owner", Title = "Assign an owner: Bea Best", Argument = "Bea Best", Job = job, StartedBy = person.Actor.Person, StartedByName = person.Actor.Name, StartedAt = work.Now, Total = accounts.Count });
            work.Db.AddRange(accounts.Select((a, i) => new BulkRow { TenantId = work.Tenant, BulkId = id, Number = i, Subject = a.Id.ToString(), Name = a.Name }));
            return Task.FromResult<Result<Done>>(default(Done));
        }, default)).Problem.ShouldBeNull();
        return id;
    });

    private static Task<int> OwnedAsync(TestPerson person, string owner) => person.DoAsync<Work, int>(w => w.Db.Set<Account>().CountAsync(a => a.OwnerName == owner));

    // Another class may be draining the shared host and hold this job just now.
    private static async Task<JsonElement> EndAsync(Importing importing, HttpClient api, string id)
    {
        for (var i = 0; i < 400; i++)
        {
            await importing.DrainAsync();
            var report = await api.GetFromJsonAsync<JsonElement>($"/api/v1/bulk/{id}");
            if (report.Text("state") is not ("queued" or "running")) return report;
            await Task.Delay(20);
        }

        throw new TimeoutException("The change did not come to its end.");
    }
}
