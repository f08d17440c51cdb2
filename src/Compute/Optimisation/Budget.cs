using System.Globalization;

namespace Trellis.Compute.Optimisation;

/// <summary>Limits of one activity.</summary>
/// <param name="Min">Least spend.</param>
/// <param name="Max">Most spend.</param>
/// <param name="Group">Index of its group (region, partner, kind), or −1.</param>
/// <param name="Current">Present spend, to compare with.</param>
public readonly record struct ActivityLimits(double Min, double Max, int Group = -1, double Current = 0);

/// <summary>Limits of the spend on a group of activities together.</summary>
public readonly record struct GroupLimits(double Min, double Max);

/// <summary>A budget to allocate.</summary>
/// <param name="Total">Most that may be spent.</param>
/// <param name="Activities">One per activity.</param>
/// <param name="Groups">One per group; null: none.</param>
/// <param name="SpendAll">Whether the whole budget must go; otherwise spend stops where one more unit returns less than <paramref name="UnitCost"/>.</param>
/// <param name="UnitCost">What a unit of spend must bring back to be worth it, in the unit of the returns: 1 when both are money.</param>
public sealed record BudgetProblem(double Total, ActivityLimits[] Activities, GroupLimits[]? Groups = null, bool SpendAll = false, double UnitCost = 1);

/// <summary>An allocation and how far to trust it.</summary>
/// <param name="Spend">Spend per activity.</param>
/// <param name="ExpectedReturn">Expected return, judged on curves that did not choose the allocation.</param>
/// <param name="Interval">90 % interval of the return over those curves.</param>
/// <param name="ExpectedGain">Expected return less that of the present spend (both less their cost), and its 90 % interval.</param>
/// <param name="ChanceBetter">Fraction of the judging curves under which the plan beats the present spend.</param>
/// <param name="Marginals">Expected return of one more unit on each activity.</param>
/// <param name="Explanation">The plan in words, with a warning when it may be no better than the present.</param>
public sealed record BudgetPlan(
    double[] Spend, double ExpectedReturn, (double Low, double High) Interval, (double Mean, double Low, double High) ExpectedGain, double ChanceBetter, double[] Marginals, string Explanation);

/// <summary>
/// Allocates a budget over activities with diminishing, uncertain returns so that the expected return is largest: all activities within their
/// limits get the same expected marginal return (Gossen's second law; Karush–Kuhn–Tucker), found by nested bisection.
/// </summary>
public static class Budget
{
    private const int Bisections = 100;

    /// <summary>Finds the plan on one half of the ensemble's draws and judges it on the other, so that it is not praised by the errors that chose it.</summary>
    /// <exception cref="ArgumentException">Limits contradict each other; the message names them.</exception>
    public static BudgetPlan Allocate(BudgetProblem problem, CurveEnsemble curves, IProgress<double>? progress = null, CancellationToken cancel = default)
    {
        Check(problem, curves);
        ResponseCurve[][] choosing = [.. curves.Draws.Where((_, d) => d % 2 == 0)], judging = [.. curves.Draws.Where((_, d) => d % 2 == 1)];
        var spend = Maximise(problem, choosing, progress, cancel);
        double[] returns = [.. judging.Select(d => Return(d, spend)).Order()];
        double[] current = [.. problem.Activities.Select(a => a.Current)];
        var extraCost = problem.UnitCost * (spend.Sum() - current.Sum());
        double[] gains = [.. judging.Select(d => Return(d, spend) - Return(d, current) - extraCost).Order()];
        var better = gains.Count(g => g > 0) / (double)gains.Length;
        double[] marginals = [.. spend.Select((s, i) => judging.Average(d => d[i].Marginal(s)))];
        var plan = new BudgetPlan(spend, returns.Average(), (At(returns, 0.05), At(returns, 0.95)), (gains.Average(), At(gains, 0.05), At(gains, 0.95)), better, marginals, "");
        return plan with { Explanation = Explain(problem, plan, curves) };
    }

    /// <summary>The spend with the largest mean return over the given curves, within all limits.</summary>
    public static double[] Maximise(BudgetProblem problem, IReadOnlyList<ResponseCurve[]> draws, IProgress<double>? progress = null, CancellationToken cancel = default)
    {
        var steps = new Steps(progress, Bisections);
        var top = Enumerable.Range(0, problem.Activities.Length).Max(i => Mean(draws, i, 0));
        // A price above every marginal buys nothing beyond the minimum; a price of nothing buys everything.
        var least = problem.SpendAll ? 0 : problem.UnitCost;
        var low = least;
        var high = Math.Max(top, least) * 2;
        if (At(problem, draws, low, cancel) is var all && all.Sum() <= problem.Total * (1 + 1e-12)) return all;
        for (var k = 0; k < Bisections && high - low > 1e-15 * high; k++)
        {
            var price = (low + high) / 2;
            if (At(problem, draws, price, cancel).Sum() > problem.Total) low = price;
            else high = price;
            steps.Done();
        }

        progress?.Report(1);
        return FillUp(problem, At(problem, draws, high, cancel), At(problem, draws, low, cancel));
    }

    /// <summary>Where marginals are flat a tiny step of the price moves much spend: go from the affordable towards the too dear plan until the budget is used.</summary>
    private static double[] FillUp(BudgetProblem problem, double[] affordable, double[] dear)
    {
        double have = affordable.Sum(), more = dear.Sum() - have;
        var part = more > 0 ? Math.Clamp((problem.Total - have) / more, 0, 1) : 0;
        return [.. affordable.Select((s, i) => s + (part * (dear[i] - s)))];
    }

    /// <summary>The spend when a unit costs the given price; group limits change the price within the group.</summary>
    private static double[] At(BudgetProblem problem, IReadOnlyList<ResponseCurve[]> draws, double price, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        var spend = new double[problem.Activities.Length];
        for (var i = 0; i < spend.Length; i++)
            if (problem.Activities[i].Group < 0) spend[i] = Demand(problem.Activities[i], draws, i, price);
        for (var g = 0; g < problem.Groups?.Length; g++)
        {
            int[] members = [.. Enumerable.Range(0, spend.Length).Where(i => problem.Activities[i].Group == g)];
            double[] Of(double p) => [.. members.Select(i => Demand(problem.Activities[i], draws, i, p))];
            var own = Of(price);
            var limits = problem.Groups[g];
            if (own.Sum() > limits.Max) own = Shift(Of, limits.Max, price, members.Max(i => Mean(draws, i, 0)) * 2);
            else if (own.Sum() < limits.Min) own = Shift(Of, limits.Min, 0, price);
            for (var m = 0; m < members.Length; m++) spend[members[m]] = own[m];
        }

        return spend;
    }

    private static double[] Shift(Func<double, double[]> spend, double wanted, double low, double high)
    {
        for (var k = 0; k < Bisections && high - low > 1e-15 * high; k++)
        {
            var price = (low + high) / 2;
            if (spend(price).Sum() > wanted) low = price;
            else high = price;
        }

        double[] less = spend(high), more = spend(low);
        double have = less.Sum(), gap = more.Sum() - have;
        var part = gap > 0 ? Math.Clamp((wanted - have) / gap, 0, 1) : 0;
        return [.. less.Select((s, i) => s + (part * (more[i] - s)))];
    }

    /// <summary>The spend at which the mean marginal return falls to the price, within the activity's limits (safeguarded Newton steps on a falling convex function).</summary>
    private static double Demand(ActivityLimits limits, IReadOnlyList<ResponseCurve[]> draws, int activity, double price)
    {
        if (Mean(draws, activity, limits.Min) <= price) return limits.Min;
        if (Mean(draws, activity, limits.Max) >= price) return limits.Max;
        double low = limits.Min, high = limits.Max, x = low;
        for (var k = 0; k < Bisections && high - low > 1e-13 * high; k++)
        {
            double value = -price, slope = 0;
            for (var d = 0; d < draws.Count; d++)
            {
                var m = draws[d][activity].Marginal(x) / draws.Count;
                value += m;
                slope -= m / draws[d][activity].Scale;
            }

            if (value > 0) low = x;
            else high = x;
            var next = x - (value / slope);
            if (Math.Abs(next - x) <= 1e-13 * high) return Math.Clamp(next, limits.Min, limits.Max);
            x = next > low && next < high ? next : (low + high) / 2;
        }

        return x;
    }

    private static double Mean(IReadOnlyList<ResponseCurve[]> draws, int activity, double spend)
    {
        double sum = 0;
        for (var d = 0; d < draws.Count; d++) sum += draws[d][activity].Marginal(spend);
        return sum / draws.Count;
    }

    private static double Return(ResponseCurve[] curves, double[] spend)
    {
        double sum = 0;
        for (var i = 0; i < spend.Length; i++) sum += curves[i].Return(spend[i]);
        return sum;
    }

    private static double At(double[] sorted, double quantile) => sorted[(int)Math.Round(quantile * (sorted.Length - 1))];

    private static void Check(BudgetProblem problem, CurveEnsemble curves)
    {
        var activities = problem.Activities;
        if (activities.Length == 0 || curves.Fitted.Length != activities.Length) throw new ArgumentException($"There are {activities.Length} activities and {curves.Fitted.Length} curves.", nameof(problem));
        var groups = problem.Groups ?? [];
        for (var i = 0; i < activities.Length; i++)
        {
            if (!(activities[i].Min >= 0 && activities[i].Max >= activities[i].Min)) throw new ArgumentException($"The limits of activity {i} contradict each other: {activities[i]}.", nameof(problem));
            if (activities[i].Group < -1 || activities[i].Group >= groups.Length) throw new ArgumentException($"Activity {i} is in group {activities[i].Group}, which does not exist.", nameof(problem));
        }

        double needed = activities.Where(a => a.Group < 0).Sum(a => a.Min);
        for (var g = 0; g < groups.Length; g++)
        {
            var members = activities.Where(a => a.Group == g).ToArray();
            if (!(groups[g].Min >= 0 && groups[g].Max >= groups[g].Min) || members.Sum(a => a.Min) > groups[g].Max || members.Sum(a => a.Max) < groups[g].Min)
                throw new ArgumentException($"The limits of group {g} contradict each other or those of its activities: {groups[g]}.", nameof(problem));
            needed += Math.Max(groups[g].Min, members.Sum(a => a.Min));
        }

        if (!(problem.Total >= needed)) throw new ArgumentException($"The least spends add to {needed}, more than the budget of {problem.Total}.", nameof(problem));
    }

    private static string Explain(BudgetProblem problem, BudgetPlan plan, CurveEnsemble curves)
    {
        var c = CultureInfo.InvariantCulture;
        var text = string.Create(c, $"Spend {plan.Spend.Sum():N0} of {problem.Total:N0}; expected return {plan.ExpectedReturn:N0} (90 % of the alternatives: {plan.Interval.Low:N0} to {plan.Interval.High:N0}). ");
        text += plan.ChanceBetter >= 0.9
            ? string.Create(c, $"It beats the present spend in {plan.ChanceBetter:P0} of the alternatives, by {plan.ExpectedGain.Mean:N0} in the mean. ")
            : string.Create(c, $"The data do not show that it is better than the present spend: it wins in only {plan.ChanceBetter:P0} of the alternatives (gain {plan.ExpectedGain.Low:N0} to {plan.ExpectedGain.High:N0}). ");
        var thin = curves.Observations.Count(o => o < 3);
        return text + (thin > 0 ? string.Create(c, $"{thin} activities have fewer than three observations; a small trial there would teach most. ") : "") + curves.Explanation;
    }
}
