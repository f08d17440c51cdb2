namespace Trellis.Compute.Matching;

/// <summary>Estimates a model from unlabelled candidate pairs by expectation maximisation over their patterns of levels.</summary>
/// <remarks>
/// Winkler, W. (1988), "Using the EM algorithm for weight computation in the Fellegi–Sunter model of record linkage"; Dempster, Laird and Rubin (1977).
/// Levels are taken as independent given the truth; the starting model enters as a few pseudo-pairs, so that a level never seen keeps a finite weight.
/// </remarks>
internal static class MatchFit
{
    private const double PseudoPairs = 4;

    /// <summary>Fits to counts by pattern; returns the start when there are too few pairs to learn from.</summary>
    public static MatchModel Fit(ReadOnlySpan<long> counts, MatchModel start, int rounds, out int used)
    {
        var patterns = new List<int>();
        long total = 0;
        for (var p = 0; p < counts.Length; p++)
        {
            if (counts[p] == 0) continue;
            patterns.Add(p);
            total += counts[p];
        }

        used = 0;
        if (total < 50) return start;
        var model = start;
        for (; used < rounds; used++)
        {
            var next = Step(counts, patterns, model, start);
            var moved = Math.Abs(next.Prior - model.Prior) / model.Prior;
            model = next;
            if (moved < 1e-6 && used > 10) break;
        }

        return model;
    }

    /// <summary>One maximisation step with probabilities that came from competition between the pairs.</summary>
    public static MatchModel Refit(CandidatePairs pairs, ReadOnlySpan<double> probability, MatchModel start)
    {
        var matched = new double[Levels.Patterns];
        for (var i = 0; i < probability.Length; i++) matched[pairs.Pattern[i]] += probability[i];
        var m = Pseudo(start.M);
        var u = Pseudo(start.U);
        double matches = PseudoPairs * start.Prior, all = PseudoPairs;
        for (var pattern = 0; pattern < matched.Length; pattern++)
        {
            if (pairs.Counts[pattern] == 0) continue;
            matches += matched[pattern];
            all += pairs.Counts[pattern];
            for (var f = 0; f < m.Length; f++)
            {
                var level = Levels.Of(pattern, (MatchField)f);
                m[f][level] += matched[pattern];
                u[f][level] += pairs.Counts[pattern] - matched[pattern];
            }
        }

        for (var f = 0; f < m.Length; f++)
        {
            Normalise(m[f]);
            Normalise(u[f]);
        }

        return new MatchModel { Prior = Math.Clamp(matches / all, 1e-9, 1 - 1e-9), M = m, U = u };
    }

    private static MatchModel Step(ReadOnlySpan<long> counts, List<int> patterns, MatchModel model, MatchModel start)
    {
        var m = Pseudo(start.M);
        var u = Pseudo(start.U);
        double matches = PseudoPairs * start.Prior, all = PseudoPairs;
        foreach (var pattern in patterns)
        {
            double n = counts[pattern];
            var p = model.Probability(Evidence.Bits(model, pattern));
            matches += n * p;
            all += n;
            for (var f = 0; f < Levels.Count.Length; f++)
            {
                var level = Levels.Of(pattern, (MatchField)f);
                m[f][level] += n * p;
                u[f][level] += n * (1 - p);
            }
        }

        for (var f = 0; f < m.Length; f++)
        {
            Normalise(m[f]);
            Normalise(u[f]);
        }

        return new MatchModel { Prior = Math.Clamp(matches / all, 1e-9, 1 - 1e-9), M = m, U = u };
    }

    private static double[][] Pseudo(double[][] probabilities) => probabilities.Select(field => field.Select(p => p * PseudoPairs).ToArray()).ToArray();

    // A missing value says nothing, so its level takes no part.
    private static void Normalise(double[] field)
    {
        field[0] = 0;
        var sum = field.Sum();
        for (var i = 1; i < field.Length; i++) field[i] /= sum;
    }
}
