using System.Globalization;
using CsvHelper;

namespace Trellis.Kernel.Tests;

public sealed class CsvTests
{
    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("-x", "'-x")]
    [InlineData("-", "'-")]
    [InlineData("\t=1", "'\t=1")]
    [InlineData("\r\n=1", "'\r\n=1")]
    [InlineData("  =1", "'  =1")]
    [InlineData("'=1", "''=1")]
    [InlineData("\"=1", "'\"=1")]
    [InlineData("＝1", "'＝1")]
    [InlineData("-5", "-5")]
    [InlineData("-5.25", "-5.25")]
    [InlineData("+5", "+5")]
    [InlineData("-1e3", "-1e3")]
    [InlineData("plain", "plain")]
    [InlineData("it's", "it's")]
    [InlineData("'quoted'", "'quoted'")]
    [InlineData("", "")]
    [InlineData(null, null)]
    public void A_cell_is_shown_and_never_run(string? cell, string? inert)
    {
        Csv.Inert(cell).ShouldBe(inert);
        Csv.Original(inert).ShouldBe(cell);
    }

    [Fact]
    public async Task What_is_exported_comes_back_as_it_was()
    {
        var chance = new Random(5);
        const string Letters = "=+-@'\" ,;\t\r\n\u00a0aé田9.";
        var rows = Enumerable.Range(0, 500).Select(_ => (IReadOnlyList<string?>)[.. Enumerable.Range(0, 4).Select(_ => new string([.. Enumerable.Range(0, chance.Next(6)).Select(_ => Letters[chance.Next(Letters.Length)])]))]).ToList();
        using var stream = new MemoryStream();
        await Csv.WriteAsync(stream, ["a", "b", "c", "=d"], rows.ToAsyncEnumerable(), default);
        stream.GetBuffer().AsSpan(0, 3).ToArray().ShouldBe([0xEF, 0xBB, 0xBF]);

        stream.Position = 0;
        using var csv = new CsvReader(new StreamReader(stream), CultureInfo.InvariantCulture);
        (await csv.ReadAsync()).ShouldBeTrue();
        csv.Parser.Record.ShouldBe(["a", "b", "c", "'=d"]);
        foreach (var row in rows)
        {
            (await csv.ReadAsync()).ShouldBeTrue();
            csv.Parser.Record!.Select(Csv.Original).ShouldBe(row);
        }

        (await csv.ReadAsync()).ShouldBeFalse();
    }
}
