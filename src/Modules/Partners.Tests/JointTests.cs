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

    [SkippableTheory, Databases]
    public async Task A_partner_writes_down_what_it_made_with_another_which_confirms_it_and_the_vendor_reads_one_figure(Database database)
    {
        var world = await PartnerWorld.FoundAsync(database);
        var one = await world.PartnerAsync("Suggest One", p => p with { Website = "suggest-one.example" });
        var two = await world.PartnerAsync("Suggest Two", p => p with { Website = "suggest-two.example" });
        var three = await world.PartnerAsync("Suggest Three", p => p with { Website = "suggest-three.example" });
        await world.PartnerAsync("Suggest Mute", p => p with { Website = "suggest-mute.example" });
        var (first, second, third) = (await world.Tenant.PartnerPersonAsync(one, "Suggest One", Roles.PartnerAdmin), await world.Tenant.PartnerPersonAsync(two, "Suggest Two", Roles.PartnerAdmin), await world.Tenant.PartnerPersonAsync(three, "Suggest Three", Roles.PartnerAdmin));
        using var a = await first.ApiAsync();
        using var b = await second.ApiAsync();
        using var c = await third.ApiAsync();
        using var staff = await world.Operations.ApiAsync();
        var today = DateTime.UtcNow.ToString("yyyy-MM-dd");
        object Body(string with) => new { with, title = "Port platform", text = "Without you", on = today, amount = 1001, currency = "EUR", percent = 50 };
        var unknown = await TextAsync(await a.PostAsJsonAsync("/api/v1/joint-value/suggestions", Body("nobody.example")), HttpStatusCode.UnprocessableEntity);
        (await TextAsync(await a.PostAsJsonAsync("/api/v1/joint-value/suggestions", Body("suggest-mute.example")), HttpStatusCode.UnprocessableEntity)).ShouldBe(unknown, "who is a partner is not told");
        await TextAsync(await a.PostAsJsonAsync("/api/v1/joint-value/suggestions", Body("suggest-one.example")), HttpStatusCode.UnprocessableEntity);
        await TextAsync(await staff.PostAsJsonAsync("/api/v1/joint-value/suggestions", Body("suggest-two.example")), HttpStatusCode.Forbidden);
        var seller = await world.Tenant.PartnerPersonAsync(one, "Suggest One", Roles.PartnerSales);
        using (var sales = await seller.ApiAsync()) await TextAsync(await sales.PostAsJsonAsync("/api/v1/joint-value/suggestions", Body("suggest-two.example")), HttpStatusCode.Forbidden);

        using var portal = await first.PagesAsync();
        var form = await portal.GetAsync("/portal/joint-value");
        var kept = await portal.SubmitAsync(form, "joint", ("Input.With", "nobody.example"), ("Input.Title", "Port platform"), ("Input.On", today), ("Input.Amount", "10.01"), ("Input.Currency", "EUR"), ("Input.Percent", "50"));
        kept.Text.ShouldContain("no partner with this web site who could answer");
        (await portal.SubmitAsync(kept, "joint", ("Input.With", "https://www.suggest-two.example/about"), ("Input.Title", "Port platform"), ("Input.On", today), ("Input.Amount", "10.01"), ("Input.Currency", "EUR"), ("Input.Percent", "50"))).Text.ShouldContain("The other partner is asked to agree");
        var item = (await b.GetFromJsonAsync<JsonElement>("/api/v1/joint-value")).GetProperty("items")[0];
        (item.GetProperty("firstSaid").GetBoolean(), item.GetProperty("partnerName").GetString(), item.GetProperty("state").GetString()).ShouldBe((true, "Suggest One", "proposed"));
        var id = item.GetProperty("id").GetString();
        (await b.GetStringAsync("/api/v1/notifications")).ShouldContain("Suggest One asks");
        (await staff.GetStringAsync("/api/v1/joint-value")).ShouldContain("Port platform");
        (await c.GetFromJsonAsync<JsonElement>("/api/v1/joint-value")).GetProperty("items").GetArrayLength().ShouldBe(0);
        (await c.PostAsJsonAsync($"/api/v1/joint-value/{id}/answer", new { accept = true })).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await c.GetStringAsync("/api/v1/notifications")).ShouldNotContain("Port platform");
        (await TotalAsync(staff)).ShouldBe((0, 0), "it counts once both have agreed");
        (await b.PostAsJsonAsync($"/api/v1/joint-value/{id}/answer", new { accept = true })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await a.GetStringAsync("/api/v1/notifications")).ShouldContain("Suggest Two agrees to the split");

        foreach (var api in new[] { staff, a, b }) (await TotalAsync(api)).Deals.ShouldBe(1);
        (await TotalAsync(c)).ShouldBe((0, 0), "a third partner reads nothing of it");
        (await TextAsync(await staff.GetAsync("/api/v1/joint-value/total?from=2026-02-01&to=2026-01-01"), HttpStatusCode.UnprocessableEntity)).ShouldContain("earlier day");
        await TextAsync(await staff.GetAsync("/api/v1/joint-value/total?to=9999-12-31"), HttpStatusCode.UnprocessableEntity);
        (await staff.GetStringAsync("/api/v1/ecosystem?kind=joint_value")).ShouldContain("Has made value together with");
        using var pages = await world.Operations.PagesAsync();
        (await pages.GetAsync("/app/partners/joint-value")).Text.ShouldContain("Partner-to-partner value");
        (await pages.GetAsync("/app/partners/ecosystem?kind=joint_value")).Text.ShouldContain("Suggest Two");
        using var outsider = await third.PagesAsync();
        (await outsider.GetAsync("/portal/joint-value")).Text.ShouldNotContain("Port platform");
    }

    [SkippableTheory, Databases]
    public async Task A_partner_takes_back_what_it_has_written_down_and_asks_nobody_again_and_again(Database database)
    {
        var world = await PartnerWorld.FoundAsync(database);
        var (one, two) = (await world.PartnerAsync("Back One"), await world.PartnerAsync("Back Two", p => p with { Website = "back-two.example" }));
        var first = await world.Tenant.PartnerPersonAsync(one, "Back One", Roles.PartnerAdmin);
        var second = await world.Tenant.PartnerPersonAsync(two, "Back Two", Roles.PartnerAdmin);
        using var a = await first.ApiAsync();
        using var b = await second.ApiAsync();
        var today = DateTime.UtcNow.ToString("yyyy-MM-dd");
        async Task<string> AskAsync()
        {
            using var made = await a.PostAsJsonAsync("/api/v1/joint-value/suggestions", new { with = "back-two.example", title = "Port platform", on = today, amount = 1001, currency = "EUR", percent = 50 });
            return made.StatusCode == HttpStatusCode.Created ? (await made.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()! : made.StatusCode.ToString();
        }

        var id = await AskAsync();
        (await b.PostAsync($"/api/v1/joint-value/{id}/withdraw", null)).StatusCode.ShouldBe(HttpStatusCode.Conflict, "only who has written it down");
        using (var pages = await first.PagesAsync()) (await pages.SubmitAsync(await pages.GetAsync("/portal/joint-value"), $"withdraw-{id}")).Text.ShouldContain("It is taken back");
        (await b.PostAsJsonAsync($"/api/v1/joint-value/{id}/answer", new { accept = true })).StatusCode.ShouldBe(HttpStatusCode.Conflict);
        for (var again = 1; again < SuggestJoint.MostWithdrawn; again++) (await a.PostAsync($"/api/v1/joint-value/{await AskAsync()}/withdraw", null)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await AskAsync()).ShouldBe("Conflict");

        using var c = await (await world.Tenant.PartnerPersonAsync(await world.PartnerAsync("Back Three"), "Back Three", Roles.PartnerAdmin)).ApiAsync();
        var body = new { with = "back-two.example", title = "Other", on = today, amount = 1001, currency = "EUR", percent = 50 };
        using var other = await c.PostAsJsonAsync("/api/v1/joint-value/suggestions", body);
        var asked = (await other.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString();
        (await a.PostAsync($"/api/v1/joint-value/{asked}/withdraw", null)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await b.PostAsJsonAsync($"/api/v1/joint-value/{asked}/answer", new { accept = false })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await c.PostAsync($"/api/v1/joint-value/{asked}/withdraw", null)).StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await c.PostAsJsonAsync("/api/v1/joint-value/suggestions", body)).StatusCode.ShouldBe(HttpStatusCode.Conflict, "a no stands for a while");
    }

    [SkippableTheory, Databases]
    public async Task Joint_value_of_several_currencies_is_added_up_at_the_rate_of_its_day_and_what_has_none_is_told(Database database)
    {
        var world = await PartnerWorld.FoundAsync(database);
        var (one, two) = (await world.PartnerAsync("Sum One"), await world.PartnerAsync("Sum Two"));
        var main = world.Operations.Actor.Currency;
        var today = DateOnly.FromDateTime(DateTime.UtcNow);
        await world.Tenant.AsSystemAsync<Work, Result<Done>>(w => w.TransactAsync<Done>("test.joint", () =>
        {
            void Add(DateOnly on, long amount, string currency, JointState state) => w.Db.Add(new JointValue { TenantId = w.Tenant, Id = w.NewId<JointValueId>(), PartnerId = one, WithId = two, Title = "Sum", On = on, Amount = amount, Currency = currency, Percent = 50, State = state, By = "Test", At = w.Now });
            Add(today, 1000, main, JointState.Agreed);
            Add(today.AddDays(-40), 500, main, JointState.Agreed);
            Add(today, 700, main == "CHF" ? "EUR" : "CHF", JointState.Agreed);
            Add(today, 9000, main, JointState.Declined);
            // The two were merged into one since: it has made nothing together with another.
            w.Db.Add(new JointValue { TenantId = w.Tenant, Id = w.NewId<JointValueId>(), PartnerId = one, WithId = one, Title = "Merged", On = today, Amount = 9000, Currency = main, Percent = 50, State = JointState.Agreed, By = "Test", At = w.Now });
            Add(today.AddYears(-2), 9000, main, JointState.Agreed);
            return Task.FromResult<Result<Done>>(default(Done));
        }, default));
        var (from, to) = JointMetric.LastYear(today);
        var total = await world.Operations.DoAsync<Work, JointTotal>(w => JointMetric.OfAsync(w, from, to, default));
        (total.Deals, total.Amount, total.WithoutRate, total.Currency).ShouldBe((3, 1500L, 1, main));
        total.Months.Sum(m => m.Amount).ShouldBe(1500L);
        total.Months.Single(m => m.Month == new DateOnly(today.Year, today.Month, 1)).Deals.ShouldBe(2);
    }

    private static async Task<string> TextAsync(HttpResponseMessage answer, HttpStatusCode status)
    {
        using var _ = answer;
        answer.StatusCode.ShouldBe(status);
        var text = await answer.Content.ReadAsStringAsync();
        return JsonDocument.Parse(text).RootElement.TryGetProperty("errors", out var errors) ? errors.ToString() : text;
    }

    private static async Task<(int Deals, long Amount)> TotalAsync(HttpClient api)
    {
        var total = await api.GetFromJsonAsync<JsonElement>("/api/v1/joint-value/total");
        return (total.GetProperty("deals").GetInt32(), total.GetProperty("amount").GetInt64());
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
