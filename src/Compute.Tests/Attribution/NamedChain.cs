using Trellis.Compute.Attribution;

namespace Trellis.Compute.Tests.Attribution;

/// <summary>The obvious Markov model: states are strings, removal effects come from rebuilding the chain without the channel and eliminating densely.</summary>
internal sealed class NamedChain
{
    private const string Won = "won", Lost = "lost";
    private readonly Dictionary<string, Dictionary<string, double>> rows = [];
    private readonly int channels;

    public NamedChain(Journeys journeys, int order, bool collapse)
    {
        channels = journeys.Channels;
        for (var j = 0; j < journeys.Count; j++)
        {
            var path = new List<int>();
            foreach (var c in journeys.Touched(j))
                if (!collapse || path.Count == 0 || path[^1] != c) path.Add(c);
            if (path.Count == 0) continue;
            double won = journeys.Conversions?[j] ?? 1, lost = journeys.Nulls?[j] ?? 0;
            var state = "";
            for (var t = 0; t < path.Count; t++)
            {
                var next = string.Join('>', path.Take(t + 1).TakeLast(order));
                Add(state, next, won + lost);
                state = next;
            }

            Add(state, Won, won);
            Add(state, Lost, lost);
        }
    }

    public double[] RemovalEffects()
    {
        var whole = Probability(-1);
        return [.. Enumerable.Range(0, channels).Select(c => whole == 0 ? 0 : (whole - Probability(c)) / whole)];
    }

    /// <summary>The fraction of simulated conversions that passed through each channel.</summary>
    public double[] Simulate(int walks, int seed, int count)
    {
        var random = new Random(seed);
        var through = new double[count];
        var won = 0;
        for (var w = 0; w < walks; w++)
        {
            var seen = new HashSet<int>();
            var state = "";
            while (state is not (Won or Lost))
            {
                var pick = random.NextDouble() * rows[state].Values.Sum();
                foreach (var (next, weight) in rows[state])
                {
                    state = next;
                    if ((pick -= weight) < 0) break;
                }

                if (state is not (Won or Lost)) seen.Add(int.Parse(state.Split('>')[^1]));
            }

            if (state != Won) continue;
            won++;
            foreach (var c in seen) through[c]++;
        }

        return [.. through.Select(t => t / won)];
    }

    private void Add(string from, string to, double weight)
    {
        if (weight == 0) return;
        if (!rows.TryGetValue(from, out var row)) rows[from] = row = [];
        row[to] = row.GetValueOrDefault(to) + weight;
    }

    private double Probability(int removed)
    {
        var names = rows.Keys.ToList();
        if (!names.Contains("")) return 0;
        var index = names.Select((n, i) => (n, i)).ToDictionary(p => p.n, p => p.i);
        var n = names.Count;
        var a = new double[n, n + 1];
        for (var s = 0; s < n; s++)
        {
            a[s, s] += 1;
            var total = rows[names[s]].Values.Sum();
            foreach (var (next, weight) in rows[names[s]])
            {
                if (next == Won) a[s, n] += weight / total;
                else if (next != Lost && int.Parse(next.Split('>')[^1]) != removed) a[s, index[next]] -= weight / total;
            }
        }

        return Eliminate(a, n, index[""]);
    }

    private static double Eliminate(double[,] a, int n, int wanted)
    {
        for (var k = 0; k < n; k++)
        {
            var pivot = k;
            for (var i = k + 1; i < n; i++)
                if (Math.Abs(a[i, k]) > Math.Abs(a[pivot, k])) pivot = i;
            for (var c = 0; c <= n; c++) (a[k, c], a[pivot, c]) = (a[pivot, c], a[k, c]);
            for (var i = 0; i < n; i++)
            {
                if (i == k || a[i, k] == 0) continue;
                var factor = a[i, k] / a[k, k];
                for (var c = k; c <= n; c++) a[i, c] -= factor * a[k, c];
            }
        }

        return a[wanted, n] / a[wanted, wanted];
    }
}
