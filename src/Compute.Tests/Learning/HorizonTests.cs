using Trellis.Compute.Learning;
using Trellis.Compute.Statistics;

namespace Trellis.Compute.Tests.Learning;

public sealed class HorizonTests
{
    [Fact]
    public void Weights_restore_the_rate_that_open_histories_hide()
    {
        // Exponential times with mean 10: the chance of an event within 5 is 1 − e^−½ whatever the censoring.
        var dice = new Dice(21);
        const int n = 20_000;
        var (times, happened) = (new double[n], new bool[n]);
        for (var i = 0; i < n; i++)
        {
            var (end, leave) = (-10 * Math.Log(1 - dice.Unit()), -8 * Math.Log(1 - dice.Unit()));
            (times[i], happened[i]) = (Math.Min(end, leave), end <= leave);
        }

        var (target, weights) = Horizon.Weigh(times, happened, 5);
        var truth = 1 - Math.Exp(-0.5);
        Targets.Mean(target, weights).ShouldBe(truth, 0.015);
        var naive = Enumerable.Range(0, n).Count(i => happened[i] && times[i] <= 5) / (double)n;
        naive.ShouldBeLessThan(truth - 0.05);
    }

    [Fact]
    public void A_model_of_the_horizon_tells_fast_from_slow_and_is_unbiased_for_both()
    {
        var dice = new Dice(22);
        const int n = 8000;
        var (times, happened, kind) = (new double[n], new bool[n], new int[n]);
        for (var i = 0; i < n; i++)
        {
            kind[i] = dice.Below(2);
            var (end, leave) = (-(kind[i] == 0 ? 4 : 20) * Math.Log(1 - dice.Unit()), 15 * dice.Unit());
            (times[i], happened[i]) = (Math.Min(end, leave), end <= leave);
        }

        var model = Horizon.Fit(new Table([new CategoryColumn("kind", kind, ["fast", "slow"])]), times, happened, 6);
        var predicted = model.Model.Predict(new Table([new CategoryColumn("kind", [0, 1], ["fast", "slow"])]));
        predicted[0].ShouldBe((float)(1 - Math.Exp(-6 / 4.0)), 0.04f);
        predicted[1].ShouldBe((float)(1 - Math.Exp(-6 / 20.0)), 0.04f);
        model.Undecided.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void A_horizon_that_nobody_reached_is_refused() =>
        Should.Throw<ArgumentException>(() => Horizon.Fit(new Table([new NumberColumn("x", [1, 2])]), [1, 1], [false, false], 10)).Message.ShouldContain("both outcomes are needed");
}
