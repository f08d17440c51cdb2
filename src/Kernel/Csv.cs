using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;

namespace Trellis.Kernel;

/// <summary>Writes CSV that a spreadsheet shows and never runs.</summary>
public static class Csv
{
    /// <summary>Writes a header and rows as UTF-8 with a byte-order mark. Cells that a spreadsheet would take for a formula get an apostrophe.</summary>
    public static async Task WriteAsync(Stream to, IReadOnlyList<string> header, IAsyncEnumerable<IReadOnlyList<string?>> rows, CancellationToken ct)
    {
        await using var text = new StreamWriter(to, new System.Text.UTF8Encoding(true), leaveOpen: true);
        // Lines end in CRLF by default; saying so would leave cells with a lone line feed without quotes.
        await using var csv = new CsvWriter(text, new CsvConfiguration(CultureInfo.InvariantCulture));
        foreach (var cell in header) csv.WriteField(Inert(cell));
        await csv.NextRecordAsync();
        await foreach (var row in rows.WithCancellation(ct))
        {
            foreach (var cell in row) csv.WriteField(Inert(cell));
            await csv.NextRecordAsync();
        }
    }

    /// <summary>The cell so that no spreadsheet evaluates it; plain numbers stay numbers.</summary>
    public static string? Inert(string? cell)
    {
        if (string.IsNullOrEmpty(cell)) return cell;
        var first = cell.TrimStart(' ', '\u00a0', '"', '\'');
        if (first.Length == 0 || first[0] is not ('=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '＝' or '＋' or '－' or '＠')) return cell;
        return decimal.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out _) ? cell : "'" + cell;
    }

    /// <summary>What <see cref="Inert"/> was given: takes the apostrophe off again, and only one that it has set.</summary>
    public static string? Original(string? cell) => cell is ['\'', ..] && Inert(cell[1..]) == cell ? cell[1..] : cell;
}
