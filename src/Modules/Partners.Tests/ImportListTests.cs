using System.Net;
using System.Net.Http.Json;
using System.Text;
using Trellis.Identity.Published;

namespace Trellis.Partners.Tests;

public sealed class ImportListTests
{
    [SkippableTheory, Databases]
    public async Task The_list_of_imports_is_a_file_and_a_workbook_for_those_who_import(Database database)
    {
        var world = await PartnerWorld.FoundAsync(database);
        using var api = await world.Operations.ApiAsync();
        using (var answer = await api.PostAsync("/api/v1/partner-imports?name=from-the-crm.csv", new StringContent("Company,Country\r\nSaale Software,DE\r\n", Encoding.UTF8, "text/csv"))) answer.StatusCode.ShouldBe(HttpStatusCode.Created);
        using var pages = await world.Operations.PagesAsync();
        var page = await pages.GetAsync("/app/partners/imports");
        page.Document.QuerySelector("a[href='/app/partners/imports.csv']").ShouldNotBeNull();
        var lines = (await pages.Http.GetStringAsync("/app/partners/imports.csv")).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        lines.Length.ShouldBe(2);
        lines[1].ShouldStartWith("from-the-crm.csv,Uploaded,1,");
        (await pages.Http.GetAsync("/app/partners/imports.csv?as=xlsx")).Content.Headers.ContentType!.MediaType.ShouldBe(Xlsx.ContentType);
        using var others = await (await world.Tenant.StaffAsync(Roles.Finance)).PagesAsync();
        (await others.Http.GetAsync("/app/partners/imports.csv")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }
}
