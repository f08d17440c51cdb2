using Trellis.Compute.Assignment;

namespace Trellis.Compute.Tests.Assignment;

public sealed class OnlineAssignmentTests
{
    [Theory]
    [InlineData(1.5)]
    [InlineData(0.8)]
    public void Leads_that_come_one_by_one_reach_nearly_what_hindsight_could(double ratio)
    {
        var problem = AssignTests.Large(11, 6_000, 100, ratio, false);
        var hindsight = Assign.Solve(problem);
        var online = new OnlineAssignment(problem.Capacities, problem.Leads, 0.6);
        double value = 0;
        for (var i = 0; i < problem.Leads; i++) value += Choose(online, problem, i).Score;
        value.ShouldBeGreaterThan(0.95 * hindsight.Bound);
        for (var j = 0; j < problem.Capacities.Length; j++) online.Taken[j].ShouldBeLessThanOrEqualTo(problem.Capacities[j]);

        var greedy = new int[problem.Capacities.Length];
        double greedyValue = 0;
        for (var i = 0; i < problem.Leads; i++)
        {
            var best = -1;
            for (var e = problem.Offsets[i]; e < problem.Offsets[i + 1]; e++)
                if (greedy[problem.Partners[e]] < problem.Capacities[problem.Partners[e]] && (best < 0 || problem.Scores[e] > problem.Scores[best])) best = e;
            if (best < 0) continue;
            greedy[problem.Partners[best]]++;
            greedyValue += problem.Scores[best];
        }

        value.ShouldBeGreaterThan(greedyValue, "otherwise the prices would be useless");
    }

    [Fact]
    public void Partners_with_low_scores_come_near_their_floors()
    {
        var problem = AssignTests.Large(12, 6_000, 100, 1.5, true);
        var online = new OnlineAssignment(problem.Capacities, problem.Leads, 0.6, [.. problem.Capacities.Select(_ => 30)]);
        var without = new OnlineAssignment(problem.Capacities, problem.Leads, 0.6);
        for (var i = 0; i < problem.Leads; i++)
        {
            Choose(online, problem, i);
            Choose(without, problem, i);
        }

        without.Taken.Min().ShouldBeLessThan(10);
        online.Taken.Min().ShouldBeGreaterThanOrEqualTo(24);
    }

    [Fact]
    public void A_choice_says_why()
    {
        var online = new OnlineAssignment([1, 5], 10, 1);
        var first = online.Choose([0, 1], [0.9, 0.5]);
        first.Partner.ShouldBe(0);
        first.Explain(j => "P" + j).ShouldBe("P0: score 0.9, its capacity is worth 0; ahead of P1 by 0.4.");
        online.Choose([0], [0.9]).Explain(j => "P" + j).ShouldBe("No candidate has capacity and is worth its price.");
    }

    private static OnlineChoice Choose(OnlineAssignment online, AssignmentProblem problem, int lead) =>
        online.Choose(problem.Partners.AsSpan(problem.Offsets[lead]..problem.Offsets[lead + 1]), problem.Scores.AsSpan(problem.Offsets[lead]..problem.Offsets[lead + 1]));
}
