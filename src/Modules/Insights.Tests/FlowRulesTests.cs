using Trellis.Deals.Published;
using Trellis.Insights.Drops;
using Trellis.Insights.Flow;
using Trellis.Insights.Forecasts;
using Trellis.Partners.Published;

namespace Trellis.Insights.Tests;

public sealed class FlowRulesTests
{
    private static readonly DateTime March = new(2026, 3, 2, 9, 0, 0, DateTimeKind.Utc);
    private static readonly PartnerId Holder = Ids.New<PartnerId>(March);
    private static readonly DealRow Registered = new() { TenantId = Ids.New<TenantId>(March), Id = Ids.New<DealId>(March), PartnerId = Holder, State = DealState.Submitted, SubmittedAt = March, CreatedAt = March, Amount = 100_00, MainAmount = 100_00 };

    [Fact]
    public void A_draft_has_no_way_and_a_waiting_registration_has_only_begun()
    {
        FlowRules.Of(With(DealState.Draft), null, null, Tier.Gold).ShouldBeNull();
        Steps(With(DealState.InReview)).ShouldBe([FlowStep.Registered]);
        Steps(With(DealState.InReview, decided: 1)).ShouldBe([FlowStep.Registered], "reinstated: the earlier decision no longer stands");
    }

    [Fact]
    public void Each_end_leaves_the_steps_that_were_taken()
    {
        Steps(With(DealState.Rejected, decided: 2, closed: 2)).ShouldBe([FlowStep.Registered, FlowStep.Decided, FlowStep.Rejected]);
        Steps(With(DealState.Approved, decided: 2)).ShouldBe([FlowStep.Registered, FlowStep.Decided, FlowStep.Approved]);
        Steps(With(DealState.Won, decided: 2, closed: 40)).ShouldBe([FlowStep.Registered, FlowStep.Decided, FlowStep.Approved, FlowStep.Converted, FlowStep.Won]);
        Steps(With(DealState.Won, decided: 2, linked: 10, closed: 40)).ShouldBe([FlowStep.Registered, FlowStep.Decided, FlowStep.Approved, FlowStep.Converted, FlowStep.Closed, FlowStep.Won]);
        Steps(With(DealState.Expired, decided: 2, closed: 92)).ShouldBe([FlowStep.Registered, FlowStep.Decided, FlowStep.Approved, FlowStep.Dropped, FlowStep.Expired]);
        Steps(With(DealState.Withdrawn, closed: 3)).ShouldBe([FlowStep.Registered, FlowStep.Withdrawn], "nobody had decided");
        Steps(With(DealState.Withdrawn, decided: 2, closed: 9, protectedUntil: true)).ShouldBe([FlowStep.Registered, FlowStep.Decided, FlowStep.Approved, FlowStep.Dropped, FlowStep.Withdrawn]);
        Steps(With(DealState.Revoked, decided: 2, linked: 5, closed: 9)).ShouldBe([FlowStep.Registered, FlowStep.Decided, FlowStep.Approved, FlowStep.Converted, FlowStep.Revoked]);
    }

    [Fact]
    public void A_link_made_only_as_the_deal_closed_or_before_it_was_decided_has_no_day_of_its_own()
    {
        FlowRules.Of(With(DealState.Won, decided: 2, linked: 40, closed: 40), null, null, Tier.Gold)!.Linked.ShouldBeFalse();
        FlowRules.Of(With(DealState.Won, decided: 20, linked: 2, closed: 40), null, null, Tier.Gold)!.Linked.ShouldBeFalse();
        var row = FlowRules.Of(With(DealState.Won, decided: 2, linked: 12, closed: 40), null, null, Tier.Gold)!;
        FlowRules.Steps(row).Where(s => s.Took >= 0).Select(s => (s.Step, s.Took)).ShouldBe([(FlowStep.Decided, 2), (FlowStep.Converted, 10), (FlowStep.Closed, 28), (FlowStep.Won, 40)]);
    }

    [Fact]
    public void Motion_and_tier_stay_those_of_the_registration_until_it_changes_hands_or_is_made_anew()
    {
        var first = FlowRules.Of(With(DealState.Approved, decided: 1), null, Motion.Resell, Tier.Silver)!;
        (Again(Registered.PartnerId, March).Motion, Again(Registered.PartnerId, March).Tier).ShouldBe((Motion.Resell, Tier.Silver));
        Again(Ids.New<PartnerId>(March), March).Tier.ShouldBe(Tier.Gold);
        Again(Registered.PartnerId, March.AddDays(3)).Motion.ShouldBe(Motion.Referral);

        FlowRow Again(PartnerId holder, DateTime submitted) => FlowRules.Of(new DealRow { Id = Registered.Id, PartnerId = holder, State = DealState.Submitted, SubmittedAt = submitted }, first, Motion.Referral, Tier.Gold)!;
    }

    [Fact]
    public void Rates_and_medians_say_nothing_under_five_deals_and_the_velocity_is_its_formula()
    {
        FlowSum[] sums =
        [
            new(FlowStep.Registered, -1, 20, 0), new(FlowStep.Decided, 0, 4, 0), new(FlowStep.Decided, 3, 4, 0), new(FlowStep.Approved, -1, 6, 0), new(FlowStep.Converted, -1, 9, 0), new(FlowStep.Converted, 7, 4, 0),
            new(FlowStep.Dropped, -1, 1, 0), new(FlowStep.Won, 10, 4, 4_000_00), new(FlowStep.Won, 20, 4, 12_000_00), new(FlowStep.Lost, 5, 2, 0),
        ];
        var f = FunnelFigures.From(sums, 30);
        (f.ApprovalRate, f.ConversionRate, f.WinRate).ShouldBe((0.75, 13 / 14.0, 0.8));
        f.Stages.Select(s => (s.Deals, s.MedianDays)).ShouldBe([(8, 0), (4, null), (0, null)]);
        (f.Velocity.AverageValue, f.Velocity.CycleDays).ShouldBe((2_000_00, 15));
        f.Velocity.Opportunities!.Value.ShouldBe(13 * 15 / 30d, 1e-9);
        f.Velocity.PerDay.ShouldBe((long)Math.Round(6.5 * 0.8 * 2_000_00 / 15));
        FunnelFigures.From([.. sums, .. sums], 60).Velocity.PerDay.ShouldBe(f.Velocity.PerDay, "a window twice as long with twice as many brings the same a day");
        var all = new Window(new DateOnly(2000, 1, 1), new DateOnly(2026, 12, 31), "all", "All time");
        Funnel.Days(all, new DateOnly(2026, 3, 1), new DateOnly(2026, 3, 30)).ShouldBe(30, "from the first registration until today");
        var few = FunnelFigures.From([new(FlowStep.Won, 10, 4, 4_000_00), new(FlowStep.Decided, 1, 4, 0)], 30);
        (few.WinRate, few.ApprovalRate, few.Velocity.PerDay).ShouldBe((null, null, null));
    }

    [Fact]
    public void The_chance_of_so_few_registrations_is_the_binomial_tail()
    {
        DropRules.Chance(13, 0).ShouldBe(Math.Pow(182 / 210.0, 13), 1e-12);
        DropRules.Chance(2, 2).ShouldBe(1 - (4 * Math.Pow(28 / 210.0, 3) * (182 / 210.0)) - Math.Pow(28 / 210.0, 4), 1e-12);
        DropRules.Chance(0, 0).ShouldBe(1);
    }

    [Fact]
    public void Only_a_clear_fall_of_a_partner_with_enough_registrations_is_found_and_the_more_are_looked_at_the_clearer_it_must_be()
    {
        DropRules.Find([Count(60, 0)]).Count.ShouldBe(1);
        DropRules.Find([Count(11, 0)]).ShouldBeEmpty("too few to tell anything");
        DropRules.Find([Count(600, 60)]).ShouldBeEmpty("clear, but more than half of the usual is left");
        DropRules.Find([Count(26, 0)]).Count.ShouldBe(1, "alone");
        DropRules.Find([Count(26, 0), .. Enumerable.Range(0, 30).Select(_ => Count(26, 4))]).ShouldBeEmpty("one of thirty falls so far by chance");
        DropRules.FellTogether(new DropCount(null, 650, 60)).ShouldBeTrue();
        DropRules.FellTogether(new DropCount(null, 650, 90)).ShouldBeFalse();
        (DropRules.IsBack(false, 8, 5), DropRules.IsBack(false, 8, 6), DropRules.IsBack(true, 100, 89)).ShouldBe((false, true, false));
    }

    [Fact]
    public void Under_chance_alone_at_most_a_twentieth_of_the_days_names_anybody()
    {
        var chance = new Random(11);
        var days = Enumerable.Range(0, 400).Count(_ => DropRules.Find(Enumerable.Range(0, 40).Select(_ => Drawn(40))).Count > 0);
        days.ShouldBeLessThan(400 * 6 / 100);

        DropCount Drawn(int all)
        {
            var now = Enumerable.Range(0, all).Count(_ => chance.NextDouble() < 28 / 210.0);
            return Count(all - now, now);
        }
    }

    [Fact]
    public void A_forecast_is_the_sum_of_chances_and_says_nothing_when_too_few_deals_have_ended()
    {
        var today = new DateOnly(2026, 6, 15);
        List<FlowRow> rows = [.. Enumerable.Range(0, 40).Select(i => Row(i % 2 == 0 ? DealState.Won : DealState.Lost, today.AddDays(-200), today.AddDays(-20 - i)))];
        rows.Add(Row(DealState.Approved, today.AddDays(-30), null, expected: today.AddDays(20)));
        rows.Add(Row(DealState.Approved, today.AddDays(-30), null, expected: today.AddDays(-1)));
        rows.Add(Row(DealState.Approved, today.AddDays(-30), null));
        var forecast = ForecastRules.Of(rows, today, March, "USD", new DateOnly(2026, 1, 1));
        forecast.Enough.ShouldBeTrue();
        forecast.Total.ShouldBe(new Expectation(3, 300_00, 150_00, (long)Math.Round(150_00 - (1.2816 * Math.Sqrt(3 * 100_00d * 100_00 * 0.25))), (long)Math.Round(150_00 + (1.2816 * Math.Sqrt(3 * 100_00d * 100_00 * 0.25)))));
        (forecast.Tried, forecast.Outside, forecast.Error).ShouldBe((0, 0, 0d), "no quarter had enough before it");
        forecast.Lines.Where(l => l.Expected.Deals > 0).Select(l => (l.When, l.Expected.Value)).ShouldBe([("2026-07", 50_00), ("overdue", 50_00), ("none", 50_00)]);
        forecast.Lines.Sum(l => l.Expected.Value).ShouldBe(forecast.Total.Value);
        var approved = forecast.Chances.Single(c => c.Stage == ForecastStage.Approved);
        (approved.Ended, approved.Won, approved.Chance).ShouldBe((40, 20, 0.5));
        ForecastRules.Of([.. rows.Skip(11)], today, March, "USD", new DateOnly(2026, 1, 1)).Enough.ShouldBeFalse();
    }

    [Fact]
    public void The_back_test_knows_only_what_was_known_at_the_beginning_of_the_quarter()
    {
        var quarter = new DateOnly(2026, 1, 1);
        List<FlowRow> rows = [.. Enumerable.Range(0, 30).Select(i => Row(i % 3 == 0 ? DealState.Won : DealState.Lost, quarter.AddDays(-300), quarter.AddDays(-10 - i)))];
        rows.Add(Row(DealState.Won, quarter.AddDays(-20), quarter.AddDays(30), expected: quarter.AddDays(25)));
        rows.Add(Row(DealState.Lost, quarter.AddDays(-20), quarter.AddDays(30), expected: quarter.AddDays(25)));
        rows.Add(Row(DealState.Won, quarter.AddDays(5), quarter.AddDays(40), expected: quarter.AddDays(50)));
        rows.Add(Row(DealState.Won, quarter.AddDays(-20), quarter.AddDays(40), expected: quarter.AddDays(-5)));
        var back = ForecastRules.Of(rows, new DateOnly(2026, 6, 15), March, "USD", quarter).Quarters[^1];
        (back.Expected!.Deals, back.Came, back.CameOther, back.CameNew, back.Within).ShouldBe((2, 100_00, 100_00, 100_00, true));
        back.Expected.Value.ShouldBe((long)Math.Round(200_00 / 3d));
    }

    [Fact]
    public void An_overdue_deal_has_the_chance_of_those_that_were_overdue_as_long()
    {
        var today = new DateOnly(2026, 6, 15);
        List<FlowRow> rows = [.. Enumerable.Range(0, 40).Select(i => Row(DealState.Won, today.AddDays(-200), today.AddDays(-50), expected: today.AddDays(-50 - (i % 2))))];
        rows.AddRange(Enumerable.Range(0, 40).Select(_ => Row(DealState.Lost, today.AddDays(-300), today.AddDays(-20), expected: today.AddDays(-140))));
        rows.Add(Row(DealState.Approved, today.AddDays(-30), null, expected: today.AddDays(20)));
        rows.Add(Row(DealState.Approved, today.AddDays(-30), null, expected: today.AddDays(-5)));
        rows.Add(Row(DealState.Approved, today.AddDays(-300), null, expected: today.AddDays(-100)));
        var forecast = ForecastRules.Of(rows, today, March, "USD", new DateOnly(2026, 1, 1));
        forecast.Overdue.ShouldBe([new(1, 60, 20), new(31, 40, 0), new(91, 40, 0)]);
        ForecastRules.Late(forecast.Overdue, today, today, 0.5).ShouldBe(0.5, "due today is not overdue");
        ForecastRules.Late(forecast.Overdue, today.AddDays(-5), today, 0.5).ShouldBe((20 + 10) / 80d);
        ForecastRules.Late(forecast.Overdue, today.AddDays(-100), today, 0.5).ShouldBe(10 / 60d);
        forecast.Lines.Single(l => l.When == "overdue").Expected.Value.ShouldBe((long)Math.Round(100_00 * ((30 / 80d) + (10 / 60d))));
    }

    [Fact]
    public void Where_a_quarter_lay_outside_the_interval_the_intervals_are_as_wide_as_it_was_wrong()
    {
        var quarter = new DateOnly(2026, 1, 1);
        List<FlowRow> rows = [.. Enumerable.Range(0, 200).Select(i => Row(i % 2 == 0 ? DealState.Won : DealState.Lost, quarter.AddDays(-300), quarter.AddDays(-10 - i)))];
        rows.AddRange(Enumerable.Range(0, 100).Select(_ => Row(DealState.Lost, quarter.AddDays(-20), quarter.AddDays(30), expected: quarter.AddDays(25))));
        rows.AddRange(Enumerable.Range(0, 100).Select(_ => Row(DealState.Approved, quarter.AddDays(100), null, expected: quarter.AddDays(200))));
        var forecast = ForecastRules.Of(rows, new DateOnly(2026, 6, 15), March, "USD", quarter);
        var wrong = forecast.Quarters[^1];
        (wrong.Within, forecast.Outside, forecast.Error).ShouldBe((false, 1, 1d), "half was expected, nothing came");
        forecast.Total.Low.ShouldBe(0);
        forecast.Total.High.ShouldBeInRange((2 * forecast.Total.Value) - 1, (2 * forecast.Total.Value) + 1);
        wrong.Expected!.Low.ShouldBeGreaterThan(0, "what is tried is not widened");
    }

    private static DropCount Count(int before, int now) => new(Holder, before, now);

    private static FlowRow Row(DealState state, DateOnly registered, DateOnly? closed, DateOnly? expected = null) => new()
    {
        DealId = Ids.New<DealId>(March), PartnerId = Holder, Motion = Motion.Resell, State = state, RegisteredOn = registered, DecidedOn = registered, Approved = true, ConvertedOn = closed, ClosedOn = closed,
        ExpectedOn = expected, Amount = 100_00, Expected = 100_00,
    };

    private static List<FlowStep> Steps(DealRow deal) => [.. FlowRules.Steps(FlowRules.Of(deal, null, null, Tier.Gold)!).Select(s => s.Step)];

    private static DealRow With(DealState state, int? decided = null, int? linked = null, int? closed = null, bool protectedUntil = false) => new()
    {
        TenantId = Registered.TenantId, Id = Registered.Id, PartnerId = Holder, State = state, SubmittedAt = March, CreatedAt = March, Amount = 100_00, MainAmount = 100_00, DecidedAt = At(decided), LinkedAt = At(linked), ClosedAt = At(closed),
        ExpiresOn = protectedUntil ? new DateOnly(2026, 9, 1) : null,
    };

    private static DateTime? At(int? days) => days is { } known ? March.AddDays(known) : null;
}
