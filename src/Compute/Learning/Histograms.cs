using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Trellis.Compute.Learning;

/// <summary>A pool of histograms of packed derivatives: one cell per bin of every feature.</summary>
internal sealed unsafe class Histograms : IDisposable
{
    private const int RowsPerPiece = 65_536;
    private readonly BinnedRows _rows;
    private readonly int _threads;
    private readonly int _cells;
    private readonly Stack<nint> _free = new();
    private readonly List<nint> _all = [];

    public Histograms(BinnedRows rows, int threads)
    {
        _rows = rows;
        _threads = threads;
        _cells = (rows.Cells + 7) / 8 * 8;
    }

    public long* Rent()
    {
        if (_free.TryPop(out var used)) return (long*)used;
        var fresh = (nint)NativeMemory.AlignedAlloc((nuint)_cells * sizeof(long), 64);
        _all.Add(fresh);
        return (long*)fresh;
    }

    public void Return(long* histogram) => _free.Push((nint)histogram);

    public void Dispose()
    {
        foreach (var histogram in _all) NativeMemory.AlignedFree((void*)histogram);
    }

    /// <summary>Adds up the rows; whole-number sums make any division into pieces give the same cells.</summary>
    public void Build(long* target, int* rows, int count, long* packed, int[] features)
    {
        new Span<long>(target, _cells).Clear();
        var pieces = _threads == 1 ? 1 : Math.Clamp((count + RowsPerPiece - 1) / RowsPerPiece, 1, _threads);
        if (pieces == 1)
        {
            Add(target, rows, count, packed, features);
            return;
        }

        var parts = new nint[pieces];
        for (var i = 0; i < pieces; i++) parts[i] = i == 0 ? (nint)target : (nint)Rent();
        var size = (count + pieces - 1) / pieces;
        Work.Run(pieces, _threads, default, i =>
        {
            if (i > 0) new Span<long>((void*)parts[i], _cells).Clear();
            Add((long*)parts[i], rows + i * size, Math.Min(size, count - i * size), packed, features);
        });
        for (var i = 1; i < pieces; i++)
        {
            for (var c = 0; c < _cells; c++) target[c] += ((long*)parts[i])[c];
            Return((long*)parts[i]);
        }
    }

    /// <summary>Turns a parent's histogram into its larger child's by taking the smaller child's away.</summary>
    public void Subtract(long* parent, long* child)
    {
        for (var c = 0; c < _cells; c += Vector<long>.Count)
            Vector.Store(Vector.Load(parent + c) - Vector.Load(child + c), parent + c);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Add(long* target, int* rows, int count, long* packed, int[] features)
    {
        var all = features.Length == _rows.Stride;
        var stride = _rows.Stride;
        var bytes = _rows.Bytes;
        fixed (int* offsets = _rows.Offsets)
        fixed (int* chosen = features)
        {
            for (var i = 0; i < count; i++)
            {
                var row = rows[i];
                var value = packed[row];
                var bins = bytes + (long)row * stride;
                var f = 0;
                if (!all)
                {
                    for (; f < features.Length; f++) target[offsets[chosen[f]] + bins[chosen[f]]] += value;
                    continue;
                }

                for (; f + 4 <= stride; f += 4)
                {
                    target[offsets[f] + bins[f]] += value;
                    target[offsets[f + 1] + bins[f + 1]] += value;
                    target[offsets[f + 2] + bins[f + 2]] += value;
                    target[offsets[f + 3] + bins[f + 3]] += value;
                }

                for (; f < stride; f++) target[offsets[f] + bins[f]] += value;
            }
        }
    }
}
