using System.Diagnostics;
using System.Globalization;
using Trellis.Compute.Assignment;

namespace Trellis.Compute.Bench.Assignment;

/// <summary>Leads × partners = leads ÷ 10 × 20 candidates, with alike partners and with partners of unlike quality, which all leads want.</summary>
internal static class AssignmentBench
{
    private const int Candidates = 20;

    public static IEnumerable<BenchLine> Run(double scale)
    {
        Assign.Solve(Make(2_000, 1.0, unlike: true, floors: true));
        foreach (var leads in new[] { 10_000, 100_000, 1_000_000 })
        {
            if (leads > 100_000 * scale * 10 || (leads > 100_000 && scale < 1)) continue;
            foreach (var (ratio, goal) in new[] { (1.5, "1 s"), (1.0, "none"), (0.8, "3 s") })
                foreach (var unlike in new[] { false, true })
                    yield return Line(leads, ratio, unlike, floors: false, leads == 100_000 ? goal : "none");
        }

        yield return Line((int)(100_000 * Math.Min(1, scale)), 1.5, unlike: true, floors: true, "none");
        yield return Online((int)(100_000 * Math.Min(1, scale)));
    }

    private static BenchLine Line(int leads, double ratio, bool unlike, bool floors, string goal)
    {
        var problem = Make(leads, ratio, unlike, floors);
        var ours = BenchTable.Measure(() => Assign.Solve(problem));
        var naive = BenchTable.Measure(() => Greedy(problem));
        var c = CultureInfo.InvariantCulture;
        return new BenchLine(string.Create(c, $"Assign {leads:N0} leads × {leads / 10:N0} partners, {ratio:0.0} × capacity, {(unlike ? "unlike" : "alike")} partners{(floors ? ", floors of 3" : "")}"),
            ours.Cpu, naive.Cpu, ours.Allocated, string.Create(c, $"gap {ours.Result.Gap:E1} (wanted 1E-4); naive: best pair first, which loses {1 - (naive.Result / ours.Result.Value):P2} of the score{(floors ? " and ignores floors" : "")}; goal {goal}"));
    }

    private static BenchLine Online(int leads)
    {
        var problem = Make(leads, 0.8, unlike: true, floors: false);
        var bound = Assign.Solve(problem).Bound;
        var times = new double[leads];
        var ours = BenchTable.Measure(() =>
        {
            var online = new OnlineAssignment(problem.Capacities, leads, 0.6);
            double value = 0;
            for (var i = 0; i < leads; i++)
            {
                var at = problem.Offsets[i]..problem.Offsets[i + 1];
                var start = Stopwatch.GetTimestamp();
                value += online.Choose(problem.Partners.AsSpan(at), problem.Scores.AsSpan(at)).Score;
                times[i] = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
            }

            return value;
        });
        Array.Sort(times);
        return new BenchLine(string.Create(CultureInfo.InvariantCulture, $"One lead at a time, {leads:N0} leads"), ours.Cpu, null, ours.Allocated,
            string.Create(CultureInfo.InvariantCulture, $"99th percentile {times[(int)(0.99 * leads)]:0.0} µs, worst {times[^1]:0} µs (goal 200 µs); {ours.Result / bound:P1} of what hindsight could reach"));
    }

    private static double Greedy(AssignmentProblem problem)
    {
        var order = new int[problem.Scores.Length];
        var leadOf = new int[order.Length];
        for (var i = 0; i < problem.Leads; i++)
            for (var e = problem.Offsets[i]; e < problem.Offsets[i + 1]; e++) (order[e], leadOf[e]) = (e, i);
        Array.Sort([.. problem.Scores.Select(s => -s)], order);
        var (left, done) = ((int[])problem.Capacities.Clone(), new bool[problem.Leads]);
        double value = 0;
        foreach (var e in order)
        {
            if (done[leadOf[e]] || left[problem.Partners[e]] == 0) continue;
            done[leadOf[e]] = true;
            left[problem.Partners[e]]--;
            value += problem.Scores[e];
        }

        return value;
    }

    private static AssignmentProblem Make(int leads, double ratio, bool unlike, bool floors)
    {
        var random = new Random(1);
        var partners = leads / 10;
        var quality = Enumerable.Range(0, partners).Select(_ => random.NextDouble()).ToArray();
        var (offsets, who, scores) = (new int[leads + 1], new int[leads * Candidates], new double[leads * Candidates]);
        var seenBy = new int[partners];
        for (var i = 0; i < leads; i++)
        {
            offsets[i + 1] = offsets[i] + Candidates;
            for (var e = offsets[i]; e < offsets[i + 1]; e++)
            {
                do who[e] = random.Next(partners);
                while (seenBy[who[e]] == i + 1);
                seenBy[who[e]] = i + 1;
                scores[e] = unlike ? 0.2 + (0.6 * quality[who[e]]) + (0.2 * random.NextDouble()) : random.NextDouble();
            }
        }

        int[] capacities = [.. quality.Select(_ => (int)(10 * ratio))];
        return new AssignmentProblem(offsets, who, scores, capacities, floors ? [.. capacities.Select(_ => 3)] : null);
    }
}
