using System.Globalization;
using System.Text;
using Trellis.Compute.Matching;

namespace Trellis.Compute.Bench.Matching;

/// <summary>Matching of two lists of invented companies, from the bytes of two CSV files, and the online question.</summary>
public static class MatchingBench
{
    public static IEnumerable<BenchLine> Run(double scale)
    {
        foreach (var size in new[] { 10_000, 100_000, 1_000_000 })
        {
            var n = (int)(size * scale);
            if (n < 1000) continue;
            yield return Fuzzy(n);
        }
    }

    private static BenchLine Fuzzy(int n)
    {
        var (left, right, truth) = CompanyGenerator.Make(n, 42);
        var (a, b) = (Csv(left), Csv(right));
        left = right = [];
        var peak = 0L;
        var (cpu, bytes, result) = BenchTable.Measure(() =>
        {
            var matcher = new CompanyMatcher();
            CompanyCsv.Read(a, matcher.Left);
            CompanyCsv.Read(b, matcher.Right);
            var r = matcher.Match(new MatchOptions { Threads = 2 });
            using var self = System.Diagnostics.Process.GetCurrentProcess();
            peak = self.PeakWorkingSet64;
            return r;
        });
        var right_ = result.Pairs.Count(p => truth[p.Left] == p.Right);
        var f1 = 2.0 * right_ / (result.Pairs.Count + truth.Count(t => t >= 0));
        return new BenchLine($"fuzzy {n:N0} × {n:N0}, CSV included", cpu, null, bytes,
            string.Create(CultureInfo.InvariantCulture, $"F1 {f1:0.000}, {result.Candidates / (double)n:0.0} candidates a row, peak {peak / 1e6:0} MB"));
    }

    internal static byte[] Csv(List<CompanyRecord> records)
    {
        var text = new StringBuilder("id,name,website,tax number,country,city,postcode,sector\n");
        for (var i = 0; i < records.Count; i++)
        {
            var r = records[i];
            text.Append(i).Append(',').Append(Quoted(r.Name)).Append(',').Append(r.Domain).Append(',').Append(r.TaxNumber).Append(',').Append(r.Country).Append(',').Append(r.City)
                .Append(',').Append(r.Postcode).Append(',').Append(r.Sector).Append('\n');
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static string? Quoted(string? text) => text is not null && text.Contains(',') ? $"\"{text}\"" : text;
}
