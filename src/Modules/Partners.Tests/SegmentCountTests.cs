using Microsoft.EntityFrameworkCore;
using Trellis.Partners.Published;
using Trellis.Partners.Segmenting;

namespace Trellis.Partners.Tests;

/// <summary>How many partners a segment has: counted at once while they are few, by the hour when they are many.</summary>
public sealed class SegmentCountTests
{
    [SkippableTheory, Databases]
    public async Task Few_partners_are_counted_at_once_and_many_as_the_job_last_counted_them(Database database)
    {
        await using var app = await TestApp.StartAsync(database);
        var world = await PartnerWorld.FoundAsync(app);
        var germany = await SaveAsync(world, null, "Germany", new() { Countries = ["DE"] });
        var suspended = await SaveAsync(world, null, "Suspended", new() { States = [PartnerState.Suspended] });
        var first = await world.PartnerAsync("Werra Works");
        await world.PartnerAsync("Fulda Works");
        await world.PartnerAsync("Loire Works", p => p with { Country = "FR" });
        (await ShownAsync(world, germany)).ShouldBe((2, false));
        (await ShownAsync(world, suspended)).ShouldBe((0, false));

        // Up to two thousand nobody waits for the job, though it has counted.
        await FillAsync(world, 1_997);
        await app.RunAsync<CountSegments>();
        (await world.MoveAsync(first, PartnerTrigger.Suspend, "Test")).Problem.ShouldBeNull();
        (await ShownAsync(world, germany)).ShouldBe((502, false));
        (await ShownAsync(world, suspended)).ShouldBe((1, false));

        // One more, and what the job counted is shown until it counts again.
        await world.PartnerAsync("Weser Works");
        (await ShownAsync(world, germany)).ShouldBe((502, true));
        (await ShownAsync(world, suspended)).ShouldBe((0, true));
        await app.RunAsync<CountSegments>();
        foreach (var (segment, conditions, count) in new[] { (germany, new Conditions { Countries = ["DE"] }, 503), (suspended, new Conditions { States = [PartnerState.Suspended] }, 1) })
        {
            (await ShownAsync(world, segment)).ShouldBe((count, true));
            (await world.Operations.DoAsync<Work, int>(w => SegmentList.CountAsync(w, conditions, default))).ShouldBe(count);
        }

        // A count of other conditions is none: a changed segment is counted at once until the job has come.
        await SaveAsync(world, germany, "Germany", new() { Countries = ["FR"] });
        (await ShownAsync(world, germany)).ShouldBe((1_498, false));
        await app.RunAsync<CountSegments>();
        (await ShownAsync(world, germany)).ShouldBe((1_498, true));

        (await world.Operations.DoAsync<DropSegment, Result<SegmentId>>(d => d.RunAsync(suspended, default))).Problem.ShouldBeNull();
        await app.RunAsync<CountSegments>();
        (await world.Operations.DoAsync<Work, List<SegmentId>>(w => w.Db.Set<SegmentCount>().Select(c => c.SegmentId).ToListAsync())).ShouldBe([germany]);
    }

    private static async Task<SegmentId> SaveAsync(PartnerWorld world, SegmentId? id, string name, Conditions conditions)
    {
        var saved = await world.Operations.DoAsync<SaveSegment, Result<SegmentId>>(s => s.RunAsync((id, new SegmentInput(name, null, null, conditions)), default));
        saved.Problem.ShouldBeNull();
        return saved.Value;
    }

    private static async Task<(int Partners, bool Kept)> ShownAsync(PartnerWorld world, SegmentId segment)
    {
        var item = (await world.Operations.DoAsync<Work, IReadOnlyList<SegmentItem>>(w => SegmentList.AllAsync(w, default))).Single(s => s.Id == segment);
        return (item.Partners, item.CountedAt is not null);
    }

    // Every fourth in Germany, the others in France; nobody types two thousand in by the form.
    private static Task<bool> FillAsync(PartnerWorld world, int count) => world.Tenant.AsSystemAsync<Work, bool>(async work =>
    {
        var rows = Enumerable.Range(0, count).Select(i =>
        {
            var partner = Partner.Create(work.Tenant, work.NewId<PartnerId>(), PartnerState.Active, Tier.Registered, "Test", work.Now);
            partner.Describe(new Profile($"Filled {i:0000}", null, null, null, null, i % 4 == 0 ? "DE" : "FR", null, null, null, null, null, PartnerType.Reseller, "", "", ""));
            partner.Version = 1;
            return partner;
        });
        await work.Db.Engine.InsertAsync(work.Db, rows.ToList(), default);
        return true;
    });
}
