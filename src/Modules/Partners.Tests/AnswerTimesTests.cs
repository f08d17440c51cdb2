using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Trellis.Identity.Published;
using Trellis.Partners.Answering;
using Trellis.Partners.Published;
using Trellis.Partners.Segmenting;

namespace Trellis.Partners.Tests;

/// <summary>Whether partners are answered as soon as their segments promise.</summary>
public sealed class AnswerTimesTests
{
    private static readonly PartnerId One = PartnerId.From(Guid.Parse("00000000-0000-7000-8000-000000000001"));
    private static readonly DateTime Monday = new(2026, 6, 1, 8, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void A_question_begins_with_the_first_message_and_ends_with_the_next_thing_that_was_said()
    {
        var facts = MessageAnswers.Of(
        [
            new(One, false, Monday), new(One, true, Monday.AddHours(1)), new(One, true, Monday.AddHours(2)), new(One, false, Monday.AddHours(5)), new(One, false, Monday.AddHours(6)),
            new(One, true, Monday.AddHours(7), Monday.AddHours(8)), new(One, true, Monday.AddHours(9)),
        ]);
        facts.Select(f => (f.AskedAt, f.AnsweredAt, f.TakenBackAt)).ShouldBe(
        [
            (Monday.AddHours(1), Monday.AddHours(5), null), (Monday.AddHours(7), null, Monday.AddHours(8)), (Monday.AddHours(9), null, null),
        ]);
    }

    [Fact]
    public void In_time_is_of_what_was_answered_or_is_late_and_what_was_taken_back_in_time_does_not_count()
    {
        var now = Monday.AddDays(10);
        AskedFact Fact(int promised, int? answered, int? takenBack = null) =>
            new(One, AskedKind.Request, Monday, Monday.AddHours(promised), answered is { } a ? Monday.AddHours(a) : null) { TakenBackAt = takenBack is { } t ? Monday.AddHours(t) : null };
        var figure = AnswerFigures.Of(default, default, AskedKind.Request, 24, [Fact(24, 2), Fact(24, 24), Fact(24, 25), Fact(24, null), Fact(24, null, 5), Fact(24, null, 30), Fact(1000, null)], now);
        (figure.Judged, figure.InTime, figure.Answered).ShouldBe((5, 2, 3));
        (figure.MedianMinutes, figure.P90Minutes).ShouldBe((24 * 60, 25 * 60));
        (figure.Open, figure.Over).ShouldBe((2, 1));
        AnswerFigures.Of(default, default, AskedKind.Message, null, [], now).ShouldSatisfyAllConditions(f => f.Judged.ShouldBe(0), f => f.MedianMinutes.ShouldBeNull());
    }

    [SkippableTheory, Databases]
    public async Task The_messages_of_a_segment_are_measured_by_its_promise_on_page_in_the_api_and_in_the_file(Database database)
    {
        await using var app = await TestApp.StartAsync(database);
        var world = await PartnerWorld.FoundAsync(app);
        var (id, french) = (await world.PartnerAsync("Spree Works"), await world.PartnerAsync("Loire Works", p => p with { Country = "FR" }));
        var (person, stranger) = (await world.Tenant.PartnerPersonAsync(id, "Spree Works", Roles.PartnerAdmin), await world.Tenant.PartnerPersonAsync(french, "Loire Works", Roles.PartnerAdmin));
        var segment = await SegmentAsync(world, "Close partners", new() { Countries = ["DE"] }, 8);
        var loose = await SegmentAsync(world, "Others", new() { Countries = ["FR"] }, null);
        using (var before = await world.Manager.PagesAsync())
        {
            (await before.GetAsync("/app/partners/answer-times")).Text.ShouldContain("Nothing computed yet");
            (await before.GetAsync($"/app/partners/segments/{segment}")).Text.ShouldContain("Not computed yet");
        }

        await SayAsync(person, id, "First question");
        app.Clock.Advance(TimeSpan.FromHours(2));
        await SayAsync(world.Manager, id, "Kept to ourselves", shared: false);
        await SayAsync(world.Manager, id, "Here you are", shared: true);
        await SayAsync(person, id, "Second question");
        await SayAsync(stranger, french, "A question of another");
        var thanks = await SayAsync(stranger, french, "Thanks!");
        // Whatever the day of the week is, twenty days hold more than eight hours of work.
        app.Clock.Advance(TimeSpan.FromDays(20));
        (await app.RunAsync<MeasureAnswers>()).Problem.ShouldBeNull();

        using var pages = await world.Manager.PagesAsync();
        using var api = await world.Manager.ApiAsync();
        var row = await MessagesAsync(api, $"/api/v1/segments/{segment}/answer-times");
        (row.GetProperty("judged").GetInt32(), row.GetProperty("inTime").GetInt32(), row.GetProperty("open").GetInt32(), row.GetProperty("over").GetInt32()).ShouldBe((2, 1, 1, 1));
        (row.GetProperty("promisedHours").GetInt32(), row.GetProperty("share").GetDouble()).ShouldBe((8, 0.5));
        row.GetProperty("medianMinutes").GetInt64().ShouldBeInRange(120, 122);
        var others = await MessagesAsync(api, $"/api/v1/segments/{loose}/answer-times");
        (others.GetProperty("open").GetInt32(), others.GetProperty("over").GetInt32(), others.GetProperty("share").ValueKind).ShouldBe((1, 0, JsonValueKind.Null), "nothing was promised");
        (await pages.GetAsync("/app/partners/answer-times")).Text.ShouldSatisfyAllConditions(t => t.ShouldContain("Close partners"), t => t.ShouldContain("1 of 2"), t => t.ShouldContain("50.0 %"), t => t.ShouldContain("2 hours"));
        (await pages.GetAsync($"/app/partners/segments/{segment}")).Text.ShouldContain("1 of 2");
        (await pages.Http.GetStringAsync("/app/partners/answer-times.csv")).ShouldContain("Close partners,Messages to the manager,8,2,1,50,1,12");

        // A message that needs no answer waits for none.
        var record = await pages.GetAsync($"/app/partners/{french}");
        record.Text.ShouldContain("Waits for an answer");
        (await pages.SubmitAsync(record, $"settle-{thanks}")).Text.ShouldNotContain("Thanks! Needs no answer");
        using var settled = await api.PostAsync($"/api/v1/partners/{id}/notes/{thanks}/no-answer", null);
        settled.StatusCode.ShouldBe(HttpStatusCode.NotFound, "it is another partner's");
        using var portal = await stranger.ApiAsync();
        (await portal.PostAsync($"/api/v1/partners/{french}/notes/{thanks}/no-answer", null)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        foreach (var path in new[] { "segments/answer-times", $"segments/{segment}/answer-times" }) (await portal.GetAsync($"/api/v1/{path}")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await api.GetAsync("/api/v1/segments/seg_00000000000000000000000000000000/answer-times")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private static async Task<JsonElement> MessagesAsync(HttpClient api, string path) =>
        (await api.GetFromJsonAsync<JsonElement>(path)).GetProperty("rows").EnumerateArray().Single(r => r.GetProperty("kind").GetString() == "message");

    private static async Task<NoteId> SayAsync(TestPerson who, PartnerId partner, string text, bool shared = false)
    {
        var said = await who.DoAsync<AddNote, Result<NoteId>>(a => a.RunAsync((partner, new NewNote(text, shared)), default));
        said.Problem.ShouldBeNull();
        return said.Value;
    }

    private static async Task<SegmentId> SegmentAsync(PartnerWorld world, string name, Conditions conditions, int? answer)
    {
        var saved = await world.Operations.DoAsync<SaveSegment, Result<SegmentId>>(s => s.RunAsync((null, new SegmentInput(name, null, null, conditions) { AnswerHours = answer }), default));
        saved.Problem.ShouldBeNull();
        return saved.Value;
    }
}
