using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Trellis.Identity.Published;
using Trellis.Partners.Certifications;
using Trellis.Partners.Graph;
using Trellis.Partners.Published;
using Trellis.Partners.Records;
using Trellis.Partners.Timeline;

namespace Trellis.Partners.Tests;

public sealed class TimelineTests
{
    [SkippableTheory, Databases]
    public async Task A_line_of_time_is_read_to_its_end_page_by_page_and_each_event_once(Database database)
    {
        var world = await PartnerWorld.FoundAsync(database);
        var id = await world.PartnerAsync("Long Story");
        var today = DateOnly.FromDateTime(DateTime.UtcNow);
        // Five calls of one instant, the noon of a day long past, and what is written today.
        for (var i = 0; i < 5; i++) (await NoteAsync(world.Manager, id, new NewNote($"Call {i}", Kind: NoteKind.Call, On: today.AddDays(-400)))).Problem.ShouldBeNull();
        for (var i = 0; i < 4; i++) (await NoteAsync(world.Manager, id, new NewNote($"Note {i}"))).Problem.ShouldBeNull();
        (await NoteAsync(world.Manager, id, new NewNote("Workshop", Kind: NoteKind.Meeting, On: today.AddDays(-30)))).Problem.ShouldBeNull();

        var whole = (await PageAsync(world.Manager, id, null, new Paging())).Items;
        whole.Select(e => e.At).ShouldBe(whole.Select(e => e.At).OrderDescending());
        whole.TakeLast(6).Select(e => e.Text).First().ShouldBe("Workshop");
        foreach (var size in new[] { 1, 2, 3, 7 })
        {
            var (seen, cursor) = (new List<PartnerEvent>(), (string?)null);
            do
            {
                var page = await PageAsync(world.Manager, id, null, new Paging(cursor, size));
                page.Items.Count.ShouldBeLessThanOrEqualTo(size);
                seen.AddRange(page.Items);
                seen.Count.ShouldBeLessThanOrEqualTo(whole.Count, "nothing is told twice");
                cursor = page.Next;
            }
            while (cursor is not null);
            seen.Select(e => (e.At, e.What, e.Text)).ShouldBe(whole.Select(e => (e.At, e.What, e.Text)), $"size {size}");
        }

        (await PageAsync(world.Manager, id, PartnerEventKind.Call, new Paging())).Items.Select(e => e.Text).Order().ShouldBe(Enumerable.Range(0, 5).Select(i => $"Call {i}"));
        (await PageAsync(world.Manager, id, PartnerEventKind.Payout, new Paging())).Items.ShouldBeEmpty();
    }

    [SkippableTheory, Databases]
    public async Task A_note_tells_of_a_day_that_was_and_not_of_one_to_come(Database database)
    {
        var world = await PartnerWorld.FoundAsync(database);
        var id = await world.PartnerAsync("Days");
        var today = DateOnly.FromDateTime(DateTime.UtcNow);
        foreach (var day in new[] { today.AddDays(3), today.AddYears(-11) })
            (await NoteAsync(world.Manager, id, new NewNote("When?", Kind: NoteKind.Call, On: day))).Problem!.Errors.Keys.ShouldBe(["on"]);
        (await NoteAsync(world.Manager, id, new NewNote("Last month", Kind: NoteKind.Meeting, On: today.AddDays(-31)))).Problem.ShouldBeNull();
        var item = (await world.Manager.DoAsync<Work, Page<NoteItem>>(w => PartnerPage.NotesAsync(w, id, new Paging(), default))).Items.ShouldHaveSingleItem();
        (item.Kind, item.HappenedOn).ShouldBe((NoteKind.Meeting, today.AddDays(-31)));
    }

    [SkippableTheory, Databases]
    public async Task What_was_added_to_the_record_stands_there_and_a_partner_reads_only_its_own_part(Database database)
    {
        var world = await PartnerWorld.FoundAsync(database);
        var (id, other) = (await world.PartnerAsync("Halcyon"), await world.PartnerAsync("Secret Rival"));
        var (person, stranger) = (await world.Tenant.PartnerPersonAsync(id, "Halcyon", Roles.PartnerAdmin), await world.Tenant.PartnerPersonAsync(other, "Rival"));
        await NoteAsync(world.Manager, id, new NewNote("They owe us an answer", Kind: NoteKind.Call));
        await NoteAsync(world.Manager, id, new NewNote("Welcome", Shared: true));
        await world.Operations.DoAsync<Relate, Result<Done>>(r => r.RunAsync((id, new NewRelation(other, RelationKind.WorksWith)), default));
        (await world.Operations.DoAsync<UploadPartnerFile, Result<FileId>>(u => u.RunAsync(new SentFile(id, "inside.txt", new MemoryStream(Encoding.UTF8.GetBytes("Ours alone")), false), default))).Problem.ShouldBeNull();
        (await world.Operations.DoAsync<UploadPartnerFile, Result<FileId>>(u => u.RunAsync(new SentFile(id, "for-both.txt", new MemoryStream(Encoding.UTF8.GetBytes("Both")), true), default))).Problem.ShouldBeNull();
        await world.Operations.DoAsync<Profiling.SetExpertise, Result<PartnerId>>(s => s.RunAsync((id, new Profiling.ExpertiseChanges { Territories = "DE" }), default));
        (await person.DoAsync<EnterCertification, Result<CertificationId>>(e => e.RunAsync((id, new NewCertification("Ann Weber", "Data platform", CertificationLevel.Expert, "Institute", DateOnly.FromDateTime(DateTime.UtcNow), null, "No. 4711")), default))).Problem.ShouldBeNull();

        using var staff = await world.Operations.ApiAsync();
        var all = await staff.GetStringAsync($"/api/v1/partners/{id}/timeline");
        foreach (var told in new[] { "They owe us an answer", "Welcome", "Secret Rival", "inside.txt", "for-both.txt", "changed the expertise", "claims a certification" }) all.ShouldContain(told);
        using var api = await person.ApiAsync();
        var theirs = await api.GetStringAsync($"/api/v1/partners/{id}/timeline");
        foreach (var told in new[] { "Welcome", "for-both.txt", "claims a certification" }) theirs.ShouldContain(told);
        foreach (var hidden in new[] { "They owe us an answer", "Secret Rival", "inside.txt", "changed the expertise" }) theirs.ShouldNotContain(hidden);
        using var foreign = await stranger.ApiAsync();
        (await foreign.GetAsync($"/api/v1/partners/{id}/timeline")).StatusCode.ShouldBe(HttpStatusCode.NotFound);

        var kinds = (await staff.GetFromJsonAsync<JsonElement>($"/api/v1/partners/{id}/timeline?kind=call&size=1")).GetProperty("items").EnumerateArray().Select(e => e.GetProperty("kind").GetString()).ToList();
        kinds.ShouldBe(["call"]);
        (await staff.GetAsync($"/api/v1/partners/{id}/timeline?cursor=not-a-cursor")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [SkippableTheory, Databases]
    public async Task The_page_shows_older_events_and_one_kind_alone(Database database)
    {
        var world = await PartnerWorld.FoundAsync(database);
        var id = await world.PartnerAsync("Paged");
        for (var i = 0; i < 30; i++) await NoteAsync(world.Manager, id, new NewNote($"Entry {i:00}"));
        await NoteAsync(world.Manager, id, new NewNote("Rang them up", Kind: NoteKind.Call));

        using var pages = await world.Manager.PagesAsync();
        // The record leaves it to the reader who comes to it; a link leads there without scripts.
        var record = await pages.GetAsync($"/app/partners/{id}");
        record.Text.ShouldNotContain("Entry 29");
        var later = record.Document.QuerySelector("#timeline turbo-frame[loading=lazy]").ShouldNotBeNull();
        later.QuerySelector("a")!.GetAttribute("href").ShouldBe(later.GetAttribute("src"));
        var first = await pages.GetAsync(later.GetAttribute("src")!);
        first.Document.QuerySelector($"turbo-frame#{later.Id}")!.TextContent.ShouldContain("Entry 29");
        first.Text.ShouldNotContain("Entry 00");
        var older = first.Document.QuerySelectorAll("#timeline a[rel=next]").ShouldHaveSingleItem().GetAttribute("href")!;
        var second = await pages.GetAsync(older);
        second.Text.ShouldContain("Entry 00");
        second.Text.ShouldNotContain("Entry 29");
        var calls = await pages.GetAsync($"/app/partners/{id}?kind=call");
        calls.Text.ShouldContain("Rang them up");
        calls.Document.QuerySelectorAll("#timeline .t-line li").Length.ShouldBe(1);

        var partner = await world.Tenant.PartnerPersonAsync(id, "Paged");
        using var portal = await partner.PagesAsync();
        (await portal.Http.GetAsync($"/app/partners/{id}/timeline")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private static Task<Result<NoteId>> NoteAsync(TestPerson who, PartnerId partner, NewNote note) => who.DoAsync<AddNote, Result<NoteId>>(a => a.RunAsync((partner, note), default));

    private static Task<Page<PartnerEvent>> PageAsync(TestPerson who, PartnerId partner, PartnerEventKind? kind, Paging paging) => who.DoAsync<PartnerTimeline, Page<PartnerEvent>>(t => t.PageAsync(partner, kind, paging, default));
}
