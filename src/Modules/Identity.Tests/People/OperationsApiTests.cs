using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Trellis.Identity.Published;

namespace Trellis.Identity.Tests.People;

/// <summary>Background work over the API and as files: what its pages show and do.</summary>
public sealed class OperationsApiTests
{
    private const string Root = "/api/v1/operations";

    private static async Task<List<JsonElement>> ItemsAsync(HttpClient api, string list) => [.. (await api.GetFromJsonAsync<JsonElement>($"{Root}/{list}")).GetProperty("items").EnumerateArray()];

    private static Task<Result<Done>> KeepAsync(TestTenant tenant, params object[] rows) => tenant.AsSystemAsync<Work, Result<Done>>(work => work.TransactAsync<Done>("test.keep", async () =>
    {
        work.Db.AddRange(rows);
        await work.Db.SaveChangesAsync();
        return default(Done);
    }, default));

    private static OutboxRow Parked(TestTenant tenant, string why) => new()
    { TenantId = tenant.Id, Id = Ids.New<DeliveryId>(DateTime.UtcNow), Event = "test.happened", Listener = "Test.Listeners.Hear", Payload = "{\"secret\":1}", State = DeliveryState.Parked, Attempts = 8, LastError = why, CreatedAt = DateTime.UtcNow, NextAttemptAt = DateTime.UtcNow };

    [SkippableTheory, Databases]
    public async Task Failed_messages_are_listed_tried_again_and_discarded_with_a_reason(Database database)
    {
        await using var app = await TestApp.StartAsync(database);
        var (tenant, foreign) = (await app.TenantAsync(), await app.TenantAsync());
        var (first, second) = (Parked(tenant, "=1+1"), Parked(tenant, "Timeout"));
        await KeepAsync(tenant, first, second);
        using var api = await tenant.Administrator.ApiAsync();
        using var other = await foreign.Administrator.ApiAsync();
        using var operations = await (await tenant.StaffAsync(Roles.ChannelOperations)).ApiAsync();
        using var low = await (await tenant.StaffAsync(Roles.Finance)).ApiAsync();

        var items = await ItemsAsync(operations, "deliveries");
        items.Select(i => i.GetProperty("id").GetString()).ShouldBe([first.Id.ToString(), second.Id.ToString()], ignoreOrder: true);
        items.ShouldAllBe(i => !i.GetRawText().Contains("secret"), "what a message says stays inside");
        (await ItemsAsync(operations, "deliveries?size=1")).Count.ShouldBe(1);
        (await ItemsAsync(other, "deliveries")).ShouldBeEmpty();
        using var pages = await tenant.Administrator.PagesAsync();
        var lines = await FileTests.LinesAsync(pages, "/app/operations/deliveries.csv");
        lines.Length.ShouldBe(3);
        lines.ShouldContain(l => l.StartsWith("test.happened,Hear,Parked,8,", StringComparison.Ordinal) && l.Contains(",'=1+1,"));
        (await pages.GetAsync("/app/operations")).Document.QuerySelector("a[href='/app/operations/deliveries.csv']").ShouldNotBeNull();

        (await low.GetAsync($"{Root}/deliveries")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await low.PostAsync($"{Root}/deliveries/{first.Id}/retry", null)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await other.PostAsync($"{Root}/deliveries/{first.Id}/retry", null)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await operations.PostAsJsonAsync($"{Root}/deliveries/{first.Id}/discard", new { reason = "Old" })).StatusCode.ShouldBe(HttpStatusCode.Forbidden, "to discard is the administrator's");
        (await api.PostAsJsonAsync($"{Root}/deliveries/{first.Id}/discard", new { })).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await api.PostAsJsonAsync($"{Root}/deliveries/{first.Id}/discard", new { reason = "Nobody needs it." })).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await api.PostAsJsonAsync($"{Root}/deliveries/{first.Id}/discard", new { reason = "Again." })).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        var all = await operations.PostAsync($"{Root}/deliveries/retry", null);
        (await all.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("messages").GetInt32().ShouldBe(1);
        (await tenant.AuditAsync()).ShouldContain(a => a.Action == "identity.discard_delivery" && a.Changes.Contains("Nobody needs it."));
    }

    [SkippableTheory, Databases]
    public async Task Jobs_by_the_clock_are_steered_by_those_who_run_the_installation(Database database)
    {
        await using var app = await TestApp.StartAsync(database);
        var (tenant, foreign) = (await app.TenantAsync(), await app.TenantAsync());
        using var one = await tenant.Administrator.ApiAsync();
        using var two = await foreign.Administrator.ApiAsync();
        using var operations = await (await tenant.StaffAsync(Roles.ChannelOperations)).ApiAsync();
        const string Job = "identity.tidy_sign_in";
        var first = (await tenant.AsSystemAsync<ITenants, List<TenantId>>(t => t.AllAsync(default)))[0];
        var (runs, guest) = first == tenant.Id ? (one, two) : (two, one);

        (await operations.GetFromJsonAsync<JsonElement>($"{Root}/schedule")).EnumerateArray().Single(s => s.GetProperty("name").GetString() == Job).GetProperty("everySeconds").GetInt32().ShouldBe(3600);
        (await operations.PostAsync($"{Root}/schedule/{Job}/pause", null)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await guest.PostAsync($"{Root}/schedule/{Job}/pause", null)).StatusCode.ShouldBe(HttpStatusCode.Forbidden, "it runs for every company");
        (await runs.PostAsync($"{Root}/schedule/no.such_job/pause", null)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await PausedAsync("pause")).ShouldBeTrue();
        (await PausedAsync("resume")).ShouldBeFalse();
        (await PausedAsync("run")).ShouldBeFalse();
        (await one.GetFromJsonAsync<JsonElement>($"{Root}/health")).GetArrayLength().ShouldBeGreaterThan(5);
        (await operations.GetAsync($"{Root}/health")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);

        async Task<bool> PausedAsync(string act)
        {
            (await runs.PostAsync($"{Root}/schedule/{Job}/{act}", null)).StatusCode.ShouldBe(HttpStatusCode.OK, act);
            return (await runs.GetFromJsonAsync<JsonElement>($"{Root}/schedule")).EnumerateArray().Single(s => s.GetProperty("name").GetString() == Job).GetProperty("paused").GetBoolean();
        }
    }

    [SkippableTheory, Databases]
    public async Task Jobs_and_mails_that_failed_are_listed_and_started_again(Database database)
    {
        await using var app = await TestApp.StartAsync(database);
        var (tenant, foreign) = (await app.TenantAsync(), await app.TenantAsync());
        JobRow Job(JobState state) => new()
        { TenantId = tenant.Id, Id = Ids.New<JobId>(DateTime.UtcNow), Kind = "test.long_work", Payload = "{}", State = state, StartedByName = "Ada", CreatedAt = DateTime.UtcNow, Message = "Disk full" };
        var (failed, done) = (Job(JobState.Failed), Job(JobState.Succeeded));
        var mail = new MailRow { TenantId = tenant.Id, Id = Ids.New<MailId>(DateTime.UtcNow), To = "gone@x.example", Subject = "Hello", Body = "Hidden words", State = MailState.Failed, LastError = "550 no such user", CreatedAt = DateTime.UtcNow };
        await KeepAsync(tenant, failed, done, mail);
        using var api = await tenant.Administrator.ApiAsync();
        using var other = await foreign.Administrator.ApiAsync();
        using var operations = await (await tenant.StaffAsync(Roles.ChannelOperations)).ApiAsync();

        (await ItemsAsync(operations, "jobs")).Count(j => j.GetProperty("kind").GetString() == "test.long_work").ShouldBe(2);
        var unsent = (await ItemsAsync(operations, "mails")).Single(m => m.GetProperty("id").GetString() == mail.Id.ToString());
        (unsent.GetProperty("lastError").GetString(), unsent.GetRawText().Contains("Hidden words")).ShouldBe(("550 no such user", false));
        (await ItemsAsync(other, "jobs")).ShouldBeEmpty();
        (await ItemsAsync(other, "mails")).ShouldBeEmpty();
        using var pages = await tenant.Administrator.PagesAsync();
        (await FileTests.LinesAsync(pages, "/app/operations/jobs.csv")).ShouldContain(l => l.StartsWith("test.long_work,Ada,", StringComparison.Ordinal) && l.Contains(",Failed,") && l.Contains("Disk full"));
        (await FileTests.LinesAsync(pages, "/app/operations/mail.csv")).ShouldContain(l => l.StartsWith("Hello,gone@x.example,Failed,", StringComparison.Ordinal));
        (await pages.GetAsync("/app/operations/jobs")).Document.QuerySelector("a[href='/app/operations/jobs.csv']").ShouldNotBeNull();
        (await pages.GetAsync("/app/operations/mail")).Document.QuerySelector("a[href='/app/operations/mail.csv']").ShouldNotBeNull();

        foreach (var path in new[] { $"{Root}/jobs/{failed.Id}/repeat", $"{Root}/mails/{mail.Id}/retry" })
        {
            (await operations.PostAsync(path, null)).StatusCode.ShouldBe(HttpStatusCode.Forbidden, path);
            (await other.PostAsync(path, null)).StatusCode.ShouldBe(HttpStatusCode.NotFound, path);
            (await api.PostAsync(path, null)).StatusCode.ShouldBe(HttpStatusCode.OK, path);
        }

        (await api.PostAsync($"{Root}/jobs/{done.Id}/repeat", null)).StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await tenant.AuditAsync()).Select(a => a.Action).Where(a => a is "identity.repeat_job" or "identity.retry_mail").Count().ShouldBe(2);
    }
}
