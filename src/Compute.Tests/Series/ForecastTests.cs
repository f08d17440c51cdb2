using Trellis.Compute.Series;
using Trellis.Compute.Statistics;
using Xunit.Abstractions;

namespace Trellis.Compute.Tests.Series;

public sealed class ForecastTests(ITestOutputHelper output)
{
    // Monthly airline passengers 1949–1960, thousands: Box and Jenkins (1976), series G.
    private static readonly double[] Passengers =
    [
        112, 118, 132, 129, 121, 135, 148, 148, 136, 119, 104, 118, 115, 126, 141, 135, 125, 149, 170, 170, 158, 133, 114, 140, 145, 150, 178, 163, 172, 178,
        199, 199, 184, 162, 146, 166, 171, 180, 193, 181, 183, 218, 230, 242, 209, 191, 172, 194, 196, 196, 236, 235, 229, 243, 264, 272, 237, 211, 180, 201,
        204, 188, 235, 227, 234, 264, 302, 293, 259, 229, 203, 229, 242, 233, 267, 269, 270, 315, 364, 347, 312, 274, 237, 278, 284, 277, 317, 313, 318, 374,
        413, 405, 355, 306, 271, 306, 315, 301, 356, 348, 355, 422, 465, 467, 404, 347, 305, 336, 340, 318, 362, 348, 363, 435, 491, 505, 404, 359, 310, 337,
        360, 342, 406, 396, 420, 472, 548, 559, 463, 407, 362, 405, 417, 391, 419, 461, 472, 535, 622, 606, 508, 461, 390, 432,
    ];

    [Fact]
    public void A_year_of_airline_passengers_is_forecast_better_than_by_the_naive_rule()
    {
        var forecast = Forecasting.Run(Passengers.AsSpan(0, 132), 12, 12);
        output.WriteLine(forecast.Reason);
        foreach (var score in forecast.Backtest) output.WriteLine($"{score.Method}: WAPE {score.Wape:0.000}, bias {score.Bias:0.000}");
        var actual = Passengers[132..];
        var error = forecast.Steps.Zip(actual).Sum(p => Math.Abs(p.First.Value - p.Second)) / actual.Sum();
        var naive = Enumerable.Range(0, 12).Sum(i => Math.Abs(Passengers[120 + i] - actual[i])) / actual.Sum();
        output.WriteLine($"WAPE {error:0.000}, naive {naive:0.000}");
        error.ShouldBeLessThan(0.05);
        error.ShouldBeLessThan(naive / 2);
        forecast.Steps.Zip(actual).Count(p => p.First.Low <= p.Second && p.Second <= p.First.High).ShouldBeGreaterThanOrEqualTo(10);
        forecast.Backtest.Select(b => b.Wape).ShouldBeInOrder();
        forecast.Reason.ShouldContain("the naive rule \"same as a season ago\" was off by");
    }

    [Fact]
    public void Intervals_of_steps_and_total_cover_at_about_the_stated_rate()
    {
        var dice = new Dice(3);
        int steps = 0, totals = 0, rounds = 200;
        for (var round = 0; round < rounds; round++)
        {
            var y = MadeSeries.Money(ref dice, 54, 1000, 0.02, 6, 0);
            var forecast = Forecasting.Run(y.AsSpan(0, 50), 4, 6, 0.8, 12);
            steps += forecast.Steps.Where((s, h) => s.Low <= y[50 + h] && y[50 + h] <= s.High).Count();
            if (forecast.Total.Low <= y[50..].Sum() && y[50..].Sum() <= forecast.Total.High) totals++;
        }

        output.WriteLine($"steps {steps / (4.0 * rounds):0.000}, totals {totals / (double)rounds:0.000}");
        (steps / (4.0 * rounds)).ShouldBeInRange(0.72, 0.9);
        (totals / (double)rounds).ShouldBeInRange(0.68, 0.92);
    }

    [Fact]
    public void A_perfect_season_is_repeated_exactly_and_scores_add_up()
    {
        var y = Enumerable.Range(0, 40).Select(i => (double)(i % 4 * 10)).ToArray();
        var forecast = Forecasting.Run(y, 6, 4);
        forecast.Steps.Select(s => s.Value).ShouldBe([0, 10, 20, 30, 0, 10]);
        forecast.Backtest[0].Wape.ShouldBe(0);
        var mean = forecast.Backtest.Single(b => b.Method == "last value");
        mean.Wape.ShouldBeGreaterThan(0.5);
    }

    [Fact]
    public void Too_few_values_are_refused_with_the_number_needed() =>
        Should.Throw<ArgumentException>(() => Forecasting.Run([1, 2, 3, 4, 5], 3)).Message.ShouldContain("9 are needed");
}
