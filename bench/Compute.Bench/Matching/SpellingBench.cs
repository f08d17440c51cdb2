using System.Globalization;
using Trellis.Compute.Matching;

namespace Trellis.Compute.Bench.Matching;

/// <summary>How much of what people write is found, and at what price; the threshold is the one that the accounts use.</summary>
internal static class SpellingBench
{
    private const double Likely = 0.81;
    private const int Written = 2000;

    public static BenchLine Run(int n)
    {
        var list = CompanySpellings.List(n, 9000);
        var index = new KeyedCompanies(list);
        var asked = CompanySpellings.Writings(n, 9000, Written, 9001).ToList();
        var (cpu, bytes, quality) = BenchTable.Measure(() => CompanySpellings.Measure(asked, a => index.Find(a, Likely)));
        // The plain way: only what is written alike, letter by letter.
        var plain = list.Select((c, i) => (c.Name!, i)).GroupBy(p => p.Item1.ToUpperInvariant()).ToDictionary(g => g.Key, g => g.First().i);
        var (naive, _, simple) = BenchTable.Measure(() => CompanySpellings.Measure(asked, a => plain.TryGetValue(a.Name!.ToUpperInvariant(), out var row) ? [row] : Array.Empty<int>()));
        return new BenchLine($"written customers, {asked.Count:N0} among {n:N0}", cpu, naive, bytes, string.Create(CultureInfo.InvariantCulture,
            $"recall {quality.Recall:0.0000}, precision {quality.Precision:0.0000} ({string.Join(", ", quality.RecallBySpelling.Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.Key} {p.Value:0.000}")))}); naive: equal texts, recall {simple.Recall:0.00}; goal recall 0.98 at precision 0.95"));
    }
}
