using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Trellis.Identity;
using Trellis.Partners.Hygiene;
using Trellis.Partners.Profiling;
using Trellis.Partners.Published;
using Trellis.Partners.Records;
using Trellis.Partners.Segmenting;

namespace Trellis.Partners.Tests;

public sealed class SegmentTests
{
    private const int Asked = 150;

    [SkippableTheory, Databases]
    public async Task A_decision_tells_of_every_partner_what_the_lists_tell(Database database)
    {
        await using var app = await TestApp.StartWithDemoAsync(database);
        var tenant = DemoPeople.Tenant;
        await using var scope = app.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentActor>().Actor = Actor.System(tenant);
        var work = scope.ServiceProvider.GetRequiredService<Work>();
        var now = work.Now;
        var partners = await work.Db.Set<Partner>().AsNoTracking().OrderBy(p => p.Id).ToListAsync();
        var subjects = new Dictionary<PartnerId, SegmentSubject>();
        foreach (var partner in partners)
        {
            var asks = new Asks(work.Db);
            var subject = SegmentSubject.Ask(asks, partner.Id);
            await asks.RunAsync(default);
            subjects[partner.Id] = subject().ShouldNotBeNull();
        }

        var words = await work.Db.Set<Trait>().AsNoTracking().Select(t => new { t.Kind, t.Label }).Distinct().ToListAsync();
        var tags = await work.Db.Set<Tag>().AsNoTracking().Select(t => t.Label).Distinct().ToListAsync();
        var certified = await work.Db.Set<Certifications.Certification>().AsNoTracking().Select(c => c.Subject).Distinct().OrderBy(s => s).ToListAsync();
        var kept = await work.Db.Set<PerformanceRow>().AsNoTracking().ToListAsync();
        kept.Count(k => k is { Registrations: > 0, WonAmount: > 0, WinBasisPoints: not null }).ShouldBeGreaterThan(20);
        certified.ShouldNotBeEmpty();
        var chance = new Random(20261121);
        var (some, none) = (0, 0);
        for (var i = 0; i < Asked; i++)
        {
            List<T> Some<T>(IReadOnlyList<T> all, int oneIn) => all.Count == 0 || chance.Next(oneIn) > 0 ? [] : [.. Enumerable.Range(0, chance.Next(1, 4)).Select(_ => all[chance.Next(all.Count)])];
            List<string> Of(TraitKind kind) => Some([.. words.Where(w => w.Kind == kind).Select(w => w.Label)], 8);
            var conditions = new Conditions
            {
                Types = Some(Enum.GetValues<PartnerType>(), 4), Motions = Some(Enum.GetValues<Motion>(), 5), MotionStates = Some(Enum.GetValues<MotionState>(), 6), MotionTiers = Some(Enum.GetValues<Tier>(), 8),
                Tiers = Some(Enum.GetValues<Tier>(), 5), States = Some(Enum.GetValues<PartnerState>(), 5), Revenues = Some(Enum.GetValues<RevenueBand>(), 6),
                Regions = Some([.. partners.Select(p => p.Region)], 6), Countries = Some([.. partners.Select(p => p.Country)], 8), Managers = Some([.. partners.Select(p => p.ManagerId).OfType<PersonId>()], 8),
                Competencies = Of(TraitKind.Competency), Verticals = Of(TraitKind.Vertical), Languages = Of(TraitKind.Language), Technologies = Of(TraitKind.Technology), Territories = Of(TraitKind.Territory),
                Tags = Some(tags, 8), Unmanaged = chance.Next(12) == 0, HasCapacity = chance.Next(8) == 0,
                EmployeesFrom = chance.Next(6) == 0 ? chance.Next(200) : null, EmployeesTo = chance.Next(6) == 0 ? chance.Next(100, 2000) : null,
                FollowersFrom = chance.Next(10) == 0 ? chance.Next(4000) : null, FollowersTo = chance.Next(10) == 0 ? chance.Next(500, 20_000) : null,
                Achieved = new Achieved
                {
                    RegistrationsFrom = chance.Next(8) == 0 ? chance.Next(12) : null, RegistrationsTo = chance.Next(8) == 0 ? chance.Next(20) : null,
                    WonFrom = chance.Next(8) == 0 ? chance.Next(500_000_00) : null, WonTo = chance.Next(8) == 0 ? chance.Next(900_000_00) : null,
                    WinRateFrom = chance.Next(12) == 0 ? chance.Next(60) : null, WinRateTo = chance.Next(12) == 0 ? chance.Next(30, 100) : null,
                    ActiveDays = chance.Next(10) == 0 ? chance.Next(1, 200) : null, QuietDays = chance.Next(10) == 0 ? chance.Next(1, 200) : null,
                    CertificationsFrom = chance.Next(12) == 0 ? chance.Next(1, 3) : null, Certifications = Some(certified, 12),
                },
                MonthsFrom = chance.Next(6) == 0 ? chance.Next(36) : null, MonthsTo = chance.Next(6) == 0 ? chance.Next(12, 80) : null,
            };
            var listed = await conditions.Among(work.Db, work.Db.Set<Partner>().AsNoTracking(), now).Select(p => p.Id).ToListAsync();
            subjects.Where(s => conditions.Holds(s.Value, now) is true).Select(s => s.Key.Value).Order().ShouldBe(listed.Select(p => p.Value).Order(), $"{i}: {conditions}");
            if (listed.Count > 0) some++;
            else none++;
        }

        // Both answers are common enough to tell anything.
        some.ShouldBeGreaterThan(Asked / 6);
        none.ShouldBeGreaterThan(Asked / 20);
        await LacksAsync(work);
    }

    [SkippableTheory, Databases]
    public async Task Segments_ask_for_activity_and_certifications_and_refuse_what_cannot_be(Database database)
    {
        await using var app = await TestApp.StartAsync(database);
        var world = await PartnerWorld.FoundAsync(app);
        var (busy, idle) = (await world.PartnerAsync("Busy"), await world.PartnerAsync("Idle"));
        app.Clock.Advance(TimeSpan.FromDays(60));
        (await world.Manager.DoAsync<AddNote, Result<NoteId>>(a => a.RunAsync((busy, new NewNote("Still there.")), default))).Problem.ShouldBeNull();
        var today = DateOnly.FromDateTime(app.Clock.GetUtcNow().UtcDateTime);
        await CertifyAsync("Ann Weber", "Data platform", today);
        await CertifyAsync("Ben Weber", "Security", today.AddDays(2));
        await app.RunAsync<KeepPerformance>();

        (await AmongAsync(new() { ActiveDays = 30 })).ShouldBe(["Busy"]);
        (await AmongAsync(new() { QuietDays = 30 })).ShouldBe(["Idle"]);
        (await AmongAsync(new() { QuietDays = 90 })).ShouldBeEmpty();
        (await AmongAsync(new() { RegistrationsTo = 0, WonTo = 0 })).ShouldBe(["Busy", "Idle"]);
        (await AmongAsync(new() { RegistrationsFrom = 1 })).ShouldBeEmpty();
        (await AmongAsync(new() { WinRateTo = 100 })).ShouldBeEmpty("nobody has a rate");
        (await AmongAsync(new() { CertificationsFrom = 1 })).ShouldBe(["Busy"]);
        (await AmongAsync(new() { CertificationsFrom = 2 })).ShouldBeEmpty("the second begins the day after tomorrow");
        (await AmongAsync(new() { Certifications = ["Data platform"] })).ShouldBe(["Busy"]);
        (await AmongAsync(new() { Certifications = ["Security"] })).ShouldBeEmpty();

        foreach (var (wrong, field) in new (Achieved, string)[] { (new() { RegistrationsFrom = 5, RegistrationsTo = 2 }, "registrations"), (new() { WonFrom = -1 }, "won"), (new() { WinRateFrom = 101 }, "winRate"), (new() { QuietDays = 0 }, "days"), (new() { CertificationsFrom = -1 }, "certifications") })
            (await world.Operations.DoAsync<SaveSegment, Result<SegmentId>>(s => s.RunAsync((null, new SegmentInput("Wrong", null, null, new() { Achieved = wrong })), default))).Problem!.Errors.Keys.ShouldBe([field]);

        // Over the page: what was typed is kept, and shown again.
        using var pages = await world.Operations.PagesAsync();
        var saved = await pages.SubmitAsync(await pages.GetAsync("/app/partners/segments/new"), "segment", ("Input.Name", "Quiet ones"), ("Input.QuietDays", "30"), ("Input.WonTo", "1500.50"), ("act", "save"));
        saved.Text.ShouldContain("1 partner fits now");
        saved.Document.QuerySelector("[name='Input.WonTo']")!.GetAttribute("value").ShouldBe("1500.5");

        async Task<List<string>> AmongAsync(Achieved asked) => await world.Operations.DoAsync<Work, List<string>>(w => SegmentList.SomeAsync(w, new Conditions { Achieved = asked }, 10, default));
        async Task CertifyAsync(string person, string subject, DateOnly from) =>
            (await world.Operations.DoAsync<Certifications.EnterCertification, Result<Certifications.CertificationId>>(e => e.RunAsync((busy, new(person, subject, CertificationLevel.Expert, "Institute", from)), default))).Problem.ShouldBeNull();
    }

    // What a record lacks is asked of the database; a segment that is gone is not answered.
    private static async Task LacksAsync(Work work)
    {
        var lacking = new Conditions { Gaps = [Gap.Manager] };
        var segment = new Segment { TenantId = work.Tenant, Id = work.NewId<SegmentId>(), Name = "Nobody's", Conditions = System.Text.Json.JsonSerializer.Serialize(lacking, Json.Options), By = "Test" };
        (await work.TransactAsync<Done>("test", () =>
        {
            work.Db.Add(segment);
            return Task.FromResult<Result<Done>>(default(Done));
        }, default)).Problem.ShouldBeNull();

        var managers = (await lacking.Among(work.Db, work.Db.Set<Partner>().AsNoTracking(), work.Now).Select(p => p.Id).ToListAsync()).ToHashSet();
        managers.ShouldNotBeEmpty();
        var partners = await work.Db.Set<Partner>().AsNoTracking().Where(p => p.MergedInto == null).OrderBy(p => p.Id).Select(p => p.Id).Take(40).ToListAsync();
        foreach (var partner in partners)
        {
            var asks = new Asks(work.Db);
            var held = Segments.Ask(asks, work, partner);
            await asks.RunAsync(default);
            (await held.HoldingAsync([segment.Id, work.NewId<SegmentId>()], default)).ShouldBe(new Dictionary<SegmentId, bool> { [segment.Id] = managers.Contains(partner) });
        }
    }
}
