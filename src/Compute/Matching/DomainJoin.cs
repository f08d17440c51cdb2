using System.Text;
using Trellis.Compute.Tables;

namespace Trellis.Compute.Matching;

/// <summary>One list by its registrable domains alone.</summary>
/// <param name="Domains">By row a 64-bit hash of the registrable domain, 0 where there is none or it belongs to a free mail provider.</param>
/// <param name="Ids">By row where its identifier stands in the bytes.</param>
public sealed record DomainList(ulong[] Domains, CsvCell[] Ids);

/// <summary>
/// Matches two lists by equal registrable domain. Domains are compared by a 64-bit hash: two different ones among a million agree with probability 3·10⁻⁸.
/// </summary>
public static class DomainJoin
{
    /// <summary>Reads the identifiers and domains of a CSV file; columns as in <see cref="CompanyCsv"/>.</summary>
    /// <exception cref="FormatException">There is no domain column, or the quoting is broken.</exception>
    public static DomainList Read(ReadOnlySpan<byte> csv, char separator = ',', CancellationToken cancellation = default)
    {
        var scanner = new CsvScanner(csv, separator: separator);
        if (!scanner.Read()) throw new FormatException("The file is empty: a header row was expected.");
        var (id, domain) = CompanyCsv.DomainColumns(ref scanner);
        var ids = new List<CsvCell>(csv.Length / 64);
        var hashes = new List<ulong>(csv.Length / 64);
        Span<char> text = stackalloc char[512];
        Span<char> host = stackalloc char[Domains.MaxHost];
        while (scanner.Read())
        {
            if ((hashes.Count & 0xFFFF) == 0) cancellation.ThrowIfCancellationRequested();
            var raw = scanner[domain];
            if (raw.Length > 500) raw = raw[..500];
            var n = Encoding.UTF8.GetChars(raw, text);
            var known = n > 3 && Domains.TryParse(text[..n], host, out n, out _, out var free) && !free;
            hashes.Add(known ? FieldText.Hash(host[..n]) : 0);
            ids.Add(CompanyCsv.CellOf(csv, scanner[id]));
        }

        return new DomainList([.. hashes], [.. ids]);
    }

    /// <summary>All pairs of rows with the same domain, by left row; where a domain stands many times on both sides every combination is a pair.</summary>
    public static List<(int Left, int Right)> Pairs(DomainList left, DomainList right)
    {
        var rows = new HashChains(right.Domains.Length);
        for (var row = right.Domains.Length - 1; row >= 0; row--) rows.Add(right.Domains[row], row);
        var pairs = new List<(int, int)>(Math.Min(left.Domains.Length, right.Domains.Length));
        for (var row = 0; row < left.Domains.Length; row++)
            for (var other = rows.First(left.Domains[row]); other >= 0; other = rows.After(other)) pairs.Add((row, other));
        return pairs;
    }
}
