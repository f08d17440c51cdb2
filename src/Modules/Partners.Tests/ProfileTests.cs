using Trellis.Identity.Published;
using Trellis.Partners.Graph;
using Trellis.Partners.Hygiene;
using Trellis.Partners.Profiling;
using Trellis.Partners.Published;
using Trellis.Partners.Segmenting;

namespace Trellis.Partners.Tests;

public sealed class ProfileTests
{
    [SkippableTheory, Databases]
    public async Task Expertise_is_told_by_the_partner_found_by_the_vendor_and_spelled_alike(Database database)
    {
        var world = await PartnerWorld.FoundAsync(database);
        var id = await world.PartnerAsync("Teller", p => p with { Competencies = "Cloud Security" });
        await world.PartnerAsync("Speller", p => p with { Competencies = "cloud security, Networks" });
        var admin = await world.Tenant.PartnerPersonAsync(id, "Teller", Roles.PartnerAdmin);
        var rep = await world.Tenant.PartnerPersonAsync(id, "Teller");

        (await TellAsync(rep, id, new ExpertiseChanges { LeadCapacity = 3 })).Problem!.Kind.ShouldBe(ProblemKind.Denied);
        (await TellAsync(admin, id, new ExpertiseChanges { Territories = "de, Benelux", Technologies = "Kafka", LeadCapacity = 3, SocialLinks = "teller.example/blog", Followers = 900 })).Problem.ShouldBeNull();
        (await TellAsync(admin, id, new ExpertiseChanges { SocialLinks = "nonsense", Founded = 3000, LeadCapacity = -7 })).Problem!.Errors.Keys.ShouldBe(["founded", "leadCapacity", "socialLinks"], ignoreOrder: true);

        (await NamesAsync(world, new PartnerFilter { Territory = "Germany" })).ShouldBe(["Teller"]);
        (await NamesAsync(world, new PartnerFilter { Technology = "KAFKA", HasCapacity = true })).ShouldBe(["Teller"]);
        (await NamesAsync(world, new PartnerFilter { Competency = "CLOUD security" })).ShouldBe(["Speller", "Teller"]);
        (await world.Operations.DoAsync<Work, Page<PartnerListItem>>(w => PartnerList.PageAsync(w, new PartnerFilter { Search = "Speller" }, new Paging(), default))).Items.Count.ShouldBe(1);
        var gaps = (await world.Operations.DoAsync<Work, ILookup<PartnerId, Gap>>(w => Lacks.OfAsync(w, [id], default)))[id].ToList();
        gaps.ShouldNotContain(Gap.Territories);
        gaps.ShouldContain(Gap.Website);
        (await NamesAsync(world, new PartnerFilter { Gap = Gap.Territories })).ShouldBe(["Speller"]);
    }

    [Fact]
    public void The_weights_of_what_may_be_missing_come_to_a_hundred()
    {
        Lacks.All.Sum(g => g.Weight).ShouldBe(100);
        Lacks.All.Select(g => g.Gap).ShouldBe(Enum.GetValues<Gap>(), ignoreOrder: true);
        Lacks.Completeness([]).ShouldBe(100);
        Lacks.Completeness(Enum.GetValues<Gap>()).ShouldBe(0);
    }

    [SkippableTheory, Databases]
    public async Task A_segment_finds_one_motion_that_fits_all_its_lines_and_other_modules_join_it(Database database)
    {
        var world = await PartnerWorld.FoundAsync(database);
        var fits = await world.PartnerAsync("Fits", p => p with { Employees = 20, Motions = [Motion.Resell, Motion.CoSell] });
        var mixed = await world.PartnerAsync("Mixed", p => p with { Employees = 20, Motions = [Motion.Resell, Motion.CoSell] });
        await SetAsync(fits, Motion.Resell, new MotionSetting(null, null, Tier.Gold, null));
        await SetAsync(mixed, Motion.CoSell, new MotionSetting(null, null, Tier.Gold, null));
        var input = new SegmentInput("Gold resale", null, "A named person.", new Conditions { Motions = [Motion.Resell], MotionTiers = [Tier.Gold], EmployeesTo = 50 });

        (await world.Tenant.StaffAsync(Roles.Finance)).Actor.May(PartnersPermissions.Segment).ShouldBeFalse();
        var id = (await SaveAsync(input)).Value;
        (await SaveAsync(input)).Problem!.Errors.Keys.ShouldContain("name");
        (await SaveAsync(input with { Name = "Everybody", Conditions = new() })).Problem!.Errors.Keys.ShouldContain("conditions");
        (await NamesAsync(world, new PartnerFilter { Segment = id })).ShouldBe(["Fits"]);
        (await world.Operations.DoAsync<Work, IReadOnlyList<SegmentRow>>(w => Published.Segments.OfAsync(w, fits, default))).Select(s => s.Name).ShouldBe(["Gold resale"]);
        (await world.Operations.DoAsync<Work, IReadOnlyList<SegmentRow>>(w => Published.Segments.OfAsync(w, mixed, default))).ShouldBeEmpty();
        (await world.Operations.DoAsync<Work, List<string>>(async w => [.. (await Published.Segments.MembersAsync(w, id, default)).Select(p => p.Name)])).ShouldBe(["Fits"]);
        await world.Operations.DoAsync<DropSegment, Result<SegmentId>>(d => d.RunAsync(id, default));
        (await NamesAsync(world, new PartnerFilter { Segment = id })).ShouldBeEmpty();

        Task<Result<Motion>> SetAsync(PartnerId partner, Motion motion, MotionSetting setting) => world.Operations.DoAsync<SetMotion, Result<Motion>>(s => s.RunAsync((partner, motion, setting), default));
        Task<Result<SegmentId>> SaveAsync(SegmentInput told) => world.Operations.DoAsync<SaveSegment, Result<SegmentId>>(s => s.RunAsync((null, told), default));
    }

    [SkippableTheory, Databases]
    public async Task A_motion_may_have_a_manager_of_its_own(Database database)
    {
        var world = await PartnerWorld.FoundAsync(database);
        var id = await world.PartnerAsync("Motioned", p => p with { Motions = [Motion.Resell] });
        var outsider = await world.Tenant.PartnerPersonAsync(id, "Motioned");
        (await SetAsync(outsider.Actor.Person)).Problem!.Errors.Keys.ShouldContain("manager");
        (await SetAsync(world.Manager.Actor.Person)).Problem.ShouldBeNull();
        (await world.ReadAsync(id)).Motions[0].Manager!.Id.ShouldBe(world.Manager.Actor.Person);
        (await NamesAsync(world, new PartnerFilter { Manager = world.Manager.Actor.Person })).ShouldBe(["Motioned"]);
        (await SetAsync(default)).Problem.ShouldBeNull();
        (await world.ReadAsync(id)).Motions[0].Manager.ShouldBeNull();

        Task<Result<Motion>> SetAsync(PersonId manager) => world.Operations.DoAsync<SetMotion, Result<Motion>>(s => s.RunAsync((id, Motion.Resell, new MotionSetting(null, null, null, null) { Manager = manager }), default));
    }

    [SkippableTheory, Databases]
    public async Task A_group_stays_a_tree_is_added_up_and_is_seen_from_above_only_where_it_was_opened(Database database)
    {
        var world = await PartnerWorld.FoundAsync(database);
        var (top, middle, leaf, stranger) = (await world.PartnerAsync("Top"), await world.PartnerAsync("Middle"), await world.PartnerAsync("Leaf"), await world.PartnerAsync("Stranger"));
        (await TieAsync(middle, leaf)).Problem.ShouldBeNull();
        (await TieAsync(top, middle)).Problem.ShouldBeNull();
        (await TieAsync(leaf, top)).Problem!.Errors.Keys.ShouldContain("other");
        (await TieAsync(stranger, leaf)).Problem!.Errors.Keys.ShouldContain("other");

        var (admin, child) = (await world.Tenant.PartnerPersonAsync(top, "Top", Roles.PartnerAdmin), await world.Tenant.PartnerPersonAsync(leaf, "Leaf", Roles.PartnerAdmin));
        (await FamilyAsync(world.Operations, top)).Value.Below.Select(b => (b.Name, b.Depth)).ShouldBe([("Middle", 1), ("Leaf", 2)]);
        (await FamilyAsync(admin, top)).Value.Below.ShouldBeEmpty();
        await world.Operations.DoAsync<ShowFamily, Result<PartnerId>>(s => s.RunAsync((top, true), default));
        (await FamilyAsync(admin, top)).Value.Below.Count.ShouldBe(2);
        (await FamilyAsync(await world.Tenant.PartnerPersonAsync(top, "Top"), top)).Value.Below.ShouldBeEmpty();
        (await FamilyAsync(child, top)).Problem!.Kind.ShouldBe(ProblemKind.Missing);
        (await FamilyAsync(child, leaf)).Value.Above.ShouldBeEmpty();

        await world.Operations.DoAsync<Unrelate, Result<Done>>(u => u.RunAsync((middle, new RelationEnd(top, RelationKind.ParentOf)), default));
        (await FamilyAsync(world.Operations, top)).Value.Below.ShouldBeEmpty();
        (await FamilyAsync(world.Operations, middle)).Value.Below.Select(b => b.Name).ShouldBe(["Leaf"]);

        Task<Result<Done>> TieAsync(PartnerId parent, PartnerId of) => world.Operations.DoAsync<Relate, Result<Done>>(r => r.RunAsync((parent, new NewRelation(of, RelationKind.ParentOf)), default));
        Task<Result<FamilyView>> FamilyAsync(TestPerson who, PartnerId of) => who.DoAsync<IServiceProvider, Result<FamilyView>>(s =>
            Family.OfAsync((Work)s.GetService(typeof(Work))!, (IEnumerable<IPartnerFigures>)s.GetService(typeof(IEnumerable<IPartnerFigures>))!, of, default));
    }

    [Fact]
    public void The_same_graph_gives_the_same_picture_inside_its_frame_and_ties_are_short()
    {
        List<(int, int)> ties = [.. Enumerable.Range(1, 19).Select(i => (0, i)), .. Enumerable.Range(21, 9).Select(i => (20, i))];
        var at = Layout.Place(30, ties, 1000, 600);
        at.ShouldBe(Layout.Place(30, ties, 1000, 600));
        at.ShouldAllBe(p => p.X >= -0.001 && p.X <= 1000.001 && p.Y >= -0.001 && p.Y <= 600.001);
        double Far(int a, int b) => Math.Sqrt(Math.Pow(at[a].X - at[b].X, 2) + Math.Pow(at[a].Y - at[b].Y, 2));
        ties.Average(t => Far(t.Item1, t.Item2)).ShouldBeLessThan(Enumerable.Range(1, 19).Average(i => Far(i, 20)));
        Layout.Place(0, [], 10, 10).ShouldBeEmpty();
        Layout.Place(1, [], 10, 10).ShouldBe([(5, 5)]);
    }

    private static Task<Result<PartnerId>> TellAsync(TestPerson who, PartnerId id, ExpertiseChanges changes) => who.DoAsync<SetExpertise, Result<PartnerId>>(s => s.RunAsync((id, changes), default));

    private static async Task<List<string>> NamesAsync(PartnerWorld world, PartnerFilter filter) =>
        [.. (await world.Operations.DoAsync<Work, Page<PartnerListItem>>(w => PartnerList.PageAsync(w, filter, new Paging(), default))).Items.Select(i => i.Name)];
}
