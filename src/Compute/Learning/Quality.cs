using Trellis.Compute.Statistics;

namespace Trellis.Compute.Learning;

/// <summary>How good predictions are.</summary>
public static class Quality
{
    /// <summary>
    /// Area under the ROC curve: the chance that a random positive scores above a random negative, ties counting half (Hanley and McNeil 1982,
    /// doi:10.1148/radiology.143.1.7063747). NaN when one class is absent.
    /// </summary>
    public static double Auc(ReadOnlySpan<float> scores, ReadOnlySpan<float> target)
    {
        SameLength(scores, target);
        var keys = scores.ToArray();
        var order = target.ToArray();
        Array.Sort(keys, order);
        double negativesBelow = 0, wins = 0, positives = 0;
        for (var i = 0; i < keys.Length;)
        {
            double up = 0, down = 0;
            var j = i;
            for (; j < keys.Length && keys[j] == keys[i]; j++)
            {
                if (order[j] > 0.5f) up++;
                else down++;
            }

            wins += up * (negativesBelow + down / 2);
            negativesBelow += down;
            positives += up;
            i = j;
        }

        return wins / (positives * negativesBelow);
    }

    /// <summary>
    /// The area with its normal interval from the variance of DeLong, DeLong and Clarke-Pearson (1988), doi:10.2307/2531595, by mid-ranks
    /// (Sun and Xu 2014, doi:10.1109/LSP.2014.2337313).
    /// </summary>
    /// <param name="scores">Any score that rises with the chance of a positive.</param>
    /// <param name="target">0 or 1 for each score.</param>
    /// <param name="level">Two-sided coverage, for example 0.95.</param>
    public static Interval AucInterval(ReadOnlySpan<float> scores, ReadOnlySpan<float> target, double level = 0.95)
    {
        var (area, deviation) = AucSpread(scores, target);
        if (double.IsNaN(deviation)) return new Interval(area, 0, 1);
        var half = Normal.Quantile(0.5 + level / 2) * deviation;
        return new Interval(area, Math.Max(0, area - half), Math.Min(1, area + half));
    }

    /// <summary>Mean of −log of the probability given to what happened, in nats. Probabilities are kept 1e-7 away from 0 and 1.</summary>
    public static double LogLoss(ReadOnlySpan<float> probabilities, ReadOnlySpan<float> target)
    {
        SameLength(probabilities, target);
        double sum = 0;
        for (var i = 0; i < target.Length; i++) sum += LogLoss(probabilities[i], target[i]);
        return sum / target.Length;
    }

    /// <summary>Mean squared difference between probability and outcome (Brier 1950).</summary>
    public static double Brier(ReadOnlySpan<float> probabilities, ReadOnlySpan<float> target)
    {
        SameLength(probabilities, target);
        double sum = 0;
        for (var i = 0; i < target.Length; i++) sum += ((double)probabilities[i] - target[i]) * ((double)probabilities[i] - target[i]);
        return sum / target.Length;
    }

    internal static double LogLoss(double probability, double target)
    {
        var p = Math.Clamp(probability, 1e-7, 1 - 1e-7);
        return target > 0.5 ? -Math.Log(p) : -Math.Log(1 - p);
    }

    /// <summary>The area and its standard deviation; the latter is NaN with fewer than two of a class.</summary>
    internal static (double Area, double Deviation) AucSpread(ReadOnlySpan<float> scores, ReadOnlySpan<float> target)
    {
        SameLength(scores, target);
        var positive = new List<float>();
        var negative = new List<float>();
        for (var i = 0; i < scores.Length; i++) (target[i] > 0.5f ? positive : negative).Add(scores[i]);
        var area = Auc(scores, target);
        if (positive.Count < 2 || negative.Count < 2) return (area, double.NaN);
        return (area, Math.Sqrt(PlacementVariance(positive, negative) / positive.Count + PlacementVariance(negative, positive) / negative.Count));
    }

    private static double PlacementVariance(List<float> own, List<float> other)
    {
        var sorted = other.ToArray();
        Array.Sort(sorted);
        double sum = 0, squares = 0;
        foreach (var value in own)
        {
            var placement = (LowerBound(sorted, value) + UpperBound(sorted, value)) / (2.0 * sorted.Length);
            sum += placement;
            squares += placement * placement;
        }

        return Math.Max(0, (squares - sum * sum / own.Count) / (own.Count - 1));
    }

    private static int LowerBound(float[] sorted, float value)
    {
        int low = 0, high = sorted.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (sorted[middle] < value) low = middle + 1;
            else high = middle;
        }

        return low;
    }

    private static int UpperBound(float[] sorted, float value)
    {
        int low = 0, high = sorted.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (sorted[middle] <= value) low = middle + 1;
            else high = middle;
        }

        return low;
    }

    private static void SameLength(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        if (a.Length != b.Length || a.Length == 0) throw new ArgumentException($"There are {a.Length} predictions and {b.Length} outcomes.");
    }
}
