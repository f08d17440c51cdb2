using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Life.Uploads;
using Trellis.Deals.Published;

namespace Trellis.Deals.Tests.Life;

public sealed class WorkbookUploadTests
{
    private static readonly string[] Headings = ["Customer", "Country", "Product", "Amount", "Expected close", "Contact", "Contact e-mail", "Done so far"];

    [SkippableTheory, Databases]
    public async Task A_workbook_goes_row_by_row_through_the_same_registration_and_rows_keep_their_numbers(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (partner, other) = (await world.PartnerAsync(), await world.PartnerAsync());
        var book = await BookAsync(Headings, Row("Workbook One", "12000.5"), [], Row("Workbook Two", "abc"));
        var id = Ids.Parse<UploadId>((await SentAsync(partner, book, HttpStatusCode.Created)).GetProperty("line").GetProperty("id").GetString())!.Value;
        var read = (await partner.DoAsync<Work, Result<UploadDetail>>(w => UploadPages.FindAsync(w, id, default))).Value;
        read.Rows.Select(r => (r.Number, r.Customer, r.State)).ShouldBe([(2, "Workbook One", UploadRowState.Ready), (4, "Workbook Two", UploadRowState.Refused)]);
        (await other.DoAsync<Work, Result<UploadDetail>>(w => UploadPages.FindAsync(w, id, default))).Problem!.Kind.ShouldBe(ProblemKind.Missing);

        (await partner.DoAsync<StartUpload, Result<UploadId>>(s => s.RunAsync(id, default))).Problem.ShouldBeNull();
        await world.Tenant.App.DrainAsync();
        var deal = (await partner.DoAsync<Work, List<Deal>>(w => w.Db.Set<Deal>().AsNoTracking().ToListAsync())).ShouldHaveSingleItem();
        (deal.CustomerName, deal.Amount, deal.ExpectedClose).ShouldBe(("Workbook One", 12_000_50L, Close));
        using var pages = await partner.PagesAsync();
        var page = await pages.GetAsync("/portal/deals/upload");
        page.Document.QuerySelector("input[type=file]")!.GetAttribute("accept")!.ShouldContain(".xlsx");
        page.Text.ShouldContain("registrations.xlsx");
    }

    [SkippableTheory, Databases]
    public async Task A_workbook_that_is_broken_explodes_or_holds_too_much_is_refused_and_nothing_is_kept(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var partner = await world.PartnerAsync();
        var book = await BookAsync(Headings, Row("Fits", "1"));
        (await RefusedAsync(partner, book[..^40])).ShouldContain("workbook.broken");
        (await RefusedAsync(partner, [0x50, 0x4B, 3, 4, .. new byte[40]])).ShouldContain("workbook.broken");
        (await RefusedAsync(partner, await BookAsync(Headings))).ShouldContain("at least one row");
        (await RefusedAsync(partner, await BookAsync(Headings, [.. Enumerable.Repeat(Row("Again", "1"), UploadSheet.MostRows + 1)]))).ShouldContain("at most 500 registrations");
        (await RefusedAsync(partner, await BookAsync(Headings, Row(new string('x', 4_001), "1")))).ShouldContain("workbook.cell_too_long");
        (await RefusedAsync(partner, await BookAsync(Headings, [.. Enumerable.Repeat(Row(new string(' ', 3_900) + "x", "1"), 16_000)]))).ShouldContain("workbook.too_large");
        (await RefusedAsync(partner, new byte[UploadSheet.LongestFile + 1])).ShouldContain("larger than 1 MB");
        (await partner.DoAsync<Work, int>(w => w.Db.Set<Upload>().CountAsync())).ShouldBe(0);
    }

    private static DateOnly Close => DateOnly.FromDateTime(DateTime.UtcNow).AddDays(60);

    private static string[] Row(string customer, string amount) => [customer, "DE", "Relay", amount, $"{Close:yyyy-MM-dd}", "Ana Silva", "ana@gmail.com", "Two meetings and a demo with operations."];

    private static async Task<string> RefusedAsync(TestPerson partner, byte[] file) => (await SentAsync(partner, file, HttpStatusCode.UnprocessableEntity)).GetRawText();

    private static async Task<JsonElement> SentAsync(TestPerson partner, byte[] file, HttpStatusCode expected)
    {
        using var api = await partner.ApiAsync();
        using var body = new ByteArrayContent(file);
        body.Headers.ContentType = new MediaTypeHeaderValue(Xlsx.ContentType);
        var answer = await api.PostAsync("/api/v1/deal-uploads?name=registrations.xlsx", body);
        answer.StatusCode.ShouldBe(expected, await answer.Content.ReadAsStringAsync());
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private static async Task<byte[]> BookAsync(string[] header, params string[][] rows)
    {
        using var file = new MemoryStream();
        await Xlsx.WriteAsync(file, "Registrations", header, rows.ToAsyncEnumerable<IReadOnlyList<string?>>());
        return file.ToArray();
    }
}
