using System.Globalization;
using System.Runtime.Intrinsics;

namespace Trellis.Compute.Attribution;

/// <summary>How a Markov model is built.</summary>
/// <param name="Order">How many last touches make a state, 1 to 4.</param>
/// <param name="Collapse">Whether a channel that touches several times in a row counts once.</param>
public sealed record MarkovOptions(int Order = 1, bool Collapse = false);

/// <summary>Removal effects of all channels and the credit that follows from them.</summary>
/// <param name="RemovalEffects">For each channel the fraction of conversions that pass through it and would be lost without it, 0 to 1.</param>
/// <param name="Shares">Removal effects made to add to 1 (all 0 when nothing converts).</param>
/// <param name="Credits">Shares of the conversions and of the money (minor units).</param>
/// <param name="ConversionProbability">Conversions per journey that ended.</param>
/// <param name="States">States that occur.</param>
/// <param name="Transitions">Transitions that occur.</param>
/// <param name="ErrorBound">Largest relative error that the removal effects can have, from their residuals.</param>
/// <param name="Explanation">The method in words.</param>
public sealed record MarkovResult(
    double[] RemovalEffects, double[] Shares, ChannelCredit[] Credits, double ConversionProbability, int States, int Transitions, double ErrorBound, string Explanation)
{
    /// <summary>
    /// Credit per (journey, channel): each journey is shared by its channels in proportion to their removal effects. The totals differ from
    /// <see cref="Credits"/>, which share all conversions at once.
    /// </summary>
    public CreditTable PerJourney(Journeys journeys)
    {
        if (journeys.Channels != Shares.Length) throw new ArgumentException($"The model knows {Shares.Length} channels, not {journeys.Channels}.", nameof(journeys));
        var builder = new CreditTableBuilder(journeys.Channels, journeys.Count);
        var seen = new HashSet<int>();
        for (var j = 0; j < journeys.Count; j++)
        {
            seen.Clear();
            double sum = 0;
            foreach (var channel in journeys.Touched(j))
                if (seen.Add(channel)) sum += RemovalEffects[channel];
            foreach (var channel in journeys.Touched(j))
                if (seen.Remove(channel)) builder.Add(channel, sum > 0 ? RemovalEffects[channel] / sum : 0);
            builder.EndJourney();
        }

        return builder.Build("Markov", Explanation + " Each journey is shared by its partners in proportion to their removal effects.");
    }
}

/// <summary>
/// Data-driven attribution by removal effects on a Markov chain of any order from 1 to 4 (Anderl, Becker, von Wangenheim and Schumann 2016,
/// "Mapping the customer journey", doi:10.1016/j.ijresmar.2016.03.001), by linear algebra instead of simulation.
/// </summary>
/// <remarks>
/// States are the last <c>Order</c> touches, fewer at the start. Removing a channel turns every step to it into the end without conversion. The
/// removal effect is (P − P₋c) / P; it is found without that subtraction as P(touch c, then convert) / P, so that rare channels keep their digits.
/// </remarks>
public static class Markov
{
    /// <summary>Fits the chain and finds all removal effects.</summary>
    /// <param name="journeys">Journeys with conversions and, if known, ends without conversion; journeys without touches are left out.</param>
    /// <param name="options">Order and repeats.</param>
    /// <param name="progress">Receives the finished fraction, 0 to 1.</param>
    /// <param name="cancel">Stops the work.</param>
    public static MarkovResult Fit(PackedJourneys journeys, MarkovOptions options, IProgress<double>? progress = null, CancellationToken cancel = default)
    {
        if (options.Order is < 1 or > 4) throw new ArgumentOutOfRangeException(nameof(options), options.Order, "The order is 1 to 4.");
        var counts = TransitionCounts.Count(journeys, options.Order, options.Collapse, cancel);
        progress?.Report(0.2);
        if (counts.Conversions == 0)
            return new MarkovResult(new double[journeys.Channels], new double[journeys.Channels], new ChannelCredit[journeys.Channels], 0, 0, 0, 0, "Nothing converts, so nothing can be removed.");

        var chain = new AbsorbingChain(counts);
        var probability = (double)counts.Conversions / (counts.Conversions + counts.Nulls);
        var (effects, bound) = RemovalEffects(chain, probability, progress, cancel);
        var sum = effects.Sum();
        double[] shares = [.. effects.Select(e => e / sum)];
        ChannelCredit[] credits = [.. shares.Select(s => new ChannelCredit(s * counts.Conversions, s * (double)counts.Value))];
        return new MarkovResult(effects, shares, credits, probability, chain.States, chain.Targets.Length, bound, Explain(options, counts, chain));
    }

    /// <summary>Fits journeys that are not packed yet.</summary>
    public static MarkovResult Fit(Journeys journeys, MarkovOptions options, CancellationToken cancel = default) =>
        Fit(PackedJourneys.From(journeys), options, null, cancel);

    private static (double[] Effects, double Bound) RemovalEffects(AbsorbingChain chain, double probability, IProgress<double>? progress, CancellationToken cancel)
    {
        const int lanes = ChainSolver.Lanes;
        var worth = Worth(chain, cancel, out var worthBound);
        var effects = new double[chain.Channels];
        var groups = (chain.Channels + lanes - 1) / lanes;
        var bounds = new double[groups];
        var done = 0;
        var nothing = new double[chain.States * lanes];
        var limits = new ParallelOptions { CancellationToken = cancel, MaxDegreeOfParallelism = Environment.ProcessorCount };
        Parallel.For(0, groups, limits, () => (Solver: new ChainSolver(chain, cancel), X: new double[chain.States * lanes], Free: new double[chain.States * lanes]), (group, _, own) =>
        {
            Array.Clear(own.X);
            Array.Fill(own.Free, BitConverter.Int64BitsToDouble(-1));
            for (var s = 0; s < chain.States; s++)
            {
                // Where the newest touch is the channel itself, what remains is to convert from there.
                var lane = chain.Newest[s] - (group * lanes);
                if (chain.Newest[s] < 0 || (uint)lane >= lanes) continue;
                own.X[(s * lanes) + lane] = worth[s];
                own.Free[(s * lanes) + lane] = 0;
            }

            var errors = own.Solver.Solve(own.X, nothing, own.Free);
            for (var lane = 0; lane < lanes && (group * lanes) + lane < chain.Channels; lane++)
            {
                effects[(group * lanes) + lane] = Math.Clamp(own.X[lane] / probability, 0, 1);
                bounds[group] = Math.Max(bounds[group], errors[lane]);
            }

            progress?.Report(0.3 + (0.7 * Interlocked.Increment(ref done) / groups));
            return own;
        }, _ => { });
        return (effects, bounds.Max() + worthBound);
    }

    /// <summary>The probability of conversion from each state.</summary>
    private static double[] Worth(AbsorbingChain chain, CancellationToken cancel, out double bound)
    {
        const int lanes = ChainSolver.Lanes;
        double[] x = new double[chain.States * lanes], b = new double[chain.States * lanes], free = new double[chain.States * lanes];
        Array.Fill(free, BitConverter.Int64BitsToDouble(-1));
        for (var s = 0; s < chain.States; s++)
        {
            b[s * lanes] = chain.Win[s];
            x[s * lanes] = chain.Win[s];
        }

        bound = new ChainSolver(chain, cancel).Solve(x, b, free)[0];
        return [.. Enumerable.Range(0, chain.States).Select(s => Math.Max(0, x[s * lanes]))];
    }

    private static string Explain(MarkovOptions options, TransitionCounts counts, AbsorbingChain chain) => string.Create(CultureInfo.InvariantCulture,
        $"A Markov chain over the last {(options.Order == 1 ? "touch" : options.Order + " touches")}{(options.Collapse ? ", repeats in a row counted once" : "")}, "
        + $"from {counts.Conversions + counts.Nulls:N0} journeys of which {counts.Conversions:N0} converted ({chain.States:N0} states). "
        + $"The removal effect of a partner is the part of all conversions that pass through it: what would be lost if each of its touches ended the journey. Credit is in proportion to it.");
}
