namespace Trellis.Compute.Matching;

/// <summary>A list of companies under their keys, in memory: what a table with an index of text does, with the same limits, for tests and benchmarks.</summary>
public sealed class KeyedCompanies
{
    private readonly IReadOnlyList<CompanyRecord> _companies;
    private readonly Dictionary<string, List<int>> _rows = [];

    public KeyedCompanies(IReadOnlyList<CompanyRecord> companies)
    {
        _companies = companies;
        for (var row = 0; row < companies.Count; row++)
        {
            var keys = CompanyKeys.Stored(companies[row]);
            foreach (var key in keys.Exact.Concat(keys.Near).Distinct())
            {
                if (!_rows.TryGetValue(key, out var list)) _rows[key] = list = [];
                list.Add(row);
            }
        }
    }

    /// <summary>The rows that score at least <paramref name="least"/>, best first, at most five.</summary>
    /// <param name="asked">What was written.</param>
    /// <param name="least">The score below which two companies are taken for different ones.</param>
    /// <param name="exact">Rows taken of all exact keys together.</param>
    /// <param name="each">Rows taken of each near key.</param>
    /// <param name="most">Candidates compared.</param>
    public IReadOnlyList<int> Find(CompanyRecord asked, double least, int exact = 60, int each = 80, int most = 120)
    {
        var keys = CompanyKeys.Asked(asked);
        var rows = new HashSet<int>(keys.Exact.SelectMany(Of).Take(exact));
        var shared = new Dictionary<int, double>();
        foreach (var key in keys.Near)
        {
            var of = Of(key);
            var taken = Math.Min(each, of.Count);
            for (var i = 0; i < taken; i++) shared[of[i]] = shared.GetValueOrDefault(of[i]) + (1.0 / taken);
        }

        rows.UnionWith(shared.OrderByDescending(s => s.Value).ThenBy(s => s.Key).Take(most).Select(s => s.Key));
        var probe = new CompanyProbe(asked);
        return [.. rows.Select(r => (Row: r, probe.Compare(_companies[r]).Score)).Where(r => r.Score >= least).OrderByDescending(r => r.Score).ThenBy(r => r.Row).Take(5).Select(r => r.Row)];
    }

    private List<int> Of(string key) => _rows.GetValueOrDefault(key) ?? [];
}
