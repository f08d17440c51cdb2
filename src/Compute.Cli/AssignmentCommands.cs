using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Trellis.Compute.Assignment;

namespace Trellis.Compute.Cli;

/// <summary><c>compute assign</c>: leads to partners.</summary>
internal static class AssignmentCommands
{
    public static Command Create()
    {
        var pairs = new Argument<string>("pairs") { Description = "CSV of candidates: lead, partner, score; - for standard input." };
        var partners = new Argument<string>("partners") { Description = "CSV of partners: partner, capacity and, if promised, floor." };
        var gap = new Option<double>("--gap") { Description = "Wanted proven distance from the best possible.", DefaultValueFactory = _ => 1e-4 };
        var online = new Option<bool>("--online") { Description = "Decide lead by lead in the order of the file, without looking ahead." };
        var json = new Option<bool>("--json") { Description = "Write JSON with the explanation and prices instead of CSV." };
        var command = new Command("assign", "Give leads to partners with limited capacity so that the sum of scores is largest.") { pairs, partners, gap, online, json };
        command.SetAction((result, cancel) => Task.FromResult(CommandEdge.Run(result, () =>
        {
            var input = Read(new NamedRows(result.GetValue(pairs)!), new NamedRows(result.GetValue(partners)!));
            var output = result.InvocationConfiguration.Output;
            var solved = result.GetValue(online) ? Online(input) : Assign.Solve(input.Problem, new AssignmentOptions(result.GetValue(gap)), new ProgressLine("assigned"), cancel);
            Console.Error.WriteLine(solved.Explanation);
            foreach (var (partner, floor, attainable) in solved.MissedFloors)
                Console.Error.WriteLine($"The floor of {input.Partners[partner]} is {floor}, but only {attainable} can be had beside the other floors.");
            if (result.GetValue(json)) WriteJson(output, input, solved);
            else WriteCsv(output, input, solved);
            return 0;
        })));
        return command;
    }

    private sealed record Input(AssignmentProblem Problem, List<string> Leads, List<string> Partners);

    private static Input Read(NamedRows pairs, NamedRows partners)
    {
        var (names, codes) = (new List<string>(), new Dictionary<string, int>());
        var (capacities, floors) = (new List<int>(), new List<int>());
        for (var r = 0; r < partners.Count; r++)
        {
            var name = partners.Text(r, "partner");
            if (!codes.TryAdd(name, names.Count)) throw partners.Wrong(r, $"{name} is there twice.");
            names.Add(name);
            capacities.Add(partners.Whole(r, "capacity"));
            floors.Add(partners.Whole(r, "floor", 0));
        }

        var (leads, leadCodes) = (new List<string>(), new Dictionary<string, int>());
        var candidates = new List<List<(int Partner, double Score)>>();
        for (var r = 0; r < pairs.Count; r++)
        {
            var lead = pairs.Text(r, "lead");
            if (!leadCodes.TryGetValue(lead, out var i))
            {
                leadCodes[lead] = i = leads.Count;
                leads.Add(lead);
                candidates.Add([]);
            }

            if (!codes.TryGetValue(pairs.Text(r, "partner"), out var j)) throw pairs.Wrong(r, $"there is no partner {pairs.Text(r, "partner")}.");
            candidates[i].Add((j, pairs.Number(r, "score")));
        }

        var offsets = new int[leads.Count + 1];
        for (var i = 0; i < leads.Count; i++) offsets[i + 1] = offsets[i] + candidates[i].Count;
        var flat = candidates.SelectMany(c => c).ToArray();
        var problem = new AssignmentProblem(offsets, [.. flat.Select(f => f.Partner)], [.. flat.Select(f => f.Score)], [.. capacities], floors.Any(f => f > 0) ? [.. floors] : null);
        return new Input(problem, leads, names);
    }

    /// <summary>Replays the file as if each lead came alone, and says how far that stays behind hindsight.</summary>
    private static AssignmentResult Online(Input input)
    {
        var problem = input.Problem;
        var typical = Enumerable.Range(0, problem.Leads).Average(i => problem.Scores.AsSpan(problem.Offsets[i]..problem.Offsets[i + 1]).ToArray().Max());
        var online = new OnlineAssignment(problem.Capacities, problem.Leads, Math.Max(typical, double.Epsilon), problem.Floors);
        var (partnerOf, value) = (new int[problem.Leads], 0.0);
        for (var i = 0; i < problem.Leads; i++)
        {
            var at = problem.Offsets[i]..problem.Offsets[i + 1];
            var choice = online.Choose(problem.Partners.AsSpan(at), problem.Scores.AsSpan(at));
            (partnerOf[i], value) = (choice.Partner, value + choice.Score);
        }

        var bound = Assign.Solve(problem).Bound;
        var text = string.Create(CultureInfo.InvariantCulture, $"One by one: {partnerOf.Count(p => p >= 0):N0} of {problem.Leads:N0} leads assigned, total score {value:0.####}, {value / bound:P1} of what hindsight could reach at most.");
        return new AssignmentResult(partnerOf, value, bound, [.. Enumerable.Range(0, problem.Capacities.Length).Select(online.Price)], [.. online.Taken], [], text);
    }

    private static void WriteCsv(TextWriter output, Input input, AssignmentResult solved)
    {
        output.WriteLine("lead,partner,score");
        for (var i = 0; i < input.Leads.Count; i++)
        {
            var partner = solved.PartnerOf[i];
            output.WriteLine($"{CommandEdge.Field(input.Leads[i])},{(partner < 0 ? "" : CommandEdge.Field(input.Partners[partner]))},{Score(input.Problem, i, partner)}");
        }
    }

    private static string Score(AssignmentProblem problem, int lead, int partner)
    {
        var at = partner < 0 ? -1 : Array.IndexOf(problem.Partners, partner, problem.Offsets[lead], problem.Offsets[lead + 1] - problem.Offsets[lead]);
        return at < 0 ? "" : problem.Scores[at].ToString("R", CultureInfo.InvariantCulture);
    }

    private static void WriteJson(TextWriter output, Input input, AssignmentResult solved) =>
        output.WriteLine(JsonSerializer.Serialize(new
        {
            explanation = solved.Explanation,
            value = solved.Value,
            bound = solved.Bound,
            gap = solved.Gap,
            partners = input.Partners.Select((name, j) => new { partner = name, capacity = input.Problem.Capacities[j], taken = solved.Taken[j], price = solved.Prices[j] }),
            leads = input.Leads.Select((name, i) => new { lead = name, partner = solved.PartnerOf[i] < 0 ? null : input.Partners[solved.PartnerOf[i]] }),
        }));
}
