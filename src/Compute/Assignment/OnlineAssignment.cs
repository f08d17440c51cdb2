using System.Globalization;

namespace Trellis.Compute.Assignment;

/// <summary>The choice for one lead.</summary>
/// <param name="Partner">The partner, or −1 when no candidate is worth it.</param>
/// <param name="Score">Its score.</param>
/// <param name="Price">What a place at the partner was worth at that moment; below 0 for a partner behind its floor.</param>
/// <param name="RunnerUp">The next best partner, or −1.</param>
/// <param name="Lead">How much better the choice is, in score less price; 0 without a runner-up.</param>
public readonly record struct OnlineChoice(int Partner, double Score, double Price, int RunnerUp, double Lead)
{
    /// <summary>The choice in words.</summary>
    public string Explain(Func<int, string> name) => Partner < 0 ? "No candidate has capacity and is worth its price." : string.Create(CultureInfo.InvariantCulture,
        $"{name(Partner)}: score {Score:0.###}, {(Price < 0 ? "behind its promised share, so favoured by" : "its capacity is worth")} {Math.Abs(Price):0.###}")
        + (RunnerUp < 0 ? "; the only candidate." : string.Create(CultureInfo.InvariantCulture, $"; ahead of {name(RunnerUp)} by {Lead:0.###}."));
}

/// <summary>
/// Assigns leads one at a time, as they come, over a period with a known number of expected leads. Each partner has a price that rises when it gets a lead and falls
/// while it does not, so that capacity lasts for the period and floors are reached: online dual descent (Balseiro, Lu and
/// Mirrokni 2020, "Dual mirror descent for online allocation problems", arXiv:2011.10124). One choice costs time in proportion to its candidates only.
/// </summary>
/// <remarks>Not safe for use from several threads at once. Floors are aimed at, not guaranteed: the future is unknown.</remarks>
public sealed class OnlineAssignment
{
    private readonly int[] capacities;
    private readonly int[] floors;
    private readonly double[] prices;
    private readonly int[] asOf;
    private readonly int[] taken;
    private readonly double expected;
    private readonly double step;
    private int now;

    /// <summary>Begins a period.</summary>
    /// <param name="capacities">The most leads that each partner takes in the period.</param>
    /// <param name="expectedLeads">How many leads the period is expected to bring.</param>
    /// <param name="typicalScore">A usual score, which sets the scale of the prices.</param>
    /// <param name="floors">The fewest leads that each partner should get, or null: none.</param>
    /// <param name="prices">Prices to begin with, for example those of <see cref="AssignmentResult"/> for the last period; null: 0.</param>
    public OnlineAssignment(int[] capacities, int expectedLeads, double typicalScore, int[]? floors = null, double[]? prices = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(expectedLeads, 1);
        if (!(typicalScore > 0)) throw new ArgumentOutOfRangeException(nameof(typicalScore), typicalScore, "A usual score is above 0.");
        this.capacities = [.. capacities];
        this.floors = floors is null ? new int[capacities.Length] : [.. floors];
        this.prices = prices is null ? new double[capacities.Length] : [.. prices];
        if (this.floors.Length != capacities.Length || this.prices.Length != capacities.Length) throw new ArgumentException("Capacities, floors and prices need one entry per partner.");
        (asOf, taken, expected) = (new int[capacities.Length], new int[capacities.Length], expectedLeads);
        // A partner expects capacity-many leads; its price moves by about the typical score over the square root of that number.
        var places = Math.Max(1.0, capacities.Average(c => (double)c));
        step = typicalScore / Math.Sqrt(places) / 2;
    }

    /// <summary>Leads that each partner has got so far.</summary>
    public IReadOnlyList<int> Taken => taken;

    /// <summary>Chooses for one lead and remembers it.</summary>
    /// <param name="partners">The candidates.</param>
    /// <param name="scores">Their scores.</param>
    public OnlineChoice Choose(ReadOnlySpan<int> partners, ReadOnlySpan<double> scores)
    {
        if (partners.Length != scores.Length) throw new ArgumentException("One score per candidate is needed.", nameof(scores));
        double best = 0, second = double.NegativeInfinity, score = 0;
        int chosen = -1, runnerUp = -1;
        for (var e = 0; e < partners.Length; e++)
        {
            var j = partners[e];
            if (taken[j] >= capacities[j]) continue;
            var worth = scores[e] - Price(j);
            if (worth > best) (second, runnerUp, best, chosen, score) = (chosen < 0 ? double.NegativeInfinity : best, chosen, worth, j, scores[e]);
            else if (worth > second) (second, runnerUp) = (worth, j);
        }

        now++;
        if (chosen < 0) return new OnlineChoice(-1, 0, 0, -1, 0);
        var price = Price(chosen, now - 1);
        (prices[chosen], asOf[chosen]) = (Price(chosen) + step, now);
        taken[chosen]++;
        return new OnlineChoice(chosen, score, price, runnerUp, runnerUp < 0 ? 0 : best - second);
    }

    /// <summary>The price of a place at a partner now.</summary>
    public double Price(int partner) => Price(partner, now);

    // Between its leads a price falls at the pace of the capacity while above 0, and at the pace of the floor below.
    private double Price(int partner, int time)
    {
        var price = prices[partner];
        var waited = step * (time - asOf[partner]) / expected;
        if (price > 0)
        {
            var fall = capacities[partner] * waited;
            if (fall <= price) return price - fall;
            waited -= price / capacities[partner];
            price = 0;
        }

        // The floor is reached: nothing more is promised.
        return taken[partner] >= floors[partner] ? Math.Max(price, 0) : price - (floors[partner] * waited);
    }
}
