using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
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
        await using var app = await TestApp.StartAsync(database);
        var tenant = Ids.New<TenantId>(DateTime.UtcNow);
        await app.LoadDemoAsync(tenant);
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
