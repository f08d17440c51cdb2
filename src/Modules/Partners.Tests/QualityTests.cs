using Microsoft.EntityFrameworkCore;
using Trellis.Partners.Hygiene;
using Trellis.Partners.Merging;
using Trellis.Partners.Published;
using Trellis.Partners.Records;

namespace Trellis.Partners.Tests;

public sealed class QualityTests
{
    [SkippableTheory, Databases]
    public async Task The_page_shows_the_last_count_and_pairs_with_present_names_without_those_that_were_merged(Database database)
    {
        var world = await PartnerWorld.FoundAsync(database);
        var first = await world.PartnerAsync("Northlight Integration GmbH", p => p with { City = "Bremen" });
        var second = await world.PartnerAsync("Northlight Integration", p => p with { City = "Bremen", EvenIfSimilar = true });
        var now = await LoadAsync(world);
        now.ShouldSatisfyAllConditions(q => q.CountedAt.ShouldBeNull(), q => q.Partners.ShouldBe(2), q => q.Twins.Items.ShouldBeEmpty(), q => Count(q, Gap.Website).ShouldBe(2), q => Count(q, Gap.City).ShouldBe(0));

        await CountAsync(world);
        var counted = await LoadAsync(world);
        counted.CountedAt.ShouldNotBeNull();
        counted.ShouldSatisfyAllConditions(q => q.Partners.ShouldBe(2), q => q.Completeness.ShouldBe(now.Completeness), q => q.Gaps.ShouldBe(now.Gaps));
        var pair = counted.Twins.Items.ShouldHaveSingleItem();
        new[] { pair.One, pair.Other }.ShouldBe([first, second], ignoreOrder: true);

        await world.PartnerAsync("Quite another company");
        (await world.Operations.DoAsync<MergePartners, Result<MergeId>>(m => m.RunAsync((first, new PartnerMergeInput(second, [], "The same company.")), default))).Problem.ShouldBeNull();
        (await LoadAsync(world)).ShouldSatisfyAllConditions(q => q.Partners.ShouldBe(2), q => q.Twins.Items.ShouldBeEmpty());

        await CountAsync(world);
        (await LoadAsync(world)).ShouldSatisfyAllConditions(q => q.Partners.ShouldBe(2), q => Count(q, Gap.City).ShouldBe(1));

        // Another tenant counts for itself.
        (await LoadAsync(await PartnerWorld.FoundAsync(database))).ShouldSatisfyAllConditions(q => q.Partners.ShouldBe(0), q => q.CountedAt.ShouldBeNull());
    }

    [SkippableTheory, Databases]
    public async Task Asked_for_several_times_it_is_counted_once_and_a_partner_may_not_ask(Database database)
    {
        var world = await PartnerWorld.FoundAsync(database);
        for (var i = 0; i < 2; i++) (await world.Manager.DoAsync<StartCountQuality, Result<Done>>(s => s.RunAsync(default, default))).Problem.ShouldBeNull();
        (await world.Tenant.AsSystemAsync<Work, int>(w => w.Db.Set<JobRow>().CountAsync(j => j.Kind == CountQuality.Kind))).ShouldBe(1);
        var outsider = await world.Tenant.PartnerPersonAsync(await world.PartnerAsync("Outsider"), "Outsider");
        (await outsider.DoAsync<StartCountQuality, Result<Done>>(s => s.RunAsync(default, default))).Problem!.Kind.ShouldBe(ProblemKind.Denied);
    }

    [SkippableTheory, Databases]
    public async Task A_partner_that_contributed_lately_is_not_stale_and_one_that_did_nothing_is(Database database)
    {
        var world = await PartnerWorld.FoundAsync(database);
        var (gives, sleeps) = (await world.PartnerAsync("Gives"), await world.PartnerAsync("Sleeps"));
        var old = DateTime.UtcNow.AddDays(-Lacks.StaleDays - 10);
        await world.Tenant.AsSystemAsync<Work, int>(w => w.Db.Set<Partner>().ExecuteUpdateAsync(s => s.SetProperty(p => p.StateSince, old).SetProperty(p => p.TierSince, old)));
        (await StaleAsync(world)).ShouldBe(["Gives", "Sleeps"]);
        (await world.Manager.DoAsync<AddContribution, Result<ContributionId>>(a => a.RunAsync((gives, new NewContribution(ContributionKind.Advice, "A day on site", DateOnly.FromDateTime(DateTime.UtcNow))), default))).Problem.ShouldBeNull();
        (await StaleAsync(world)).ShouldBe(["Sleeps"]);
        (await world.Operations.DoAsync<Work, ILookup<PartnerId, Gap>>(w => Lacks.OfAsync(w, [gives, sleeps], default))).Where(g => g.Contains(Gap.Stale)).Select(g => g.Key).ShouldBe([sleeps]);
        await CountAsync(world);
        Count(await LoadAsync(world), Gap.Stale).ShouldBe(1);
    }

    private static async Task<string[]> StaleAsync(PartnerWorld world) =>
        [.. (await world.Operations.DoAsync<Work, Page<PartnerListItem>>(w => PartnerList.PageAsync(w, new PartnerFilter { Gap = Gap.Stale }, new Paging(), default))).Items.Select(i => i.Name)];

    private static int Count(Quality quality, Gap gap) => quality.Gaps.Single(g => g.Words.Gap == gap).Count;

    private static Task<Quality> LoadAsync(PartnerWorld world) => world.Operations.DoAsync<Work, Quality>(w => Quality.LoadAsync(w, null, default));

    private static Task<int> CountAsync(PartnerWorld world) => world.Tenant.AsSystemAsync<Work, int>(async w =>
    {
        await new CountQuality(w).RunAsync(default);
        await new FindTwins(w).RunAsync(default);
        return 0;
    });
}
