using System.Globalization;
using System.IO.Compression;
using System.Xml;

namespace Trellis.Kernel;

/// <summary>What was read of a workbook.</summary>
/// <param name="Name">The sheet that was read.</param>
/// <param name="Sheets">All sheets that hold cells, in their order.</param>
/// <param name="Rows">Rows that hold something.</param>
public sealed record XlsxSheet(string Name, IReadOnlyList<string> Sheets, int Rows);

/// <summary>
/// Reads one sheet of a workbook row by row (ECMA-376 part 1, SpreadsheetML): texts, numbers without their format, dates as ISO days, the values that formulas had when the
/// workbook was saved. Nothing in it is ever run, no reference out of it is followed, and archives made to explode are refused by <see cref="XlsxLimits"/>.
/// </summary>
public sealed class XlsxReader
{
    private readonly XlsxLimits _limits;
    private readonly ZipArchive _zip;
    private XlsxStyles _styles = XlsxStyles.None;
    private XlsxTexts _texts = new(0);
    private bool _from1904;

    private XlsxReader(ZipArchive zip, XlsxLimits limits) => (_zip, _limits) = (zip, limits);

    /// <summary>Hands every row that holds something to <paramref name="row"/>, with its number as the spreadsheet shows it; the array is used again for the next row.</summary>
    /// <param name="content">The workbook; it must be able to seek.</param>
    /// <param name="sheet">The sheet's name; null for the first that is not hidden.</param>
    /// <param name="row">Takes the row's number and its cells.</param>
    /// <param name="limits">How much to read at most.</param>
    /// <param name="ct">Stops the reading.</param>
    public static Result<XlsxSheet> Read(Stream content, string? sheet, Action<int, ReadOnlySpan<string>> row, XlsxLimits? limits = null, CancellationToken ct = default)
    {
        limits ??= new XlsxLimits();
        if (limits.Refuse(content) is { } refusal) return refusal;
        try
        {
            using var zip = new ZipArchive(content, ZipArchiveMode.Read, leaveOpen: true);
            return new XlsxReader(zip, limits).Read(sheet, row, ct);
        }
        catch (XlsxRefusal refused)
        {
            return refused.Problem;
        }
        catch (Exception exception) when (exception is InvalidDataException or XmlException or EndOfStreamException)
        {
            return XlsxLimits.Broken();
        }
    }

    private Result<XlsxSheet> Read(string? wanted, Action<int, ReadOnlySpan<string>> row, CancellationToken ct)
    {
        if (_zip.GetEntry("xl/workbook.xml") is not { } book) return XlsxLimits.NoWorkbook();
        var sheets = Sheets(book, ct);
        if (sheets.Count == 0) return XlsxLimits.NoWorkbook();
        var chosen = wanted is null ? sheets.Find(s => !s.Hidden) ?? sheets[0] : sheets.Find(s => string.Equals(s.Name, wanted, StringComparison.OrdinalIgnoreCase));
        var names = sheets.Select(s => s.Name).ToList();
        if (chosen is null) return XlsxLimits.NoSuchSheet(wanted!, names);
        if (_zip.GetEntry(chosen.Part) is not { } part) return XlsxLimits.Broken();
        if (_zip.GetEntry("xl/styles.xml") is { } styles) _styles = XlsxStyles.Read(Open(styles), ct);
        if (_zip.GetEntry("xl/sharedStrings.xml") is { } texts) _texts = XlsxTexts.Read(Open(texts), _limits, ct);
        using var xml = Open(part);
        return new XlsxSheet(chosen.Name, names, Rows(xml, row, ct));
    }

    private XlsxXml Open(ZipArchiveEntry entry) => new(new XlsxGuard(entry.Open(), entry.CompressedLength, _limits));

    private sealed record SheetPart(string Name, string Part, bool Hidden);

    private List<SheetPart> Sheets(ZipArchiveEntry book, CancellationToken ct)
    {
        var parts = new Dictionary<string, string>(StringComparer.Ordinal);
        if (_zip.GetEntry("xl/_rels/workbook.xml.rels") is { } relations)
        {
            using var xml = Open(relations);
            while (xml.Next(ct))
            {
                if (xml.Starts("Relationship") && xml["Type"]?.EndsWith("/worksheet", StringComparison.Ordinal) == true && xml["Id"] is { } id && xml["Target"] is { } target)
                    parts[id] = target.StartsWith('/') ? target[1..] : "xl/" + target;
            }
        }

        var sheets = new List<SheetPart>();
        using var workbook = Open(book);
        while (workbook.Next(ct))
        {
            if (workbook.Starts("workbookPr")) _from1904 = workbook["date1904"] is "1" or "true";
            if (workbook.Starts("sheet") && workbook["name"] is { } name && workbook["id"] is { } id && parts.TryGetValue(id, out var part))
                sheets.Add(new SheetPart(name, part, workbook["state"] is "hidden" or "veryHidden"));
        }

        return sheets;
    }

    private int Rows(XlsxXml xml, Action<int, ReadOnlySpan<string>> row, CancellationToken ct)
    {
        var cells = new string[64];
        var (rows, number, column, width) = (0, 0, -1, 0);
        while (xml.Next(ct))
        {
            if (xml.Starts("row"))
            {
                var at = int.TryParse(xml["r"], NumberStyles.None, CultureInfo.InvariantCulture, out var given) ? given : number + 1;
                // Rows stand in their order; a row that jumps back would be read twice.
                if (at <= number || at > Xlsx.RowsOfASheet) throw new XlsxRefusal(XlsxLimits.Broken());
                (number, column, width) = (at, -1, 0);
            }
            else if (xml.Starts("c"))
            {
                column = xml["r"] is { } reference ? Column(reference) : column + 1;
                if (Value(xml, number, column, ct) is not { Length: > 0 } value) continue;
                if (column >= _limits.Columns) throw new XlsxRefusal(XlsxLimits.TooWide(number, _limits.Columns));
                if (column >= cells.Length) Array.Resize(ref cells, Math.Max(column + 1, cells.Length * 2));
                // A workbook may leave cells out, and may name them in any order.
                for (; width <= column; width++) cells[width] = "";
                cells[column] = value;
            }
            else if (xml.Ends("row") && width > 0)
            {
                row(number, cells.AsSpan(0, width));
                width = 0;
                rows++;
            }
        }

        return rows;
    }

    // Leaves the reader at the end of the cell.
    private string? Value(XlsxXml xml, int row, int column, CancellationToken ct)
    {
        if (xml.IsEmpty) return null;
        var (type, style) = (xml["t"], int.TryParse(xml["s"], NumberStyles.None, CultureInfo.InvariantCulture, out var s) ? s : 0);
        string? value = null;
        while (xml.Next(ct) && !xml.Ends("c"))
        {
            if (xml.Starts("v")) value = xml.Text(_limits, row, column, ct);
            else if (xml.Starts("is")) return xml.RichText("is", _limits, row, column, ct).Through(() => xml.To("c", ct));
        }

        return value is null ? null : type switch
        {
            "s" => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? _texts[index] : throw new XlsxRefusal(XlsxLimits.Broken()),
            "b" => value == "1" ? "TRUE" : "FALSE",
            null or "n" => _styles.IsDate(style) ? XlsxNumbers.Date(value, _from1904) : XlsxNumbers.Number(value),
            _ => XlsxXml.Unescaped(value),
        };
    }

    // “AB12” is column 27, counted from 0.
    private static int Column(string reference)
    {
        var column = 0;
        foreach (var c in reference)
        {
            if (!char.IsAsciiLetterUpper(c)) break;
            column = (column * 26) + (c - 'A' + 1);
            if (column > 16_384) throw new XlsxRefusal(XlsxLimits.Broken());
        }

        return column > 0 ? column - 1 : throw new XlsxRefusal(XlsxLimits.Broken());
    }
}

/// <summary>Numbers and dates as cells keep them.</summary>
internal static class XlsxNumbers
{
    private const double DaysOf9999 = 2_958_466;

    /// <summary>Without exponent, and without the digits that only a binary fraction has.</summary>
    public static string Number(string text)
    {
        var plain = text.AsSpan().IndexOfAnyExcept("-.0123456789") < 0;
        if (plain && (text.Length <= 16 || !text.Contains('.', StringComparison.Ordinal))) return text;
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && Math.Abs(number) < 1e28
            ? ((decimal)number).ToString(CultureInfo.InvariantCulture) : text;
    }

    /// <summary>An ISO day, with the time where there is one; days before March 1900 are counted as spreadsheets do, who believe that 1900 was a leap year.</summary>
    public static string Date(string text, bool from1904)
    {
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var serial) || serial < 0 || serial >= DaysOf9999) return Number(text);
        if (from1904) serial += 1462;
        var day = Math.Floor(serial);
        var seconds = (int)Math.Round((serial - day) * 86_400);
        if (day == 0 && !from1904) return TimeOnly.FromTimeSpan(TimeSpan.FromSeconds(Math.Min(seconds, 86_399))).ToString("HH:mm:ss", CultureInfo.InvariantCulture);
        var at = new DateTime(1899, 12, 30).AddDays(day < 60 && !from1904 ? day + 1 : day).AddSeconds(seconds);
        return at.ToString(seconds == 0 ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
    }
}
