using System.Text;
using Trellis.Compute.Tables;

namespace Trellis.Compute.Tests.Tables;

public sealed class CsvScannerTests
{
    [Theory]
    [InlineData("a,b\n1,2\n", "a|b\n1|2")]
    [InlineData("a,b\r\n1,2", "a|b\n1|2")]
    [InlineData("\uFEFFa,b\n", "a|b")]
    [InlineData("\"x,y\",\"he said \"\"no\"\"\"\nz,\n", "x,y|he said \"no\"\nz|")]
    [InlineData("\"two\nlines\",1\r\n\"\",2\r\n", "two\nlines|1\n|2")]
    [InlineData("5\" pipe,7\n", "5\" pipe|7")]
    [InlineData("a\n\n\r\nb\n", "a\nb")]
    [InlineData(",,\n", "||")]
    [InlineData("\"\"\n", "")]
    [InlineData("\"a\"", "a")]
    [InlineData("", null)]
    public void Rows_and_fields_come_out_as_RFC_4180_says(string text, string? expected) =>
        Read(Encoding.UTF8.GetBytes(text)).ShouldBe(expected is null ? [] : SplitRows(expected));

    [Theory]
    [InlineData("a,\"b\nc", "Row 1: a quote is opened")]
    [InlineData("a\n\"b\"c\n", "Row 2: field 1 has text after")]
    public void Broken_quoting_is_refused_with_the_row(string text, string message) =>
        Should.Throw<FormatException>(() => Read(Encoding.UTF8.GetBytes(text))).Message.ShouldStartWith(message);

    [Fact]
    public void Random_tables_survive_writing_and_reading_in_chunks_of_any_size()
    {
        var random = new Random(7);
        const string letters = "ab,\"\n\r äé";
        for (var round = 0; round < 300; round++)
        {
            var rows = Enumerable.Range(0, random.Next(1, 8)).Select(_ => Enumerable.Range(0, 3)
                .Select(_ => string.Concat(Enumerable.Range(0, random.Next(0, 40)).Select(_ => letters[random.Next(letters.Length)]))).ToArray()).ToArray();
            var end = random.Next(2) == 0 ? "\n" : "\r\n";
            var bytes = Encoding.UTF8.GetBytes(string.Concat(rows.Select(r => string.Join(',', r.Select(f => '"' + f.Replace("\"", "\"\"") + '"')) + end)));
            var expected = rows.Select(r => string.Join('|', r)).ToArray();
            Read(bytes).ShouldBe(expected);
            ReadInChunks(bytes, random.Next(1, 50)).ShouldBe(expected);
            CsvScanner.LastRowEnd(bytes).ShouldBe(bytes.Length);
        }
    }

    [Fact]
    public void The_last_row_end_ignores_line_feeds_inside_quotes()
    {
        CsvScanner.LastRowEnd("a,b\n\"x\ny"u8).ShouldBe(4);
        CsvScanner.LastRowEnd("a,b\nc"u8).ShouldBe(4);
        CsvScanner.LastRowEnd("abc"u8).ShouldBe(0);
    }

    [Fact]
    public void A_row_may_have_more_fields_than_expected_and_missing_ones_are_empty()
    {
        var scanner = new CsvScanner(Encoding.UTF8.GetBytes(string.Join(',', Enumerable.Range(0, 500))));
        scanner.Read().ShouldBeTrue();
        scanner.Count.ShouldBe(500);
        scanner.Text(499).ShouldBe("499");
        scanner[500].Length.ShouldBe(0);
    }

    private static string[] SplitRows(string expected) =>
        expected.StartsWith("two\nlines", StringComparison.Ordinal) ? ["two\nlines|1", "|2"] : expected.Split('\n');

    private static List<string> Read(ReadOnlySpan<byte> bytes)
    {
        var rows = new List<string>();
        var scanner = new CsvScanner(bytes);
        while (scanner.Read()) rows.Add(Join(scanner));
        return rows;
    }

    private static List<string> ReadInChunks(byte[] bytes, int size)
    {
        var rows = new List<string>();
        int from = 0, to = 0;
        while (from < bytes.Length)
        {
            to = Math.Min(bytes.Length, to + size);
            var scanner = new CsvScanner(bytes.AsSpan(from..to), isLast: to == bytes.Length);
            while (scanner.Read()) rows.Add(Join(scanner));
            from += scanner.Consumed;
        }

        return rows;
    }

    private static string Join(CsvScanner scanner)
    {
        var fields = new List<string>();
        for (var i = 0; i < scanner.Count; i++) fields.Add(scanner.Text(i));
        return string.Join('|', fields);
    }
}
