using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Trellis.Compute.Attribution;

/// <summary>
/// How often each state of an order-k chain is followed by each channel, by conversion and by the end without conversion. A state is the last
/// k channels (fewer at the start of a journey) as digits of base channels + 1, newest last, 0 standing for "not yet"; state 0 is the start.
/// </summary>
internal sealed class TransitionCounts
{
    // Up to this many counters (128 MB) a plain array is faster than hashing.
    private const long DenseLimit = 1L << 24;

    private readonly long[]? dense;
    private readonly Dictionary<long, long>? sparse;

    private TransitionCounts(int channels, int order)
    {
        (Channels, Order) = (channels, order);
        var size = (Int128)Successors;
        for (var i = 0; i < order; i++) size *= channels + 1;
        if (size > long.MaxValue) throw new ArgumentException($"{channels} channels at order {order} have more states than can be numbered.");
        if (size <= DenseLimit) dense = new long[(int)size];
        else sparse = [];
    }

    public int Channels { get; }

    public int Order { get; }

    /// <summary>Successors of a state: the channels, then conversion, then the end without it.</summary>
    public int Successors => Channels + 2;

    /// <summary>Conversions of the journeys that have touches.</summary>
    public long Conversions { get; private set; }

    /// <summary>Ends without conversion of the journeys that have touches.</summary>
    public long Nulls { get; private set; }

    /// <summary>Minor units of the journeys that have touches.</summary>
    public Int128 Value { get; private set; }

    /// <summary>Counts all journeys. Sums of integers: the order of the additions does not matter.</summary>
    public static TransitionCounts Count(PackedJourneys journeys, int order, bool collapse, CancellationToken cancel)
    {
        // Hashed counts would need a table for each partition.
        var parallel = new TransitionCounts(journeys.Channels, order).dense is { Length: < 1 << 21 };
        var parts = journeys.Partition(parallel ? Environment.ProcessorCount : 1, blocks =>
        {
            var counts = new TransitionCounts(journeys.Channels, order);
            foreach (var block in blocks) counts.Add(block, collapse);
            return counts;
        }, cancel);
        var total = parts[0];
        foreach (var part in parts.Skip(1)) total.Add(part);
        return total;
    }

    /// <summary>All counts above 0 as (state × successors + successor, count), in ascending order.</summary>
    public (long Key, long Count)[] Sorted()
    {
        if (dense is not null)
        {
            var entries = new (long Key, long Count)[dense.Length - dense.AsSpan().Count(0)];
            var at = 0;
            for (var i = 0; i < dense.Length; i++)
                if (dense[i] > 0) entries[at++] = (i, dense[i]);
            return entries;
        }

        var sorted = sparse!.Select(e => (e.Key, e.Value)).ToArray();
        Array.Sort(sorted);
        return sorted;
    }

    private void Add(TransitionCounts other)
    {
        for (var i = 0; i < dense!.Length; i++) dense[i] += other.dense![i];
        Conversions += other.Conversions;
        Nulls += other.Nulls;
        Value += other.Value;
    }

    private void Add(JourneyBlock block, bool collapse)
    {
        switch (Order)
        {
            case 1: block.Visit(new Kernel<First>(this, collapse)); break;
            case 2: block.Visit(new Kernel<Second>(this, collapse)); break;
            case 3: block.Visit(new Kernel<Third>(this, collapse)); break;
            default: block.Visit(new Kernel<Fourth>(this, collapse)); break;
        }
    }

    private interface IOrder
    {
        static abstract int K { get; }
    }

    private readonly struct First : IOrder { public static int K => 1; }

    private readonly struct Second : IOrder { public static int K => 2; }

    private readonly struct Third : IOrder { public static int K => 3; }

    private readonly struct Fourth : IOrder { public static int K => 4; }

    private readonly struct Kernel<TOrder>(TransitionCounts counts, bool collapse) : IBlockKernel
        where TOrder : IOrder
    {
        public void Run<TCode>(ReadOnlySpan<TCode> touches, JourneyBlock block)
            where TCode : unmanaged, IBinaryInteger<TCode>
        {
            if (counts.dense is { } dense) RunDense(touches, block, dense);
            else RunSparse(touches, block, counts.sparse!);
        }

        private void RunDense<TCode>(ReadOnlySpan<TCode> touches, JourneyBlock block, long[] table)
            where TCode : unmanaged, IBinaryInteger<TCode>
        {
            var (numeral, width, start) = (counts.Channels + 1, counts.Successors, 0);
            ref var cells = ref MemoryMarshal.GetArrayDataReference(table);
            for (var j = 0; j < block.Ends.Length; j++)
            {
                var end = block.Ends[j];
                if (!Outcome(block, j, end - start, out var won, out var lost))
                {
                    start = end;
                    continue;
                }

                // g1 … g4 are the last one to four channels; those beyond the order are dropped by the compiler.
                int g1 = 0, g2 = 0, g3 = 0, g4 = 0, state = 0, last = -1;
                long weight = won + lost;
                for (; start < end; start++)
                {
                    var code = int.CreateTruncating(touches[start]);
                    if (collapse && code == last) continue;
                    last = code;
                    Unsafe.Add(ref cells, (nint)(state * width + code)) += weight;
                    if (TOrder.K >= 4) g4 = (g3 * numeral) + code + 1;
                    if (TOrder.K >= 3) g3 = (g2 * numeral) + code + 1;
                    if (TOrder.K >= 2) g2 = (g1 * numeral) + code + 1;
                    g1 = code + 1;
                    state = TOrder.K switch { 1 => g1, 2 => g2, 3 => g3, _ => g4 };
                }

                Unsafe.Add(ref cells, (nint)(state * width + width - 2)) += won;
                Unsafe.Add(ref cells, (nint)(state * width + width - 1)) += lost;
            }
        }

        private void RunSparse<TCode>(ReadOnlySpan<TCode> touches, JourneyBlock block, Dictionary<long, long> table)
            where TCode : unmanaged, IBinaryInteger<TCode>
        {
            long keep = 1, width = counts.Successors;
            for (var i = 1; i < TOrder.K; i++) keep *= counts.Channels + 1;
            for (int j = 0, start = 0; j < block.Ends.Length; start = block.Ends[j++])
            {
                var end = block.Ends[j];
                if (!Outcome(block, j, end - start, out var won, out var lost)) continue;
                long state = 0;
                var last = -1;
                for (var t = start; t < end; t++)
                {
                    var code = int.CreateTruncating(touches[t]);
                    if (collapse && code == last) continue;
                    last = code;
                    Add(state * width + code, (long)won + lost);
                    state = (state % keep * (counts.Channels + 1)) + code + 1;
                }

                Add(state * width + width - 2, won);
                Add(state * width + width - 1, lost);
            }

            void Add(long key, long weight)
            {
                if (weight > 0) CollectionsMarshal.GetValueRefOrAddDefault(table, key, out _) += weight;
            }
        }

        private bool Outcome(JourneyBlock block, int journey, int length, out int won, out int lost)
        {
            won = block.Conversions is { } conversions ? conversions[journey] : 1;
            lost = block.Nulls is { } nulls ? nulls[journey] : 0;
            if (length == 0) return false;
            counts.Conversions += won;
            counts.Nulls += lost;
            if (won > 0 && block.Values is { } values) counts.Value += values[journey];
            return won + lost > 0;
        }
    }
}
