using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Trellis.Identity.Published;
using Trellis.Partners.Agreements;
using Trellis.Partners.Published;
using Trellis.Partners.Records;

namespace Trellis.Partners.Tests;

/// <summary>What was agreed with a partner, and that nobody forgets when it runs out.</summary>
public sealed class AgreementTests
{
    private static readonly DateOnly Today = new(2026, 6, 15);

    [SkippableTheory, Databases]
    public async Task An_agreement_is_written_down_with_its_file_and_both_sides_read_it(Database database)
    {
        var world = await PartnerWorld.FoundAsync(database);
        var (id, other) = (await world.PartnerAsync("Signer"), await world.PartnerAsync("Other"));
        var (admin, stranger) = (await world.Tenant.PartnerPersonAsync(id, "Signer", Roles.PartnerAdmin), await world.Tenant.PartnerPersonAsync(other, "Other", Roles.PartnerAdmin));
        using var staff = await world.Manager.PagesAsync();
        var form = await staff.GetAsync($"/app/partners/{id}/agreements/new");
        var wrong = await staff.SubmitAsync(form, "agreement", ("Input.Kind", "resale"), ("Input.ValidFrom", "2026-01-01"), ("Input.ValidUntil", "2025-01-01"), ("Input.RenewalMonths", "x"));
        wrong.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        wrong.Text.ShouldSatisfyAllConditions(t => t.ShouldContain("It cannot end before it begins."), t => t.ShouldContain("Between 0 and 120 months."));
        var until = DateOnly.FromDateTime(DateTime.UtcNow).AddDays(40);
        await staff.SubmitAsync(form, "agreement", ("Input.Kind", "resale"), ("Input.Number", "RS-7"), ("Input.SignedOn", "2026-01-02"), ("Input.ValidFrom", "2026-01-01"), ("Input.ValidUntil", until.ToString("yyyy-MM-dd")), ("Input.NoticeDays", "30"), ("Input.Note", "They want more discount."));
        var agreement = (await OfAsync(world.Manager, id)).ShouldHaveSingleItem();
        agreement.State.ShouldBe(AgreementState.Expiring);
        var draft = (await SaveAsync(world.Manager, id, Of("DR-1") with { SignedOn = null })).Value;
        var file = (await world.Manager.DoAsync<UploadPartnerFile, Result<FileId>>(u => u.RunAsync(new SentFile(id, "signed.txt", new MemoryStream("Signed by both."u8.ToArray()), true), default))).Value;
        var elsewhere = (await world.Manager.DoAsync<UploadPartnerFile, Result<FileId>>(u => u.RunAsync(new SentFile(other, "foreign.txt", new MemoryStream("Not theirs."u8.ToArray()), true), default))).Value;
        (await SaveAsync(world.Manager, id, Of("RS-7") with { File = elsewhere }, agreement.Id)).Problem!.Errors.Keys.ShouldBe(["file"]);
        (await SaveAsync(world.Manager, id, Of("RS-7") with { File = file, ValidUntil = until, Note = "They want more discount." }, agreement.Id)).Problem.ShouldBeNull();
        (await SaveAsync(world.Manager, id, Of("RS-7"), agreement.Id, agreement.Version)).Problem!.Kind.ShouldBe(ProblemKind.Stale);

        (await staff.GetAsync("/app/partners/agreements")).Text.ShouldSatisfyAllConditions(t => t.ShouldContain("RS-7"), t => t.ShouldContain("signed.txt"), t => t.ShouldContain("DR-1"));
        (await staff.GetAsync($"/app/partners/{id}")).Text.ShouldContain("RS-7");
        (await staff.GetAsync($"/app/partners/{id}/agreements/{agreement.Id}")).Text.ShouldContain("They want more discount.");
        (await staff.Http.GetStringAsync("/app/partners/agreements.csv?state=expiring")).ShouldSatisfyAllConditions(t => t.ShouldContain("RS-7"), t => t.ShouldNotContain("DR-1"));
        var next = await staff.GetAsync($"/app/partners/{id}/agreements/new?after={agreement.Id}");
        next.Document.QuerySelector("[name='Input.ValidFrom']")!.GetAttribute("value").ShouldBe(until.AddDays(1).ToString("yyyy-MM-dd"));
        using var portal = await admin.PagesAsync();
        (await portal.GetAsync("/portal/company/agreements")).Text.ShouldSatisfyAllConditions(t => t.ShouldContain("RS-7"), t => t.ShouldContain("signed.txt"), t => t.ShouldNotContain("DR-1"), t => t.ShouldNotContain("discount"));
        using var theirs = await admin.ApiAsync();
        (await theirs.GetStringAsync($"/api/v1/partners/{id}/agreements")).ShouldNotContain("discount");
        (await theirs.GetAsync($"/api/v1/partner-agreements/{draft}")).StatusCode.ShouldBe(HttpStatusCode.NotFound, "not signed yet");
        (await theirs.PostAsJsonAsync($"/api/v1/partner-agreements/{agreement.Id}/end", new { on = "2026-08-01", reason = "x" })).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        using var foreign = await stranger.ApiAsync();
        (await foreign.GetAsync($"/api/v1/partner-agreements/{agreement.Id}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await foreign.GetAsync($"/api/v1/partners/{id}/agreements")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await SaveAsync(admin, id, Of("X"))).Problem!.Kind.ShouldBe(ProblemKind.Denied);
    }

    [SkippableTheory, Databases]
    public async Task It_is_ended_with_a_reason_that_the_partner_reads_and_only_drafts_are_removed(Database database)
    {
        var world = await PartnerWorld.FoundAsync(database);
        var id = await world.PartnerAsync("Ender");
        var admin = await world.Tenant.PartnerPersonAsync(id, "Ender", Roles.PartnerAdmin);
        var (signed, draft) = ((await SaveAsync(world.Manager, id, Of("AG-1"))).Value, (await SaveAsync(world.Manager, id, Of("AG-2") with { SignedOn = null })).Value);
        (await DropAsync(signed)).Problem!.Code.ShouldBe("partners.agreement_signed");
        (await DropAsync(draft)).Problem.ShouldBeNull();
        (await EndAsync(signed, null, null)).Problem!.Errors.Keys.Order().ShouldBe(["on", "reason"]);
        (await EndAsync(signed, new DateOnly(2025, 12, 31), "Too early")).Problem!.Errors.Keys.ShouldBe(["on"]);
        (await EndAsync(signed, DateOnly.FromDateTime(DateTime.UtcNow), "By agreement of both.")).Problem.ShouldBeNull();
        (await OfAsync(admin, id)).ShouldHaveSingleItem().ShouldSatisfyAllConditions(a => a.State.ShouldBe(AgreementState.Ended), a => a.EndReason.ShouldBe("By agreement of both."));
        (await world.MailsToAsync(admin.Email)).ShouldContain(m => m.Contains("By agreement of both."));
        (await SaveAsync(world.Manager, id, Of("AG-1"), signed)).Problem!.Code.ShouldBe("partners.agreement_over");
        (await EndAsync(signed, DateOnly.FromDateTime(DateTime.UtcNow), "Again.")).Problem!.Code.ShouldBe("partners.agreement_over");

        Task<Result<Done>> EndAsync(PartnerAgreementId agreement, DateOnly? on, string? reason) => world.Manager.DoAsync<EndAgreement, Result<Done>>(e => e.RunAsync((agreement, on, reason), default));
        Task<Result<Done>> DropAsync(PartnerAgreementId agreement) => world.Manager.DoAsync<DropAgreement, Result<Done>>(d => d.RunAsync(agreement, default));
    }

    [SkippableTheory, Databases]
    public async Task The_manager_is_told_ninety_sixty_and_thirty_days_ahead_once_each_and_what_renews_goes_on(Database database)
    {
        await using var app = await TestApp.StartAsync(database);
        var world = await PartnerWorld.FoundAsync(app);
        var today = DateOnly.FromDateTime(DateTime.UtcNow);
        var id = await world.PartnerAsync("Watched", p => p with { Manager = world.Manager.Actor.Person });
        var ends = (await SaveAsync(world.Manager, id, Of("WA-1") with { ValidUntil = today.AddDays(100) })).Value;
        var renews = (await SaveAsync(world.Manager, id, Of("WA-2") with { ValidUntil = today.AddDays(20), RenewalMonths = 12 })).Value;
        (await SaveAsync(world.Manager, id, Of("WA-3") with { ValidUntil = today.AddDays(20), SignedOn = null })).Problem.ShouldBeNull();
        var before = (await world.MailsToAsync(world.Manager.Email)).Count;
        await WatchAsync();
        await WatchAsync();
        (await NewsAsync()).ShouldBe(["The agreement WA-2 with Watched runs out in 20 days"], "a draft is no agreement, and nobody is told twice");
        (await world.MailsToAsync(world.Manager.Email)).Count.ShouldBe(before + 1);
        app.Clock.Advance(TimeSpan.FromDays(11));
        await WatchAsync();
        app.Clock.Advance(TimeSpan.FromDays(30));
        await WatchAsync();
        await WatchAsync();
        (await NewsAsync()).Where(t => t.Contains("WA-1")).ShouldBe(["The agreement WA-1 with Watched runs out in 89 days", "The agreement WA-1 with Watched runs out in 59 days"], ignoreOrder: true);
        var after = await OfAsync(world.Manager, id);
        after.Single(a => a.Id == renews).ValidUntil.ShouldBe(today.AddDays(21).AddMonths(12).AddDays(-1), "it has renewed by itself");
        after.Single(a => a.Id == ends).ValidUntil.ShouldBe(today.AddDays(100));

        async Task WatchAsync() => (await world.Tenant.AsSystemAsync<IServiceProvider, Result<Done>>(s => ActivatorUtilities.CreateInstance<WatchAgreements>(s).RunAsync(default))).Problem.ShouldBeNull();
        async Task<List<string>> NewsAsync()
        {
            using var api = await world.Manager.ApiAsync();
            var page = await api.GetFromJsonAsync<System.Text.Json.JsonElement>("/api/v1/notifications");
            return [.. page.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("title").GetString()!).Where(t => t.Contains("The agreement"))];
        }
    }

    [SkippableTheory, Databases]
    public async Task A_renewal_is_proposed_and_agreed_and_writes_the_next_agreement_as_a_draft(Database database)
    {
        var world = await PartnerWorld.FoundAsync(database);
        var (id, other) = (await world.PartnerAsync("Renewer", p => p with { Manager = world.Manager.Actor.Person }), await world.PartnerAsync("Bystander"));
        var (admin, seller, stranger) = (await world.Tenant.PartnerPersonAsync(id, "Renewer", Roles.PartnerAdmin), await world.Tenant.PartnerPersonAsync(id, "Renewer"), await world.Tenant.PartnerPersonAsync(other, "Bystander", Roles.PartnerAdmin));
        var today = DateOnly.FromDateTime(DateTime.UtcNow);
        var last = today.AddDays(45);
        var agreement = (await SaveAsync(world.Manager, id, Of("RE-1") with { ValidUntil = last, NoticeDays = 30 })).Value;
        var lasting = (await SaveAsync(world.Manager, id, Of("RE-2") with { ValidUntil = today.AddDays(200) })).Value;
        (await ProposeAsync(world.Manager, lasting, new())).Problem!.Code.ShouldBe("partners.agreement_not_expiring");
        (await ProposeAsync(admin, agreement, new())).Problem!.Kind.ShouldBe(ProblemKind.Denied);
        (await ProposeAsync(world.Manager, agreement, new(last))).Problem!.Errors.Keys.ShouldBe(["validFrom"]);
        using var staff = await world.Manager.PagesAsync();
        var page = await staff.GetAsync($"/app/partners/{id}/agreements/{agreement}");
        (await staff.SubmitAsync(page, "renew", ("Input.ValidUntil", last.AddYears(1).ToString("yyyy-MM-dd")), ("Input.Terms", "A better discount."))).Text.ShouldContain("A better discount.");
        (await ProposeAsync(world.Manager, agreement, new())).Problem!.Code.ShouldBe("partners.renewed_already");
        (await world.MailsToAsync(admin.Email)).ShouldContain(m => m.Contains("We propose to go on"));

        var renewal = (await RenewalsAsync(admin, agreement)).ShouldHaveSingleItem();
        (await AnswerAsync(seller, renewal.Id, new(RenewalTrigger.Agree))).Problem!.Kind.ShouldBe(ProblemKind.Denied);
        (await AnswerAsync(stranger, renewal.Id, new(RenewalTrigger.Agree))).Problem!.Kind.ShouldBe(ProblemKind.Missing);
        (await AnswerAsync(admin, renewal.Id, new(RenewalTrigger.Withdraw))).Problem!.Code.ShouldBe("partners.not_your_proposal");
        using var portal = await admin.PagesAsync();
        (await portal.GetAsync("/portal")).Text.ShouldContain("Shall the agreement RE-1 go on?");
        var theirs = await portal.GetAsync("/portal/company/agreements");
        (await portal.SubmitAsync(theirs, $"answer-{renewal.Id}", ("act", "decline"))).Text.ShouldContain("Choose the reason.");
        (await portal.SubmitAsync(theirs, $"answer-{renewal.Id}", ("act", "agree"), ("Text", "Gladly."))).Text.ShouldContain("Agreed");
        (await world.MailsToAsync(world.Manager.Email)).ShouldContain(m => m.Contains("The next agreement is a draft. Have it signed."));
        var next = (await OfAsync(world.Manager, id)).Single(a => a.State == AgreementState.Draft);
        next.ShouldSatisfyAllConditions(a => a.Number.ShouldBe("RE-1"), a => a.ValidFrom.ShouldBe(last.AddDays(1)), a => a.ValidUntil.ShouldBe(last.AddYears(1)), a => a.NoticeDays.ShouldBe(30), a => a.SignedOn.ShouldBeNull());
        (await AnswerAsync(admin, renewal.Id, new(RenewalTrigger.Decline, RenewalReason.Terms))).Problem!.Kind.ShouldBe(ProblemKind.Conflict);
        (await portal.GetAsync("/portal")).Text.ShouldNotContain("Shall the agreement");
    }

    [SkippableTheory, Databases]
    public async Task A_declined_renewal_names_a_reason_of_the_list_and_leads_to_the_off_boarding(Database database)
    {
        var world = await PartnerWorld.FoundAsync(database);
        var id = await world.PartnerAsync("Goer", p => p with { Manager = world.Manager.Actor.Person });
        var admin = await world.Tenant.PartnerPersonAsync(id, "Goer", Roles.PartnerAdmin);
        var agreement = (await SaveAsync(world.Manager, id, Of("GO-1") with { ValidUntil = DateOnly.FromDateTime(DateTime.UtcNow).AddDays(10) })).Value;
        var withdrawn = (await ProposeAsync(world.Manager, agreement, new())).Value;
        (await AnswerAsync(world.Manager, withdrawn, new(RenewalTrigger.Withdraw))).Value.ShouldBe(RenewalState.Withdrawn);
        var renewal = (await ProposeAsync(world.Manager, agreement, new())).Value;
        using var api = await admin.ApiAsync();
        (await api.PostAsJsonAsync($"/api/v1/partner-agreements/renewals/{renewal}/answer", new { on = "decline" })).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await api.PostAsJsonAsync($"/api/v1/partner-agreements/renewals/{renewal}/answer", new { on = "decline", reason = "other_vendor", text = "We have decided." })).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await OfAsync(world.Manager, id)).ShouldHaveSingleItem("nothing is written for a no").Renewal!.Reason.ShouldBe(RenewalReason.OtherVendor);
        using var staff = await world.Manager.PagesAsync();
        var page = await staff.GetAsync($"/app/partners/{id}/agreements/{agreement}");
        page.Text.ShouldSatisfyAllConditions(t => t.ShouldContain("Other vendor"), t => t.ShouldContain("We have decided."), t => t.ShouldContain("Begin off-boarding"));
        page.Document.QuerySelector($"a[href='/app/partners/{id}/standing?on=offboard']").ShouldNotBeNull();
    }

    [Theory]
    [InlineData(null, -10, null, null, "draft")]
    [InlineData(-20, 5, null, null, "draft")]
    [InlineData(-20, -10, null, null, "active")]
    [InlineData(-20, -10, 91, null, "active")]
    [InlineData(-20, -10, 90, null, "expiring")]
    [InlineData(-20, -10, 0, null, "expiring")]
    [InlineData(-20, -10, -1, null, "expired")]
    [InlineData(-20, -10, 300, 5, "expiring")]
    [InlineData(-20, -10, 300, 0, "ended")]
    public void The_status_follows_from_the_dates(int? signed, int from, int? until, int? ended, string expected) =>
        AgreementStates.Of(On(signed), Today.AddDays(from), On(until), On(ended), Today).ShouldBe(Words.Parse<AgreementState>(expected)!.Value);

    [Theory]
    [InlineData(91, null, null)]
    [InlineData(90, null, 90)]
    [InlineData(61, 90, null)]
    [InlineData(60, 90, 60)]
    [InlineData(10, null, 30)]
    [InlineData(10, 30, null)]
    [InlineData(-1, null, null)]
    public void A_warning_is_due_once_for_each_threshold(int left, int? warned, int? due) => AgreementStates.Due(left, warned).ShouldBe(due);

    [Theory]
    [InlineData("2025-01-01", "2025-12-31", "2026-12-31")]
    [InlineData("2024-03-01", "2025-02-28", "2026-02-28")]
    [InlineData("2025-07-01", "2025-09-30", "2025-12-31")]
    [InlineData("2025-01-10", "2025-01-19", "2025-01-29")]
    public void The_next_agreement_lasts_as_long_as_the_one_before(string from, string last, string next) => AgreementStates.SameLength(DateOnly.Parse(from), DateOnly.Parse(last)).ShouldBe(DateOnly.Parse(next));

    [SkippableTheory, Databases]
    public async Task The_database_finds_by_status_what_the_table_says(Database database)
    {
        var world = await PartnerWorld.FoundAsync(database);
        var id = await world.PartnerAsync("Sorted");
        var today = DateOnly.FromDateTime(DateTime.UtcNow);
        foreach (var (number, until) in new (string, int?)[] { ("S1", null), ("S2", 91), ("S3", 90), ("S4", 0), ("S5", -1) }) (await SaveAsync(world.Manager, id, Of(number) with { ValidFrom = today.AddYears(-1), SignedOn = today.AddYears(-1), ValidUntil = until is { } days ? today.AddDays(days) : null })).Problem.ShouldBeNull();
        (await SaveAsync(world.Manager, id, Of("S6") with { SignedOn = null })).Problem.ShouldBeNull();
        foreach (var state in Enum.GetValues<AgreementState>())
        {
            var found = await world.Manager.DoAsync<Work, Page<AgreementItem>>(w => AgreementList.PageAsync(w, new AgreementFilter(state), new Paging(), default));
            found.Items.ShouldAllBe(a => a.State == state);
            found.Items.Select(a => a.Number).ShouldBe((await OfAsync(world.Manager, id)).Where(a => a.State == state).Select(a => a.Number), ignoreOrder: true);
        }

        (await world.Manager.DoAsync<Work, Page<AgreementItem>>(w => AgreementList.PageAsync(w, new AgreementFilter(), new Paging(), default))).Items.Select(a => a.Number).Take(3).ShouldBe(["S4", "S3", "S2"]);
    }

    private static Task<Result<RenewalId>> ProposeAsync(TestPerson by, PartnerAgreementId agreement, RenewalProposal proposal) => by.DoAsync<ProposeRenewal, Result<RenewalId>>(p => p.RunAsync((agreement, proposal), default));

    private static Task<Result<RenewalState>> AnswerAsync(TestPerson by, RenewalId renewal, RenewalAnswer answer) => by.DoAsync<AnswerRenewal, Result<RenewalState>>(a => a.RunAsync((renewal, answer), default));

    private static Task<IReadOnlyList<RenewalItem>> RenewalsAsync(TestPerson by, PartnerAgreementId agreement) => by.DoAsync<Work, IReadOnlyList<RenewalItem>>(w => RenewalList.OfAsync(w, agreement, default));

    private static DateOnly? On(int? days) => days is { } d ? Today.AddDays(d) : null;

    private static AgreementInput Of(string number) => new(AgreementKind.Partnership, number, new DateOnly(2026, 1, 2), new DateOnly(2026, 1, 1));

    private static Task<Result<PartnerAgreementId>> SaveAsync(TestPerson by, PartnerId partner, AgreementInput input, PartnerAgreementId? id = null, long? version = null) =>
        by.DoAsync<SaveAgreement, Result<PartnerAgreementId>>(s => s.RunAsync((partner, id, input, version), default));

    private static Task<IReadOnlyList<AgreementItem>> OfAsync(TestPerson by, PartnerId partner) => by.DoAsync<Work, IReadOnlyList<AgreementItem>>(w => AgreementList.OfAsync(w, partner, default));
}
