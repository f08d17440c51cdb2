namespace Trellis.Compute.Learning;

/// <summary>What a boosted model predicts.</summary>
public enum Goal
{
    /// <summary>The probability that a 0/1 target is 1 (logistic loss).</summary>
    Probability,

    /// <summary>The mean of a number (squared error).</summary>
    Mean,

    /// <summary>The mean of a count or amount that cannot be negative (Poisson loss, log link).</summary>
    Count,
}

/// <summary>
/// Settings of gradient boosting. The defaults are fixed, chosen for thousands to millions of rows of business data, and not tuned to any data set.
/// </summary>
public sealed record BoostingOptions
{
    /// <summary>What is predicted.</summary>
    public Goal Goal { get; init; } = Goal.Probability;

    /// <summary>Number of trees.</summary>
    public int Trees { get; init; } = 100;

    /// <summary>Most leaves of one tree, 2 to 255.</summary>
    public int Leaves { get; init; } = 31;

    /// <summary>Shrinkage of each tree's contribution, in (0, 1].</summary>
    public double Rate { get; init; } = 0.1;

    /// <summary>Fewest rows of a leaf (estimated from the second derivatives, as LightGBM does).</summary>
    public int LeafRows { get; init; } = 20;

    /// <summary>L2 penalty on leaf values.</summary>
    public double Penalty { get; init; } = 1;

    /// <summary>Least gain in loss for which a leaf is split; for <see cref="Goal.Mean"/> in units of the target's variance.</summary>
    public double LeastGain { get; init; } = 1e-6;

    /// <summary>Bins per feature, missing included, 3 to 255.</summary>
    public int Bins { get; init; } = 255;

    /// <summary>Added to the second derivative when the levels of a category are put in order, so that rare levels stay near the middle.</summary>
    public double LevelSmoothing { get; init; } = 10;

    /// <summary>Extra L2 penalty for a split on a category.</summary>
    public double LevelPenalty { get; init; } = 10;

    /// <summary>Share of the features that each tree may use, in (0, 1].</summary>
    public double FeatureShare { get; init; } = 1;

    /// <summary>Seed of the choice of features; without effect when <see cref="FeatureShare"/> is 1.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Most threads to use; the result is the same for any number.</summary>
    public int Threads { get; init; } = 1;

    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Trees, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Leaves, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Leaves, 255);
        ArgumentOutOfRangeException.ThrowIfLessThan(Bins, 3);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Bins, 255);
        ArgumentOutOfRangeException.ThrowIfLessThan(LeafRows, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Threads, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(Penalty);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Rate);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Rate, 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(FeatureShare);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(FeatureShare, 1);
    }
}
