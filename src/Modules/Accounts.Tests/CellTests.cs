using System.Text;
using Trellis.Accounts.Imports;

namespace Trellis.Accounts.Tests;

public sealed class CellTests
{
    [Fact]
    public void Every_day_is_read_back_in_each_order()
    {
        for (var day = new DateOnly(1999, 12, 25); day < new DateOnly(2004, 3, 5); day = day.AddDays(1))
        {
            CellValues.Date($"{day.Month}/{day.Day}/{day.Year}", DateOrder.MonthDayYear).ShouldBe(day);
            CellValues.Date($"{day.Day:00}.{day.Month:00}.{day.Year}", DateOrder.DayMonthYear).ShouldBe(day);
            CellValues.Date($"{day:yyyy-MM-dd}T10:00:00Z", DateOrder.MonthDayYear).ShouldBe(day);
        }
    }

    [Theory]
    [InlineData("13/13/2020")]
    [InlineData("2/30/2020")]
    [InlineData("yesterday")]
    [InlineData("1/2")]
    [InlineData("1/2/3/2020")]
    [InlineData("")]
    public void What_is_no_day_is_refused(string text) => CellValues.Date(text, DateOrder.MonthDayYear).ShouldBeNull();

    [Theory]
    [InlineData("1,234.50", false, 1234.50)]
    [InlineData("1.234,50", true, 1234.50)]
    [InlineData("$ 1 234", false, 1234.0)]
    [InlineData("12,5", false, null)]
    [InlineData("1.2.3", false, null)]
    [InlineData("1e9", false, null)]
    [InlineData("=1+1", false, null)]
    public void Numbers_are_read_or_refused_never_guessed(string text, bool comma, double? number) => CellValues.Number(text, comma).ShouldBe((decimal?)number);

    [Theory]
    [InlineData(',')]
    [InlineData(';')]
    [InlineData('\t')]
    [InlineData('|')]
    public async Task The_delimiter_is_found(char delimiter)
    {
        var shape = await ProbeAsync(Encoding.UTF8.GetBytes("opportunity_id,deal_stage,account\nA1,Won,\"Acme, Inc; the | first\"\nA2,Lost,Äbc\n".Replace(',', delimiter).Replace("Acme" + delimiter, "Acme,")));
        shape.Value.Delimiter.ShouldBe(delimiter.ToString());
        shape.Value.Rows.ShouldBe(2);
        shape.Value.Kind.ShouldBe(ImportKind.Opportunities);
    }

    [Fact]
    public async Task Encodings_are_found()
    {
        const string text = "account,sector\r\nMüller,retail\r\nŻubr,retail\r\n";
        (await ProbeAsync(Encoding.UTF8.GetBytes(text))).Value.Encoding.ShouldBe(TextEncoding.Utf8);
        (await ProbeAsync([.. Encoding.UTF8.GetPreamble(), .. Encoding.UTF8.GetBytes(text)])).Value.Header[0].ShouldBe("account");
        (await ProbeAsync([.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(text)])).Value.Encoding.ShouldBe(TextEncoding.Utf16Little);
        (await ProbeAsync(Encoding.BigEndianUnicode.GetBytes(text.Replace("Ż", "Z")))).Value.Encoding.ShouldBe(TextEncoding.Utf16Big);
        (await ProbeAsync(Encoding.Latin1.GetBytes("account,sector\nMüller,retail\n"))).Value.Encoding.ShouldBe(TextEncoding.Windows1252);
    }

    [Theory]
    [InlineData("504B030414000600", "imports.not_text")]
    [InlineData("255044462D312E37", "imports.not_text")]
    [InlineData("612C620A0001FF02", "imports.not_text")]
    [InlineData("", "imports.empty")]
    [InlineData("612C62", "imports.header_only")]
    public async Task What_is_no_table_of_text_is_refused_with_the_reason(string hex, string code) => (await ProbeAsync(Convert.FromHexString(hex))).Problem!.Code.ShouldBe(code);

    [Fact]
    public async Task A_quotation_mark_that_is_never_closed_is_refused() =>
        (await ProbeAsync(Encoding.UTF8.GetBytes("account,sector\nA,\"b\n" + string.Concat(Enumerable.Repeat("Company,retail\n", 5000))))).Problem!.Code.ShouldBe("imports.unclosed_quote");

    [Fact]
    public async Task One_day_above_twelve_settles_the_order_of_the_whole_file()
    {
        const string head = "opportunity_id,deal_stage,engage_date,close_value\n";
        (await ProbeAsync(Encoding.UTF8.GetBytes(head + "1,Won,01/02/2020,5\n2,Won,25/02/2020,5\n"))).Value.Options.Dates.ShouldBe(DateOrder.DayMonthYear);
        (await ProbeAsync(Encoding.UTF8.GetBytes(head + "1,Won,01/02/2020,5\n2,Won,02/25/2020,5\n"))).Value.Options.Dates.ShouldBe(DateOrder.MonthDayYear);
        (await ProbeAsync(Encoding.UTF8.GetBytes(head + "1,Won,2020-02-25,\"1.234,50\"\n"))).Value.Options.ShouldBe(new ImportOptions(DateOrder.YearMonthDay, true, AmountUnit.Units));
    }

    private static Task<Result<FileShape>> ProbeAsync(byte[] content) => FileProbe.ProbeAsync(() => new MemoryStream(content), false, [], default);
}
