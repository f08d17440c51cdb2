using Trellis.Compute.Series;
using Trellis.Compute.Statistics;
using Xunit.Abstractions;

namespace Trellis.Compute.Tests.Series;

public sealed class WatchTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(Measure.Count, 30, 0.02, 7, 0)]
    [InlineData(Measure.Count, 3, 0.05, 7, 0)]
    [InlineData(Measure.Count, 0.2, 0, 7, 0)]
    [InlineData(Measure.Count, 50, 0.3, 12, 0)]
    [InlineData(Measure.Money, 5000, 0.09, 7, 0)]
    [InlineData(Measure.Money, 5000, 0.5, 7, 0.3)]
    public void On_seasonal_noise_alarms_are_no_more_frequent_than_stated(Measure measure, double mean, double spread, int period, double nothing)
    {
        var dice = new Dice(17);
        var options = new WatchOptions { Measure = measure, Period = period, FalseAlarms = 0.01 };
        var (alarms, observations) = (0, 0);
        for (var series = 0; series < 150; series++)
        {
            var values = measure == Measure.Count ? MadeSeries.Counts(ref dice, 300, mean, spread, period) : MadeSeries.Money(ref dice, 300, mean, spread, period, nothing);
            alarms += Detector.Scan(values, options).Count;
            observations += 300 - options.Learning;
        }

        output.WriteLine($"{alarms} alarms in {observations} observations: {alarms / (0.01 * observations):0.00} of the stated rate");
        (alarms / (double)observations).ShouldBeLessThan(0.01);
        alarms.ShouldBeGreaterThan(0);
    }

    [Theory]
    [InlineData(30, 0.02, 7, 20)]
    [InlineData(100, 0.02, 12, 5)]
    public void A_drop_by_half_is_found_within_two_seasons_nearly_always(double mean, double spread, int period, int seasons)
    {
        var dice = new Dice(23);
        var (found, at) = (0, period * seasons);
        for (var series = 0; series < 60; series++)
        {
            var values = MadeSeries.Counts(ref dice, at + 2 * period, mean, spread, period, at, 0.5);
            if (Detector.Scan(values, new WatchOptions { Period = period }).Any(f => f.At >= at && f.Kind is FindingKind.Drop or FindingKind.Fell && f.At >= at)) found++;
        }

        found.ShouldBeGreaterThanOrEqualTo(58);
    }

    [Fact]
    public void A_drop_by_half_of_a_steady_partner_is_found_within_two_observations()
    {
        var dice = new Dice(29);
        var found = 0;
        for (var series = 0; series < 60; series++)
        {
            var values = MadeSeries.Counts(ref dice, 72, 200, 0.005, 12, 70, 0.5);
            if (Detector.Scan(values, new WatchOptions { Period = 12, FalseAlarms = 0.005 }).Any(f => f.At >= 70 && f.Kind is FindingKind.Drop or FindingKind.Fell)) found++;
        }

        found.ShouldBeGreaterThanOrEqualTo(57);
    }

    [Fact]
    public void A_lasting_fall_is_told_with_its_beginning_and_reason()
    {
        var dice = new Dice(2);
        var values = MadeSeries.Counts(ref dice, 220, 20, 0.01, 7, 190, 0.45);
        var finding = Detector.Scan(values, new WatchOptions { Period = 7 }).First(f => f.Kind == FindingKind.Fell);
        finding.Since.ShouldBeInRange(186, 194);
        finding.At.ShouldBeInRange(finding.Since, 200);
        finding.Reason.ShouldContain("The level has fallen for");
        finding.Reason.ShouldContain("by chance this happens at most once in");
    }

    [Fact]
    public void After_a_lasting_change_the_new_level_is_what_is_expected()
    {
        var dice = new Dice(3);
        var values = MadeSeries.Counts(ref dice, 400, 50, 0.01, 7, 200, 2);
        var watcher = new Watcher(new WatchOptions { Period = 7 });
        var late = 0;
        for (var i = 0; i < 400; i++)
            if (watcher.Observe(values[i]) is not null && i > 240) late++;
        late.ShouldBeLessThan(3);
        // The next phase is the second of seven: 1.39 times the mean, twice 50 now.
        watcher.Next()!.Value.Value.ShouldBeInRange(120, 160);
    }

    [Fact]
    public void Growth_and_a_known_holiday_raise_no_alarm_but_the_same_day_unannounced_does()
    {
        var dice = new Dice(5);
        var n = 365 * 3;
        var holidays = Enumerable.Range(0, n).Select(i => i % 365 == 358 ? 0 : -1).ToArray();
        var values = new double[n];
        for (var i = 0; i < n; i++) values[i] = MadeSeries.Counts(ref dice, 1, 80 * Math.Exp(i * 0.0005) * (holidays[i] == 0 ? 0.1 : 1), 0.005, 1)[0];
        var told = Detector.Scan(values, new WatchOptions { Period = 7, Holidays = 1, FalseAlarms = 0.0005 }, holidays);
        told.ShouldNotContain(f => f.At % 365 == 358 && f.At > 365);
        told.Count.ShouldBeLessThan(4);
        var untold = Detector.Scan(values, new WatchOptions { Period = 7, FalseAlarms = 0.0005 });
        untold.Count(f => f.At % 365 == 358 && f.Kind == FindingKind.Drop).ShouldBe(3);
    }

    [Fact]
    public void A_single_peak_is_a_jump_and_the_next_observation_is_judged_as_before()
    {
        var values = Enumerable.Range(0, 60).Select(i => i == 50 ? 400.0 : 100 + i % 5).ToArray();
        var findings = Detector.Scan(values, new WatchOptions { Measure = Measure.Money, FalseAlarms = 0.002 });
        var jump = findings.ShouldHaveSingleItem();
        (jump.At, jump.Kind, jump.Since).ShouldBe((50, FindingKind.Jump, 50));
        jump.Reason.ShouldStartWith("400 where 10");
        jump.Value.ShouldBeGreaterThan(jump.High);
        jump.Expected.ShouldBeInRange(jump.Low, jump.High);
    }

    [Fact]
    public void Gaps_constant_series_and_nothing_but_zeros_are_taken_quietly()
    {
        Detector.Scan(Enumerable.Repeat(double.NaN, 50).ToArray(), new WatchOptions { Period = 7 }).ShouldBeEmpty();
        Detector.Scan(new double[200], new WatchOptions { Period = 7 }).ShouldBeEmpty();
        Detector.Scan(new double[200], new WatchOptions { Measure = Measure.Money }).ShouldBeEmpty();
        Detector.Scan(Enumerable.Range(0, 200).Select(i => i % 9 == 0 ? double.NaN : 12).ToArray(), new WatchOptions()).ShouldBeEmpty();
        Should.Throw<ArgumentOutOfRangeException>(() => new Watcher(new WatchOptions { Period = 0 }));
    }

    [Fact]
    public void Many_series_give_the_same_for_any_number_of_threads()
    {
        var dice = new Dice(6);
        var series = Enumerable.Range(0, 40).Select(_ => MadeSeries.Counts(ref dice, 200, 10, 0.1, 7, 150, 0.3)).ToArray();
        var one = Detector.ScanMany(series, new WatchOptions { Period = 7 });
        var many = Detector.ScanMany(series, new WatchOptions { Period = 7 }, threads: 4);
        many.SelectMany(f => f).ShouldBe(one.SelectMany(f => f));
        one.Count(f => f.Count > 0).ShouldBeGreaterThan(35);
    }

    [Fact]
    public void Tails_equal_sums_of_the_probabilities()
    {
        foreach (var (mean, spread) in ((double, double)[])[(3, 0.5), (20, 0.05), (0.4, 2), (7, 0)])
        {
            double below = 0;
            for (var k = 0; k <= 30; k++)
            {
                var p = spread == 0
                    ? Math.Exp(k * Math.Log(mean) - mean - Tails.LogGamma(k + 1))
                    : Math.Exp(Tails.LogGamma(k + 1 / spread) - Tails.LogGamma(k + 1) - Tails.LogGamma(1 / spread) + k * Math.Log(mean * spread / (1 + mean * spread)) - Math.Log(1 + mean * spread) / spread);
                Tails.Count(k, mean, spread).Above.ShouldBe(1 - below, 1e-9);
                below += p;
                Tails.Count(k, mean, spread).Below.ShouldBe(below, 1e-9);
            }
        }

        // A gamma of relative variance 1 is exponential; Student's with one degree is Cauchy's.
        Tails.Amount(3, 2, 1).Above.ShouldBe(Math.Exp(-1.5), 1e-12);
        Tails.Student(1, 1).ShouldBe(0.25, 1e-12);
        Tails.Student(-2, 5).ShouldBe(1 - 0.05096973941492918, 1e-10);
    }
}
