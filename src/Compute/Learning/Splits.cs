using System.Runtime.CompilerServices;

namespace Trellis.Compute.Learning;

/// <summary>The best way found to divide a leaf.</summary>
internal struct Split
{
    public double Gain;
    public int Feature;
    public byte Threshold;
    public byte Shift;
    public bool IsCategory;
    public Level Set;
    public long Left;

    /// <summary>256 bits, one per bin.</summary>
    [InlineArray(4)]
    public struct Level
    {
        private ulong _first;
    }
}

/// <summary>
/// Finds the split of largest gain G²/(H + λ) summed over children less the parent (Friedman 2001, doi:10.1214/aos/1013203451; Chen and Guestrin 2016,
/// doi:10.1145/2939672.2939785). Missing values are tried on both sides. Levels of a category are ordered by G/(H + s) and cut like a number, which is
/// optimal for convex losses (Fisher 1958, doi:10.1080/01621459.1958.10501479).
/// </summary>
internal sealed unsafe class Splits(BinnedRows rows, BoostingOptions options)
{
    private const int OneByOne = 4;
    private const int MostLevels = 32;
    private readonly int[] _order = new int[256];
    private readonly double[] _rank = new double[256];
    private double _penalty;
    private double _levelPenalty;
    private double _unit;
    private double _smoothing;
    private double _leastSecond;
    private double _leastLevel;

    /// <summary>Sets the units of this tree's whole numbers.</summary>
    public void Begin(Gradients gradients)
    {
        // Working in units of the packed numbers saves two multiplications per candidate: gain = unit · g² / (h + λ / secondUnit).
        _unit = gradients.FirstUnit * gradients.FirstUnit / gradients.SecondUnit;
        _penalty = Math.Max(options.Penalty, 1e-12) / gradients.SecondUnit;
        _levelPenalty = _penalty + options.LevelPenalty / gradients.SecondUnit;
        _smoothing = options.LevelSmoothing / gradients.SecondUnit;
    }

    public Split Best(long* histogram, long total, int count, int[] features)
    {
        var best = new Split { Gain = options.LeastGain, Feature = -1 };
        if (count < 2 * options.LeafRows) return best;
        var second = (double)(uint)total;
        _leastSecond = options.LeafRows * second / count;
        _leastLevel = Math.Min(options.LevelSmoothing, count) * second / count;
        foreach (var f in features)
        {
            var cells = new ReadOnlySpan<long>(histogram + rows.Offsets[f], rows.Bins[f].Count);
            if (rows.Bins[f].IsCategory) Levels(cells, total, f, ref best);
            else Numbers(cells, total, f, ref best);
        }

        return best;
    }

    private static double Score(long sum, double penalty)
    {
        double first = (int)(sum >> 32);
        return first * first / ((uint)sum + penalty);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Numbers(ReadOnlySpan<long> cells, long total, int feature, ref Split best)
    {
        var parent = Score(total, _penalty);
        var bestScore = best.Gain / _unit + parent;
        var found = Scan(cells, total, 0, ref bestScore, out var threshold, out var left);
        byte shift = 1;
        if (cells[0] != 0 && Scan(cells, total, cells[0], ref bestScore, out var other, out var otherLeft))
        {
            (found, threshold, left, shift) = (true, other, otherLeft, 0);
        }

        if (!found) return;
        // Where no value was missing in training, a missing one later follows the larger side.
        if (cells[0] == 0 && (uint)left > (uint)total - (uint)left) shift = 0;
        best = new Split
        {
            Gain = (bestScore - parent) * _unit, Feature = feature, Shift = shift, Left = left, Threshold = (byte)(threshold - shift),
        };
    }

    /// <summary>Tries each cut with <paramref name="left"/> already on the left. True when one beats <paramref name="bestScore"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool Scan(ReadOnlySpan<long> cells, long total, long left, ref double bestScore, out int threshold, out long bestLeft)
    {
        threshold = 0;
        bestLeft = 0;
        var penalty = _penalty;
        var least = _leastSecond;
        var most = (uint)total - least;
        for (var bin = 1; bin < cells.Length; bin++)
        {
            if (cells[bin] == 0) continue;
            left += cells[bin];
            double second = (uint)left;
            if (second < least) continue;
            if (second > most) break;
            double first = (int)(left >> 32);
            double otherFirst = (int)((total - left) >> 32);
            // One division for both children: a/b + c/d = (ad + cb) / bd.
            var low = second + penalty;
            var high = (uint)total - second + penalty;
            var score = (first * first * high + otherFirst * otherFirst * low) / (low * high);
            if (score <= bestScore) continue;
            bestScore = score;
            threshold = bin;
            bestLeft = left;
        }

        return threshold > 0;
    }

    private void Levels(ReadOnlySpan<long> cells, long total, int feature, ref Split best)
    {
        var used = 0;
        for (var bin = 0; bin < cells.Length; bin++)
        {
            if ((uint)cells[bin] < _leastLevel || cells[bin] == 0) continue;
            _order[used] = bin;
            _rank[used++] = (int)(cells[bin] >> 32) / ((uint)cells[bin] + _smoothing);
        }

        if (used < 2 && (used == 0 || cells[_order[0]] == total)) return;
        var single = used <= OneByOne;
        var penalty = single ? _penalty : _levelPenalty;
        var parent = Score(total, _penalty);
        var bestScore = best.Gain / _unit + parent;
        int bestFrom = -1, bestTo = 0;
        long bestLeft = 0;
        if (single)
        {
            for (var i = 0; i < used; i++)
                if (Try(cells[_order[i]], total, penalty, ref bestScore)) (bestFrom, bestTo, bestLeft) = (i, i + 1, cells[_order[i]]);
        }
        else
        {
            Array.Sort(_rank, _order, 0, used);
            var limit = Math.Min(MostLevels, (used + 1) / 2);
            long up = 0, down = 0;
            for (var i = 0; i < limit; i++)
            {
                if (Try(up += cells[_order[i]], total, penalty, ref bestScore)) (bestFrom, bestTo, bestLeft) = (0, i + 1, up);
                if (Try(down += cells[_order[used - 1 - i]], total, penalty, ref bestScore)) (bestFrom, bestTo, bestLeft) = (used - 1 - i, used, down);
            }
        }

        if (bestFrom < 0) return;
        best = new Split { Gain = (bestScore - parent) * _unit, Feature = feature, IsCategory = true, Left = bestLeft };
        for (var i = bestFrom; i < bestTo; i++) best.Set[_order[i] >> 6] |= 1UL << (_order[i] & 63);
        // A level never seen in training (bin 0) follows the larger side.
        if (cells[0] == 0 && (uint)bestLeft > (uint)total - (uint)bestLeft) best.Set[0] |= 1;
    }

    private bool Try(long left, long total, double penalty, ref double bestScore)
    {
        if ((uint)left < _leastSecond || (uint)total - (uint)left < _leastSecond) return false;
        var score = Score(left, penalty) + Score(total - left, penalty);
        if (score <= bestScore) return false;
        bestScore = score;
        return true;
    }
}
