using System.Text;
using CsvHelper;
using Trellis.Kernel;

namespace Trellis.Accounts.Imports;

/// <summary>What a file turned out to be.</summary>
internal sealed record FileShape(TextEncoding Encoding, string Delimiter, string[] Header, int Rows, ImportKind? Kind, ImportOptions Options);

/// <summary>Finds out how a file is written before anything is taken from it; refuses what is no table of text.</summary>
internal static class FileProbe
{
    private const int MostColumns = 200;
    // How our own export writes.
    private static readonly ImportOptions Exported = new(DateOrder.YearMonthDay, false, AmountUnit.Units);
    private static readonly string[] Delimiters = [",", ";", "\t", "|"];

    public static async Task<Result<FileShape>> ProbeAsync(Func<Stream> open, bool ours, Dictionary<ImportKind, IReadOnlyList<CustomField>> own, CancellationToken ct)
    {
        var encoding = await EncodingAsync(open, ct);
        if (!encoding.Ok) return encoding.Problem;
        // A table that we have written ourselves, from a workbook, has commas.
        var delimiter = ours ? "," : Delimiter(open, encoding.Value);
        try
        {
            return Shape(open, encoding.Value, delimiter, own, ct);
        }
        catch (MaxFieldSizeException exception)
        {
            return ImportProblems.UnclosedQuote(exception.Context?.Parser?.Row ?? 0);
        }
    }

    private static Result<FileShape> Shape(Func<Stream> open, TextEncoding encoding, string delimiter, Dictionary<ImportKind, IReadOnlyList<CustomField>> own, CancellationToken ct)
    {
        using var sheet = new Sheet(open(), encoding, delimiter);
        if (!sheet.Read()) return ImportProblems.Empty();
        var header = Header(sheet.Cells);
        if (header.Length > MostColumns) return ImportProblems.TooManyColumns(header.Length, MostColumns);
        var kind = ImportFields.Guess(header);
        var mapping = kind is { } k ? ImportFields.Suggest(k, header, own.GetValueOrDefault(k, [])) : [];
        var evidence = new Evidence(mapping, kind is { } guessed ? own.GetValueOrDefault(guessed, []) : []);
        var (rows, full, end) = (0, 0, sheet.End);
        while (sheet.Read())
        {
            if ((++rows & 1023) == 0) ct.ThrowIfCancellationRequested();
            evidence.See(sheet.Cells);
            if (sheet.Cells.Length >= header.Length) full++;
            end = sheet.End;
        }

        // A cell that is still open, or the only row that is too short, without an end of its line.
        if (end == LineEnd.Quoted || (end == LineEnd.None && rows > 1 && sheet.Cells.Length < header.Length && full == rows - 1)) return ImportProblems.CutOff(sheet.Number);
        return rows == 0 ? ImportProblems.HeaderOnly() : new FileShape(encoding, delimiter, header, rows, kind, mapping.ContainsKey("trellis_id") ? Exported : evidence.Options());
    }

    private static string[] Header(string[] cells)
    {
        var names = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        return [.. cells.Select((cell, i) =>
        {
            var clean = Text.IsClean(cell) ? Csv.Original(cell)!.Trim() : "";
            var name = clean.Length is 0 or > 100 ? $"Column {i + 1}" : clean;
            names[name] = names.GetValueOrDefault(name) + 1;
            return names[name] == 1 ? name : $"{name} ({names[name]})";
        })];
    }

    private static async Task<Result<TextEncoding>> EncodingAsync(Func<Stream> open, CancellationToken ct)
    {
        await using var file = open();
        var buffer = new byte[65_536];
        var read = await file.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, ct);
        if (read == 0) return ImportProblems.Empty();
        if (Foreign(buffer.AsSpan(0, read)) is { } what) return ImportProblems.NotText(what);
        if (buffer is [0xFF, 0xFE, ..]) return TextEncoding.Utf16Little;
        if (buffer is [0xFE, 0xFF, ..]) return TextEncoding.Utf16Big;
        if (WithoutMark(buffer.AsSpan(0, read)) is { } wide) return wide;

        var decoder = new UTF8Encoding(false, throwOnInvalidBytes: true).GetDecoder();
        var chars = new char[65_536 + 4];
        try
        {
            while (read > 0)
            {
                var length = decoder.GetChars(buffer, 0, read, chars, 0, flush: false);
                if (chars.AsSpan(0, length).Contains('\0')) return ImportProblems.NotText("a file with binary data (NUL bytes) in it");
                read = await file.ReadAsync(buffer, ct);
            }

            decoder.GetChars([], 0, 0, chars, 0, flush: true);
            return TextEncoding.Utf8;
        }
        catch (DecoderFallbackException)
        {
            return await IsOneByteTextAsync(open, ct) ? TextEncoding.Windows1252 : ImportProblems.NotText("a file with binary data in it");
        }
    }

    private static string? Foreign(ReadOnlySpan<byte> head) => head switch
    {
        [0x50, 0x4B, 0x05, 0x06, ..] => "an empty ZIP archive",
        [0x50, 0x4B, 0x03, 0x04, ..] => "a ZIP archive",
        [0xD0, 0xCF, 0x11, 0xE0, ..] => "an old Excel workbook, or one with a password",
        [0x25, 0x50, 0x44, 0x46, ..] => "a PDF document",
        [0x89, 0x50, 0x4E, 0x47, ..] or [0xFF, 0xD8, 0xFF, ..] or [0x47, 0x49, 0x46, 0x38, ..] => "a picture",
        [0x1F, 0x8B, ..] => "a compressed file",
        _ => null,
    };

    // Every other byte of Latin text in UTF-16 is zero.
    private static TextEncoding? WithoutMark(ReadOnlySpan<byte> head)
    {
        var (even, odd, pairs) = (0, 0, Math.Min(head.Length, 4096) / 2);
        for (var i = 0; i < pairs; i++)
        {
            if (head[2 * i] == 0) even++;
            if (head[(2 * i) + 1] == 0) odd++;
        }

        return pairs < 2 ? null : odd > pairs * 0.7 && even == 0 ? TextEncoding.Utf16Little : even > pairs * 0.7 && odd == 0 ? TextEncoding.Utf16Big : null;
    }

    private static async Task<bool> IsOneByteTextAsync(Func<Stream> open, CancellationToken ct)
    {
        await using var file = open();
        var buffer = new byte[65_536];
        int read;
        while ((read = await file.ReadAsync(buffer, ct)) > 0)
        {
            foreach (var b in buffer.AsSpan(0, read))
            {
                if (b < 0x20 && b is not (0x09 or 0x0A or 0x0D)) return false;
            }
        }

        return true;
    }

    // The delimiter that cuts the first rows into most columns, the same number in each.
    private static string Delimiter(Func<Stream> open, TextEncoding encoding)
    {
        var best = (Delimiter: ",", Score: 0.0);
        foreach (var delimiter in Delimiters)
        {
            try
            {
                using var sheet = new Sheet(open(), encoding, delimiter);
                var counts = new List<int>();
                while (counts.Count < 30 && sheet.Read()) counts.Add(sheet.Cells.Length);
                if (counts.Count == 0 || counts[0] < 2) continue;
                var score = counts[0] * (double)counts.Count(c => c == counts[0]) / counts.Count;
                if (score > best.Score) best = (delimiter, score);
            }
            catch (MaxFieldSizeException)
            {
                // Not with this delimiter; the chosen one is judged when the whole file is read.
            }
        }

        return best.Delimiter;
    }

    /// <summary>Looks at every value of the columns of dates and amounts, since one value above 12 settles the order of day and month.</summary>
    private sealed class Evidence(Dictionary<string, int> mapping, IReadOnlyList<CustomField> own)
    {
        private readonly int[] _dates = [.. mapping.Where(m => m.Key is "opened" or "closed").Select(m => m.Value), .. Own(mapping, own, FieldKind.Date)];
        private readonly int[] _numbers = [.. mapping.Where(m => m.Key is "amount" or "revenue" or "list_price").Select(m => m.Value), .. Own(mapping, own, FieldKind.Number)];
        private readonly int _revenue = mapping.GetValueOrDefault("revenue", -1);
        private readonly int _employees = mapping.GetValueOrDefault("employees", -1);
        private int _yearFirst, _monthFirst, _dayFirst, _comma, _point, _perHead, _small;

        public void See(string[] cells)
        {
            foreach (var column in _dates)
            {
                if (column < cells.Length) SeeDate(cells[column]);
            }

            foreach (var column in _numbers)
            {
                if (column < cells.Length) SeeNumber(cells[column]);
            }

            if (_revenue < 0 || _employees < 0 || Math.Max(_revenue, _employees) >= cells.Length) return;
            if (CellValues.Number(cells[_revenue], false) is not { } revenue || CellValues.Number(cells[_employees], false) is not (> 0 and var people)) return;
            _perHead++;
            if (revenue / people < 10) _small++;
        }

        // A company earns thousands a head: figures of less than ten a head are millions.
        public ImportOptions Options() => new(
            _yearFirst >= Math.Max(_monthFirst, _dayFirst) && _yearFirst > 0 ? DateOrder.YearMonthDay : _dayFirst > _monthFirst ? DateOrder.DayMonthYear : DateOrder.MonthDayYear,
            _comma > _point,
            _perHead > 0 && _small * 2 > _perHead ? AmountUnit.Millions : AmountUnit.Units);

        private static IEnumerable<int> Own(Dictionary<string, int> mapping, IReadOnlyList<CustomField> own, FieldKind kind) =>
            own.Where(f => f.Kind == kind && mapping.ContainsKey(OwnColumns.CodeOf(f))).Select(f => mapping[OwnColumns.CodeOf(f)]);

        private void SeeDate(string cell)
        {
            var end = cell.AsSpan().IndexOfAny("/-.");
            if (end == 4) _yearFirst++;
            if (end is not (1 or 2) || !int.TryParse(cell.AsSpan(0, end), out var first)) return;
            if (first > 12 || cell[end] == '.') _dayFirst++;
            var rest = cell.AsSpan(end + 1);
            if (rest.IndexOfAny("/-.") is > 0 and var second && int.TryParse(rest[..second], out var middle) && middle > 12) _monthFirst++;
        }

        private void SeeNumber(string cell)
        {
            var (comma, point) = (cell.LastIndexOf(','), cell.LastIndexOf('.'));
            if (comma > point && (point >= 0 || cell.Length - comma - 1 != 3)) _comma++;
            if (point > comma && (comma >= 0 || cell.Length - point - 1 != 3)) _point++;
        }
    }
}
