using System.IO.Compression;
using System.Text;
using Trellis.Deals.Published;
using Trellis.Deals.Workspace;

namespace Trellis.Deals.Tests;

/// <summary>The decisions of the workspace that need no database.</summary>
public sealed class WorkspacePureTests
{
    [Theory]
    [InlineData(PartnerRule.Neutral, 0, 600_00, true)]
    [InlineData(PartnerRule.Reduced, 2_000, 480_00, false)]
    [InlineData(PartnerRule.Uplift, 1_000, 660_00, true)]
    internal void A_seller_is_paid_by_the_plan_and_a_loss_is_flagged(PartnerRule rule, int adjust, long with, bool neutral)
    {
        var pay = CommissionCheck.Of(new Money(10_000_00, "USD"), 600, rule, adjust);
        (pay.Without, pay.With, pay.IsNeutral).ShouldBe((600_00, with, neutral));
        pay.Steps.Count.ShouldBe(2);
    }

    [Fact]
    public void A_reduced_plan_never_pays_more_and_an_uplift_never_less()
    {
        var chance = new Random(7);
        for (var i = 0; i < 2_000; i++)
        {
            var (amount, commission, adjust) = (new Money(chance.NextInt64(1, 1_000_000_000), "EUR"), chance.Next(1, 5_001), chance.Next(1, 10_001));
            var (reduced, uplift) = (CommissionCheck.Of(amount, commission, PartnerRule.Reduced, adjust), CommissionCheck.Of(amount, commission, PartnerRule.Uplift, adjust));
            reduced.With.ShouldBeInRange(0, reduced.Without);
            uplift.With.ShouldBeInRange(uplift.Without, 2 * uplift.Without);
        }
    }

    [Fact]
    public void A_pursuit_stands_in_the_first_stage_with_an_open_milestone()
    {
        Pursuit.StageOf([]).ShouldBeNull();
        Pursuit.StageOf([(PursuitStage.Qualify, true), (PursuitStage.Prove, false), (PursuitStage.Close, false)]).ShouldBe(PursuitStage.Prove);
        Pursuit.StageOf([(PursuitStage.Qualify, false), (PursuitStage.Prove, true)]).ShouldBe(PursuitStage.Qualify);
        Pursuit.StageOf([(PursuitStage.Qualify, true), (PursuitStage.Close, true)]).ShouldBe(PursuitStage.Close);
    }

    [Fact]
    public void A_template_ends_at_the_expected_close()
    {
        var today = new DateOnly(2026, 3, 2);
        foreach (var template in PlanTemplate.All)
            foreach (var days in new[] { 1, 10, 70, 400 })
            {
                var dated = PlanTemplate.Dated(template, today, today.AddDays(days));
                dated.Last(d => d.Step.Stage == PursuitStage.Close).Due.ShouldBe(today.AddDays(days));
                dated.Select(d => d.Due).ShouldBeInOrder();
                template.Steps.Select(s => s.Stage).ShouldBeInOrder();
            }
    }

    [Fact]
    public void Gaps_in_the_contact_are_named()
    {
        Threads.Gaps([]).ShouldHaveSingleItem();
        Threads.Gaps([(BuyerRole.EconomicBuyer, Influence.High, Stance.For, DealSide.Vendor), (BuyerRole.Champion, Influence.High, Stance.For, DealSide.Partner)]).ShouldBeEmpty();
        var gaps = Threads.Gaps([(BuyerRole.Champion, Influence.High, Stance.Neutral, DealSide.Partner), (BuyerRole.Legal, Influence.Medium, Stance.Against, null)]);
        gaps.Count.ShouldBe(4);
        gaps[0].ShouldContain("money");
    }

    [Fact]
    public void A_member_sees_its_level_and_an_invited_one_what_it_is_about()
    {
        var guest = PartnerId.From(Guid.CreateVersion7());
        Actor Of(PartnerId? partner, params string[] permissions) => new() { Kind = ActorKind.Person, Tenant = default, Name = "x", Partner = partner, Permissions = permissions.ToHashSet() };
        DealMember In(MemberState state, bool joint = false) => new() { PartnerId = guest, State = state, Joint = joint, Visibility = DealVisibility.Full };
        static DealVisibility See(Actor actor, bool holds, DealMember? mine, DealVisibility? direct) => Sights.Of(SightTable.Delivered, actor, holds, mine, direct is { } level ? SightTable.Delivered.At(level) : null).Level;
        See(Of(guest), true, null, DealVisibility.None).ShouldBe(DealVisibility.Full);
        See(Of(guest), false, In(MemberState.Accepted), null).ShouldBe(DealVisibility.Full);
        See(Of(guest), false, In(MemberState.Invited), null).ShouldBe(DealVisibility.None);
        See(Of(guest), false, In(MemberState.Invited, joint: true), null).ShouldBe(DealVisibility.Summary, "it reads what it shall register");
        foreach (var state in new[] { MemberState.Left, MemberState.Declined, MemberState.Proposed }) See(Of(guest), false, In(state), null).ShouldBe(DealVisibility.None);
        See(Of(null), false, null, DealVisibility.Counts).ShouldBe(DealVisibility.Counts);
        See(Of(null), false, null, null).ShouldBe(DealVisibility.Full);
        See(Of(null, "deals.see_all"), false, null, DealVisibility.None).ShouldBe(DealVisibility.Full);
    }

    [Fact]
    public void An_office_file_is_opened_before_it_is_believed()
    {
        Stream Zip(params string[] entries)
        {
            var stream = new MemoryStream();
            using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
                foreach (var entry in entries) zip.CreateEntry(entry);
            stream.Position = 0;
            return stream;
        }

        static Stream Bomb(int bytes)
        {
            var stream = new MemoryStream();
            using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
            {
                zip.CreateEntry("[Content_Types].xml");
                using var part = zip.CreateEntry("word/document.xml").Open();
                for (var left = bytes; left > 0; left -= 1_000_000) part.Write(new byte[1_000_000]);
            }

            stream.Position = 0;
            return stream;
        }

        FileKinds.IsOffice("a.docx", Zip("[Content_Types].xml", "word/document.xml")).ShouldBeTrue();
        FileKinds.IsOffice("a.xlsx", Zip("[Content_Types].xml", "word/document.xml")).ShouldBeFalse();
        FileKinds.IsOffice("a.docx", Zip("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin")).ShouldBeFalse();
        FileKinds.IsOffice("a.docx", new MemoryStream(Encoding.UTF8.GetBytes("PK\u0003\u0004"))).ShouldBeFalse();
        FileKinds.IsOffice("a.docx", Bomb(200_000_000)).ShouldBeFalse("it unpacks to a thousand times its size");
        FileKinds.IsOffice("a.docx", Bomb(2_000_000)).ShouldBeTrue();
        FileKinds.Of("a.csv", Encoding.UTF8.GetBytes("name;città\n")).ShouldBe("text/csv");
        FileKinds.Of("a.svg", "<svg/>"u8).ShouldBeNull();
        FileKinds.Of("a.txt", "<SVG onload=alert(1)>"u8).ShouldBeNull();
    }

    // Wilson 1927 and Newcombe 1998, table II, example (a): 56/70 against 48/80 gives 0.0524 to 0.3339.
    [Fact]
    public void Rates_are_compared_with_the_interval_of_the_textbook()
    {
        var c = PartnerEffect.Rates(56, 70, 48, 80);
        c.Effect!.Value.ShouldBe(0.2, 1e-9);
        c.Low!.Value.ShouldBe(0.0524, 5e-5);
        c.High!.Value.ShouldBe(0.3339, 5e-5);
        c.Verdict.ShouldBe(1);
        PartnerEffect.Rates(5, 10, 2, 10).Verdict.ShouldBe(0);
        PartnerEffect.Rates(29, 29, 0, 1000).Verdict.ShouldBe(0, "too few cases to claim anything");
        PartnerEffect.Rates(0, 0, 3, 10).Effect.ShouldBeNull();
    }

    [Fact]
    public void A_different_mix_of_products_is_no_effect()
    {
        var cases = new List<ClosedCase>();
        void Add(string product, bool with, int won, int lost)
        {
            for (var i = 0; i < won + lost; i++) cases.Add(new ClosedCase(with, i < won, 1, 1, product));
        }

        // The same rate within each product; partners sell more of the easy one.
        Add("easy", true, 160, 40);
        Add("easy", false, 80, 20);
        Add("hard", true, 20, 80);
        Add("hard", false, 100, 400);
        PartnerEffect.Rates(180, 300, 180, 600).Verdict.ShouldBe(1);
        var matched = PartnerEffect.WithinStrata(cases);
        matched.Effect!.Value.ShouldBe(0, 1e-9);
        matched.Verdict.ShouldBe(0);
    }

    [Fact]
    public void Sizes_are_compared_as_a_ratio()
    {
        var chance = new Random(3);
        double[] Some(double scale) => [.. Enumerable.Range(0, 400).Select(_ => scale * Math.Exp(chance.NextDouble()))];
        var c = PartnerEffect.Sizes(Some(2), Some(1));
        c.Effect!.Value.ShouldBe(2, 0.2);
        (c.Low < c.Effect && c.Effect < c.High && c.Low > 1).ShouldBeTrue();
        c.Verdict.ShouldBe(1);
    }
}
