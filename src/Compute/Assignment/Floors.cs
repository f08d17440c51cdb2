namespace Trellis.Compute.Assignment;

/// <summary>Fairness floors: which can be met together, and the reverse auction that meets them at the least cost.</summary>
internal sealed class Floors
{
    private readonly AssignmentProblem problem;
    private readonly int[] starts;
    private readonly int[] leads;
    private readonly double[] scores;

    public Floors(AssignmentProblem problem)
    {
        this.problem = problem;
        var partners = problem.Capacities.Length;
        starts = new int[partners + 1];
        foreach (var j in problem.Partners) starts[j + 1]++;
        for (var j = 0; j < partners; j++) starts[j + 1] += starts[j];
        (leads, scores) = (new int[problem.Partners.Length], new double[problem.Partners.Length]);
        var next = starts[..^1];
        for (var i = 0; i < problem.Leads; i++)
            for (var e = problem.Offsets[i]; e < problem.Offsets[i + 1]; e++)
            {
                var at = next[problem.Partners[e]]++;
                (leads[at], scores[at]) = (i, problem.Scores[e]);
            }
    }

    /// <summary>
    /// The floors lowered to what can be had together: leads are moved along alternating paths (Kuhn 1955) from a given assignment. A search that
    /// fails shows a group of partners with too few candidates between them, which later searches need not enter.
    /// </summary>
    public int[] Attainable(int[] wanted, int[] partnerOf, int[] taken, CancellationToken cancel)
    {
        var (attainable, owner, held) = ((int[])wanted.Clone(), (int[])partnerOf.Clone(), (int[])taken.Clone());
        var reached = new int[wanted.Length];
        var cameBy = new int[wanted.Length];
        var cameFrom = new int[wanted.Length];
        var queue = new Queue<int>();
        var search = 0;
        for (var j = 0; j < wanted.Length; j++)
            while (held[j] < attainable[j])
            {
                cancel.ThrowIfCancellationRequested();
                if (Move(j)) held[j]++;
                else attainable[j] = held[j];
            }

        return attainable;

        bool Move(int root)
        {
            queue.Clear();
            queue.Enqueue(root);
            var stamp = ++search;
            reached[root] = reached[root] == int.MaxValue ? int.MaxValue : stamp;
            var entered = new List<int> { root };
            while (queue.TryDequeue(out var j))
                for (var a = starts[j]; a < starts[j + 1]; a++)
                {
                    var (lead, from) = (leads[a], owner[leads[a]]);
                    if (from == j || (from >= 0 && (reached[from] == stamp || reached[from] == int.MaxValue))) continue;
                    if (from < 0 || held[from] > attainable[from])
                    {
                        if (from >= 0) held[from]--;
                        for (owner[lead] = j; j != root; j = cameFrom[j]) owner[cameBy[j]] = cameFrom[j];
                        return true;
                    }

                    (reached[from], cameBy[from], cameFrom[from]) = (stamp, lead, j);
                    entered.Add(from);
                    queue.Enqueue(from);
                }

            foreach (var j in entered) reached[j] = int.MaxValue;
            return false;
        }
    }

    /// <summary>
    /// Partners below their floor lower their price, below 0 if they must, until enough leads prefer them; partners that lose a lead
    /// while their price is above 0 do the same (reverse auction, Bertsekas and Castañón 1992, doi:10.1007/BF00249638). Floors must be attainable.
    /// </summary>
    public void Reverse(Auction auction, int[] floors, double epsilon, CancellationToken cancel)
    {
        var (prices, partnerOf, taken) = (auction.Prices, auction.PartnerOf, auction.Taken);
        var profits = Profits(prices);
        var (queue, queued) = (new Queue<int>(), new bool[prices.Length]);
        for (var j = 0; j < prices.Length; j++) Enqueue(j);
        var offers = new List<(double Offer, int Lead)>();
        while (queue.TryDequeue(out var j))
        {
            cancel.ThrowIfCancellationRequested();
            queued[j] = false;
            if (!Wants(j)) continue;
            offers.Clear();
            for (var a = starts[j]; a < starts[j + 1]; a++)
                if (partnerOf[leads[a]] != j) offers.Add((scores[a] - profits[leads[a]], leads[a]));
            offers.Sort(static (x, y) => x.Offer != y.Offer ? y.Offer.CompareTo(x.Offer) : x.Lead.CompareTo(y.Lead));
            var k = 0;
            while (k < offers.Count && (taken[j] < floors[j] || (taken[j] < problem.Capacities[j] && offers[k].Offer > epsilon)))
            {
                var (_, lead) = offers[k++];
                var loser = partnerOf[lead];
                partnerOf[lead] = j;
                taken[j]++;
                if (loser < 0) continue;
                taken[loser]--;
                Enqueue(loser);
            }

            // The price falls to just below the best offer left, so that each taken lead gains at least ε and the auction must end.
            var next = k < offers.Count ? offers[k].Offer - epsilon : k > 0 ? offers[k - 1].Offer - epsilon : 0;
            // Below 0 only at the floor exactly; above it a free place must cost nothing.
            var price = k == 0 || taken[j] > floors[j] ? Math.Max(0, next) : next;
            prices[j] = Math.Min(prices[j], price);
            for (var a = starts[j]; a < starts[j + 1]; a++)
                if (partnerOf[leads[a]] == j) profits[leads[a]] = Math.Max(profits[leads[a]], scores[a] - prices[j]);
        }

        bool Wants(int j) => taken[j] < floors[j] || (prices[j] > 0 && taken[j] < problem.Capacities[j]);

        void Enqueue(int j)
        {
            if (queued[j] || !Wants(j)) return;
            queued[j] = true;
            queue.Enqueue(j);
        }
    }

    /// <summary>What each lead could gain at the given prices: its best score less price, at least 0.</summary>
    public double[] Profits(double[] prices)
    {
        var profits = new double[problem.Leads];
        for (var i = 0; i < profits.Length; i++)
            for (var e = problem.Offsets[i]; e < problem.Offsets[i + 1]; e++)
                if (problem.Capacities[problem.Partners[e]] > 0) profits[i] = Math.Max(profits[i], problem.Scores[e] - prices[problem.Partners[e]]);
        return profits;
    }
}
