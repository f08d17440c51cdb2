using System.Globalization;

namespace Trellis.Compute.Assignment;

/// <summary>
/// Gives many leads to partners with limited capacity so that the sum of scores is as large as possible, with a proof of how close it came:
/// auction (Bertsekas 1988, doi:10.1007/BF02186476) and weak linear-programming duality.
/// </summary>
public static class Assign
{
    /// <summary>Solves to the wanted gap; the same problem gives the same answer on every machine.</summary>
    /// <param name="problem">Leads, candidates, capacities and floors.</param>
    /// <param name="options">The wanted gap.</param>
    /// <param name="progress">Receives the finished fraction, 0 to 1, after each round.</param>
    /// <param name="cancel">Stops the work.</param>
    public static AssignmentResult Solve(AssignmentProblem problem, AssignmentOptions? options = null, IProgress<double>? progress = null, CancellationToken cancel = default)
    {
        options ??= new AssignmentOptions();
        if (!(options.Gap > 0)) throw new ArgumentOutOfRangeException(nameof(options), options.Gap, "The wanted gap must be above 0.");
        // The gap seldom exceeds a tenth of what ε allows in the worst case, so this ε is coarse; it is made finer until the proof is there.
        var (typical, largest) = Scores(problem);
        var wanted = 6 * options.Gap * typical;
        AssignmentResult? best = null;
        var bound = double.PositiveInfinity;
        var auction = new Auction(problem);
        var floors = new Lazy<Floors>(() => new Floors(problem));
        int[]? attainable = null;
        var passes = 1;
        // ε-scaling: coarse auctions find nearly the right prices with few bids, and the fine one starts a little below them.
        var (epsilon, before) = (Floor(216 * wanted), double.PositiveInfinity);
        for (var round = 0; round < options.MaxRounds;)
        {
            auction.Forward(epsilon, 2 * before, cancel);
            before = epsilon;
            progress?.Report(best is null ? Math.Min(0.8, passes++ * 0.2) : Math.Clamp(options.Gap / Math.Max(best.Gap, double.Epsilon), 0.8, 1));
            if (epsilon <= wanted * 1.01 || epsilon == Floor(0))
            {
                if (problem.Floors is not null) attainable ??= floors.Value.Attainable(problem.Floors, auction.PartnerOf, auction.Taken, cancel);
                if (attainable is not null || auction.HasStrayPrice()) floors.Value.Reverse(auction, attainable ?? new int[problem.Capacities.Length], epsilon, cancel);
                var found = Judge(problem, auction, attainable);
                bound = Math.Min(bound, found.Bound);
                if (best is null || found.Value > best.Value) best = found;
                best = best with { Bound = Math.Max(bound, best.Value) };
                if (best.Gap <= options.Gap) break;
                round++;
            }

            epsilon = Floor(epsilon / 6);
        }

        return best! with { Explanation = Explain(problem, best!) };

        // Steps too small for the digits of a price would never end.
        double Floor(double step) => largest == 0 ? 1 : Math.Max(step, 1e-11 * largest);
    }

    private static AssignmentResult Judge(AssignmentProblem problem, Auction auction, int[]? floors)
    {
        var prices = auction.Prices;
        double value = 0, bound = 0;
        for (var i = 0; i < problem.Leads; i++)
        {
            double profit = 0;
            for (var e = problem.Offsets[i]; e < problem.Offsets[i + 1]; e++)
            {
                if (problem.Capacities[problem.Partners[e]] > 0) profit = Math.Max(profit, problem.Scores[e] - prices[problem.Partners[e]]);
                if (problem.Partners[e] == auction.PartnerOf[i]) value += problem.Scores[e];
            }

            bound += profit;
        }

        for (var j = 0; j < prices.Length; j++) bound += prices[j] * (prices[j] > 0 ? problem.Capacities[j] : floors?[j] ?? 0);
        var missed = new List<(int, int, int)>();
        for (var j = 0; j < floors?.Length; j++)
            if (floors[j] < problem.Floors![j]) missed.Add((j, problem.Floors[j], floors[j]));
        return new AssignmentResult([.. auction.PartnerOf], value, bound, [.. prices], [.. auction.Taken], missed, "");
    }

    /// <summary>The mean of the leads' best scores, and the largest score of all in size.</summary>
    private static (double Typical, double Largest) Scores(AssignmentProblem problem)
    {
        double sum = 0, largest = 0;
        for (var i = 0; i < problem.Leads; i++)
        {
            double top = 0;
            for (var e = problem.Offsets[i]; e < problem.Offsets[i + 1]; e++)
            {
                top = Math.Max(top, problem.Scores[e]);
                largest = Math.Max(largest, Math.Abs(problem.Scores[e]));
            }

            sum += top;
        }

        return (sum / Math.Max(1, problem.Leads), largest);
    }

    private static string Explain(AssignmentProblem problem, AssignmentResult result)
    {
        var c = CultureInfo.InvariantCulture;
        var assigned = result.PartnerOf.Count(p => p >= 0);
        var full = result.Taken.Where((t, j) => t > 0 && t == problem.Capacities[j]).Count();
        var text = string.Create(c, $"{assigned:N0} of {problem.Leads:N0} leads assigned, total score {result.Value:0.####}; no assignment can exceed {result.Bound:0.####} (gap {result.Gap:E1}). {full:N0} partners are full; the price says what one more place there would be worth.");
        return result.MissedFloors.Count == 0 ? text
            : text + string.Create(c, $" {result.MissedFloors.Count:N0} floors cannot be met for lack of candidates and were lowered.");
    }
}
