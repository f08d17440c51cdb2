using System.Globalization;
using Trellis.Compute.Optimisation;

namespace Trellis.Compute.Bench.Optimisation;

/// <summary>A budget over growing numbers of activities, with ten observations each.</summary>
internal static class BudgetBench
{
    public static IEnumerable<BenchLine> Run(double scale)
    {
        Measure(5);
        foreach (var activities in new[] { 10, 100, 1_000 })
            if (activities <= 1_000 * scale || activities == 10) yield return Measure(activities);
    }

    private static BenchLine Measure(int activities)
    {
        var random = new Random(5);
        ResponseCurve[] truth = [.. Enumerable.Range(0, activities).Select(_ => new ResponseCurve(300 + (900 * random.NextDouble()), 60 * Math.Exp(random.NextDouble() - 0.5)))];
        SpendObservation[] seen = [.. Enumerable.Range(0, activities * 10).Select(k => random.Next(10, 200) is var spend
            ? new SpendObservation(k % activities, spend, truth[k % activities].Return(spend) + (100 * (random.NextDouble() + random.NextDouble() - 1))) : default)];
        var problem = new BudgetProblem(activities * 60.0, [.. truth.Select((_, i) => new ActivityLimits(0, 300, i % 5, 60))], [.. Enumerable.Range(0, 5).Select(_ => new GroupLimits(activities * 5.0, activities * 20.0))]);
        var ours = BenchTable.Measure(() => Budget.Allocate(problem, ResponseFit.Fit(activities, seen)));
        double Real(double[] spend) => truth.Select((t, i) => t.Return(spend[i])).Sum();
        var proportional = Real([.. truth.Select(_ => 60.0)]);
        return new BenchLine(string.Create(CultureInfo.InvariantCulture, $"Budget over {activities:N0} activities, 400 alternatives"), ours.Cpu, null, ours.Allocated,
            string.Create(CultureInfo.InvariantCulture, $"expected {ours.Result.ExpectedReturn:N0} ({ours.Result.Interval.Low:N0} to {ours.Result.Interval.High:N0}), truly {Real(ours.Result.Spend):N0}; naive equal spend truly {proportional:N0}"));
    }
}
