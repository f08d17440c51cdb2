using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Xml.Linq;
using CsvHelper;

namespace Trellis.Whole.Tests;

/// <summary>Every list that can be had as CSV can be had as a workbook with the same rows.</summary>
public abstract class WorkbookTests(Database database)
{
    private static readonly string[] Growing = ["/app/audit/", "/app/sessions.csv", "/app/operations/"];
    private static readonly XNamespace Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

    [SkippableFact]
    public async Task Every_csv_file_is_a_workbook_too()
    {
        BriefRun.AsksOnlySqlite(database);
        var cast = await Cast.OnAsync(database);
        var files = Route.All(cast.App.Services).Where(r => r.Pattern.EndsWith(".csv", StringComparison.Ordinal) && r.Parameters.Count == 0 && r.Pattern.StartsWith("/app/", StringComparison.Ordinal)).ToList();
        files.Count.ShouldBeGreaterThan(5);
        foreach (var file in files.Select(f => f.Pattern + (AccessTests.Queries.TryGetValue(f.Pattern, out var query) ? query + "&as=" : "?as=")))
        {
            using var plain = await cast.Administrator.Pages.GetAsync(file);
            plain.StatusCode.ShouldBe(HttpStatusCode.OK, file);
            using var book = await cast.Administrator.Pages.GetAsync(file + "xlsx");
            book.Content.Headers.ContentType!.MediaType.ShouldBe(Xlsx.ContentType, file);
            book.Content.Headers.ContentDisposition!.FileName!.ShouldEndWith(".xlsx");
            var (csv, sheet) = (Csv(await plain.Content.ReadAsStringAsync()), Sheet(await book.Content.ReadAsByteArrayAsync()));
            // What happens meanwhile is written down, and others sign in.
            if (Growing.Any(file.StartsWith)) sheet.Rows.ShouldBeGreaterThanOrEqualTo(csv.Rows, file);
            else sheet.Rows.ShouldBe(csv.Rows, file);
            sheet.Header.ShouldBe(csv.Header, file);
        }
    }

    [SkippableFact]
    public async Task A_refusal_is_not_dressed_up_as_a_workbook()
    {
        BriefRun.AsksOnlySqlite(database);
        var cast = await Cast.OnAsync(database);
        using var refused = await cast.Brightpath.Pages.GetAsync("/app/partners/export.csv?as=xlsx");
        ((int)refused.StatusCode).ShouldBeOneOf(403, 404);
        refused.Content.Headers.ContentType?.MediaType.ShouldNotBe(Xlsx.ContentType);
    }

    private static (int Rows, string[] Header) Csv(string text)
    {
        using var csv = new CsvParser(new StringReader(text.TrimStart('\uFEFF')), CultureInfo.InvariantCulture);
        csv.Read().ShouldBeTrue();
        var header = csv.Record!;
        var rows = 0;
        while (csv.Read()) rows++;
        return (rows, header);
    }

    private static (int Rows, string[] Header) Sheet(byte[] bytes)
    {
        using var zip = new ZipArchive(new MemoryStream(bytes));
        using var part = zip.GetEntry("xl/worksheets/sheet1.xml")!.Open();
        var rows = XDocument.Load(part).Descendants(Main + "row").ToList();
        return (rows.Count - 1, [.. rows[0].Descendants(Main + "t").Select(t => t.Value)]);
    }
}

[Collection(Cast.WatchedOnSqlite)]
public sealed class WorkbookOnSqliteTests() : WorkbookTests(Database.Sqlite);

[Collection(Cast.WatchedOnPostgres)]
public sealed class WorkbookOnPostgresTests() : WorkbookTests(Database.Postgres);
