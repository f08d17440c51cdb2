using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Trellis.Compute.Tables;

namespace Trellis.Compute.Matching;

/// <summary>Reads companies from the bytes of a CSV file into a list, without a string for any cell.</summary>
public static class CompanyCsv
{
    private static readonly string[][] Names =
    [
        ["name", "company", "company name", "account", "account name", "organisation", "organization"], ["domain", "website", "web", "url", "email", "homepage"],
        ["tax", "tax number", "vat", "vat number", "vat id", "registration number", "tax id"], ["country", "country code"], ["city", "town"],
        ["postcode", "zipcode", "zip", "postal code"], ["sector", "industry"],
    ];

    /// <summary>
    /// Adds every row below the header. Columns are known by usual names (name or company, website or domain, tax number or vat, country, city, postcode or zipcode, sector or industry); "id" or else the
    /// first column identifies the row.
    /// </summary>
    /// <returns>For each row where its identifier stands in the bytes.</returns>
    /// <exception cref="FormatException">There is no header with a name or a domain column, or the quoting is broken.</exception>
    public static CsvCell[] Read(ReadOnlySpan<byte> csv, CompanyList into, char separator = ',', CancellationToken cancellation = default)
    {
        var scanner = new CsvScanner(csv, separator: separator);
        if (!scanner.Read()) throw new FormatException("The file is empty: a header row was expected.");
        Span<int> columns = stackalloc int[8];
        Columns(ref scanner, columns);
        var ids = new List<CsvCell>();
        Span<char> text = new char[8 * 1024];
        var rows = 0;
        while (scanner.Read())
        {
            if ((++rows & 0x3FFF) == 0) cancellation.ThrowIfCancellationRequested();
            var rest = text;
            into.Add(new CompanyFields
            {
                Name = Cell(ref scanner, columns[0], ref rest),
                Domain = Cell(ref scanner, columns[1], ref rest),
                TaxNumber = Cell(ref scanner, columns[2], ref rest),
                Country = Cell(ref scanner, columns[3], ref rest),
                City = Cell(ref scanner, columns[4], ref rest),
                Postcode = Cell(ref scanner, columns[5], ref rest),
                Sector = Cell(ref scanner, columns[6], ref rest),
            });
            ids.Add(CellOf(csv, scanner[columns[7]]));
        }

        return [.. ids];
    }

    internal static CsvCell CellOf(ReadOnlySpan<byte> csv, ReadOnlySpan<byte> cell) => cell.IsEmpty ? default
        : new CsvCell((int)Unsafe.ByteOffset(ref MemoryMarshal.GetReference(csv), ref MemoryMarshal.GetReference(cell)), cell.Length);

    internal static (int Id, int Domain) DomainColumns(ref CsvScanner scanner)
    {
        Span<int> columns = stackalloc int[8];
        Columns(ref scanner, columns);
        return columns[1] >= 0 ? (columns[7], columns[1]) : throw new FormatException("No column is called domain, website, url or email.");
    }

    // Cells longer than their share of the buffer are cut: no field of a company needs a thousand characters.
    private static ReadOnlySpan<char> Cell(ref CsvScanner scanner, int column, ref Span<char> rest)
    {
        if (column < 0) return default;
        var raw = scanner[column];
        if (raw.IsEmpty) return default;
        if (raw.Length > 1000) raw = raw[..1000];
        var n = scanner.IsEscaped(column) ? Escaped(raw, rest) : Encoding.UTF8.GetChars(raw, rest);
        var cell = rest[..n];
        rest = rest[n..];
        return cell;
    }

    private static int Escaped(ReadOnlySpan<byte> raw, Span<char> into)
    {
        Span<byte> clean = stackalloc byte[1000];
        return Encoding.UTF8.GetChars(clean[..CsvScanner.Unescape(raw, clean)], into);
    }

    private static void Columns(ref CsvScanner scanner, scoped Span<int> columns)
    {
        columns.Fill(-1);
        columns[7] = 0;
        Span<char> folded = stackalloc char[64];
        for (var c = 0; c < scanner.Count; c++)
        {
            var name = folded[..FieldText.FoldWords(scanner.Text(c), folded)].ToString();
            if (name is "id") columns[7] = c;
            for (var f = 0; f < Names.Length; f++)
                if (columns[f] < 0 && Names[f].Contains(name)) columns[f] = c;
        }

        if (columns[0] < 0 && columns[1] < 0) throw new FormatException("No column is called name, company, website or domain: which one names the company?");
    }
}

/// <summary>Where a cell stands in the bytes of a file.</summary>
/// <param name="Start">Offset of its first byte.</param>
/// <param name="Length">Bytes.</param>
public readonly record struct CsvCell(int Start, int Length);
