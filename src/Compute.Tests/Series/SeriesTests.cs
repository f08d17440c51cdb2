using Trellis.Compute.Series;
using Trellis.Compute.Statistics;

namespace Trellis.Compute.Tests.Series;

public sealed class SeriesTests
{
    [Fact]
    public void A_made_series_is_taken_apart_into_what_it_was_made_of()
    {
        var dice = new Dice(1);
        double[] season = [10, 4, 0, -3, -6, -9, 4];
        var holidays = Enumerable.Range(0, 210).Select(i => i is 45 or 110 or 170 ? 0 : -1).ToArray();
        var y = Enumerable.Range(0, 210).Select(i => 100 + 0.2 * i + season[i % 7] + (holidays[i] == 0 ? -30 : 0) + dice.Normal()).ToArray();
        y[77] = 500;
        y[20] = double.NaN;
        var parts = Decompose.Run(y, 7, holidays);
        for (var k = 0; k < 7; k++) parts.Season[k].ShouldBe(season[k], 0.7);
        parts.Holiday[0].ShouldBe(-30, 2);
        for (var i = 5; i < 205; i++) parts.Trend[i].ShouldBe(100 + 0.2 * i, 2.2);
        parts.Remainder[77].ShouldBeGreaterThan(350);
        parts.Season.Sum().ShouldBe(0, 1e-9);
        for (var i = 0; i < 210; i++)
            if (i != 20) (parts.Trend[i] + parts.Season[i % 7] + (holidays[i] == 0 ? parts.Holiday[0] : 0) + parts.Remainder[i]).ShouldBe(y[i], 1e-9);
        parts.Reason.ShouldContain("highest in phase 1");
    }

    [Fact]
    public void Multiplying_parts_multiply()
    {
        var y = Enumerable.Range(0, 60).Select(i => 50 * Math.Pow(1.02, i) * (i % 12 == 11 ? 2 : 1)).ToArray();
        var parts = Decompose.Run(y, 12, multiplicative: true);
        (parts.Season[11] / parts.Season[0]).ShouldBe(2, 0.01);
        parts.SeasonStrength.ShouldBeGreaterThan(0.99);
        for (var i = 0; i < 60; i++) (parts.Trend[i] * parts.Season[i % 12] * parts.Remainder[i]).ShouldBe(y[i], 1e-9 * y[i]);
        Should.Throw<ArgumentException>(() => Decompose.Run([1, 0, 2, 3, 4, 5], 2, multiplicative: true));
    }

    [Fact]
    public void Local_regression_reproduces_a_straight_line_exactly() =>
        Decompose.Loess(Enumerable.Range(0, 50).Select(i => 3.0 - 2 * i).ToArray(), Enumerable.Repeat(1.0, 50).ToArray(), 15)
            .Select((v, i) => Math.Abs(v - (3 - 2 * i))).Max().ShouldBeLessThan(1e-9);

    [Fact]
    public void Looking_back_steady_series_show_a_change_no_more_often_than_stated()
    {
        var dice = new Dice(4);
        var alarms = 0;
        for (var round = 0; round < 400; round++)
            if (ChangePoints.Find(MadeSeries.Counts(ref dice, 80, 12, 0.1, 1), Measure.Count, 0.05).Count > 0) alarms++;
        alarms.ShouldBeInRange(1, 24);
    }

    [Fact]
    public void Looking_back_two_changes_are_found_where_they_are()
    {
        var dice = new Dice(5);
        var y = MadeSeries.Counts(ref dice, 60, 40, 0.02, 1).Concat(MadeSeries.Counts(ref dice, 50, 20, 0.02, 1)).Concat(MadeSeries.Counts(ref dice, 60, 60, 0.02, 1)).ToArray();
        var changes = ChangePoints.Find(y, Measure.Count);
        changes.Count.ShouldBe(2);
        changes[0].At.ShouldBeInRange(57, 63);
        changes[1].At.ShouldBeInRange(107, 113);
        changes[0].Reason.ShouldContain("instead of");
        changes[1].After.ShouldBe(60, 6);
    }

    [Fact]
    public void Shannon_has_its_textbook_values()
    {
        Diversity.Shannon([10, 10, 10, 10]).Normalised.Value.ShouldBe(1, 1e-12);
        Diversity.Shannon([7, 0, 0]).Normalised.Value.ShouldBe(0, 1e-12);
        var half = Diversity.Shannon([1, 1, 0, 0]);
        half.Shannon.ShouldBe(Math.Log(2), 1e-12);
        half.Normalised.Value.ShouldBe(0.5, 1e-12);
        half.Effective.ShouldBe(2, 1e-12);
        double.IsNaN(Diversity.Shannon([5]).Normalised.Value).ShouldBeTrue();
        Should.Throw<ArgumentException>(() => Diversity.Shannon([0, 0]));
        Should.Throw<ArgumentException>(() => Diversity.Shannon([1, 1, 1], kinds: 2));
    }

    [Fact]
    public void The_interval_of_the_diversity_covers_the_truth_at_about_the_stated_rate()
    {
        double[] shares = [0.5, 0.25, 0.15, 0.1];
        var truth = -shares.Sum(p => p * Math.Log(p)) / Math.Log(4);
        var dice = new Dice(12);
        var covered = 0;
        for (var round = 0; round < 500; round++)
        {
            var counts = new double[4];
            for (var i = 0; i < 400; i++)
            {
                var (u, k) = (dice.Unit(), 0);
                while (k < 3 && u >= shares[k]) u -= shares[k++];
                counts[k]++;
            }

            var index = Diversity.Shannon(counts, level: 0.9).Normalised;
            if (index.Low <= truth && truth <= index.High) covered++;
        }

        (covered / 500.0).ShouldBeInRange(0.85, 0.95);
    }

    [Fact]
    public void Below_the_floor_nothing_is_told_about_peers()
    {
        var four = PeerBenchmark.Compare(3, [1, 2, 3, 4]);
        four.Percentile.ShouldBeNull();
        four.Thirds.ShouldBeNull();
        var five = PeerBenchmark.Compare(3, [1, 2, 3, 4, double.NaN, 5]);
        five.Percentile.ShouldBe(50);
        five.Thirds.ShouldBeNull();
        PeerBenchmark.Compare(10, [1, 2, 3, 4, 5]).Percentile.ShouldBe(100);
        PeerBenchmark.Compare(0, [1, 2, 3, 4, 5]).Percentile.ShouldBe(0);
    }

    [Fact]
    public void Means_of_peers_are_told_only_when_none_of_them_dominates()
    {
        var many = Enumerable.Range(1, 15).Select(i => (double)i).ToArray();
        PeerBenchmark.Compare(8, many).Thirds.ShouldBe([3, 8, 13]);
        many[14] = 1000;
        PeerBenchmark.Compare(8, many).Thirds.ShouldBeNull();
        PeerBenchmark.Compare(8, many).Reason.ShouldContain("dominates");
    }
}
