using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Trellis.Compute.Learning;

/// <summary>Grows one tree at a time, always dividing the leaf that gains most (Shi 2007, "Best-first decision tree learning").</summary>
internal sealed unsafe class TreeGrower : IDisposable
{
    private readonly BinnedRows _rows;
    private readonly BoostingOptions _options;
    private readonly Histograms _histograms;
    private readonly Splits _splits;
    private readonly int* _index;
    private readonly int* _spare;
    private readonly Leaf[] _leaves;
    private readonly List<Node> _nodes = [];
    private readonly List<ulong> _sets = [];

    public TreeGrower(BinnedRows rows, BoostingOptions options)
    {
        _rows = rows;
        _options = options;
        _histograms = new Histograms(rows, options.Threads);
        _splits = new Splits(rows, options);
        _leaves = new Leaf[options.Leaves];
        _index = (int*)NativeMemory.AlignedAlloc((nuint)rows.Rows * sizeof(int) + 64, 64);
        _spare = (int*)NativeMemory.AlignedAlloc((nuint)rows.Rows * sizeof(int) + 64, 64);
    }

    public void Dispose()
    {
        NativeMemory.AlignedFree(_index);
        NativeMemory.AlignedFree(_spare);
        _histograms.Dispose();
    }

    /// <summary>Grows a tree on the present derivatives and adds its leaf values to the scores.</summary>
    public Tree Grow(Gradients gradients, int[] features, float[] scores)
    {
        _nodes.Clear();
        _sets.Clear();
        for (var i = 0; i < _rows.Rows; i++) _index[i] = i;
        _splits.Begin(gradients);
        var root = _histograms.Rent();
        _histograms.Build(root, _index, _rows.Rows, gradients.Packed, features);
        _leaves[0] = new Leaf { From = 0, Count = _rows.Rows, Sum = gradients.Total, Histogram = root, Parent = -1 };
        _leaves[0].Split = _splits.Best(root, gradients.Total, _rows.Rows, features);
        var count = 1;
        while (count < _options.Leaves)
        {
            var best = 0;
            for (var i = 1; i < count; i++)
                if (_leaves[i].Split.Gain > _leaves[best].Split.Gain) best = i;
            if (_leaves[best].Split.Feature < 0) break;
            Divide(best, count++, gradients, features);
        }

        return Finish(count, gradients, scores);
    }

    private void Divide(int at, int fresh, Gradients gradients, int[] features)
    {
        ref var left = ref _leaves[at];
        ref var right = ref _leaves[fresh];
        var split = left.Split;
        var node = _nodes.Count;
        var set = -1;
        if (split.IsCategory)
        {
            set = _sets.Count / 4;
            for (var w = 0; w < 4; w++) _sets.Add(split.Set[w]);
        }

        _nodes.Add(new Node(split.Feature, split.Threshold, split.Shift, set, ~at, ~fresh, (float)split.Gain, left.Count));
        if (left.Parent >= 0)
        {
            var parent = CollectionsMarshal.AsSpan(_nodes);
            if (left.IsRight) parent[left.Parent].Right = node;
            else parent[left.Parent].Left = node;
        }

        var leftCount = Partition(left.From, left.Count, split);
        right = new Leaf { From = left.From + leftCount, Count = left.Count - leftCount, Sum = left.Sum - split.Left, Parent = node, IsRight = true };
        left = new Leaf { From = left.From, Count = leftCount, Sum = split.Left, Histogram = left.Histogram, Parent = node };
        left.Split.Feature = right.Split.Feature = -1;
        if (fresh + 1 == _options.Leaves) return;
        ref var small = ref left.Count <= right.Count ? ref left : ref right;
        ref var large = ref left.Count <= right.Count ? ref right : ref left;
        if (large.Count < 2 * _options.LeafRows) return;
        large.Histogram = left.Histogram;
        small.Histogram = _histograms.Rent();
        _histograms.Build(small.Histogram, _index + small.From, small.Count, gradients.Packed, features);
        _histograms.Subtract(large.Histogram, small.Histogram);
        small.Split = _splits.Best(small.Histogram, small.Sum, small.Count, features);
        large.Split = _splits.Best(large.Histogram, large.Sum, large.Count, features);
    }

    /// <summary>Moves the rows that go left to the front, keeping their order. Returns how many.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int Partition(int from, int count, in Split split)
    {
        var rows = _index + from;
        var stride = _rows.Stride;
        var bytes = _rows.Bytes + split.Feature;
        int left = 0, right = 0;
        var goes = stackalloc byte[256];
        for (var bin = 0; bin < 256; bin++)
        {
            var passes = split.IsCategory ? (split.Set[bin >> 6] >> (bin & 63) & 1) != 0 : (byte)(bin - split.Shift) <= split.Threshold;
            goes[bin] = passes ? (byte)1 : (byte)0;
        }

        for (var i = 0; i < count; i++)
        {
            var row = rows[i];
            var toLeft = goes[bytes[(long)row * stride]];
            rows[left] = row;
            _spare[right] = row;
            left += toLeft;
            right += 1 - toLeft;
        }

        new Span<int>(_spare, right).CopyTo(new Span<int>(rows + left, right));
        return left;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private Tree Finish(int count, Gradients gradients, float[] scores)
    {
        var values = new float[count];
        var covers = new double[count];
        for (var i = 0; i < count; i++)
        {
            ref var leaf = ref _leaves[i];
            var first = (int)(leaf.Sum >> 32) * gradients.FirstUnit;
            var second = (uint)leaf.Sum * gradients.SecondUnit;
            values[i] = (float)(-_options.Rate * first / (second + Math.Max(_options.Penalty, 1e-12)));
            covers[i] = leaf.Count;
            foreach (var row in new ReadOnlySpan<int>(_index + leaf.From, leaf.Count)) scores[row] += values[i];
        }

        for (var i = 0; i < count; i++)
        {
            // Children of one parent may share its histogram's slot only through the larger; each slot is returned once.
            if (_leaves[i].Histogram is null) continue;
            _histograms.Return(_leaves[i].Histogram);
            _leaves[i].Histogram = null;
        }

        return new Tree(_nodes.ToArray(), _sets.ToArray(), values, covers);
    }

    private struct Leaf
    {
        public int From;
        public int Count;
        public long Sum;
        public long* Histogram;
        public int Parent;
        public bool IsRight;
        public Split Split;
    }
}
