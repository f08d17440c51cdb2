using Trellis.Compute.Statistics;

namespace Trellis.Compute.Learning;

/// <summary>Rows to fit on and rows to judge on.</summary>
public sealed record Fold(int[] Train, int[] Test);

/// <summary>Ways to divide rows.</summary>
public static class Folds
{
    /// <summary>k parts of equal size with the same share of positives; each is the test part once. The same seed gives the same parts.</summary>
    public static Fold[] Stratified(ReadOnlySpan<float> target, int k, ulong seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(target.Length, k);
        var part = new int[target.Length];
        var dice = new Dice(seed);
        var next = 0;
        for (var label = 0; label < 2; label++)
        {
            var members = new List<int>();
            for (var i = 0; i < target.Length; i++)
                if (target[i] > 0.5f == (label == 1)) members.Add(i);
            var shuffled = members.ToArray();
            dice.Shuffle<int>(shuffled);
            // Dealing on from where the other class stopped keeps the parts' sizes within one of each other.
            foreach (var row in shuffled) part[row] = next++ % k;
        }

        return Enumerable.Range(0, k).Select(p => new Fold(Where(part, p, false), Where(part, p, true))).ToArray();
    }

    /// <summary>
    /// Tests in the order of time: the span from the first to the last prediction time is cut so that each of the last <paramref name="windows"/> windows
    /// holds the same number of rows, and each window is predicted by what was already *known* when it began. A row whose outcome came later is not learnt from.
    /// </summary>
    /// <param name="asked">When each row's prediction would have been made (any unit).</param>
    /// <param name="known">When each row's outcome became known, same unit; <paramref name="asked"/> when null.</param>
    /// <param name="windows">Number of test windows.</param>
    /// <param name="first">Share of rows that lie before the first window.</param>
    public static Fold[] ByTime(double[] asked, double[]? known = null, int windows = 5, double first = 0.4)
    {
        known ??= asked;
        ArgumentOutOfRangeException.ThrowIfLessThan(windows, 1);
        if (asked.Length != known.Length) throw new ArgumentException("Each row needs both times.", nameof(known));
        if (asked.Any(double.IsNaN) || known.Any(double.IsNaN)) throw new ArgumentException("A time is missing.", nameof(asked));
        var sorted = asked.Order().ToArray();
        var n = sorted.Length;
        var starts = new double[windows + 1];
        for (var w = 0; w < windows; w++) starts[w] = sorted[Math.Min(n - 1, (int)(n * (first + (1 - first) * w / windows)))];
        starts[windows] = double.PositiveInfinity;
        var folds = new List<Fold>();
        for (var w = 0; w < windows; w++)
        {
            var (from, to) = (starts[w], starts[w + 1]);
            var train = Enumerable.Range(0, n).Where(i => known[i] < from && asked[i] < from).ToArray();
            var test = Enumerable.Range(0, n).Where(i => asked[i] >= from && asked[i] < to).ToArray();
            if (train.Length > 0 && test.Length > 0) folds.Add(new Fold(train, test));
        }

        return folds.ToArray();
    }

    private static int[] Where(int[] part, int wanted, bool inside)
    {
        var rows = new List<int>();
        for (var i = 0; i < part.Length; i++)
            if (part[i] == wanted == inside) rows.Add(i);
        return rows.ToArray();
    }
}
