using System.Net;
using System.Net.Http.Json;
using Trellis.Identity.Published;
using Trellis.Kernel.Tests.Trial;

namespace Trellis.Kernel.Tests;

public sealed class IdempotencyTests
{
    [SkippableTheory, BothDatabases]
    public async Task The_same_key_gives_the_same_reply_and_one_effect(Database database)
    {
        var tenant = await (await TrialHost.SharedAsync(database)).TenantAsync();
        using var api = await tenant.Administrator.ApiAsync();

        var first = await PostAsync(api, "a", new { name = "Lamp" });
        var second = await PostAsync(api, "a", new { name = "Lamp" });

        first.Status.ShouldBe(HttpStatusCode.Created);
        second.ShouldBe(first);
        first.ETag.ShouldBe("\"1\"");
        first.Location.ShouldStartWith("/api/v1/trial/things/thing_");
        (await tenant.AllAsync<Thing>()).Count.ShouldBe(1);
    }

    [SkippableTheory, BothDatabases]
    public async Task Another_body_or_another_address_under_the_same_key_is_refused(Database database)
    {
        var tenant = await (await TrialHost.SharedAsync(database)).TenantAsync();
        using var api = await tenant.Administrator.ApiAsync();
        await PostAsync(api, "a", new { name = "Lamp" });

        var other = await PostAsync(api, "a", new { name = "Lantern" });
        (other.Status, other.Body.Contains("idempotency.reused")).ShouldBe((HttpStatusCode.UnprocessableEntity, true));
        (await PostAsync(api, "a", new { name = "Lamp" }, "/api/v1/trial/things?x=1")).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await tenant.AllAsync<Thing>()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_database_that_does_not_answer_is_said_and_no_fault()
    {
        using var api = await (await (await TrialHost.SharedAsync(Database.Sqlite)).TenantAsync()).Administrator.ApiAsync();
        using var answer = await api.PostAsJsonAsync("/api/v1/trial/away", new { });
        (answer.StatusCode, answer.Headers.RetryAfter?.Delta).ShouldBe((HttpStatusCode.ServiceUnavailable, TimeSpan.FromSeconds(5)));
        (await answer.Content.ReadAsStringAsync()).ShouldContain("\"busy\"");
    }

    [SkippableTheory, BothDatabases]
    public async Task A_member_that_nothing_reads_is_refused_by_its_name_and_nothing_is_made(Database database)
    {
        var tenant = await (await TrialHost.SharedAsync(database)).TenantAsync();
        using var api = await tenant.Administrator.ApiAsync();
        using var answer = await api.PostAsJsonAsync("/api/v1/trial/things", new { name = "Lamp", colourr = "red" });
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        var body = System.Text.RegularExpressions.Regex.Unescape(await answer.Content.ReadAsStringAsync());
        body.ShouldContain("\"bad_request\"");
        body.ShouldContain("The request could not be read: nothing here is called “colourr”.");
        body.ShouldNotContain("Trellis.", Case.Sensitive, "our types are nobody's business");
        (await tenant.AllAsync<Thing>()).ShouldBeEmpty();
    }

    [SkippableTheory, BothDatabases]
    public async Task A_refusal_is_not_remembered(Database database)
    {
        var tenant = await (await TrialHost.SharedAsync(database)).TenantAsync();
        using var api = await tenant.Administrator.ApiAsync();

        (await PostAsync(api, "a", new { name = "" })).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);

        (await tenant.AllAsync<Thing>()).ShouldBeEmpty();
        (await PostAsync(api, "a", new { name = "Lamp" })).Status.ShouldBe(HttpStatusCode.Created);
    }

    [SkippableTheory, BothDatabases]
    public async Task A_key_has_1_to_255_characters(Database database)
    {
        var tenant = await (await TrialHost.SharedAsync(database)).TenantAsync();
        using var api = await tenant.Administrator.ApiAsync();
        (await PostAsync(api, new string('k', 256), new { name = "Lamp" })).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await PostAsync(api, "", new { name = "Lamp" })).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await PostAsync(api, new string('k', 255), new { name = "Lamp" })).Status.ShouldBe(HttpStatusCode.Created);
    }

    [SkippableTheory, BothDatabases]
    public async Task A_key_belongs_to_one_person_acting_for_one_partner(Database database)
    {
        var tenant = await (await TrialHost.SharedAsync(database)).TenantAsync();
        using var api = await tenant.Administrator.ApiAsync();
        using var other = await (await tenant.StaffAsync(Roles.PartnerManager)).ApiAsync();
        (await PostAsync(api, "a", new { name = "Lamp" })).Status.ShouldBe(HttpStatusCode.Created);
        (await PostAsync(other, "a", new { name = "Lantern" })).Status.ShouldBe(HttpStatusCode.Created);

        var seller = await tenant.PartnerPersonAsync(Ids.New<PartnerId>(DateTime.UtcNow), "Bright");
        var second = Ids.New<PartnerId>(DateTime.UtcNow);
        await tenant.JoinAsync(seller, second, "Clear");
        using var asFirst = await seller.ApiAsync();
        using var asSecond = await (seller with { Actor = seller.Actor with { Partner = second } }).ApiAsync();
        (await PostAsync(asFirst, "b", new { name = "Secret of Bright" })).Status.ShouldBe(HttpStatusCode.Created);
        (await PostAsync(asSecond, "b", new { name = "Secret of Bright" })).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
    }

    [SkippableTheory, BothDatabases]
    public async Task Eight_twins_at_once_have_one_effect_and_one_reply(Database database)
    {
        var tenant = await (await TrialHost.SharedAsync(database)).TenantAsync();
        using var api = await tenant.Administrator.ApiAsync();

        var replies = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => PostAsync(api, "twin", new { name = "Lamp" })));

        replies.Distinct().Count().ShouldBe(1);
        replies[0].Status.ShouldBe(HttpStatusCode.Created);
        (await tenant.AllAsync<Thing>()).Count.ShouldBe(1);
        (await tenant.AllAsync<OutboxRow>()).Count.ShouldBe(2);
    }

    [SkippableTheory, BothDatabases]
    public async Task A_reply_without_a_body_is_repeated_too(Database database)
    {
        var tenant = await (await TrialHost.SharedAsync(database)).TenantAsync();
        using var api = await tenant.Administrator.ApiAsync();
        var first = await PostAsync(api, "n", new { }, "/api/v1/trial/nothing");
        first.Status.ShouldBe(HttpStatusCode.NoContent);
        (await PostAsync(api, "n", new { }, "/api/v1/trial/nothing")).ShouldBe(first);
    }

    [SkippableTheory, BothDatabases]
    public async Task Without_a_key_each_post_has_its_own_effect(Database database)
    {
        var tenant = await (await TrialHost.SharedAsync(database)).TenantAsync();
        using var api = await tenant.Administrator.ApiAsync();
        (await PostAsync(api, null, new { name = "One" })).Status.ShouldBe(HttpStatusCode.Created);
        (await PostAsync(api, null, new { name = "One" })).Status.ShouldBe(HttpStatusCode.Conflict);
    }

    private sealed record Reply(HttpStatusCode Status, string Body, string? Location, string? ETag, string? Type);

    private static async Task<Reply> PostAsync(HttpClient api, string? key, object body, string path = "/api/v1/trial/things")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        if (key is not null) request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        using var response = await api.SendAsync(request);
        return new Reply(response.StatusCode, await response.Content.ReadAsStringAsync(), response.Headers.Location?.ToString(), response.Headers.ETag?.ToString(), response.Content.Headers.ContentType?.ToString());
    }
}
