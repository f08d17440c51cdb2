using Trellis.Compute.Learning;
using Trellis.Compute.Statistics;

namespace Trellis.Compute.Tests.Learning;

public sealed class DriftTests
{
    [Fact]
    public void The_index_of_a_worked_example_comes_out()
    {
        // 50/50 against 40/60: (0.4−0.5)·ln(0.4/0.5) + (0.6−0.5)·ln(0.6/0.5) = 0.04055.
        var before = CategoryColumn.FromText("tier", Enumerable.Range(0, 1000).Select(i => i % 2 == 0 ? "a" : "b").ToArray());
        var after = CategoryColumn.FromText("tier", Enumerable.Range(0, 1000).Select(i => i % 10 < 4 ? "a" : "b").ToArray());
        var drift = Drift.Compare(before, after);
        drift.Stability.ShouldBe(0.1 * Math.Log(0.5 / 0.4) + 0.1 * Math.Log(0.6 / 0.5), 1e-9);
        drift.Distance.ShouldBe(0.1, 1e-12);
        drift.Chance.ShouldBeLessThan(0.001);
        drift.HasMoved.ShouldBeFalse();
    }

    [Fact]
    public void Without_drift_the_alarm_level_holds_and_a_shift_is_seen()
    {
        var dice = new Dice(6);
        var above = 0;
        var small = 0;
        for (var round = 0; round < 400; round++)
        {
            var drift = Drift.Compare(Sample(ref dice, 300, 0), Sample(ref dice, 300, 0));
            if (drift.Stability > drift.Expected) above++;
            if (drift.Chance < 0.05) small++;
        }

        above.ShouldBeInRange(0, 14);
        small.ShouldBeInRange(8, 34);
        var moved = Drift.Compare(Sample(ref dice, 300, 0), Sample(ref dice, 300, 0.8));
        moved.HasMoved.ShouldBeTrue();
        moved.Chance.ShouldBeLessThan(1e-6);
        moved.Reason.ShouldContain("has moved");
    }

    [Fact]
    public void Missing_values_that_appear_are_drift()
    {
        var before = new NumberColumn("x", Enumerable.Range(0, 500).Select(i => (float)i).ToArray());
        var after = new NumberColumn("x", Enumerable.Range(0, 500).Select(i => i % 3 == 0 ? float.NaN : i).ToArray());
        Drift.Compare(before, after).HasMoved.ShouldBeTrue();
    }

    [Fact]
    public void The_distance_equals_the_largest_gap_of_the_two_step_functions()
    {
        var dice = new Dice(8);
        for (var round = 0; round < 50; round++)
        {
            var a = Enumerable.Range(0, 20).Select(_ => (float)dice.Below(15)).ToArray();
            var b = Enumerable.Range(0, 30).Select(_ => (float)dice.Below(15)).ToArray();
            var twin = a.Concat(b).Max(x => Math.Abs(a.Count(v => v <= x) / 20.0 - b.Count(v => v <= x) / 30.0));
            Drift.KolmogorovSmirnov(a, b).Distance.ShouldBe(twin, 1e-12);
        }
    }

    private static NumberColumn Sample(ref Dice dice, int rows, double shift)
    {
        var values = new float[rows];
        for (var i = 0; i < rows; i++) values[i] = (float)(dice.Normal() + shift);
        return new NumberColumn("x", values);
    }
}
