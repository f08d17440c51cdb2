namespace Trellis.Compute.Matching;

/// <summary>Groups of records that are one company.</summary>
/// <param name="Cluster">For each row the smallest row of its group; a row alone is its own group.</param>
/// <param name="Pairs">The pairs at or above the threshold that spoke for the groups (left row below right row).</param>
/// <param name="Threshold">The threshold that was used.</param>
/// <param name="Model">The fitted model.</param>
public sealed record ClusterResult(IReadOnlyList<int> Cluster, IReadOnlyList<MatchPair> Pairs, double Threshold, MatchModel Model);

/// <summary>
/// Joins groups from the most certain pair down, but only while the evidence between the two whole groups is for it: the sum of log odds over all pairs between them, where a
/// pair that blocking never brought together counts a little against. This is greedy correlation clustering (Bansal, Blum and Chawla 2004) and keeps chains of
/// half-likenesses from running together.
/// </summary>
internal static class Clusters
{
    private const double NeverCompared = -1.0; // log2 odds
    private const int Largest = 200;

    public static int[] Build(int rows, List<MatchPair> pairs, double threshold)
    {
        var odds = new Dictionary<long, double>();
        var shift = LogOdds(threshold);
        foreach (var pair in pairs) odds[Key(pair.Left, pair.Right)] = LogOdds(pair.Probability) - shift;
        var cluster = new int[rows];
        var members = new Dictionary<int, List<int>>();
        for (var i = 0; i < rows; i++) cluster[i] = i;
        foreach (var pair in pairs.Where(p => p.Probability >= threshold))
        {
            int a = cluster[pair.Left], b = cluster[pair.Right];
            if (a == b) continue;
            if (a > b) (a, b) = (b, a);
            var left = members.GetValueOrDefault(a) ?? [a];
            var right = members.GetValueOrDefault(b) ?? [b];
            if (left.Count + right.Count > Largest || Between(left, right, odds) < 0) continue;
            foreach (var row in right) cluster[row] = a;
            left.AddRange(right);
            members[a] = left;
            members.Remove(b);
        }

        return cluster;
    }

    private static double Between(List<int> left, List<int> right, Dictionary<long, double> odds)
    {
        var sum = 0.0;
        foreach (var a in left)
            foreach (var b in right)
                sum += odds.GetValueOrDefault(Key(a, b), NeverCompared);
        return sum;
    }

    private static long Key(int a, int b) => a < b ? (long)a << 32 | (uint)b : (long)b << 32 | (uint)a;

    private static double LogOdds(double p) => Math.Log2(Math.Clamp(p, 1e-9, 1 - 1e-9) / (1 - Math.Clamp(p, 1e-9, 1 - 1e-9)));
}
