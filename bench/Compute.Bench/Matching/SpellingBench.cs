using System.Diagnostics;
using System.Globalization;
using Trellis.Compute.Matching;

namespace Trellis.Compute.Bench.Matching;

/// <summary>How much of what people write is found, and at what price; the threshold is the one that the accounts use.</summary>
internal static class SpellingBench
{
    private const double Likely = 0.81;

    public static void Run(string[] arguments)
    {
        foreach (var count in new[] { 10_000, 100_000, 1_000_000 })
        {
            var seed = 9000 + count;
            var index = new KeyedCompanies(CompanySpellings.List(count, seed));
            var watch = Stopwatch.StartNew();
            var quality = CompanySpellings.Measure(CompanySpellings.Writings(count, seed, 3000, seed + 1), asked => index.Find(asked, Likely));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{count,9:N0} companies: recall {quality.Recall:0.0000}, precision {quality.Precision:0.0000}, {watch.Elapsed.TotalMilliseconds / quality.Asked:0.00} ms each; {string.Join(", ", quality.RecallBySpelling.Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.Key} {p.Value:0.000}")))}"));
        }
    }
}
