using System.IO.Compression;
using System.Text;

namespace Trellis.Kernel.Tests;

public sealed class XlsxReaderTests
{
    private const string Main = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";

    [Fact]
    public async Task What_is_written_comes_back()
    {
        var random = new Random(7);
        string[] pool = ["", "a", "0", "-1.5", "2026-02-28", "1901-01-01", "00123", "=1+1", "Müller & Söhne <GmbH>", "two\nlines", " blanks ", "_x000D_", "Zürich 😀", "12345678901234567890", "1e5", "TRUE"];
        var rows = Enumerable.Range(0, 300).Select(_ => Enumerable.Range(0, 12).Select(_ => pool[random.Next(pool.Length)]).ToArray()).ToList();
        using var file = new MemoryStream();
        await Xlsx.WriteAsync(file, "Sheet", ["h"], Async(rows));
        var read = new List<(int Number, string[] Cells)>();
        var sheet = XlsxReader.Read(file, null, (n, cells) => read.Add((n, cells.ToArray()))).Value;
        sheet.Name.ShouldBe("Sheet");
        read[0].Cells.ShouldBe(["h"]);
        foreach (var (number, cells) in read.Skip(1))
            cells.Concat(Enumerable.Repeat("", 12 - cells.Length)).Select(c => c.Replace("\r", "_x000D_", StringComparison.Ordinal)).ShouldBe(rows[number - 2]);
        (read.Count - 1).ShouldBe(rows.Count(r => r.Any(c => c.Length > 0)), "a row without any value is left out, and the others keep their numbers");
    }

    [Fact]
    public void Shared_texts_rich_texts_formulas_dates_errors_and_gaps_are_read_as_the_spreadsheet_shows_them()
    {
        var file = Book(
            "<row r=\"2\"><c r=\"B2\" t=\"s\"><v>0</v></c><c r=\"D2\" t=\"s\"><v>1</v></c></row>"
            + "<row r=\"5\"><c r=\"A5\" s=\"1\"><v>43831</v></c><c r=\"B5\" s=\"2\"><v>43831.75</v></c><c r=\"C5\" s=\"3\"><v>0.5</v></c><c r=\"D5\"><v>0.30000000000000004</v></c><c r=\"E5\"><v>1.5E+3</v></c>"
            + "<c r=\"F5\" t=\"str\"><f>A1&amp;\"x\"</f><v>cached</v></c><c r=\"G5\"><f>1+1</f><v>2</v></c><c r=\"H5\"><f>NOW()</f></c><c r=\"I5\" t=\"b\"><v>1</v></c><c r=\"J5\" t=\"e\"><v>#N/A</v></c><c r=\"K5\" s=\"4\"><v>12</v></c><c r=\"L5\" t=\"inlineStr\"><is><t>in</t></is></c></row>",
            texts: "<si><t>plain</t></si><si><r><t>ri</t></r><r><t>ch</t></r><rPh><t>spoken</t></rPh></si>",
            styles: "<numFmts><numFmt numFmtId=\"164\" formatCode=\"dd/mm/yyyy hh:mm\"/><numFmt numFmtId=\"165\" formatCode=\"0 &quot;days&quot;\"/></numFmts><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"164\"/><xf numFmtId=\"20\"/><xf numFmtId=\"165\"/></cellXfs>");
        var read = new List<(int, string[])>();
        XlsxReader.Read(file, null, (n, cells) => read.Add((n, cells.ToArray()))).Value.Rows.ShouldBe(2);
        read[0].Item1.ShouldBe(2);
        read[0].Item2.ShouldBe(["", "plain", "", "rich"]);
        read[1].Item1.ShouldBe(5);
        read[1].Item2.ShouldBe(["2020-01-01", "2020-01-01 18:00:00", "12:00:00", "0.3", "1500", "cached", "2", "", "TRUE", "#N/A", "12", "in"]);
    }

    [Fact]
    public void A_sheet_is_chosen_by_name_and_hidden_ones_are_passed_over()
    {
        var file = Book("<row r=\"1\"><c><v>1</v></c></row>", sheets: [("Notes", "hidden"), ("People", ""), ("Deals", "")]);
        XlsxReader.Read(file, null, (_, _) => { }).Value.Name.ShouldBe("People");
        XlsxReader.Read(file, "deals", (_, _) => { }).Value.Name.ShouldBe("Deals");
        var missing = XlsxReader.Read(file, "Money", (_, _) => { });
        missing.Problem!.Code.ShouldBe("workbook.no_such_sheet");
        missing.Problem.Message.ShouldContain("“Deals”");
    }

    [Theory]
    [InlineData("<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>", "<row r=\"1\"><c t=\"inlineStr\"><is><t>&e;</t></is></c></row>", "workbook.foreign")]
    [InlineData("<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]>", "<row r=\"1\"/>", "workbook.foreign")]
    [InlineData("", "<row r=\"9\"/><row r=\"3\"/>", "workbook.broken")]
    [InlineData("", "<row r=\"1048577\"/>", "workbook.broken")]
    [InlineData("", "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>5</v></c></row>", "workbook.broken")]
    [InlineData("", "<row r=\"1\"><c r=\"ZZZZ1\"><v>5</v></c></row>", "workbook.broken")]
    [InlineData("", "<row r=\"1\"><c r=\"XFD1\"><v>5</v></c></row>", "workbook.too_wide")]
    [InlineData("", "<row r=\"1\"><c><v>5</v></row>", "workbook.broken")]
    public void What_is_no_honest_sheet_is_refused(string before, string rows, string code) =>
        XlsxReader.Read(Book(rows, before), null, (_, _) => { }).Problem!.Code.ShouldBe(code);

    [Fact]
    public void Archives_that_explode_are_refused_before_they_are_unpacked()
    {
        var many = new MemoryStream();
        using (var zip = new ZipArchive(many, ZipArchiveMode.Create, leaveOpen: true))
            for (var i = 0; i < 70_000; i++) zip.CreateEntry($"f{i}");
        XlsxReader.Read(many, null, (_, _) => { }).Problem!.Code.ShouldBe("workbook.too_many_parts");
        Code(Book("<row r=\"1\"><c t=\"inlineStr\"><is><t>" + new string('x', 21_000) + "</t></is></c></row>")).ShouldBe("workbook.cell_too_long");
        Code(Book("<row r=\"1\"><c t=\"inlineStr\"><is><t>" + new string('x', 10_000_000) + "</t></is></c></row>")).ShouldBeOneOf("workbook.cell_too_long", "workbook.too_large");
        Code(Book($"<row r=\"1\" {string.Concat(Enumerable.Range(0, 300_000).Select(i => $"a{i}=\"\" "))}/>")).ShouldBe("workbook.too_large");
        Code(Book(string.Concat(Enumerable.Repeat("<a>", 5000)))).ShouldBe("workbook.too_large");
        XlsxReader.Read(Book(string.Concat(Enumerable.Repeat("<c/>", 1_000_000))), null, (_, _) => { }, new XlsxLimits { FreeBytes = 1_000_000, Ratio = 20 }).Problem!.Code.ShouldBe("workbook.too_large", "4 MB of nothing, packed much smaller than any table");
        var texts = new StringBuilder();
        for (var i = 0; i < 20_000; i++) texts.Append("<si><t>").Append(i).Append("</t></si>");
        XlsxReader.Read(Book("<row r=\"1\"/>", texts: texts.ToString()), null, (_, _) => { }, new XlsxLimits { TextBytes = 100_000 }).Problem!.Code.ShouldBe("workbook.too_much_text");
    }

    [Fact]
    public void A_workbook_cut_off_anywhere_is_refused_or_read_but_never_a_fault()
    {
        var whole = Book(string.Concat(Enumerable.Range(1, 200).Select(i => $"<row r=\"{i}\"><c><v>{i}</v></c></row>"))).ToArray();
        for (var length = 0; length < whole.Length; length += 7) XlsxReader.Read(new MemoryStream(whole, 0, length), null, (_, _) => { }).Ok.ShouldBeFalse();
        var random = new Random(3);
        for (var round = 0; round < 400; round++)
        {
            var spoilt = whole.ToArray();
            for (var i = 0; i < 4; i++) spoilt[random.Next(spoilt.Length)] = (byte)random.Next(256);
            _ = XlsxReader.Read(new MemoryStream(spoilt), null, (_, _) => { }).Ok;
        }
    }

    [Fact]
    public void Days_are_those_of_the_spreadsheet()
    {
        XlsxNumbers.Date("1", false).ShouldBe("1900-01-01");
        XlsxNumbers.Date("59", false).ShouldBe("1900-02-28");
        XlsxNumbers.Date("61", false).ShouldBe("1900-03-01");
        XlsxNumbers.Date("0", true).ShouldBe("1904-01-01");
        XlsxNumbers.Date("2958465", false).ShouldBe("9999-12-31");
        XlsxNumbers.Date("-1", false).ShouldBe("-1");
        XlsxNumbers.Date("1e300", false).ShouldBe("1e300");
    }

    private static string Code(MemoryStream file) => XlsxReader.Read(file, null, (_, _) => { }).Problem!.Code;

    private static async IAsyncEnumerable<IReadOnlyList<string?>> Async(IEnumerable<string[]> rows)
    {
        foreach (var row in rows) yield return row;
        await Task.CompletedTask;
    }

    private static MemoryStream Book(string rows, string before = "", string? texts = null, string? styles = null, (string Name, string State)[]? sheets = null)
    {
        sheets ??= [("Sheet1", "")];
        var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            Put(zip, "xl/workbook.xml", $"<workbook {Main}><sheets>{string.Concat(sheets.Select((s, i) => $"<sheet name=\"{s.Name}\" sheetId=\"{i + 1}\" r:id=\"rId{i + 1}\"{(s.State.Length > 0 ? $" state=\"{s.State}\"" : "")}/>"))}</sheets></workbook>");
            Put(zip, "xl/_rels/workbook.xml.rels", $"<Relationships>{string.Concat(sheets.Select((_, i) => $"<Relationship Id=\"rId{i + 1}\" Type=\"http://x/worksheet\" Target=\"/xl/worksheets/s{i + 1}.xml\"/>"))}</Relationships>");
            for (var i = 0; i < sheets.Length; i++) Put(zip, $"xl/worksheets/s{i + 1}.xml", $"{before}<worksheet {Main}><sheetData>{rows}</sheetData></worksheet>");
            if (texts is not null) Put(zip, "xl/sharedStrings.xml", $"<sst {Main}>{texts}</sst>");
            if (styles is not null) Put(zip, "xl/styles.xml", $"<styleSheet {Main}>{styles}</styleSheet>");
        }

        return file;
    }

    private static void Put(ZipArchive zip, string name, string xml)
    {
        using var writer = new StreamWriter(zip.CreateEntry(name).Open());
        writer.Write(xml);
    }
}
