using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using Microsoft.AspNetCore.Http;

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

    /// <summary>A list as a file to keep.</summary>
    public static IResult File(string name, IReadOnlyList<string> header, IAsyncEnumerable<IReadOnlyList<string?>> rows, CancellationToken ct) =>
        Results.Stream(to => WriteAsync(to, header, rows, ct), "text/csv; charset=utf-8", name);

    /// <summary>The same of rows that are at hand.</summary>
    public static IResult File(string name, IReadOnlyList<string> header, IEnumerable<IReadOnlyList<string?>> rows, CancellationToken ct) => File(name, header, rows.ToAsyncEnumerable(), ct);

    /// <summary>An amount without its currency.</summary>
    public static string Amount(long minor, string currency) => new Money(minor, currency).Major.ToString(CultureInfo.InvariantCulture);

    /// <summary>A day.</summary>
    public static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>A moment, UTC.</summary>
    public static string? Time(DateTime? at) => at?.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    /// <summary>A count or a share.</summary>
    public static string? Figure(IFormattable? number) => number?.ToString(null, CultureInfo.InvariantCulture);

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
