using System.Numerics;

namespace Trellis.Compute.Attribution;

/// <summary>
/// Journeys in narrow columns, in blocks, for tens of millions of touches: a touch takes one byte while there are at most 256 channels.
/// What is computed from it does not depend on how many threads share the blocks.
/// </summary>
public sealed class PackedJourneys
{
    private const int BlockSize = 1 << 18;

    /// <summary>Puts blocks together in the order given.</summary>
    /// <param name="channels">Number of channels.</param>
    /// <param name="blocks">Blocks whose codes are all below it.</param>
    public PackedJourneys(int channels, IReadOnlyList<JourneyBlock> blocks)
    {
        Channels = channels;
        Blocks = blocks;
        foreach (var block in blocks)
        {
            Count += block.Count;
            TouchCount += block.TouchCount;
        }
    }

    /// <summary>Number of channels.</summary>
    public int Channels { get; }

    /// <summary>Number of journeys.</summary>
    public long Count { get; }

    /// <summary>Number of touches.</summary>
    public long TouchCount { get; }

    internal IReadOnlyList<JourneyBlock> Blocks { get; }

    /// <summary>Packs journeys; times are left out.</summary>
    public static PackedJourneys From(Journeys journeys)
    {
        var blocks = new List<JourneyBlock>();
        for (var from = 0; from < journeys.Count; from += BlockSize)
        {
            var to = Math.Min(journeys.Count, from + BlockSize);
            var (start, end) = (journeys.Offsets[from], journeys.Offsets[to]);
            var touches = journeys.Touches.AsSpan(start..end);
            var ends = journeys.Offsets[(from + 1)..(to + 1)];
            foreach (ref var e in ends.AsSpan()) e -= start;
            blocks.Add(new JourneyBlock(
                journeys.Channels <= 256 ? Narrow(touches) : touches.ToArray(), ends, journeys.Conversions?[from..to], journeys.Nulls?[from..to], journeys.Values?[from..to]));
        }

        return new PackedJourneys(journeys.Channels, blocks);
    }

    private static byte[] Narrow(ReadOnlySpan<int> touches)
    {
        var narrow = new byte[touches.Length];
        for (var i = 0; i < narrow.Length; i++) narrow[i] = (byte)touches[i];
        return narrow;
    }

    /// <summary>
    /// Gives each of a fixed number of partitions its blocks, in parallel; what partitions return is combined by the caller in their order,
    /// so that results are the same for any number of threads.
    /// </summary>
    internal T[] Partition<T>(int partitions, Func<IEnumerable<JourneyBlock>, T> work, CancellationToken cancel, IProgress<double>? progress = null)
    {
        var parts = Math.Max(1, Math.Min(partitions, Blocks.Count));
        var results = new T[parts];
        var steps = new Steps(progress, Blocks.Count);
        Parallel.For(0, parts, new ParallelOptions { CancellationToken = cancel }, p =>
        {
            int from = (int)((long)Blocks.Count * p / parts), to = (int)((long)Blocks.Count * (p + 1) / parts);
            results[p] = work(Enumerable.Range(from, to - from).Select(b =>
            {
                cancel.ThrowIfCancellationRequested();
                steps.Done();
                return Blocks[b];
            }));
        });
        return results;
    }
}

/// <summary>A run of journeys in columns; see <see cref="PackedJourneys"/>.</summary>
public sealed class JourneyBlock
{
    internal JourneyBlock(Array touches, int[] ends, int[]? conversions, int[]? nulls, long[]? values) =>
        (Touches, Ends, Conversions, Nulls, Values) = (touches, ends, conversions, nulls, values);

    /// <summary>A block whose touches take one byte each.</summary>
    /// <param name="touches">Channel of each touch.</param>
    /// <param name="ends">Where each journey's touches end; the first begins at 0.</param>
    /// <param name="conversions">Conversions per journey, or null: one each.</param>
    /// <param name="nulls">Ends without conversion per journey, or null: none.</param>
    /// <param name="values">Minor units per journey, or null: none.</param>
    public JourneyBlock(byte[] touches, int[] ends, int[]? conversions, int[]? nulls, long[]? values)
        : this((Array)touches, ends, conversions, nulls, values)
    {
    }

    /// <summary>A block whose touches take four bytes each, for more than 256 channels.</summary>
    public JourneyBlock(int[] touches, int[] ends, int[]? conversions, int[]? nulls, long[]? values)
        : this((Array)touches, ends, conversions, nulls, values)
    {
    }

    /// <summary>Number of journeys.</summary>
    public int Count => Ends.Length;

    /// <summary>Number of touches.</summary>
    public int TouchCount => Touches.Length;

    internal Array Touches { get; }

    internal int[] Ends { get; }

    internal int[]? Conversions { get; }

    internal int[]? Nulls { get; }

    internal long[]? Values { get; }

    /// <summary>Runs a kernel compiled for the width of this block's touches.</summary>
    internal void Visit<TKernel>(TKernel kernel)
        where TKernel : IBlockKernel
    {
        if (Touches is byte[] bytes) kernel.Run<byte>(bytes, this);
        else kernel.Run<int>((int[])Touches, this);
    }
}

/// <summary>A loop over a block's touches, compiled once per width.</summary>
internal interface IBlockKernel
{
    void Run<TCode>(ReadOnlySpan<TCode> touches, JourneyBlock block)
        where TCode : unmanaged, IBinaryInteger<TCode>;
}
