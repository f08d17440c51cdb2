using System.Globalization;
using System.IO.Compression;
using System.Security;
using System.Text;
using System.Text.RegularExpressions;

namespace Trellis.Kernel;

/// <summary>
/// Writes a workbook row by row, whatever its length (ECMA-376 part 1, SpreadsheetML). Every text is an inline string, so that a spreadsheet
/// never runs it; plain numbers and ISO days become numbers and dates. What does not fit on one sheet goes on on the next.
/// </summary>
public static partial class Xlsx
{
    /// <summary>The media type of a workbook.</summary>
    public const string ContentType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    internal const int RowsOfASheet = 1_048_576;
    private const int LongestCell = 32_767;
    private static readonly DateOnly Epoch = new(1899, 12, 30);

    /// <summary>Writes the workbook; the header stands bold on top of each sheet and stays in view.</summary>
    public static async Task WriteAsync(Stream to, string sheet, IReadOnlyList<string> header, IAsyncEnumerable<IReadOnlyList<string?>> rows, int rowsOfASheet = RowsOfASheet, CancellationToken ct = default)
    {
        await using var zip = await ZipArchive.CreateAsync(to, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, ct);
        await using var source = rows.GetAsyncEnumerator(ct);
        var sheets = 0;
        var more = await source.MoveNextAsync();
        do
        {
            sheets++;
            await using var part = await OpenAsync(zip, $"xl/worksheets/sheet{sheets}.xml", ct);
            await part.WriteAsync($"<worksheet xmlns=\"{Main}\"><sheetViews><sheetView workbookViewId=\"0\"><pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews><sheetData>");
            await part.WriteAsync(Row(header, style: 1));
            for (var row = 1; more && row < rowsOfASheet; row++)
            {
                await part.WriteAsync(Row(source.Current, style: null));
                more = await source.MoveNextAsync();
            }

            await part.WriteAsync("</sheetData></worksheet>");
        }
        while (more);

        await FrameAsync(zip, sheet, sheets, ct);
    }

    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    private static async Task<StreamWriter> OpenAsync(ZipArchive zip, string name, CancellationToken ct)
    {
        var writer = new StreamWriter(await zip.CreateEntry(name, CompressionLevel.Fastest).OpenAsync(ct), new UTF8Encoding(false), 1 << 15);
        await writer.WriteAsync("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n");
        return writer;
    }

    private static async Task FrameAsync(ZipArchive zip, string name, int sheets, CancellationToken ct)
    {
        var numbers = Enumerable.Range(1, sheets).ToList();
        await PutAsync("xl/workbook.xml", $"<workbook xmlns=\"{Main}\" xmlns:r=\"{Relations}\"><sheets>{string.Concat(numbers.Select(n =>
            $"<sheet name=\"{SecurityElement.Escape(Title(name, n))}\" sheetId=\"{n}\" r:id=\"rId{n}\"/>"))}</sheets></workbook>");
        await PutAsync("xl/_rels/workbook.xml.rels", $"<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{string.Concat(numbers.Select(n =>
            $"<Relationship Id=\"rId{n}\" Type=\"{Relations}/worksheet\" Target=\"worksheets/sheet{n}.xml\"/>"))}<Relationship Id=\"rId{sheets + 1}\" Type=\"{Relations}/styles\" Target=\"styles.xml\"/></Relationships>");
        await PutAsync("xl/styles.xml", $"<styleSheet xmlns=\"{Main}\"><fonts count=\"2\"><font><sz val=\"11\"/><name val=\"Calibri\"/></font><font><b/><sz val=\"11\"/><name val=\"Calibri\"/></font></fonts>"
            + "<fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill></fills><borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders>"
            + "<cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs><cellXfs count=\"3\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/>"
            + "<xf numFmtId=\"0\" fontId=\"1\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyFont=\"1\"/><xf numFmtId=\"14\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\"/></cellXfs></styleSheet>");
        await PutAsync("_rels/.rels", $"<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"{Relations}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>");
        await PutAsync("[Content_Types].xml", "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
            + $"<Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/xl/workbook.xml\" ContentType=\"{ContentType}.main+xml\"/>"
            + $"<Override PartName=\"/xl/styles.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml\"/>{string.Concat(numbers.Select(n =>
                $"<Override PartName=\"/xl/worksheets/sheet{n}.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/>"))}</Types>");

        async Task PutAsync(string part, string xml)
        {
            await using var writer = await OpenAsync(zip, part, ct);
            await writer.WriteAsync(xml);
        }
    }

    // At most 31 characters, and none of []:*?/\
    private static string Title(string name, int number)
    {
        var plain = new string([.. name.Where(c => !char.IsControl(c) && !"[]:*?/\\'".Contains(c, StringComparison.Ordinal)).Take(24)]).Trim();
        if (plain.Length == 0) plain = "Rows";
        return number == 1 ? plain : $"{plain} {number}";
    }

    private static string Row(IReadOnlyList<string?> cells, int? style)
    {
        var xml = new StringBuilder("<row>");
        foreach (var cell in cells) Cell(xml, cell, style);
        return xml.Append("</row>").ToString();
    }

    private static void Cell(StringBuilder xml, string? text, int? style)
    {
        if (string.IsNullOrEmpty(text)) xml.Append("<c/>");
        else if (style is null && Number().IsMatch(text)) xml.Append("<c><v>").Append(text).Append("</v></c>");
        else if (style is null && DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year >= 1901)
            xml.Append(CultureInfo.InvariantCulture, $"<c s=\"2\"><v>{day.DayNumber - Epoch.DayNumber}</v></c>");
        else
        {
            xml.Append("<c t=\"inlineStr\"").Append(style is { } s ? $" s=\"{s}\"" : "").Append("><is><t xml:space=\"preserve\">");
            xml.Append(SecurityElement.Escape(Storable(text))).Append("</t></is></c>");
        }
    }

    // XML knows no control characters and no half surrogates.
    private static string Storable(string text)
    {
        var end = Math.Min(text.Length, LongestCell);
        var kept = new StringBuilder(end);
        for (var i = 0; i < end; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < end && char.IsLowSurrogate(text[i + 1])) kept.Append(text[i]).Append(text[++i]);
            else if (System.Xml.XmlConvert.IsXmlChar(text[i])) kept.Append(text[i]);
        }

        return kept.ToString();
    }

    // What a spreadsheet keeps exactly; longer ones and those with leading zeros are identifiers.
    [GeneratedRegex(@"^-?(0|[1-9]\d{0,10})(\.\d{1,4})?$", RegexOptions.CultureInvariant)]
    private static partial Regex Number();
}
