namespace Trellis.Compute.Assignment;

/// <summary>
/// One ε of the auction for transportation problems with similar objects (Bertsekas and Castañón 1989, doi:10.1007/BF02186481): leads without a partner
/// bid for their best one; a full partner keeps its highest bids and its price is the lowest of them.
/// </summary>
internal sealed class Auction
{
    private readonly AssignmentProblem problem;
    private readonly int[] slotStart;
    private readonly double[] bids;
    private readonly int[] holders;

    public Auction(AssignmentProblem problem)
    {
        this.problem = problem;
        var partners = problem.Capacities.Length;
        var degrees = new int[partners];
        foreach (var j in problem.Partners) degrees[j]++;
        slotStart = new int[partners + 1];
        for (var j = 0; j < partners; j++) slotStart[j + 1] = slotStart[j] + Math.Min(problem.Capacities[j], degrees[j]);
        bids = new double[slotStart[partners]];
        holders = new int[slotStart[partners]];
        Taken = new int[partners];
        Prices = new double[partners];
        PartnerOf = new int[problem.Leads];
    }

    public double[] Prices { get; }

    public int[] PartnerOf { get; }

    public int[] Taken { get; }

    /// <summary>
    /// Empties all slots and lets every lead bid, from the present prices less a discount. Ends with each lead within ε of its best offer. With prices
    /// from 0 only full partners have a price; otherwise some that are not may be left with one, which <see cref="Floors.Reverse"/> puts right.
    /// Then the value is within leads × ε of the best.
    /// </summary>
    public void Forward(double epsilon, double discount, CancellationToken cancel)
    {
        Array.Clear(Taken);
        // A partner without slots can never be afforded.
        for (var j = 0; j < Prices.Length; j++) Prices[j] = slotStart[j] == slotStart[j + 1] ? double.PositiveInfinity : Math.Max(0, Prices[j] - discount);
        Array.Fill(PartnerOf, -1);
        var waiting = new int[problem.Leads];
        var count = problem.Leads;
        for (var i = 0; i < count; i++) waiting[i] = count - 1 - i;
        int[] offsets = problem.Offsets, partners = problem.Partners;
        var scores = problem.Scores;
        for (long bid = 1; count > 0; bid++)
        {
            if ((bid & 0xFFFFF) == 0) cancel.ThrowIfCancellationRequested();
            var lead = waiting[--count];
            double best = 0, second = 0, bestScore = 0;
            var chosen = -1;
            for (var e = offsets[lead]; e < offsets[lead + 1]; e++)
            {
                var worth = scores[e] - Prices[partners[e]];
                if (worth > best) (second, best, chosen, bestScore) = (best, worth, partners[e], scores[e]);
                else if (worth > second) second = worth;
            }

            if (chosen < 0) continue;
            var loser = Place(chosen, lead, bestScore - second + epsilon);
            // Last in, first out: a price war is fought to its end while its prices are in the cache.
            if (loser >= 0) waiting[count++] = loser;
        }

        for (var j = 0; j < Prices.Length; j++)
            if (double.IsPositiveInfinity(Prices[j])) Prices[j] = 0;
    }

    /// <summary>Whether a partner with free places still has a price.</summary>
    public bool HasStrayPrice()
    {
        for (var j = 0; j < Prices.Length; j++)
            if (Prices[j] > 0 && Taken[j] < problem.Capacities[j]) return true;
        return false;
    }

    /// <summary>Gives the lead a slot; returns the lead that loses its slot, or −1.</summary>
    private int Place(int partner, int lead, double bid)
    {
        int start = slotStart[partner], size = slotStart[partner + 1] - start;
        PartnerOf[lead] = partner;
        int at, loser;
        if (Taken[partner] < size)
        {
            loser = -1;
            at = Taken[partner]++;
            while (at > 0 && bids[start + ((at - 1) >> 1)] > bid)
            {
                var parent = (at - 1) >> 1;
                (bids[start + at], holders[start + at]) = (bids[start + parent], holders[start + parent]);
                at = parent;
            }
        }
        else
        {
            loser = holders[start];
            PartnerOf[loser] = -1;
            at = 0;
            while (true)
            {
                var child = (2 * at) + 1;
                if (child >= size) break;
                if (child + 1 < size && bids[start + child + 1] < bids[start + child]) child++;
                if (bids[start + child] >= bid) break;
                (bids[start + at], holders[start + at]) = (bids[start + child], holders[start + child]);
                at = child;
            }
        }

        (bids[start + at], holders[start + at]) = (bid, lead);
        // With room for every candidate the last place is still free.
        if (Taken[partner] == problem.Capacities[partner]) Prices[partner] = bids[start];
        return loser;
    }
}
