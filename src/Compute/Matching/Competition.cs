namespace Trellis.Compute.Matching;

/// <summary>
/// Probabilities under "a company has at most one partner". Pairs are edges between companies, and each edge's marginal probability in the random
/// matching whose weight is the product of its pairs' odds is found by belief propagation: r(i→j) = 1 / (1 + Σ over other partners k of i of odds(i,k)·r(k→i)),
/// odds of the edge = odds(i,j)·r(i→j)·r(j→i). Exact on trees; Huang and Jebara (2009), "Approximating the permanent with belief propagation".
/// Records of one list with the same words count as one company and do not compete.
/// </summary>
internal sealed class Competition
{
    private const int Sweeps = 6;
    private const double MostOdds = 1e9;

    private readonly CandidatePairs _pairs;
    private readonly int[] _asking, _indexed; // company of each row: the first row with the same words
    private readonly int[] _edge;             // edge of each pair
    private readonly int[] _left, _right;     // companies of each edge
    private readonly double[] _odds, _fromLeft, _fromRight;
    private readonly double[] _sumLeft, _sumRight;
    private readonly double[] _patternOdds = new double[Levels.Patterns];

    public Competition(CandidatePairs pairs, CompanyTable asking, CompanyTable indexed)
    {
        _pairs = pairs;
        _asking = Companies(asking);
        _indexed = Companies(indexed);
        _edge = new int[pairs.Other.Length];
        var edges = Edges(out _left, out _right);
        _odds = new double[edges];
        _fromLeft = new double[edges];
        _fromRight = new double[edges];
        _sumLeft = new double[asking.Count];
        _sumRight = new double[indexed.Count];
        Probability = new double[pairs.Other.Length];
    }

    /// <summary>By candidate pair.</summary>
    public double[] Probability { get; }

    /// <summary>Company of an asking row.</summary>
    public int Left(int row) => _asking[row];

    /// <summary>Company of an indexed row.</summary>
    public int Right(int row) => _indexed[row];

    /// <summary>Recomputes all probabilities by a model.</summary>
    public void Update(MatchModel model)
    {
        var prior = model.Prior / (1 - model.Prior);
        for (var p = 0; p < _patternOdds.Length; p++)
            if (_pairs.Counts[p] > 0) _patternOdds[p] = Math.Min(MostOdds, prior * Math.Pow(2, Evidence.Bits(model, p)));
        Array.Clear(_odds);
        for (var i = 0; i < _edge.Length; i++) _odds[_edge[i]] = Math.Max(_odds[_edge[i]], _patternOdds[_pairs.Pattern[i]]);
        Array.Fill(_fromRight, 1);
        for (var sweep = 0; sweep < Sweeps; sweep++)
        {
            Pass(_left, _sumLeft, _fromRight, _fromLeft);
            Pass(_right, _sumRight, _fromLeft, _fromRight);
        }

        for (var i = 0; i < _edge.Length; i++)
        {
            var odds = _patternOdds[_pairs.Pattern[i]] * _fromLeft[_edge[i]] * _fromRight[_edge[i]];
            Probability[i] = odds / (1 + odds);
        }
    }

    private void Pass(int[] node, double[] sum, double[] incoming, double[] outgoing)
    {
        Array.Clear(sum);
        for (var e = 0; e < node.Length; e++) sum[node[e]] += _odds[e] * incoming[e];
        for (var e = 0; e < node.Length; e++) outgoing[e] = 1 / (1 + Math.Max(0, sum[node[e]] - _odds[e] * incoming[e]));
    }

    // Numbers the distinct pairs of companies in the order of their first pair. Rows that repeat an earlier row's words look for its edges first.
    private int Edges(out int[] left, out int[] right)
    {
        var l = new List<int>(_edge.Length);
        var r = new List<int>(_edge.Length);
        var first = new int[_asking.Length + 1];
        var repeated = new Dictionary<long, int>();
        for (var row = 0; row < _asking.Length; row++)
        {
            first[row] = l.Count;
            var company = _asking[row];
            for (var i = _pairs.Start[row]; i < _pairs.Start[row + 1]; i++)
            {
                var other = _indexed[_pairs.Other[i]];
                var edge = Among(r, first[row], l.Count, other);
                if (edge < 0 && company != row)
                {
                    edge = Among(r, first[company], first[company + 1], other);
                    if (edge < 0 && repeated.TryGetValue((long)company << 32 | (uint)other, out var known)) edge = known;
                }

                if (edge < 0)
                {
                    edge = l.Count;
                    l.Add(company);
                    r.Add(other);
                    if (company != row) repeated[(long)company << 32 | (uint)other] = edge;
                }

                _edge[i] = edge;
            }

            first[row + 1] = l.Count;
        }

        (left, right) = ([.. l], [.. r]);
        return l.Count;
    }

    private static int Among(List<int> right, int from, int to, int company)
    {
        for (var e = from; e < to; e++)
            if (right[e] == company) return e;
        return -1;
    }

    private static int[] Companies(CompanyTable table)
    {
        var keys = new HashChains(table.Count);
        var company = new int[table.Count];
        for (var row = 0; row < table.Count; row++)
        {
            var first = keys.First(table[row].Key);
            company[row] = first < 0 ? row : first;
            if (first < 0) keys.Add(table[row].Key, row);
        }

        return company;
    }
}
