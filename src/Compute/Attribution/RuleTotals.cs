using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Trellis.Compute.Attribution;

/// <summary>What each channel gets from each position rule; the sums of <see cref="CreditRules"/>, without the table between.</summary>
/// <param name="First">First touch.</param>
/// <param name="Last">Last touch.</param>
/// <param name="Linear">Linear.</param>
/// <param name="Position">By the given weights.</param>
/// <param name="Decay">Each step back from the last touch counts less by the given factor.</param>
public sealed record RuleTotals(ChannelCredit[] First, ChannelCredit[] Last, ChannelCredit[] Linear, ChannelCredit[] Position, ChannelCredit[] Decay)
{
    /// <summary>
    /// All position rules in one pass over tens of millions of touches. Whole numbers are summed by (length, place, channel) and weighted
    /// afterwards, so that results are the same for any number of threads.
    /// </summary>
    /// <param name="journeys">The journeys.</param>
    /// <param name="weights">For <see cref="Position"/>; the milestone weight goes to the rest, as nothing is known of it.</param>
    /// <param name="decay">For <see cref="Decay"/>: the factor per step, above 0 and at most 1. Files of paths carry no times, so steps stand in for them.</param>
    /// <param name="progress">Told the finished share, 0 to 1.</param>
    /// <param name="cancel">Stops the work.</param>
    public static RuleTotals Of(PackedJourneys journeys, PositionWeights weights, double decay = 0.5, IProgress<double>? progress = null, CancellationToken cancel = default)
    {
        weights.Check();
        if (!(decay > 0 && decay <= 1)) throw new ArgumentOutOfRangeException(nameof(decay), decay, "The factor is above 0 and at most 1.");
        var rules = new Rules(weights, decay);
        var sums = journeys.Partition(Math.Min(8, Math.Max(1, journeys.Blocks.Count)), blocks =>
        {
            var kernel = new Kernel(journeys.Channels, rules);
            foreach (var block in blocks) block.Visit(kernel);
            return kernel;
        }, cancel, progress);
        var total = sums[0];
        foreach (var sum in sums.Skip(1)) total.Add(sum);
        return total.Weigh();
    }

    private sealed record Rules(PositionWeights Weights, double Decay)
    {
        /// <summary>Shares of the places of a journey of a given length: position rule, then decay.</summary>
        public (double[] Position, double[] Decay) Shares(int length)
        {
            double[] position = new double[length], decay = new double[length];
            CreditRules.ByPosition(position, Weights, -1);
            double sum = 0, weight = 1;
            for (var t = length - 1; t >= 0; t--, weight *= Decay) sum += decay[t] = weight;
            foreach (ref var share in decay.AsSpan()) share /= sum;
            return (position, decay);
        }
    }

    private sealed class Kernel : IBlockKernel
    {
        private const int CellLimit = 1 << 15;
        private readonly Rules rules;
        private readonly int channels;
        private readonly int longest;

        // Conversions and money side by side, for journeys up to the longest length that the table holds.
        private readonly long[] cells;
        private readonly ChannelCredit[][] rest;

        public Kernel(int channels, Rules rules)
        {
            (this.channels, this.rules) = (channels, rules);
            while (longest < 128 && (long)(longest + 1) * (longest + 2) / 2 * channels <= CellLimit) longest++;
            cells = new long[2 * channels * (longest * (longest + 1) / 2)];
            rest = [.. Enumerable.Range(0, 5).Select(_ => new ChannelCredit[channels])];
        }

        public void Run<TCode>(ReadOnlySpan<TCode> touches, JourneyBlock block)
            where TCode : unmanaged, IBinaryInteger<TCode>
        {
            ref var table = ref MemoryMarshal.GetArrayDataReference(cells);
            ref var code = ref MemoryMarshal.GetReference(touches);
            var (conversions, values) = (block.Conversions, block.Values);
            var stride = 2 * channels;
            var start = 0;
            for (var j = 0; j < block.Ends.Length; j++)
            {
                int end = block.Ends[j], length = end - start;
                long won = conversions is null ? 1 : conversions[j];
                if (won > 0 && length > 0)
                {
                    var value = values is null ? 0 : values[j];
                    if (length > longest) Long(touches[start..end], won, value);
                    else
                    {
                        var add = Vector128.Create(won, value);
                        ref var cell = ref Unsafe.Add(ref table, (nint)stride * (length * (length - 1) / 2));
                        for (var t = start; t < end; t++)
                        {
                            ref var sum = ref Unsafe.Add(ref cell, (nint)(2 * uint.CreateTruncating(Unsafe.Add(ref code, t))));
                            (Vector128.LoadUnsafe(ref sum) + add).StoreUnsafe(ref sum);
                            cell = ref Unsafe.Add(ref cell, stride);
                        }
                    }
                }

                start = end;
            }
        }

        public void Add(Kernel other)
        {
            for (var i = 0; i < cells.Length; i++) cells[i] += other.cells[i];
            for (var rule = 0; rule < rest.Length; rule++)
                for (var c = 0; c < channels; c++) Give(rule, c, other.rest[rule][c].Conversions, other.rest[rule][c].Value);
        }

        public RuleTotals Weigh()
        {
            for (var length = 1; length <= longest; length++)
            {
                var (position, decay) = rules.Shares(length);
                for (var t = 0; t < length; t++)
                    for (var c = 0; c < channels; c++)
                    {
                        var at = 2 * ((((length * (length - 1) / 2) + t) * channels) + c);
                        if (cells[at] != 0 || cells[at + 1] != 0) GiveAll(t, length, c, cells[at], cells[at + 1], position[t], decay[t]);
                    }
            }

            return new RuleTotals(rest[0], rest[1], rest[2], rest[3], rest[4]);
        }

        private void Long<TCode>(ReadOnlySpan<TCode> touches, long won, long value)
            where TCode : unmanaged, IBinaryInteger<TCode>
        {
            var (position, decay) = rules.Shares(touches.Length);
            for (var t = 0; t < touches.Length; t++) GiveAll(t, touches.Length, int.CreateTruncating(touches[t]), won, value, position[t], decay[t]);
        }

        private void GiveAll(int place, int length, int channel, double won, double value, double position, double decay)
        {
            if (place == 0) Give(0, channel, won, value);
            if (place == length - 1) Give(1, channel, won, value);
            Give(2, channel, won / length, value / length);
            Give(3, channel, won * position, value * position);
            Give(4, channel, won * decay, value * decay);
        }

        private void Give(int rule, int channel, double won, double value)
        {
            ref var credit = ref rest[rule][channel];
            credit = new ChannelCredit(credit.Conversions + won, credit.Value + value);
        }
    }
}
