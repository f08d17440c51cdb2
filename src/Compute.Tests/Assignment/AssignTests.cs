using Trellis.Compute.Assignment;

namespace Trellis.Compute.Tests.Assignment;

public sealed class AssignTests
{
    [Fact]
    public void The_textbook_matrix_is_solved()
    {
        // Kuhn's example: workers by jobs; the best sum is 7 + 7 + 7 … found by hand as 26.
        double[][] scores = [[8, 5, 9], [9, 9, 3], [7, 8, 8]];
        var problem = new AssignmentProblem([0, 3, 6, 9], [0, 1, 2, 0, 1, 2, 0, 1, 2], [.. scores.SelectMany(r => r)], [1, 1, 1]);
        var result = Assign.Solve(problem, new AssignmentOptions(1e-6));
        result.PartnerOf.ShouldBe([2, 0, 1]);
        result.Value.ShouldBe(26);
        result.Gap.ShouldBeLessThanOrEqualTo(1e-6);
        result.Explanation.ShouldStartWith("3 of 3 leads assigned, total score 26;");
    }

    [Fact]
    public void Small_problems_equal_the_best_of_all_assignments_and_the_bound_holds()
    {
        for (var seed = 0; seed < 400; seed++)
        {
            var problem = Random(seed, leads: 1 + (seed % 7), partners: 1 + (seed % 4), withFloors: seed % 2 == 1);
            var best = BestOfAll(problem, out var feasible);
            var result = Assign.Solve(problem, new AssignmentOptions(1e-5));
            Valid(problem, result);
            if (!feasible)
            {
                result.MissedFloors.Count.ShouldBeGreaterThan(0, $"seed {seed}");
                continue;
            }

            result.MissedFloors.ShouldBeEmpty();
            result.Value.ShouldBe(best, 1e-5 * Math.Abs(best) + 1e-9, $"seed {seed}");
            (result.Bound - result.Value).ShouldBeLessThanOrEqualTo(1e-5 * Math.Abs(result.Bound) + 1e-9, $"seed {seed}");
            result.Bound.ShouldBeGreaterThanOrEqualTo(best - 1e-12, $"seed {seed}");
        }
    }

    [Theory]
    [InlineData(1.5, false)]
    [InlineData(0.7, false)]
    [InlineData(1.2, true)]
    [InlineData(0.7, true)]
    public void A_thousand_leads_reach_the_wanted_gap_within_capacity_and_floors(double ratio, bool withFloors)
    {
        var problem = Large(3, 2_000, 200, ratio, withFloors);
        var result = Assign.Solve(problem, new AssignmentOptions(1e-4));
        Valid(problem, result);
        result.Gap.ShouldBeLessThanOrEqualTo(1e-4);
        if (withFloors) result.MissedFloors.ShouldBeEmpty();
    }

    [Fact]
    public void Floors_cost_score_and_never_more_than_the_prices_say()
    {
        var free = Assign.Solve(Large(3, 2_000, 200, 1.2, false));
        var fair = Assign.Solve(Large(3, 2_000, 200, 1.2, true));
        fair.Value.ShouldBeLessThan(free.Value);
        free.Taken.Min().ShouldBe(0);
        fair.Taken.Min().ShouldBe(4);
        fair.Prices.Min().ShouldBeLessThan(0);
    }

    [Fact]
    public void Empty_and_hopeless_problems_are_answered()
    {
        Assign.Solve(new AssignmentProblem([0], [], [], [3])).Value.ShouldBe(0);
        var result = Assign.Solve(new AssignmentProblem([0, 0, 1], [0], [-5], [1], [1]));
        result.PartnerOf.ShouldBe([-1, 0], "the floor asks for the lead although it costs");
        result.Value.ShouldBe(-5);
        result.Gap.ShouldBe(0, 1e-4);
        Assign.Solve(new AssignmentProblem([0, 1], [0], [5], [0])).PartnerOf.ShouldBe([-1]);
        var poor = Assign.Solve(new AssignmentProblem([0, 1], [0], [5], [3], [2]));
        poor.MissedFloors.ShouldBe([(0, 2, 1)]);
        poor.Explanation.ShouldContain("1 floors cannot be met");
    }

    [Fact]
    public void Wrong_input_is_refused_with_the_place()
    {
        Should.Throw<ArgumentException>(() => new AssignmentProblem([0, 2], [0, 0], [1, 1], [1])).Message.ShouldContain("Lead 0 names partner 0 twice");
        Should.Throw<ArgumentException>(() => new AssignmentProblem([0, 1], [1], [1], [1])).Message.ShouldContain("pair 0 is 1");
        Should.Throw<ArgumentException>(() => new AssignmentProblem([0, 1], [0], [double.NaN], [1]));
        Should.Throw<ArgumentException>(() => new AssignmentProblem([0, 1], [0], [1], [1], [2])).Message.ShouldContain("floor of partner 0 is 2");
    }

    internal static AssignmentProblem Large(int seed, int leads, int partners, double ratio, bool withFloors)
    {
        var random = new Random(seed);
        var quality = Enumerable.Range(0, partners).Select(_ => random.NextDouble()).ToArray();
        var (offsets, who, scores) = (new int[leads + 1], new List<int>(), new List<double>());
        for (var i = 0; i < leads; i++)
        {
            foreach (var j in Enumerable.Range(0, partners).OrderBy(_ => random.Next()).Take(12))
            {
                who.Add(j);
                scores.Add(0.2 + (0.6 * quality[j]) + (0.2 * random.NextDouble()));
            }

            offsets[i + 1] = who.Count;
        }

        int[] capacities = [.. quality.Select(_ => (int)(leads * ratio / partners))];
        return new AssignmentProblem(offsets, [.. who], [.. scores], capacities, withFloors ? [.. capacities.Select(c => Math.Min(c, 4))] : null);
    }

    private static AssignmentProblem Random(int seed, int leads, int partners, bool withFloors)
    {
        var random = new Random(seed);
        var (offsets, who, scores) = (new int[leads + 1], new List<int>(), new List<double>());
        for (var i = 0; i < leads; i++)
        {
            for (var j = 0; j < partners; j++)
            {
                if (random.Next(3) == 0) continue;
                who.Add(j);
                // Few levels make ties, which auctions must survive.
                scores.Add(random.Next(2) == 0 ? random.Next(-1, 4) : random.NextDouble());
            }

            offsets[i + 1] = who.Count;
        }

        int[] capacities = [.. Enumerable.Range(0, partners).Select(_ => random.Next(0, 4))];
        return new AssignmentProblem(offsets, [.. who], [.. scores], capacities, withFloors ? [.. capacities.Select(c => random.Next(0, c + 1))] : null);
    }

    private static void Valid(AssignmentProblem problem, AssignmentResult result)
    {
        var taken = new int[problem.Capacities.Length];
        double value = 0;
        for (var i = 0; i < problem.Leads; i++)
        {
            if (result.PartnerOf[i] < 0) continue;
            var e = Array.IndexOf(problem.Partners, result.PartnerOf[i], problem.Offsets[i], problem.Offsets[i + 1] - problem.Offsets[i]);
            e.ShouldBeGreaterThanOrEqualTo(0);
            value += problem.Scores[e];
            taken[result.PartnerOf[i]]++;
        }

        result.Taken.ShouldBe(taken);
        result.Value.ShouldBe(value, 1e-9);
        result.Bound.ShouldBeGreaterThanOrEqualTo(result.Value);
        for (var j = 0; j < taken.Length; j++)
        {
            taken[j].ShouldBeLessThanOrEqualTo(problem.Capacities[j]);
            var missed = result.MissedFloors.Where(m => m.Partner == j).Select(m => m.Attainable).DefaultIfEmpty(problem.Floors?[j] ?? 0).Single();
            taken[j].ShouldBeGreaterThanOrEqualTo(missed);
        }
    }

    private static double BestOfAll(AssignmentProblem problem, out bool feasible)
    {
        var best = double.NegativeInfinity;
        var taken = new int[problem.Capacities.Length];
        Visit(0, 0);
        feasible = !double.IsNegativeInfinity(best);
        return best;

        void Visit(int lead, double value)
        {
            if (lead == problem.Leads)
            {
                if (problem.Floors is not { } floors || taken.Zip(floors).All(p => p.First >= p.Second)) best = Math.Max(best, value);
                return;
            }

            Visit(lead + 1, value);
            for (var e = problem.Offsets[lead]; e < problem.Offsets[lead + 1]; e++)
            {
                var j = problem.Partners[e];
                if (taken[j] == problem.Capacities[j]) continue;
                taken[j]++;
                Visit(lead + 1, value + problem.Scores[e]);
                taken[j]--;
            }
        }
    }
}
