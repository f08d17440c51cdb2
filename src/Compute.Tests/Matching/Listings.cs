using Trellis.Compute.Matching;
using Trellis.Compute.Tables;
using Trellis.Compute.Tests.Learning;

namespace Trellis.Compute.Tests.Matching;

/// <summary>Company records as two kinds of real source write them, and which are one company.</summary>
internal static class Listings
{
    public static (List<(string Id, CompanyRecord Record)> Ours, List<(string Id, CompanyRecord Record)> Theirs, HashSet<(string, string)> Truth) Read() => (
        Rows("ours.csv", Company), Rows("theirs.csv", Company), [.. Rows("matches.csv", s => (s.Text(0), s.Text(1)))]);

    private static (string, CompanyRecord) Company(CsvScanner s) => (s.Text(0), new CompanyRecord(s.Text(1), s.Text(6), null, s.Text(2), s.Text(4), s.Text(5), s.Text(7)));

    private static List<T> Rows<T>(string file, Func<CsvScanner, T> row)
    {
        var rows = new List<T>();
        var scanner = new CsvScanner(File.ReadAllBytes(SharedData.PathOf($"companies/{file}")));
        scanner.Read();
        while (scanner.Read()) rows.Add(row(scanner));
        return rows;
    }
}
