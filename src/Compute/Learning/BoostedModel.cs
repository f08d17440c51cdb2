using System.Numerics.Tensors;

namespace Trellis.Compute.Learning;

/// <summary>A fitted sum of trees. Immutable and safe to share between threads.</summary>
public sealed class BoostedModel
{
    private BlockScorer? _scorer;

    internal BoostedModel(Goal goal, float start, Bins[] bins, Tree[] trees)
    {
        Goal = goal;
        Start = start;
        Bins = bins;
        Trees = trees;
    }

    /// <summary>What is predicted.</summary>
    public Goal Goal { get; }

    /// <summary>The score of a row before any tree: the base rate on the link scale.</summary>
    public float Start { get; }

    /// <summary>Names of the features, in the order of contributions.</summary>
    public IReadOnlyList<string> Features => Bins.Select(b => b.Name).ToArray();

    /// <summary>Whether each feature is a category, in the same order.</summary>
    public IReadOnlyList<bool> Categories => Bins.Select(b => b.IsCategory).ToArray();

    internal Bins[] Bins { get; }

    internal Tree[] Trees { get; }

    /// <summary>Scores on the link scale (log-odds, mean or log of the mean), one per row.</summary>
    /// <exception cref="ArgumentException">The table lacks a feature of the model.</exception>
    public float[] Score(Table table, int threads = 1, CancellationToken cancel = default)
    {
        var view = new BinView(Bins, table);
        var scores = new float[table.Rows];
        var scorer = LazyInitializer.EnsureInitialized(ref _scorer, () => new BlockScorer(this));
        const int piece = 8192;
        Work.Run((table.Rows + piece - 1) / piece, threads, cancel, p =>
        {
            var from = p * piece;
            scorer.Score(view, from, scores.AsSpan(from, Math.Min(piece, table.Rows - from)));
        });
        return scores;
    }

    /// <summary>Predictions on the target's own scale (probability, mean or count), one per row.</summary>
    /// <exception cref="ArgumentException">The table lacks a feature of the model.</exception>
    public float[] Predict(Table table, int threads = 1, CancellationToken cancel = default)
    {
        var scores = Score(table, threads, cancel);
        if (Goal == Goal.Probability) TensorPrimitives.Sigmoid(scores, scores);
        if (Goal == Goal.Count) TensorPrimitives.Exp(scores, scores);
        return scores;
    }

    /// <summary>The score of one row, tree by tree: the plain definition that block scoring must equal.</summary>
    internal float ScoreRow(ReadOnlySpan<byte> bins)
    {
        var score = Start;
        foreach (var tree in Trees) score += tree.Values[tree.LeafOf(bins)];
        return score;
    }

    /// <summary>Share of the loss reduction that splits on each feature brought in training, adding to 1; ordered as <see cref="Features"/>.</summary>
    public double[] GainShares()
    {
        var gains = new double[Bins.Length];
        foreach (var tree in Trees)
            foreach (var node in tree.Nodes) gains[node.Feature] += node.Gain;
        var sum = gains.Sum();
        return sum > 0 ? gains.Select(g => g / sum).ToArray() : gains;
    }
}
