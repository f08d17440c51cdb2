namespace Trellis.Compute.Matching;

/// <summary>How many partners a record may have in the answer.</summary>
public enum MatchResolution
{
    /// <summary>One company to one company; records of one list that are plainly the same company (same words and domain) count as one.</summary>
    OneCompany,

    /// <summary>One record to one record, strictly.</summary>
    OneToOne,

    /// <summary>Every pair above the threshold.</summary>
    All,
}

/// <summary>How two lists are matched.</summary>
public sealed record MatchOptions
{
    /// <summary>See <see cref="MatchResolution"/>.</summary>
    public MatchResolution Resolution { get; init; } = MatchResolution.OneCompany;

    /// <summary>Pairs below this probability are left out; null chooses the threshold with the best expected F1, from the probabilities alone.</summary>
    public double? Threshold { get; init; }

    /// <summary>Weights to begin with.</summary>
    public MatchModel Model { get; init; } = MatchModel.Default;

    /// <summary>Rounds of expectation maximisation; 0 uses <see cref="Model"/> as it is.</summary>
    public int Rounds { get; init; } = 100;

    /// <summary>Threads; the answer is the same for any number. 0 means one for each core.</summary>
    public int Threads { get; init; }
}

/// <summary>A pair that is held to be one company.</summary>
/// <param name="Left">Row in the left list.</param>
/// <param name="Right">Row in the right list.</param>
/// <param name="Probability">Calibrated probability, competition by other candidates included.</param>
/// <param name="Bits">Evidence of the fields.</param>
public readonly record struct MatchPair(int Left, int Right, double Probability, double Bits);

/// <summary>The answer of a batch match.</summary>
/// <param name="Pairs">Accepted pairs, by left row, then by falling probability.</param>
/// <param name="Threshold">The threshold that was used.</param>
/// <param name="Model">The fitted model; give it to <see cref="CompanyIndex.Build"/>.</param>
/// <param name="Candidates">Pairs that were compared.</param>
/// <param name="Expected">What the probabilities themselves say about the answer.</param>
public sealed record MatchResult(IReadOnlyList<MatchPair> Pairs, double Threshold, MatchModel Model, long Candidates, ExpectedQuality Expected)
{
    /// <summary>The result in words.</summary>
    public string Explanation => string.Create(System.Globalization.CultureInfo.InvariantCulture,
        $"{Pairs.Count:N0} pairs are held to be one company, out of {Candidates:N0} that were compared; those at or above probability {Threshold:0.00} were taken. "
        + $"By the model's own probabilities about {100 * Expected.Precision:0} % of them are right and about {100 * Expected.Recall:0} % of what could be found was found; pairs that share neither a word nor a key are not counted.");
}

/// <summary>Quality as the model expects it, without any label: true only as far as the probabilities are calibrated.</summary>
public sealed record ExpectedQuality(double Precision, double Recall, double F1);
