using Trellis.Compute.Statistics;

namespace Trellis.Compute.Learning;

/// <summary>Turns scores into probabilities that come true. Fit it on rows that the scoring model has not seen.</summary>
public abstract class Calibration
{
    /// <summary>The probability that belongs to a score.</summary>
    public abstract float Apply(float score);

    /// <summary>Probabilities of many scores.</summary>
    public float[] Apply(ReadOnlySpan<float> scores)
    {
        var result = new float[scores.Length];
        for (var i = 0; i < result.Length; i++) result[i] = Apply(scores[i]);
        return result;
    }

    /// <summary>
    /// A sigmoid of the score: Platt (1999), with the smoothed targets and safe Newton steps of Lin, Lin and Weng (2007), doi:10.1007/s10994-007-5018-6.
    /// Suits small samples.
    /// </summary>
    public static SigmoidCalibration Platt(ReadOnlySpan<float> scores, ReadOnlySpan<float> target) => SigmoidCalibration.Fit(scores, target);

    /// <summary>
    /// The rising step function closest to the outcomes, by pooling neighbours that are out of order (Ayer et al. 1955, doi:10.1214/aoms/1177728423);
    /// straight lines join the ends of neighbouring steps. Suits a thousand outcomes or more.
    /// </summary>
    public static IsotonicCalibration Isotonic(ReadOnlySpan<float> scores, ReadOnlySpan<float> target) => IsotonicCalibration.Fit(scores, target);

    private protected static void Check(ReadOnlySpan<float> scores, ReadOnlySpan<float> target)
    {
        if (scores.Length != target.Length || scores.Length == 0) throw new ArgumentException($"There are {scores.Length} scores and {target.Length} outcomes.");
    }
}

/// <summary>Probability = 1 / (1 + e^−(slope·score + offset)).</summary>
public sealed class SigmoidCalibration(double slope, double offset) : Calibration
{
    /// <summary>Log-odds per unit of score.</summary>
    public double Slope { get; } = slope;

    /// <summary>Log-odds at score 0.</summary>
    public double Offset { get; } = offset;

    /// <inheritdoc/>
    public override float Apply(float score) => (float)(1 / (1 + Math.Exp(-(Slope * score + Offset))));

    internal static SigmoidCalibration Fit(ReadOnlySpan<float> scores, ReadOnlySpan<float> target)
    {
        Check(scores, target);
        double positives = 0;
        foreach (var y in target) positives += y > 0.5f ? 1 : 0;
        var negatives = target.Length - positives;
        var (high, low) = ((positives + 1) / (positives + 2), 1 / (negatives + 2));
        double slope = 0, offset = Math.Log((positives + 1) / (negatives + 1));
        var loss = Loss(scores, target, slope, offset, high, low);
        for (var step = 0; step < 100; step++)
        {
            double ga = 0, gb = 0, haa = 1e-12, hab = 0, hbb = 1e-12;
            for (var i = 0; i < scores.Length; i++)
            {
                var p = 1 / (1 + Math.Exp(-(slope * scores[i] + offset)));
                var (d, w) = (p - (target[i] > 0.5f ? high : low), p * (1 - p));
                ga += d * scores[i];
                gb += d;
                haa += w * scores[i] * scores[i];
                hab += w * scores[i];
                hbb += w;
            }

            var determinant = haa * hbb - hab * hab;
            if (Math.Abs(ga) + Math.Abs(gb) < 1e-8 || !(determinant > 0)) break;
            var (da, db) = ((hbb * ga - hab * gb) / determinant, (haa * gb - hab * ga) / determinant);
            var size = 1.0;
            while (size > 1e-9)
            {
                var next = Loss(scores, target, slope - size * da, offset - size * db, high, low);
                if (next < loss)
                {
                    (slope, offset, loss) = (slope - size * da, offset - size * db, next);
                    break;
                }

                size /= 2;
            }

            if (size <= 1e-9) break;
        }

        return new SigmoidCalibration(slope, offset);
    }

    private static double Loss(ReadOnlySpan<float> scores, ReadOnlySpan<float> target, double slope, double offset, double high, double low)
    {
        double sum = 0;
        for (var i = 0; i < scores.Length; i++)
        {
            var z = slope * scores[i] + offset;
            sum += Math.Max(z, 0) + Math.Log(1 + Math.Exp(-Math.Abs(z))) - (target[i] > 0.5f ? high : low) * z;
        }

        return sum;
    }
}

/// <summary>A rising broken line from score to probability.</summary>
public sealed class IsotonicCalibration : Calibration
{
    private readonly float[] _scores;
    private readonly float[] _values;

    private IsotonicCalibration(float[] scores, float[] values) => (_scores, _values) = (scores, values);

    /// <summary>The line's corners: score and probability, both rising.</summary>
    public IReadOnlyList<(float Score, float Probability)> Corners => _scores.Zip(_values).ToArray();

    /// <inheritdoc/>
    public override float Apply(float score)
    {
        var at = Array.BinarySearch(_scores, score);
        if (at >= 0) return _values[at];
        at = ~at;
        if (at == 0) return _values[0];
        if (at == _scores.Length) return _values[^1];
        var share = (score - _scores[at - 1]) / (_scores[at] - _scores[at - 1]);
        return _values[at - 1] + share * (_values[at] - _values[at - 1]);
    }

    internal static IsotonicCalibration Fit(ReadOnlySpan<float> scores, ReadOnlySpan<float> target)
    {
        Check(scores, target);
        var keys = scores.ToArray();
        var outcomes = target.ToArray();
        Array.Sort(keys, outcomes);
        var pools = new List<(double Sum, double Count, float From, float To)>();
        for (var i = 0; i < keys.Length;)
        {
            double sum = 0;
            var j = i;
            for (; j < keys.Length && keys[j] == keys[i]; j++) sum += outcomes[j];
            var pool = (Sum: sum, Count: (double)(j - i), From: keys[i], To: keys[i]);
            while (pools.Count > 0 && pools[^1].Sum * pool.Count >= pool.Sum * pools[^1].Count)
            {
                pool = (pool.Sum + pools[^1].Sum, pool.Count + pools[^1].Count, pools[^1].From, pool.To);
                pools.RemoveAt(pools.Count - 1);
            }

            pools.Add(pool);
            i = j;
        }

        var corners = new List<(float Score, float Value)>();
        foreach (var pool in pools)
        {
            var value = (float)(pool.Sum / pool.Count);
            corners.Add((pool.From, value));
            if (pool.To > pool.From) corners.Add((pool.To, value));
        }

        return new IsotonicCalibration(corners.Select(c => c.Score).ToArray(), corners.Select(c => c.Value).ToArray());
    }
}

/// <summary>One row of a reliability table.</summary>
/// <param name="Rows">Rows in this part.</param>
/// <param name="Predicted">Mean predicted probability.</param>
/// <param name="Observed">Share that came true, with its 95 % Wilson interval.</param>
public sealed record Reliability(int Rows, double Predicted, Interval Observed)
{
    /// <summary>Parts of equal size by rising prediction (DeGroot and Fienberg 1983; interval of Wilson 1927).</summary>
    public static Reliability[] Of(ReadOnlySpan<float> probabilities, ReadOnlySpan<float> target, int parts = 10)
    {
        var keys = probabilities.ToArray();
        var outcomes = target.ToArray();
        Array.Sort(keys, outcomes);
        var rows = new List<Reliability>();
        for (var p = 0; p < parts; p++)
        {
            var (from, to) = ((int)((long)keys.Length * p / parts), (int)((long)keys.Length * (p + 1) / parts));
            if (from == to) continue;
            double predicted = 0, observed = 0;
            for (var i = from; i < to; i++) (predicted, observed) = (predicted + keys[i], observed + outcomes[i]);
            rows.Add(new Reliability(to - from, predicted / (to - from), Wilson(observed, to - from)));
        }

        return rows.ToArray();
    }

    /// <summary>Mean distance between predicted and observed, weighted by rows.</summary>
    public static double ExpectedError(IReadOnlyList<Reliability> table) =>
        table.Sum(r => r.Rows * Math.Abs(r.Predicted - r.Observed.Value)) / table.Sum(r => r.Rows);

    internal static Interval Wilson(double successes, double n, double z = 1.959964)
    {
        var p = successes / n;
        var middle = (p + z * z / (2 * n)) / (1 + z * z / n);
        var half = z * Math.Sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n);
        return new Interval(p, Math.Max(0, middle - half), Math.Min(1, middle + half));
    }
}
