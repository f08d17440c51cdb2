using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Trellis.Compute.Optimisation;

namespace Trellis.Compute.Cli;

/// <summary><c>compute budget</c>: where the next round of market development funds should go.</summary>
internal static class OptimisationCommands
{
    public static Command Create()
    {
        var past = new Argument<string>("past") { Description = "CSV of past activities: activity, spend, return; - for standard input." };
        var limits = new Argument<string>("limits") { Description = "CSV of the activities to plan: activity, max and, if known, min, current, group, group_min, group_max." };
        var total = new Option<double>("--total") { Description = "The budget.", Required = true };
        var all = new Option<bool>("--spend-all") { Description = "Spend all of it, even where a unit returns less than it costs." };
        var cost = new Option<double>("--unit-cost") { Description = "What a unit of spend must bring back, in the unit of the returns.", DefaultValueFactory = _ => 1 };
        var draws = new Option<int>("--draws") { Description = "Alternatives that express the uncertainty.", DefaultValueFactory = _ => 400 };
        var seed = new Option<int>("--seed") { Description = "Seed of the alternatives.", DefaultValueFactory = _ => 1 };
        var json = new Option<bool>("--json") { Description = "Write JSON with the explanation instead of CSV." };
        var command = new Command("budget", "Allocate a budget over activities with diminishing, uncertain returns.") { past, limits, total, all, cost, draws, seed, json };
        command.SetAction((result, cancel) => Task.FromResult(CommandEdge.Run(result, () =>
        {
            var plan = Read(new NamedRows(result.GetValue(limits)!));
            var history = new NamedRows(result.GetValue(past)!);
            var observations = new List<SpendObservation>();
            for (var r = 0; r < history.Count; r++)
            {
                var activity = plan.Names.IndexOf(history.Text(r, "activity"));
                if (activity < 0) throw history.Wrong(r, $"{history.Text(r, "activity")} is not among the activities to plan.");
                observations.Add(new SpendObservation(activity, history.Number(r, "spend"), history.Number(r, "return")));
            }

            var curves = ResponseFit.Fit(plan.Names.Count, observations, result.GetValue(draws), result.GetValue(seed), new ProgressLine("curves"), cancel);
            var problem = new BudgetProblem(result.GetValue(total), plan.Limits, plan.Groups, result.GetValue(all), result.GetValue(cost));
            var budget = Budget.Allocate(problem, curves, new ProgressLine("plan"), cancel);
            Console.Error.WriteLine(budget.Explanation);
            Write(result.InvocationConfiguration.Output, plan.Names, problem, budget, result.GetValue(json));
            return 0;
        })));
        return command;
    }

    private static (List<string> Names, ActivityLimits[] Limits, GroupLimits[] Groups) Read(NamedRows rows)
    {
        var (names, limits) = (new List<string>(), new List<ActivityLimits>());
        var (groups, groupLimits) = (new List<string>(), new List<GroupLimits>());
        for (var r = 0; r < rows.Count; r++)
        {
            var name = rows.Text(r, "activity");
            if (names.Contains(name)) throw rows.Wrong(r, $"{name} is there twice.");
            var group = -1;
            if (rows.Has("group") && rows.Text(r, "group") is var groupName && (group = groups.IndexOf(groupName)) < 0)
            {
                group = groups.Count;
                groups.Add(groupName);
                groupLimits.Add(new GroupLimits(rows.Number(r, "group_min", 0), rows.Number(r, "group_max", double.MaxValue)));
            }

            names.Add(name);
            limits.Add(new ActivityLimits(rows.Number(r, "min", 0), rows.Number(r, "max"), group, rows.Number(r, "current", 0)));
        }

        return (names, [.. limits], [.. groupLimits]);
    }

    private static void Write(TextWriter output, List<string> names, BudgetProblem problem, BudgetPlan plan, bool json)
    {
        if (json)
        {
            output.WriteLine(JsonSerializer.Serialize(new
            {
                explanation = plan.Explanation,
                expectedReturn = plan.ExpectedReturn,
                interval = new[] { plan.Interval.Low, plan.Interval.High },
                gain = new[] { plan.ExpectedGain.Mean, plan.ExpectedGain.Low, plan.ExpectedGain.High },
                chanceBetter = plan.ChanceBetter,
                activities = names.Select((name, i) => new { activity = name, spend = plan.Spend[i], current = problem.Activities[i].Current, marginal = plan.Marginals[i] }),
            }));
            return;
        }

        output.WriteLine("activity,spend,current,marginal");
        for (var i = 0; i < names.Count; i++)
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{CommandEdge.Field(names[i])},{plan.Spend[i]:0.##},{problem.Activities[i].Current:0.##},{plan.Marginals[i]:0.####}"));
    }
}
