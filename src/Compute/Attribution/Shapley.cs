using System.Globalization;
using System.Numerics;

namespace Trellis.Compute.Attribution;

/// <summary>The worth of a coalition; <paramref name="members"/> has one flag per player.</summary>
public delegate double CoalitionWorth(ReadOnlySpan<bool> members);

/// <summary>Shapley values of all players.</summary>
/// <param name="Values">One value per player; they add to the worth of all together less that of nobody.</param>
/// <param name="Margins">Half-width of the 95 % interval of each value; 0 when it was computed exactly.</param>
/// <param name="Explanation">The method in words.</param>
public sealed record ShapleyResult(double[] Values, double[] Margins, string Explanation);

/// <summary>
/// Shapley values (Shapley 1953, "A value for n-person games"; for attribution Zhao, Mahboobi and Bagheri 2018, arXiv:1804.05327): the mean of what
/// a player adds when the players join in random order.
/// </summary>
public static class Shapley
{
    /// <summary>Players that <see cref="Exact"/> can take: its game is a table of 2²⁰ worths.</summary>
    public const int MaxExactPlayers = 20;

    /// <summary>
    /// The value of the game in which a coalition is worth the conversions of the journeys whose channels all belong to it, in closed form:
    /// each journey is shared equally by its distinct channels. Any number of channels.
    /// </summary>
    public static ChannelCredit[] ByConversions(PackedJourneys journeys, IProgress<double>? progress = null, CancellationToken cancel = default)
    {
        // Whole numbers by (distinct channels, channel): exact, so the order of summation cannot show.
        var parts = journeys.Partition(Environment.ProcessorCount, blocks =>
        {
            var kernel = new DistinctSums(journeys.Channels);
            foreach (var block in blocks) block.Visit(kernel);
            return kernel.BySize;
        }, cancel, progress);
        var credits = new ChannelCredit[journeys.Channels];
        foreach (var size in parts.SelectMany(p => p.Keys).Distinct().Order())
            for (var c = 0; c < credits.Length; c++)
            {
                Int128 conversions = 0, value = 0;
                foreach (var part in parts)
                {
                    if (!part.TryGetValue(size, out var sums)) continue;
                    conversions += sums[2 * c];
                    value += sums[(2 * c) + 1];
                }

                credits[c] = new ChannelCredit(credits[c].Conversions + ((double)conversions / size), credits[c].Value + ((double)value / size));
            }

        return credits;
    }

    /// <summary>Exact values of any game of up to 20 players.</summary>
    /// <param name="players">Number of players, at most 20.</param>
    /// <param name="worth">2^players worths; bit i of the index says whether player i belongs to the coalition.</param>
    /// <param name="progress">Told the finished share, 0 to 1.</param>
    /// <param name="cancel">Stops the work.</param>
    public static ShapleyResult Exact(int players, ReadOnlyMemory<double> worth, IProgress<double>? progress = null, CancellationToken cancel = default)
    {
        if (players is < 1 or > MaxExactPlayers) throw new ArgumentOutOfRangeException(nameof(players), players, $"1 to {MaxExactPlayers} players can be computed exactly; sample larger games.");
        if (worth.Length != 1 << players) throw new ArgumentException($"The worth of all {1 << players} coalitions is needed, not {worth.Length}.", nameof(worth));
        // Weight of a coalition of s others: s! (n − s − 1)! / n!
        var weights = new double[players];
        weights[0] = 1.0 / players;
        for (var s = 1; s < players; s++) weights[s] = weights[s - 1] * s / (players - s);
        var values = new double[players];
        var steps = new Steps(progress, players);
        Parallel.For(0, players, new ParallelOptions { CancellationToken = cancel }, i =>
        {
            var v = worth.Span;
            double sum = 0;
            // Coalitions without player i come in runs of 2^i.
            for (var start = 0; start < v.Length; start += 2 << i)
                for (var s = start; s < start + (1 << i); s++)
                    sum += weights[BitOperations.PopCount((uint)s)] * (v[s | (1 << i)] - v[s]);
            values[i] = sum;
            steps.Done();
        });
        return new ShapleyResult(values, new double[players], $"Exact Shapley values from the worth of all {1 << players:N0} coalitions.");
    }

    /// <summary>
    /// Values of any game by random orders of joining, each used forwards and backwards, with a 95 % interval from the spread of these pairs
    /// (Castro, Gómez and Tejada 2009, doi:10.1016/j.cor.2008.04.004).
    /// </summary>
    /// <param name="players">Number of players.</param>
    /// <param name="worth">Called from several threads; must depend on the members alone.</param>
    /// <param name="pairs">Pairs of orders, at least 2; the interval shrinks with its square root.</param>
    /// <param name="seed">The result depends on it alone, not on the number of threads.</param>
    /// <param name="progress">Told the finished share, 0 to 1.</param>
    /// <param name="cancel">Stops the work.</param>
    public static ShapleyResult Sampled(
        int players, CoalitionWorth worth, int pairs = 2_000, ulong seed = 1, IProgress<double>? progress = null, CancellationToken cancel = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(players, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(pairs, 2);
        var chunks = Math.Min(64, pairs);
        var (sums, squares) = (new double[chunks][], new double[chunks][]);
        var steps = new Steps(progress, chunks);
        Parallel.For(0, chunks, new ParallelOptions { CancellationToken = cancel }, chunk =>
        {
            double[] sum = new double[players], square = new double[players], pair = new double[players];
            var (order, members) = (new int[players], new bool[players]);
            for (var i = (int)((long)pairs * chunk / chunks); i < (int)((long)pairs * (chunk + 1) / chunks); i++)
            {
                cancel.ThrowIfCancellationRequested();
                Shuffle(order, seed + (0x9E3779B97F4A7C15UL * (ulong)(i + 1)));
                Array.Clear(pair);
                Walk(order, members, worth, pair);
                Array.Reverse(order);
                Walk(order, members, worth, pair);
                for (var p = 0; p < players; p++)
                {
                    sum[p] += pair[p] / 2;
                    square[p] += pair[p] / 2 * (pair[p] / 2);
                }
            }

            (sums[chunk], squares[chunk]) = (sum, square);
            steps.Done();
        });
        var (values, margins) = (new double[players], new double[players]);
        for (var p = 0; p < players; p++)
        {
            values[p] = sums.Sum(s => s[p]) / pairs;
            var variance = Math.Max(0, (squares.Sum(s => s[p]) / pairs) - (values[p] * values[p])) * pairs / (pairs - 1);
            margins[p] = 1.959963985 * Math.Sqrt(variance / pairs);
        }

        return new ShapleyResult(values, margins, string.Create(CultureInfo.InvariantCulture, $"Shapley values from {2 * pairs:N0} random orders (seed {seed}), with 95 % intervals."));
    }

    /// <summary>The table for <see cref="Exact"/> of the game that <see cref="ByConversions"/> solves: conversions of the journeys within each coalition.</summary>
    public static double[] ConversionsWithin(Journeys journeys) => Within(journeys, j => journeys.Conversions?[j] ?? 1);

    /// <summary>The table for <see cref="Exact"/> in which a coalition is worth the conversion rate of the journeys within it, 0 where there are none.</summary>
    public static double[] ConversionRateWithin(Journeys journeys)
    {
        var won = ConversionsWithin(journeys);
        var all = Within(journeys, j => (journeys.Conversions?[j] ?? 1) + (journeys.Nulls?[j] ?? 0));
        for (var s = 0; s < won.Length; s++) won[s] = all[s] > 0 ? won[s] / all[s] : 0;
        return won;
    }

    private static double[] Within(Journeys journeys, Func<int, double> weight)
    {
        if (journeys.Channels is < 1 or > MaxExactPlayers) throw new ArgumentException($"A table of coalitions is for 1 to {MaxExactPlayers} channels, not {journeys.Channels}.", nameof(journeys));
        var worth = new double[1 << journeys.Channels];
        for (var j = 0; j < journeys.Count; j++)
        {
            var set = 0;
            foreach (var channel in journeys.Touched(j)) set |= 1 << channel;
            if (set != 0) worth[set] += weight(j);
        }

        // Sums over subsets, one player at a time (Yates).
        for (var bit = 1; bit < worth.Length; bit <<= 1)
            for (var start = 0; start < worth.Length; start += 2 * bit)
                for (var s = start; s < start + bit; s++) worth[s + bit] += worth[s];
        return worth;
    }

    private static void Walk(int[] order, bool[] members, CoalitionWorth worth, double[] added)
    {
        Array.Clear(members);
        var before = worth(members);
        foreach (var player in order)
        {
            members[player] = true;
            var after = worth(members);
            added[player] += after - before;
            before = after;
        }
    }

    // Fisher–Yates with SplitMix64 (Steele, Lea and Flood 2014): a stream of its own for each pair.
    private static void Shuffle(int[] order, ulong state)
    {
        for (var i = 0; i < order.Length; i++) order[i] = i;
        for (var i = order.Length - 1; i > 0; i--)
        {
            var z = state += 0x9E3779B97F4A7C15UL;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
            var k = (int)Math.BigMul(z ^ (z >> 31), (ulong)(i + 1), out _);
            (order[i], order[k]) = (order[k], order[i]);
        }
    }

    private sealed class DistinctSums(int channels) : IBlockKernel
    {
        private readonly int[] seen = new int[channels];
        private readonly int[] distinct = new int[channels];
        private int stamp;

        public Dictionary<int, long[]> BySize { get; } = [];

        public void Run<TCode>(ReadOnlySpan<TCode> touches, JourneyBlock block)
            where TCode : unmanaged, IBinaryInteger<TCode>
        {
            var bySize = new long[9][];
            for (int j = 0, start = 0; j < block.Ends.Length; start = block.Ends[j++])
            {
                long won = block.Conversions is { } conversions ? conversions[j] : 1;
                if (won == 0) continue;
                stamp++;
                var count = 0;
                foreach (var touch in touches[start..block.Ends[j]])
                {
                    var code = int.CreateTruncating(touch);
                    if (seen[code] == stamp) continue;
                    seen[code] = stamp;
                    distinct[count++] = code;
                }

                if (count == 0) continue;
                var sums = count < bySize.Length ? bySize[count] ??= Sums(count) : Sums(count);
                var value = block.Values is { } values ? values[j] : 0;
                foreach (var code in distinct.AsSpan(0, count))
                {
                    sums[2 * code] += won;
                    sums[(2 * code) + 1] += value;
                }
            }
        }

        private long[] Sums(int size) => BySize.TryGetValue(size, out var sums) ? sums : BySize[size] = new long[2 * channels];
    }
}
