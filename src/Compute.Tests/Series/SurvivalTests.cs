using Trellis.Compute.Series;
using Trellis.Compute.Statistics;

namespace Trellis.Compute.Tests.Series;

public sealed class SurvivalTests
{
    // Remission of 21 patients on 6-mercaptopurine: Freireich et al. (1963), the example of Gehan, Cox and most textbooks.
    private static readonly double[] Weeks = [6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35];
    private static readonly bool[] Relapsed =
        [true, true, true, false, true, false, true, false, false, true, true, false, false, false, true, true, false, false, false, false, false];

    [Fact]
    public void Remission_times_give_the_published_curve_bands_and_median()
    {
        var curve = KaplanMeier.Estimate(Weeks, Relapsed);
        (double Time, double Survival)[] published = [(6, 0.8571), (7, 0.8067), (10, 0.7529), (13, 0.6902), (16, 0.6275), (22, 0.5378), (23, 0.4482)];
        foreach (var (time, survival) in published) curve.At(time).ShouldBe(survival, 5e-5);
        var first = curve.Steps[0];
        (first.AtRisk, first.Events, first.Censored).ShouldBe((21, 3, 1));
        // R: survfit(…, conf.type = "log-log") prints 0.6197 and 0.9516 at 6 weeks.
        first.Survival.Low.ShouldBe(0.6197, 1e-4);
        first.Survival.High.ShouldBe(0.9516, 1e-4);
        curve.Median.Value.ShouldBe(23);
        curve.Median.Low.ShouldBe(13);
        double.IsInfinity(curve.Median.High).ShouldBeTrue();
        curve.Reason.ShouldContain("half had it by 23");
    }

    [Fact]
    public void Without_censoring_the_curve_is_the_share_still_without_event()
    {
        var dice = new Dice(1);
        var times = Enumerable.Range(0, 60).Select(_ => (double)dice.Below(20)).ToArray();
        var curve = KaplanMeier.Estimate(times, Enumerable.Repeat(true, 60).ToArray());
        for (var t = 0; t < 20; t++) curve.At(t).ShouldBe(times.Count(x => x > t) / 60.0, 1e-12);
    }

    [Fact]
    public void Bands_stay_inside_the_curve_never_rises_and_they_cover_at_the_stated_rate()
    {
        var dice = new Dice(9);
        var covered = 0;
        for (var round = 0; round < 500; round++)
        {
            var (times, marks) = (new double[60], new bool[60]);
            for (var i = 0; i < 60; i++)
            {
                var (end, leave) = (-10 * Math.Log(1 - dice.Unit()), 25 * dice.Unit());
                (times[i], marks[i]) = (Math.Min(end, leave), end <= leave);
            }

            var curve = KaplanMeier.Estimate(times, marks, 0.9);
            foreach (var step in curve.Steps)
            {
                step.Survival.Low.ShouldBeLessThanOrEqualTo(step.Survival.Value);
                step.Survival.High.ShouldBeInRange(step.Survival.Value, 1);
            }

            curve.Steps.Zip(curve.Steps.Skip(1)).ShouldAllBe(p => p.First.Survival.Value >= p.Second.Survival.Value);
            var at = curve.Steps.Last(s => s.Time <= 8).Survival;
            if (at.Low <= Math.Exp(-0.8) && Math.Exp(-0.8) <= at.High) covered++;
        }

        (covered / 500.0).ShouldBeInRange(0.86, 0.94);
    }

    [Fact]
    public void When_few_had_the_event_there_is_no_median_yet()
    {
        var curve = KaplanMeier.Estimate([5, 6, 7, 8], [true, false, false, false]);
        double.IsInfinity(curve.Median.Value).ShouldBeTrue();
        curve.Reason.ShouldContain("no median yet");
        Should.Throw<ArgumentException>(() => KaplanMeier.Estimate([-1], [true]));
    }
}
