using Trellis.Compute.Statistics;

namespace Trellis.Compute.Learning;

/// <summary>
/// Gradient boosting of histogram trees. Friedman (2001), "Greedy function approximation: a gradient boosting machine", doi:10.1214/aos/1013203451;
/// histograms with best-first trees as in Ke et al. (2017), "LightGBM", NeurIPS. Missing values and categories need no preparation.
/// </summary>
public static class Boosting
{
    private const int BinSample = 200_000;

    /// <summary>Fits a model.</summary>
    /// <param name="table">Features, one row per example.</param>
    /// <param name="target">One number per row: 0 or 1 for <see cref="Goal.Probability"/>, ≥ 0 for <see cref="Goal.Count"/>.</param>
    /// <param name="options">Settings; the fixed defaults when null.</param>
    /// <param name="weights">Non-negative weight of each row; all 1 when null.</param>
    /// <param name="progress">Told the share of trees done.</param>
    /// <param name="cancel">Checked before each tree.</param>
    /// <exception cref="ArgumentException">Lengths differ, there are no rows, or a target is out of range.</exception>
    public static BoostedModel Fit(
        Table table, float[] target, BoostingOptions? options = null, float[]? weights = null, IProgress<double>? progress = null, CancellationToken cancel = default)
    {
        options ??= new BoostingOptions();
        options.Check();
        Targets.Check(table, target, weights, options.Goal);
        if (options.Goal == Goal.Mean) options = options with { LeastGain = options.LeastGain * Targets.Variance(target) };
        var bins = new Bins[table.Columns.Count];
        Work.Run(bins.Length, options.Threads, cancel, f => bins[f] = Bins.Learn(table.Columns[f], options.Bins, BinSample));
        using var rows = new BinnedRows(bins, table, options.Threads);
        using var gradients = new Gradients(options.Goal, target, weights);
        using var grower = new TreeGrower(rows, options);
        var start = Targets.Link(options.Goal, Targets.Mean(target, weights));
        var scores = new float[table.Rows];
        Array.Fill(scores, start);
        var trees = new Tree[options.Trees];
        var dice = new Dice(options.Seed);
        var all = Enumerable.Range(0, bins.Length).ToArray();
        for (var t = 0; t < trees.Length; t++)
        {
            cancel.ThrowIfCancellationRequested();
            gradients.Compute(scores, options.Threads);
            trees[t] = grower.Grow(gradients, Choose(all, options.FeatureShare, ref dice), scores);
            progress?.Report((t + 1.0) / trees.Length);
        }

        return new BoostedModel(options.Goal, start, bins, trees);
    }

    private static int[] Choose(int[] all, double share, ref Dice dice)
    {
        if (share >= 1) return all;
        var some = (int[])all.Clone();
        dice.Shuffle<int>(some);
        var chosen = some[..Math.Max(1, (int)Math.Round(share * all.Length))];
        Array.Sort(chosen);
        return chosen;
    }
}

/// <summary>Checks and links shared by the learners.</summary>
internal static class Targets
{
    public static void Check(Table table, float[] target, float[]? weights, Goal goal)
    {
        if (table.Rows == 0) throw new ArgumentException("There are no rows to learn from.", nameof(table));
        if (target.Length != table.Rows) throw new ArgumentException($"There are {table.Rows} rows but {target.Length} targets.", nameof(target));
        if (weights is not null && weights.Length != table.Rows) throw new ArgumentException($"There are {table.Rows} rows but {weights.Length} weights.", nameof(weights));
        for (var i = 0; i < target.Length; i++)
        {
            var fits = goal switch
            {
                Goal.Probability => target[i] is 0 or 1,
                Goal.Count => target[i] >= 0 && float.IsFinite(target[i]),
                _ => float.IsFinite(target[i]),
            };
            if (!fits) throw new ArgumentException($"Row {i + 1}: the target {target[i]} does not suit the goal '{goal}'.", nameof(target));
            if (weights is not null && !(weights[i] >= 0 && float.IsFinite(weights[i]))) throw new ArgumentException($"Row {i + 1}: the weight is not a number ≥ 0.", nameof(weights));
        }
    }

    /// <summary>Weighted mean; adding in row order keeps it independent of threads.</summary>
    public static double Mean(ReadOnlySpan<float> target, float[]? weights)
    {
        double sum = 0, total = 0;
        for (var i = 0; i < target.Length; i++)
        {
            var w = weights?[i] ?? 1;
            sum += w * (double)target[i];
            total += w;
        }

        return total > 0 ? sum / total : 0;
    }

    public static double Variance(ReadOnlySpan<float> target)
    {
        var mean = Mean(target, null);
        double sum = 0;
        foreach (var y in target) sum += (y - mean) * (y - mean);
        return sum / target.Length;
    }

    public static float Link(Goal goal, double mean) => goal switch
    {
        Goal.Probability => (float)Math.Log(Math.Clamp(mean, 1e-6, 1 - 1e-6) / (1 - Math.Clamp(mean, 1e-6, 1 - 1e-6))),
        Goal.Count => (float)Math.Log(Math.Max(mean, 1e-6)),
        _ => (float)mean,
    };
}
