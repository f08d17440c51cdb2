namespace Trellis.Compute.Matching;

/// <summary>Turns evidence into an answer: candidates compete, a threshold is chosen, and conflicts are resolved from the most certain pair down.</summary>
internal static class Resolve
{
    internal sealed record Answer(List<MatchPair> Pairs, double Threshold, ExpectedQuality Expected);

    public static Answer Run(CandidatePairs pairs, Competition? competition, MatchModel model, MatchOptions options)
    {
        var list = new List<MatchPair>();
        for (var row = 0; row + 1 < pairs.Start.Length; row++)
            for (var i = pairs.Start[row]; i < pairs.Start[row + 1]; i++)
            {
                var p = competition is null || options.Resolution == MatchResolution.All ? model.Probability(Evidence.Bits(model, pairs.Pattern[i])) : competition.Probability[i];
                if (p >= 1e-4) list.Add(new MatchPair(row, pairs.Other[i], p, Evidence.Bits(model, pairs.Pattern[i])));
            }

        list.Sort((x, y) => x.Probability != y.Probability ? y.Probability.CompareTo(x.Probability)
            : x.Bits != y.Bits ? y.Bits.CompareTo(x.Bits) : x.Left != y.Left ? x.Left.CompareTo(y.Left) : x.Right.CompareTo(y.Right));
        if (competition is not null && options.Resolution != MatchResolution.All) list = FromTheMostCertain(list, competition, options.Resolution == MatchResolution.OneToOne);
        var threshold = options.Threshold ?? BestExpected(list);
        var accepted = list.Where(p => p.Probability >= threshold).ToList();
        return new Answer(accepted, threshold, Expect(list, accepted));
    }

    private static List<MatchPair> FromTheMostCertain(List<MatchPair> sorted, Competition competition, bool strict)
    {
        var partnerOfLeft = new Dictionary<int, int>();
        var partnerOfRight = new Dictionary<int, int>();
        var kept = new List<MatchPair>();
        foreach (var pair in sorted)
        {
            var left = strict ? pair.Left : competition.Left(pair.Left);
            var right = strict ? pair.Right : competition.Right(pair.Right);
            var leftTaken = partnerOfLeft.TryGetValue(left, out var r);
            var rightTaken = partnerOfRight.TryGetValue(right, out var l);
            if (strict ? leftTaken || rightTaken : leftTaken && r != right || rightTaken && l != left) continue;
            partnerOfLeft[left] = right;
            partnerOfRight[right] = left;
            kept.Add(pair);
        }

        return kept;
    }

    /// <summary>
    /// Threshold with the highest expected F1 = 2·Σp(accepted) / (accepted + Σp(all)): the probabilities stand in for the labels
    /// (Lewis 1995, "Evaluating and optimizing autonomous text classification systems").
    /// </summary>
    public static double BestExpected(IReadOnlyList<MatchPair> pairs)
    {
        var sorted = pairs.Select(p => p.Probability).ToArray();
        Array.Sort(sorted);
        Array.Reverse(sorted);
        var all = sorted.Sum();
        double sum = 0, best = 0, at = 0.5;
        for (var i = 0; i < sorted.Length; i++)
        {
            sum += sorted[i];
            var value = 2 * sum / (i + 1 + all);
            if (value <= best) continue;
            (best, at) = (value, sorted[i]);
        }

        return at;
    }

    private static ExpectedQuality Expect(List<MatchPair> all, List<MatchPair> accepted)
    {
        var sum = accepted.Sum(p => p.Probability);
        var total = all.Sum(p => p.Probability);
        return accepted.Count == 0 ? new ExpectedQuality(1, total > 0 ? 0 : 1, 0) : new ExpectedQuality(sum / accepted.Count, sum / total, 2 * sum / (accepted.Count + total));
    }
}
