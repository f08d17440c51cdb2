using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using Trellis.Kernel;

namespace Trellis.Partners.Imports;

/// <summary>A table as it stands in a file: the header and the rows that hold something.</summary>
internal sealed record PartnerTable(string[] Header, IReadOnlyList<(int Number, string[] Cells)> Rows)
{
    public const int MostRows = 10_000;
    public const long MostBytes = 20_000_000;
    public const int LongestRow = 60_000;
    private const int MostColumns = 100;
    private const int LongestCell = 4000;

    public static Result<PartnerTable> Read(byte[] content)
    {
        if (content.Length == 0) return Refused("The file is empty.");
        var rows = new List<(int, string[])>();
        var read = content is [0x50, 0x4B, 0x03, 0x04, ..] ? Workbook(content, rows) : Delimited(content, rows);
        if (read is not null) return read;
        if (rows.Count == 0) return Refused("The file is empty.");
        var header = Names(rows[0].Item2);
        if (header.Length > MostColumns) return Refused($"The file has {header.Length} columns; at most {MostColumns} are read. Remove those that are not needed.");
        if (rows.Count == 1) return Refused("The file has a header and no rows below it.");
        if (rows.Count - 1 > MostRows) return Refused($"The file has more than {MostRows:N0} rows. Split it: partners of the second file that are in the first are recognised.");
        return new PartnerTable(header, rows[1..]);
    }

    private static Problem Refused(string why) => Problem.Invalid("file", why);

    private static Problem? Workbook(byte[] content, List<(int, string[])> rows)
    {
        using var stream = new MemoryStream(content);
        var read = XlsxReader.Read(stream, null, (number, cells) =>
        {
            if (rows.Count <= MostRows + 1) Add(rows, number, cells.ToArray());
        });
        return read.Problem;
    }

    private static Problem? Delimited(byte[] content, List<(int, string[])> rows)
    {
        if (Said(content) is not { } text) return Refused("This is no table of text. Save it as CSV or as an Excel workbook (XLSX) and upload that.");
        var named = NamedDelimiter(text, out var skipped);
        using var parser = new CsvParser(new StringReader(text[skipped..]), new CsvConfiguration(CultureInfo.InvariantCulture) { Delimiter = named ?? Delimiter(text), IgnoreBlankLines = false, BadDataFound = null, MaxFieldSize = LongestCell * 5 });
        try
        {
            for (var number = skipped > 0 ? 2 : 1; parser.Read() && rows.Count <= MostRows + 1; number++) Add(rows, number, parser.Record!);
            return null;
        }
        catch (MaxFieldSizeException)
        {
            return Refused($"Near row {rows.Count + 1} a cell never ends: mostly a quotation mark was not closed.");
        }
    }

    private static void Add(List<(int, string[])> rows, int number, string[] cells)
    {
        var read = cells.Select(c => Csv.Original(c)!.Trim()).ToArray();
        if (read.Any(c => c.Length > 0)) rows.Add((number, read));
    }

    // UTF-8 and UTF-16 by their marks or because nothing else fits; otherwise the letters of Windows. NUL bytes are no text.
    private static string? Said(byte[] content)
    {
        if (content is [0xFF, 0xFE, ..]) return Encoding.Unicode.GetString(content, 2, content.Length - 2);
        if (content is [0xFE, 0xFF, ..]) return Encoding.BigEndianUnicode.GetString(content, 2, content.Length - 2);
        if (content.AsSpan().Contains((byte)0)) return null;
        var start = content is [0xEF, 0xBB, 0xBF, ..] ? 3 : 0;
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(content, start, content.Length - start);
        }
        catch (DecoderFallbackException)
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(1252)!.GetString(content);
        }
    }

    private static string Delimiter(string text)
    {
        string[] known = [",", ";", "\t", "|"];
        var (counts, quoted) = (new int[known.Length], false);
        foreach (var sign in text)
        {
            if (sign == '"') quoted = !quoted;
            else if (quoted) continue;
            else if (sign is '\r' or '\n') break;
            else if (Array.FindIndex(known, d => d[0] == sign) is >= 0 and var at) counts[at]++;
        }

        return known[Array.IndexOf(counts, counts.Max())];
    }

    // Excel's own first line, "sep=;", names the delimiter and is no row.
    private static string? NamedDelimiter(string text, out int skipped)
    {
        skipped = 0;
        var end = text.IndexOfAny(['\r', '\n']);
        var first = (end < 0 ? text : text[..end]).Trim('"');
        if (end < 0 || first.Length != 5 || !first.StartsWith("sep=", StringComparison.OrdinalIgnoreCase)) return null;
        skipped = end + (text[end] == '\r' && end + 1 < text.Length && text[end + 1] == '\n' ? 2 : 1);
        return first[4..];
    }

    private static string[] Names(string[] cells)
    {
        var seen = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        return [.. cells.Select((cell, i) =>
        {
            var name = Text.IsClean(cell) && cell.Length is > 0 and <= 100 ? cell : $"Column {i + 1}";
            seen[name] = seen.GetValueOrDefault(name) + 1;
            return seen[name] == 1 ? name : $"{name} ({seen[name]})";
        })];
    }
}
