using System.Globalization;

namespace Trellis.Compute.Attribution;

/// <summary>Weights of a position rule: the first touch, the milestone (opportunity created), the last, and what all others share.</summary>
/// <param name="First">Weight of the first touch.</param>
/// <param name="Milestone">Weight of the touch that created the opportunity.</param>
/// <param name="Last">Weight of the last touch.</param>
/// <param name="Others">Weight that all other touches share equally.</param>
public readonly record struct PositionWeights(double First, double Milestone, double Last, double Others)
{
    /// <summary>40 % first, 40 % last, 20 % between.</summary>
    public static PositionWeights U { get; } = new(0.4, 0, 0.4, 0.2);

    /// <summary>30 % first, 30 % the touch that created the opportunity, 30 % last, 10 % others.</summary>
    public static PositionWeights W { get; } = new(0.3, 0.3, 0.3, 0.1);

    internal void Check()
    {
        if (!(First >= 0 && Milestone >= 0 && Last >= 0 && Others >= 0) || Math.Abs(First + Milestone + Last + Others - 1) > 1e-9)
            throw new ArgumentException($"Position weights are at least 0 and add to 1: {this}.");
    }
}

/// <summary>
/// Attribution by rule: each method gives a <see cref="CreditTable"/> with one row for every (journey, channel). A journey without touches
/// gives no credit. Won, lost and open journeys are treated alike; the outcome weighs only in <see cref="CreditTable.Totals"/>.
/// </summary>
public static partial class CreditRules
{
    /// <summary>All credit to the first touch.</summary>
    public static CreditTable First(Journeys journeys) =>
        ByTouch(journeys, "First touch", "All credit goes to the first qualified touch.", (j, shares) => shares[0] = 1);

    /// <summary>All credit to the last touch.</summary>
    public static CreditTable Last(Journeys journeys) =>
        ByTouch(journeys, "Last touch", "All credit goes to the last qualified touch before the close.", (j, shares) => shares[^1] = 1);

    /// <summary>Equal credit to each touch.</summary>
    public static CreditTable Linear(Journeys journeys) =>
        ByTouch(journeys, "Linear", "Every qualified touch gets the same share; a partner with more touches gets more.", (j, shares) => shares.Fill(1.0 / shares.Length));

    /// <summary>Equal credit to each channel of the journey, however often it touched.</summary>
    public static CreditTable LinearByChannel(Journeys journeys)
    {
        var seenIn = new int[journeys.Channels];
        return ByTouch(journeys, "Linear by partner", "Every partner with a qualified touch gets the same share, however many touches it had.", (j, shares) =>
        {
            var distinct = 0;
            foreach (var channel in journeys.Touched(j))
            {
                if (seenIn[channel] != j + 1) distinct++;
                seenIn[channel] = j + 1;
            }

            var touched = journeys.Touched(j);
            for (var t = 0; t < touched.Length; t++)
            {
                if (seenIn[touched[t]] == -j - 1) continue;
                seenIn[touched[t]] = -j - 1;
                shares[t] = 1.0 / distinct;
            }
        });
    }

    /// <summary>
    /// Credit by position (U, W or any weights). When one touch holds several places it gets their weights together; when no touch is left for a
    /// weight (no milestone, nothing in between) the others get it in proportion.
    /// </summary>
    /// <param name="journeys">The journeys.</param>
    /// <param name="weights">For example <see cref="PositionWeights.U"/>.</param>
    /// <param name="milestones">For each journey the place, from 0, of the touch that created the opportunity, or −1; null means none has one.</param>
    public static CreditTable Position(Journeys journeys, PositionWeights weights, int[]? milestones = null)
    {
        weights.Check();
        Rows.Sized(milestones, journeys.Count, nameof(milestones));
        var text = string.Create(CultureInfo.InvariantCulture,
            $"First touch {weights.First:P0}, opportunity creation {weights.Milestone:P0}, last touch {weights.Last:P0}, all others share {weights.Others:P0}; a weight without a touch goes to the rest in proportion.");
        return ByTouch(journeys, weights == PositionWeights.U ? "U-shaped" : weights == PositionWeights.W ? "W-shaped" : "Position", text, (j, shares) =>
        {
            var milestone = milestones is null ? -1 : milestones[j];
            if (milestone >= shares.Length) throw new ArgumentException($"The milestone of journey {j} is touch {milestone}, but it has {shares.Length} touches.", nameof(milestones));
            ByPosition(shares, weights, milestone);
        });
    }

    /// <summary>Credit that halves for every <paramref name="halfLife"/> between a touch and the close; needs <see cref="Journeys.Times"/>.</summary>
    /// <param name="journeys">The journeys, with times.</param>
    /// <param name="halfLife">In the unit of the times, above 0.</param>
    /// <exception cref="ArgumentException">There are no times, or the half-life is not above 0.</exception>
    public static CreditTable TimeDecay(Journeys journeys, double halfLife)
    {
        if (!(halfLife > 0)) throw new ArgumentException($"The half-life must be above 0, not {halfLife}.", nameof(halfLife));
        var times = journeys.Times ?? throw new ArgumentException("Time decay needs the time of each touch.", nameof(journeys));
        var text = string.Create(CultureInfo.InvariantCulture, $"A touch counts half as much for every {halfLife:0.###} time units before the close; touches after it count as at the close.");
        return ByTouch(journeys, "Time decay", text, (j, shares) =>
        {
            var start = journeys.Offsets[j];
            var closed = journeys.ClosedAt(j);
            // Ages relative to the youngest touch: the shares are the same and the powers cannot all vanish.
            var youngest = double.MaxValue;
            for (var t = 0; t < shares.Length; t++) youngest = Math.Min(youngest, shares[t] = Math.Max(0.0, (double)closed - times[start + t]));
            double sum = 0;
            foreach (ref var share in shares) sum += share = double.Exp2(-(share - youngest) / halfLife);
            foreach (ref var share in shares) share /= sum;
        });
    }

    internal static void ByPosition(Span<double> shares, PositionWeights weights, int milestone)
    {
        shares.Clear();
        var last = shares.Length - 1;
        var others = shares.Length - 1 - (last > 0 ? 1 : 0) - (milestone > 0 && milestone < last ? 1 : 0);
        var total = weights.First + weights.Last + (milestone >= 0 ? weights.Milestone : 0) + (others > 0 ? weights.Others : 0);
        if (total <= 0)
        {
            // Only weights without a touch were given: nothing tells the touches apart.
            shares.Fill(1.0 / shares.Length);
            return;
        }

        for (var t = 1; t < last; t++)
            if (t != milestone) shares[t] = weights.Others / others / total;
        shares[0] += weights.First / total;
        shares[last] += weights.Last / total;
        if (milestone >= 0) shares[milestone] += weights.Milestone / total;
    }

    private delegate void TouchRule(int journey, Span<double> shares);

    /// <summary>Runs a rule that fills one share per touch and adds the touches of a channel together.</summary>
    private static CreditTable ByTouch(Journeys journeys, string model, string explanation, TouchRule rule)
    {
        var builder = new CreditTableBuilder(journeys.Channels, journeys.Count);
        var buffer = new double[64];
        for (var j = 0; j < journeys.Count; j++)
        {
            var touched = journeys.Touched(j);
            if (touched.Length > buffer.Length) buffer = new double[touched.Length * 2];
            var shares = buffer.AsSpan(0, touched.Length);
            shares.Clear();
            if (touched.Length > 0) rule(j, shares);
            for (var t = 0; t < touched.Length; t++) builder.Add(touched[t], shares[t]);
            builder.EndJourney();
        }

        return builder.Build(model, explanation);
    }
}
