using System.IO.Compression;
using System.Xml.Linq;

namespace Trellis.Kernel.Tests;

public sealed class XlsxTests
{
    private static readonly XNamespace Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

    [Fact]
    public async Task Texts_stay_texts_numbers_become_numbers_and_days_become_dates()
    {
        var cells = await RowAsync("=1+1", "00123", "-12.50", "1234567890123456", "2026-11-21", "a < b & \"c\"", "line\nbreak", "", "\u0001bell\uD800");
        cells.Select(c => (Type(c), Value(c))).ShouldBe(
        [
            ("inlineStr", "=1+1"), ("inlineStr", "00123"), ("", "-12.50"), ("inlineStr", "1234567890123456"), ("", "46347"), ("inlineStr", "a < b & \"c\""),
            ("inlineStr", "line\nbreak"), ("", ""), ("inlineStr", "bell"),
        ]);
        cells.Any(c => c.Elements(Main + "f").Any()).ShouldBeFalse("a formula was written");
    }

    [Fact]
    public async Task What_does_not_fit_on_a_sheet_goes_on_on_the_next_under_the_same_header()
    {
        var book = await WriteAsync("Deals: [all]/ours", ["n"], Enumerable.Range(1, 5).Select(n => (IReadOnlyList<string?>)[$"r{n}"]), rowsOfASheet: 3);
        Texts(book, 1).ShouldBe(["n", "r1", "r2"]);
        Texts(book, 2).ShouldBe(["n", "r3", "r4"]);
        Texts(book, 3).ShouldBe(["n", "r5"]);
        Part(book, "xl/workbook.xml").Descendants(Main + "sheet").Select(s => (string)s.Attribute("name")!).ShouldBe(["Deals allours", "Deals allours 2", "Deals allours 3"]);
        var declared = Part(book, "[Content_Types].xml").Root!.Elements().Select(e => (string?)e.Attribute("PartName")).OfType<string>().ToList();
        foreach (var part in declared) book.GetEntry(part[1..]).ShouldNotBeNull(part);
    }

    [Fact]
    public async Task An_empty_list_is_a_sheet_with_its_header()
    {
        var book = await WriteAsync("", ["Partner", "Tier"], []);
        Texts(book, 1).ShouldBe(["Partner", "Tier"]);
    }

    private static async Task<List<XElement>> RowAsync(params string?[] cells)
    {
        var book = await WriteAsync("x", [.. cells.Select((_, i) => $"c{i}")], [cells]);
        return [.. Part(book, "xl/worksheets/sheet1.xml").Descendants(Main + "row").Last().Elements()];
    }

    private static async Task<ZipArchive> WriteAsync(string sheet, string[] header, IEnumerable<IReadOnlyList<string?>> rows, int rowsOfASheet = 1_000)
    {
        var stream = new MemoryStream();
        await Xlsx.WriteAsync(stream, sheet, header, rows.ToAsyncEnumerable(), rowsOfASheet);
        stream.Position = 0;
        return new ZipArchive(stream);
    }

    private static XDocument Part(ZipArchive book, string name)
    {
        using var part = book.GetEntry(name)!.Open();
        return XDocument.Load(part);
    }

    private static IEnumerable<string> Texts(ZipArchive book, int sheet) => Part(book, $"xl/worksheets/sheet{sheet}.xml").Descendants(Main + "t").Select(t => t.Value);

    private static string Type(XElement cell) => (string?)cell.Attribute("t") ?? "";

    private static string Value(XElement cell) => cell.Value;
}
