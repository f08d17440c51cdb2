namespace Trellis.Compute.Assignment;

/// <summary>
/// Leads that look for partners: lead <c>i</c> has the candidates <c>Offsets[i] … Offsets[i+1]-1</c>, each a partner and the score of giving the lead to it.
/// A partner takes at most its capacity and, where it can be had, at least its floor. A lead may stay unassigned, which scores 0.
/// </summary>
/// <remarks>Arrays are taken over, not copied. A candidate whose score is not above 0 is used only to reach a floor.</remarks>
public sealed class AssignmentProblem
{
    /// <summary>Checks and takes over the arrays.</summary>
    /// <param name="offsets">Leads + 1 positions from 0, never falling.</param>
    /// <param name="partners">The partner of each candidate pair; a lead names a partner at most once.</param>
    /// <param name="scores">The score of each candidate pair, finite.</param>
    /// <param name="capacities">The most leads that each partner takes.</param>
    /// <param name="floors">The fewest leads that each partner should get, or null: none.</param>
    /// <exception cref="ArgumentException">Something is out of range; the message names the place.</exception>
    public AssignmentProblem(int[] offsets, int[] partners, double[] scores, int[] capacities, int[]? floors = null)
    {
        if (offsets.Length == 0 || offsets[0] != 0 || offsets[^1] != partners.Length) throw new ArgumentException($"Offsets begin with 0 and end with the number of pairs, {partners.Length}.", nameof(offsets));
        for (var i = 1; i < offsets.Length; i++)
            if (offsets[i] < offsets[i - 1]) throw new ArgumentException($"The offset of lead {i - 1} falls from {offsets[i - 1]} to {offsets[i]}.", nameof(offsets));
        if (scores.Length != partners.Length) throw new ArgumentException($"{partners.Length} pairs need as many scores, not {scores.Length}.", nameof(scores));
        for (var e = 0; e < partners.Length; e++)
        {
            if ((uint)partners[e] >= (uint)capacities.Length) throw new ArgumentException($"The partner of pair {e} is {partners[e]}, outside 0 … {capacities.Length - 1}.", nameof(partners));
            if (!double.IsFinite(scores[e])) throw new ArgumentException($"The score of pair {e} is {scores[e]}.", nameof(scores));
        }

        for (var j = 0; j < capacities.Length; j++)
            if (capacities[j] < 0) throw new ArgumentException($"The capacity of partner {j} is {capacities[j]}.", nameof(capacities));
        if (floors is not null && floors.Length != capacities.Length) throw new ArgumentException($"{capacities.Length} partners need as many floors, not {floors.Length}.", nameof(floors));
        for (var j = 0; j < floors?.Length; j++)
            if (floors[j] < 0 || floors[j] > capacities[j]) throw new ArgumentException($"The floor of partner {j} is {floors[j]}, outside 0 … its capacity {capacities[j]}.", nameof(floors));
        CheckNoRepeats(offsets, partners, capacities.Length);
        (Offsets, Partners, Scores, Capacities, Floors) = (offsets, partners, scores, capacities, floors);
    }

    /// <summary>Where each lead's candidates begin.</summary>
    public int[] Offsets { get; }

    /// <summary>The partner of each candidate pair.</summary>
    public int[] Partners { get; }

    /// <summary>The score of each candidate pair.</summary>
    public double[] Scores { get; }

    /// <summary>The most leads that each partner takes.</summary>
    public int[] Capacities { get; }

    /// <summary>The fewest leads that each partner should get.</summary>
    public int[]? Floors { get; }

    /// <summary>Number of leads.</summary>
    public int Leads => Offsets.Length - 1;

    private static void CheckNoRepeats(int[] offsets, int[] partners, int count)
    {
        var seenBy = new int[count];
        for (var i = 0; i + 1 < offsets.Length; i++)
            for (var e = offsets[i]; e < offsets[i + 1]; e++)
            {
                if (seenBy[partners[e]] == i + 1) throw new ArgumentException($"Lead {i} names partner {partners[e]} twice.", nameof(partners));
                seenBy[partners[e]] = i + 1;
            }
    }
}

/// <summary>How good is good enough.</summary>
/// <param name="Gap">Wanted (bound − value) ÷ bound; the auction's bids are made fine enough for it.</param>
/// <param name="MaxRounds">How often the bids may be made finer.</param>
public sealed record AssignmentOptions(double Gap = 1e-4, int MaxRounds = 12);

/// <summary>Who gets which lead, and the proof of how good that is.</summary>
/// <param name="PartnerOf">For each lead its partner, or −1.</param>
/// <param name="Value">Sum of the scores.</param>
/// <param name="Bound">No assignment that respects capacities and attainable floors scores more than this (weak duality with <paramref name="Prices"/>).</param>
/// <param name="Prices">What one more lead of capacity would be worth at each partner; below 0 where a floor costs score.</param>
/// <param name="Taken">Leads that each partner got.</param>
/// <param name="MissedFloors">Partners whose floor nobody could meet, with the most that is attainable together with the other floors.</param>
/// <param name="Explanation">The outcome in words.</param>
public sealed record AssignmentResult(
    int[] PartnerOf, double Value, double Bound, double[] Prices, int[] Taken, IReadOnlyList<(int Partner, int Floor, int Attainable)> MissedFloors, string Explanation)
{
    /// <summary>(Bound − Value) ÷ |Bound|: the proven distance from the best possible.</summary>
    public double Gap => Bound - Value <= 0 ? 0 : (Bound - Value) / Math.Max(Math.Abs(Bound), double.Epsilon);
}
