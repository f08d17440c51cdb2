using Trellis.Compute.Optimisation;

namespace Trellis.Compute.Tests.Optimisation;

public sealed class BudgetTests
{
    private static CurveEnsemble Certain(params ResponseCurve[] curves) => new(curves, [curves, curves], 0, [.. curves.Select(_ => 9)], "");

    private static ActivityLimits[] Free(int count, double max = 1e6) => [.. Enumerable.Range(0, count).Select(_ => new ActivityLimits(0, max))];

    [Fact]
    public void Two_activities_share_the_budget_as_on_paper()
    {
        // a/b·e^(−x/b) equal: with b = 100 and a = 200, 100 the difference of spends is 100·ln 2.
        var plan = Budget.Allocate(new BudgetProblem(200, Free(2), SpendAll: true), Certain(new(200, 100), new(100, 100)));
        (plan.Spend[0] - plan.Spend[1]).ShouldBe(100 * Math.Log(2), 1e-9);
        plan.Spend.Sum().ShouldBe(200, 1e-9);
        plan.Marginals[0].ShouldBe(plan.Marginals[1], 1e-12);
    }

    [Fact]
    public void Money_that_would_not_come_back_is_not_spent()
    {
        var plan = Budget.Allocate(new BudgetProblem(1000, Free(2)), Certain(new(200, 100), new(50, 100)));
        plan.Spend[0].ShouldBe(100 * Math.Log(2), 1e-9);
        plan.Spend[1].ShouldBe(0);
    }

    [Fact]
    public void No_neighbouring_plan_within_the_limits_is_better()
    {
        for (var seed = 0; seed < 25; seed++)
        {
            var random = new Random(seed);
            var n = random.Next(2, 9);
            ResponseCurve[][] draws = [.. Enumerable.Range(0, 12).Select(_ => Enumerable.Range(0, n).Select(_ => new ResponseCurve(random.Next(0, 500), random.Next(10, 200))).ToArray())];
            ActivityLimits[] limits = [.. Enumerable.Range(0, n).Select(i => new ActivityLimits(random.Next(0, 10), random.Next(30, 300), i % 3 - 1))];
            GroupLimits[] groups = [new(5 + limits.Where(a => a.Group == 0).Sum(a => a.Min), limits.Where(a => a.Group == 0).Sum(a => a.Min) + 40), new(0, 120)];
            if (limits.All(a => a.Group != 0)) groups[0] = new(0, 1);
            var problem = new BudgetProblem(random.Next(150, 500), limits, groups, SpendAll: random.Next(2) == 0);
            var spend = Budget.Maximise(problem, draws);
            Feasible(problem, spend).ShouldBeTrue($"seed {seed}");
            double Worth(double[] s) => draws.Average(d => d.Select((c, i) => c.Return(s[i])).Sum()) - (problem.SpendAll ? 0 : s.Sum());
            var best = Worth(spend);
            for (var k = 0; k < 2_000; k++)
            {
                double[] other = [.. spend];
                var step = Math.Pow(10, -4 * random.NextDouble()) * 20;
                other[random.Next(n)] += step;
                other[random.Next(n)] -= step;
                if (random.Next(3) == 0) other[random.Next(n)] += (random.NextDouble() - 0.5) * step;
                if (Feasible(problem, other)) Worth(other).ShouldBeLessThanOrEqualTo(best + 1e-7, $"seed {seed}");
            }
        }
    }

    [Fact]
    public void Curves_are_found_again_from_plenty_of_data()
    {
        var random = new Random(4);
        ResponseCurve[] truth = [new(1000, 50), new(400, 200), new(700, 100)];
        var curves = ResponseFit.Fit(3, [.. Enumerable.Range(0, 900).Select(k => Observe(truth, k % 3, 5 + random.Next(400), 40, random))], 60);
        for (var i = 0; i < 3; i++)
            foreach (var x in new[] { 30.0, 100, 300 }) curves.Fitted[i].Return(x).ShouldBe(truth[i].Return(x), 25);
        curves.Noise.ShouldBe(40, 8);
    }

    [Fact]
    public void The_interval_holds_the_true_return_about_as_often_as_it_says_and_the_expectation_is_not_flattered()
    {
        int inside = 0;
        double promised = 0, got = 0;
        const int worlds = 120;
        for (var world = 0; world < worlds; world++)
        {
            var random = new Random(world);
            ResponseCurve[] truth = [.. Enumerable.Range(0, 8).Select(_ => new ResponseCurve(300 + (900 * random.NextDouble()), 60 * Math.Exp((random.NextDouble() - 0.5) * 2)))];
            var curves = ResponseFit.Fit(8, [.. Enumerable.Range(0, 40).Select(k => Observe(truth, k % 8, 10 + random.Next(150), 120, random))], 100, world);
            var plan = Budget.Allocate(new BudgetProblem(600, Free(8, 400), SpendAll: true), curves);
            var real = truth.Select((t, i) => t.Return(plan.Spend[i])).Sum();
            if (real >= plan.Interval.Low && real <= plan.Interval.High) inside++;
            (promised, got) = (promised + plan.ExpectedReturn, got + real);
        }

        ((double)inside / worlds).ShouldBeInRange(0.82, 0.99);
        (promised / got).ShouldBeInRange(0.95, 1.04);
    }

    [Fact]
    public void A_plan_that_the_data_cannot_tell_from_the_present_says_so()
    {
        var random = new Random(6);
        ResponseCurve[] truth = [new(500, 100), new(500, 100)];
        var curves = ResponseFit.Fit(2, [.. Enumerable.Range(0, 8).Select(k => Observe(truth, k % 2, 40 + random.Next(100), 100, random))]);
        var plan = Budget.Allocate(new BudgetProblem(200, [new(0, 200, Current: 100), new(0, 200, Current: 100)], SpendAll: true), curves);
        plan.ChanceBetter.ShouldBeLessThan(0.9);
        plan.Explanation.ShouldContain("do not show that it is better");
    }

    [Fact]
    public void Draws_depend_on_the_seed_alone_and_contradictions_are_named()
    {
        SpendObservation[] seen = [new(0, 10, 20), new(0, 30, 40), new(1, 20, 30), new(1, 50, 45)];
        ResponseFit.Fit(2, seen, 40, 3).Draws[39].ShouldBe(ResponseFit.Fit(2, seen, 40, 3).Draws[39]);
        ResponseFit.Fit(2, seen, 40, 3).Draws[39].ShouldNotBe(ResponseFit.Fit(2, seen, 40, 4).Draws[39]);
        Should.Throw<ArgumentException>(() => ResponseFit.Fit(2, [new(0, 1, 1)])).Message.ShouldContain("At least three");
        Should.Throw<ArgumentException>(() => Budget.Allocate(new BudgetProblem(5, [new(6, 9)]), Certain(new ResponseCurve(1, 1)))).Message.ShouldContain("add to 6");
        Should.Throw<ArgumentException>(() => Budget.Allocate(new BudgetProblem(9, [new(6, 9, 0)], [new(0, 5)]), Certain(new ResponseCurve(1, 1)))).Message.ShouldContain("group 0");
    }

    private static SpendObservation Observe(ResponseCurve[] truth, int activity, double spend, double noise, Random random) =>
        new(activity, spend, truth[activity].Return(spend) + (noise * (random.NextDouble() + random.NextDouble() + random.NextDouble() + random.NextDouble() - 2) * Math.Sqrt(3)));

    private static bool Feasible(BudgetProblem problem, double[] spend)
    {
        const double hair = 1e-9;
        if (spend.Sum() > problem.Total + hair) return false;
        for (var i = 0; i < spend.Length; i++)
            if (spend[i] < problem.Activities[i].Min - hair || spend[i] > problem.Activities[i].Max + hair) return false;
        for (var g = 0; g < problem.Groups!.Length; g++)
        {
            var sum = spend.Where((_, i) => problem.Activities[i].Group == g).Sum();
            if (sum < problem.Groups[g].Min - hair || sum > problem.Groups[g].Max + hair) return false;
        }

        return true;
    }
}
