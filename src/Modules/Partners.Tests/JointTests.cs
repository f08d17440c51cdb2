using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Trellis.Identity.Published;
using Trellis.Partners.Joint;
using Trellis.Partners.Merging;
using Trellis.Partners.Published;
using Trellis.Partners.Segmenting;

namespace Trellis.Partners.Tests;

public sealed class JointTests
{
    [SkippableTheory, Databases]
    public async Task Joint_value_counts_for_both_once_both_have_agreed_and_nobody_else_reads_it(Database database)
    {
        var world = await PartnerWorld.FoundAsync(database);
        var (one, two, three) = (await world.PartnerAsync("Joint One"), await world.PartnerAsync("Joint Two"), await world.PartnerAsync("Joint Three"));
        var (first, second, third) = (await world.Tenant.PartnerPersonAsync(one, "Joint One", Roles.PartnerAdmin), await world.Tenant.PartnerPersonAsync(two, "Joint Two", Roles.PartnerAdmin), await world.Tenant.PartnerPersonAsync(three, "Joint Three", Roles.PartnerAdmin));
        using var staff = await world.Manager.ApiAsync();
        using var a = await first.ApiAsync();
        using var b = await second.ApiAsync();
        using var c = await third.ApiAsync();
        var today = DateTime.UtcNow.ToString("yyyy-MM-dd");
        (await staff.PostAsJsonAsync("/api/v1/joint-value", new { partner = one.ToString(), with = one.ToString(), title = "", amount = -1, currency = "XXQ", percent = 101 })).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await a.PostAsJsonAsync("/api/v1/joint-value", new { })).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        using var made = await staff.PostAsJsonAsync("/api/v1/joint-value", new { partner = one.ToString(), with = two.ToString(), title = "Bank platform", on = today, amount = 1001, currency = "EUR", percent = 50 });
        made.StatusCode.ShouldBe(HttpStatusCode.Created, await made.Content.ReadAsStringAsync());
        var id = (await made.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString();
        (await c.PostAsJsonAsync($"/api/v1/joint-value/{id}/answer", new { accept = true })).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await c.GetFromJsonAsync<JsonElement>("/api/v1/joint-value")).GetProperty("items").GetArrayLength().ShouldBe(0);
        (await a.PostAsJsonAsync($"/api/v1/joint-value/{id}/answer", new { accept = true })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await a.PostAsJsonAsync($"/api/v1/joint-value/{id}/answer", new { accept = true })).StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await staff.GetStringAsync($"/api/v1/partners/{two}/contributions")).ShouldNotContain("Bank platform");
        using var portal = await second.PagesAsync();
        var page = await portal.GetAsync("/portal/joint-value");
        page.Text.ShouldContain("Joint One");
        (await portal.SubmitAsync(page, $"answer-{id}", ("Act", "yes"))).Text.ShouldContain("Both have agreed");
        foreach (var partner in new[] { one, two }) (await staff.GetStringAsync($"/api/v1/partners/{partner}/contributions")).ShouldContain("Bank platform");
        var figures = await world.Operations.DoAsync<IEnumerable<IPartnerFigures>, IReadOnlyList<PartnerFigure>>(s => s.OfType<JointFigures>().Single().OfAsync([one, two, three], default));
        figures.OrderBy(f => f.Amount).Select(f => (f.Partner, f.Amount)).ShouldBe([(one, 500L), (two, 501L)]);
        using var pages = await world.Manager.PagesAsync();
        (await pages.GetAsync("/app/partners/joint-value")).Text.ShouldContain("Bank platform");
        (await staff.DeleteAsync($"/api/v1/joint-value/{id}")).StatusCode.ShouldBe(HttpStatusCode.Conflict);
        using var stranger = await (await PartnerWorld.FoundAsync(database)).Operations.ApiAsync();
        (await stranger.DeleteAsync($"/api/v1/joint-value/{id}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [SkippableTheory, Databases]
    public async Task Each_side_reads_who_has_answered_the_proposer_is_told_and_a_merged_pair_has_the_whole(Database database)
    {
        var world = await PartnerWorld.FoundAsync(database);
        var (one, two, mute) = (await world.PartnerAsync("Answer One"), await world.PartnerAsync("Answer Two", p => p with { Website = "answer-two.example" }), await world.PartnerAsync("Answer Mute"));
        var first = await world.Tenant.PartnerPersonAsync(one, "Answer One", Roles.PartnerAdmin);
        var second = await world.Tenant.PartnerPersonAsync(two, "Answer Two", Roles.PartnerAdmin);
        using var staff = await world.Manager.ApiAsync();
        var today = DateTime.UtcNow.ToString("yyyy-MM-dd");
        using var unable = await staff.PostAsJsonAsync("/api/v1/joint-value", new { partner = one.ToString(), with = mute.ToString(), title = "Nobody there", on = today, amount = 100, currency = "EUR", percent = 50 });
        unable.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await unable.Content.ReadAsStringAsync()).ShouldContain("Nobody of Answer Mute could say yes");
        using var pages = await world.Manager.PagesAsync();
        var page = await pages.GetAsync("/app/partners/joint-value");
        (await pages.SubmitAsync(page, "joint", ("Input.Partner", "Answer Nobody"), ("Input.With", "answer-two.example"), ("Input.Title", "Shared shop"), ("Input.On", today), ("Input.Amount", "10.01"), ("Input.Currency", "EUR"), ("Input.Percent", "50"))).Text.ShouldContain("There is no partner with this name");
        (await pages.SubmitAsync(page, "joint", ("Input.Partner", "Answer One"), ("Input.With", "answer-two.example"), ("Input.Title", "Shared shop"), ("Input.On", today), ("Input.Amount", "10.01"), ("Input.Currency", "EUR"), ("Input.Percent", "50"))).Text.ShouldContain("Both partners are asked to agree.");
        var id = (await staff.GetFromJsonAsync<JsonElement>("/api/v1/joint-value")).GetProperty("items")[0].GetProperty("id").GetString();
        using var a = await first.ApiAsync();
        (await a.PostAsJsonAsync($"/api/v1/joint-value/{id}/answer", new { accept = true })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        using var portal = await second.PagesAsync();
        foreach (var seen in new[] { (await portal.GetAsync("/portal/joint-value")).Text, (await pages.GetAsync("/app/partners/joint-value")).Text })
        {
            seen.ShouldContain("Answer One: yes");
            seen.ShouldContain("Answer Two: not yet");
        }

        (await staff.GetStringAsync("/api/v1/notifications")).ShouldContain("Answer One agrees to the split of");
        (await world.Operations.DoAsync<MergePartners, Result<MergeId>>(m => m.RunAsync((one, new PartnerMergeInput(two, [], "One company")), default))).Problem.ShouldBeNull();
        (await a.PostAsJsonAsync($"/api/v1/joint-value/{id}/answer", new { accept = true })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await world.Operations.DoAsync<IEnumerable<IPartnerFigures>, IReadOnlyList<PartnerFigure>>(s => s.OfType<JointFigures>().Single().OfAsync([one], default))).Select(f => (f.Partner, f.Count, f.Amount)).ShouldBe([(one, 1, 1001L)]);
        (await pages.GetAsync("/app/partners/joint-value")).Text.ShouldNotContain("Answer Two");
    }

    [Theory]
    [InlineData(1001, 50, 500)]
    [InlineData(1000, 0, 0)]
    [InlineData(999_999_999_999_999, 100, 999_999_999_999_999)]
    public void Shares_come_to_the_whole(long amount, int percent, long first) => JointValue.First(amount, percent).ShouldBe(first);

    [SkippableTheory, Databases]
    public async Task The_shortest_promise_of_its_segments_holds_for_a_partner_and_none_is_longer_than_for_all(Database database)
    {
        var world = await PartnerWorld.FoundAsync(database);
        var small = await world.PartnerAsync("Small", p => p with { Employees = 5 });
        var large = await world.PartnerAsync("Large", p => p with { Employees = 5000 });
        await SaveAsync(world, "Small ones", 24, 48);
        await SaveAsync(world, "Small ones too", 12, null);
        (await TimesAsync(world, small)).ShouldBe(new AnswerTimes(12, 48));
        (await TimesAsync(world, large)).ShouldBe(AnswerTimes.None);
        (await TrySaveAsync(world, "Slow", 700, null)).Problem!.Errors.Keys.ShouldBe(["decideHours"]);
        (await TrySaveAsync(world, "Wrong", 0, -4)).Problem!.Errors.Keys.ShouldBe(["decideHours", "answerHours"], ignoreOrder: true);
        var person = await world.Tenant.PartnerPersonAsync(small, "Small", Roles.PartnerAdmin);
        (await person.DoAsync<Work, AnswerTimes>(w => AnswerTimes.OfAsync(w, small, default))).DecideHours.ShouldBe(12);
        using var portal = await person.PagesAsync();
        var page = await portal.GetAsync("/portal/company");
        page.Text.ShouldContain("12 hours");
        page.Text.ShouldContain("48 hours");
        using var staff = await world.Operations.PagesAsync();
        (await staff.GetAsync($"/app/partners/{small}")).Text.ShouldContain("Answer times");
        var csv = await staff.Http.GetStringAsync("/app/partners/export.csv");
        csv.ShouldContain("Motions in full");
        csv.ShouldContain("Small");
    }

    private static async Task SaveAsync(PartnerWorld world, string name, int? decide, int? answer) => (await TrySaveAsync(world, name, decide, answer)).Problem.ShouldBeNull();

    private static Task<Result<SegmentId>> TrySaveAsync(PartnerWorld world, string name, int? decide, int? answer) =>
        world.Operations.DoAsync<SaveSegment, Result<SegmentId>>(s => s.RunAsync((null, new SegmentInput(name, null, null, new Conditions { EmployeesTo = 40 }) { DecideHours = decide, AnswerHours = answer }), default));

    private static Task<AnswerTimes> TimesAsync(PartnerWorld world, PartnerId partner) => world.Operations.DoAsync<Work, AnswerTimes>(w => AnswerTimes.OfAsync(w, partner, default));
}
