using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Trellis.Accounts.Imports;
using Trellis.Identity.Published;

namespace Trellis.Accounts.Tests;

public sealed class WorkbookImportTests
{
    [SkippableTheory, Databases]
    public async Task A_workbook_is_imported_like_a_table_of_text_and_rows_are_counted_as_the_spreadsheet_shows_them(Database database)
    {
        var (app, operations) = await BeginAsync(database);
        using var api = await operations.ApiAsync();
        var importing = new Importing(app, api);
        var book = await WorkbookAsync(["Opportunity ID", "Deal stage", "Close value", "Engage date"], ["W1", "Won", "1234.5", "2020-01-02"], [], ["W2", "Signed", "7", ""]);

        var import = await importing.ImportAsync(book, "deals.xlsx");

        import.Text("sheet").ShouldBe("Rows");
        import.Counts().ShouldBe((1, 0, 0, 1, 0));
        var item = (await importing.GetAsync("/opportunities")).GetProperty("items").EnumerateArray().Single();
        (item.Text("amount"), item.Text("openedOn")).ShouldBe(("123450", "2020-01-02"));
        (await importing.GetAsync($"/imports/{import.Text("id")}/rows")).EnumerateArray().Single().GetProperty("number").GetInt32().ShouldBe(4);
    }

    [SkippableTheory, Databases]
    public async Task What_we_export_comes_back_unchanged_as_text_and_as_workbook(Database database)
    {
        var (app, operations) = await BeginAsync(database);
        using var api = await operations.ApiAsync();
        var importing = new Importing(app, api);
        await importing.ImportAsync("account,id,website,vat,city,sector,country,revenue,employees,founded,owner,named,subsidiary_of\n\"'=1+1, the firm\",X-1,eins.example,DE123456789,Köln,retail,Germany,1200,40,1990,Ann Seller,yes,\n"
            + "@Home,X-2,,,,,,,,,,no,\n+49 Telefon,,,,,strange trade,Korea,,,,,,@Home\n-5,,,,,,,,,,,,\n\t=Tab,,,,,,,,,,,,\n");
        await importing.ImportAsync("product,series,sales_price\n=SUM,A,10.5\n");
        await importing.ImportAsync("opportunity_id,account,product,sales_agent,deal_stage,close_value,engage_date,close_date\n=O1,@Home,=SUM,-Rep,Won,12.5,2020-01-02,2020-03-04\nO2,Nobody,Nothing,,Engaging,,2020-01-02,2021-01-01\n");
        using var pages = await operations.PagesAsync();
        foreach (var (path, kind, rows) in new[] { ("/app/accounts.csv", "accounts", 5), ("/app/products.csv", "products", 1), ("/app/opportunities.csv", "opportunities", 2) })
            foreach (var form in new[] { "", "?as=xlsx" })
            {
                var file = await (await pages.Http.GetAsync(path + form)).Content.ReadAsByteArrayAsync();
                (await importing.ImportAsync(file, "back.csv", kind)).Counts().ShouldBe((0, 0, rows, 0, 0), $"{path}{form}");
            }
    }

    [Theory]
    [InlineData("account,sector\nA,retail\nB,\"ret", "imports.cut_off")]
    [InlineData("account,sector\nA,retail\nB,retail\nC", "imports.cut_off")]
    [InlineData("account,sector\nA,retail\n\"B,retail", "imports.cut_off")]
    public async Task A_file_that_was_cut_off_is_refused_with_the_row(string text, string code) =>
        (await FileProbe.ProbeAsync(() => new MemoryStream(Encoding.UTF8.GetBytes(text)), false, [], default)).Problem!.Code.ShouldBe(code);

    [Theory]
    [InlineData("account,sector\nA,retail\nB,retail")]
    [InlineData("account,sector\nA\nB,retail\nC")]
    [InlineData("account,sector\nA,\"re\"\"t\"\nB,\"x\"")]
    public async Task A_file_without_a_last_line_end_is_not_taken_for_cut_off(string text) =>
        (await FileProbe.ProbeAsync(() => new MemoryStream(Encoding.UTF8.GetBytes(text)), false, [], default)).Ok.ShouldBeTrue();

    [Fact]
    public async Task A_cell_of_ten_megabytes_and_binary_data_end_in_a_clear_message()
    {
        var huge = await FileProbe.ProbeAsync(() => new MemoryStream(Encoding.UTF8.GetBytes("account\n" + new string('x', 10_000_000) + "\n")), false, [], default);
        huge.Problem!.Message.ShouldContain("longer than any value of a table");
        var nul = await FileProbe.ProbeAsync(() => new MemoryStream("account\nAc\0me\n"u8.ToArray()), false, [], default);
        nul.Problem!.Message.ShouldContain("NUL bytes");
    }

    [SkippableTheory, Databases]
    public async Task Another_sheet_is_named_and_a_broken_workbook_says_what_is_wrong(Database database)
    {
        var (app, operations) = await BeginAsync(database);
        using var api = await operations.ApiAsync();
        var book = await WorkbookAsync(["account"], ["Acme"]);
        async Task<string> RefusedAsync(byte[] content, string query)
        {
            using var body = new ByteArrayContent(content);
            body.Headers.ContentType = new MediaTypeHeaderValue(Xlsx.ContentType);
            var response = await api.PostAsync("/api/v1/imports?kind=accounts&name=a.xlsx" + query, body);
            response.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
            return await response.Content.ReadAsStringAsync();
        }

        (await RefusedAsync(book, "&sheet=Money")).ShouldContain("Rows");
        (await RefusedAsync(book[..^40], "")).ShouldContain("workbook.broken");
        (await RefusedAsync(await WorkbookAsync([""]), "")).ShouldContain("imports.empty_sheet");
        (await RefusedAsync([0x50, 0x4B, 5, 6, .. new byte[18]], "")).ShouldContain("empty ZIP archive");
        (await new Importing(app, api).UploadAsync(book, "a.xlsx&sheet=rows")).Text("sheet").ShouldBe("Rows");
    }

    private static async Task<byte[]> WorkbookAsync(params string[][] rows)
    {
        using var file = new MemoryStream();
        await Xlsx.WriteAsync(file, "Rows", rows[0], RowsAsync());
        return file.ToArray();

        async IAsyncEnumerable<IReadOnlyList<string?>> RowsAsync()
        {
            foreach (var row in rows.Skip(1)) yield return row;
            await Task.CompletedTask;
        }
    }

    private static async Task<(TestApp App, TestPerson Operations)> BeginAsync(Database database)
    {
        var app = await TestApp.SharedAsync(database);
        return (app, await (await app.TenantAsync()).StaffAsync(Roles.ChannelOperations));
    }
}
