using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Trellis.Compute.Learning;

/// <summary>Training rows as bytes, row by row, so that one cache line serves all features of a row.</summary>
internal sealed unsafe class BinnedRows : IDisposable
{
    private const int Block = 2048;

    public BinnedRows(Bins[] bins, Table table, int threads)
    {
        Bins = bins;
        Rows = table.Rows;
        Stride = bins.Length;
        Offsets = new int[bins.Length + 1];
        for (var f = 0; f < bins.Length; f++) Offsets[f + 1] = Offsets[f] + bins[f].Count;
        Bytes = (byte*)NativeMemory.AlignedAlloc((nuint)((long)Rows * Stride + 64), 64);
        var view = new BinView(bins, table);
        var blocks = (Rows + Block - 1) / Block;
        Work.Run(blocks, threads, default, b => Fill(view, b * Block, Math.Min(Block, Rows - b * Block)));
    }

    public Bins[] Bins { get; }

    public int Rows { get; }

    public int Stride { get; }

    /// <summary>First histogram cell of each feature.</summary>
    public int[] Offsets { get; }

    public byte* Bytes { get; }

    public int Cells => Offsets[^1];

    public void Dispose() => NativeMemory.AlignedFree(Bytes);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Fill(BinView view, int from, int count)
    {
        var byColumn = System.Buffers.ArrayPool<byte>.Shared.Rent(Stride * Block);
        view.WriteByColumn(from, count, byColumn, Block);
        for (var f = 0; f < Stride; f++)
        {
            var to = Bytes + (long)from * Stride + f;
            var source = byColumn.AsSpan(f * Block, count);
            for (var i = 0; i < source.Length; i++) to[(long)i * Stride] = source[i];
        }

        System.Buffers.ArrayPool<byte>.Shared.Return(byColumn);
    }
}

/// <summary>Splits work into pieces that do not depend on the number of threads.</summary>
internal static class Work
{
    public static void Run(int pieces, int threads, CancellationToken cancel, Action<int> piece)
    {
        if (threads == 1 || pieces == 1)
        {
            for (var i = 0; i < pieces; i++)
            {
                cancel.ThrowIfCancellationRequested();
                piece(i);
            }

            return;
        }

        Parallel.For(0, pieces, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancel }, piece);
    }
}
