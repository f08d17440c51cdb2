using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Trellis.Identity.Published;

namespace Trellis.Identity.Tests;

/// <summary>Finding entries of the audit by what people read in them.</summary>
public sealed class AuditSearchTests
{
    [SkippableTheory, Databases]
    public async Task Text_with_signs_that_JSON_spells_otherwise_is_found(Database database)
    {
        var tenant = await (await TestApp.SharedAsync(database)).TenantAsync();
        const string name = "Jörg O'Neill & Söhne <Büro+1>";
        (await tenant.Administrator.DoAsync<CreatePerson, Result<PersonId>>(c => c.RunAsync(new NewPerson(name, $"j-{tenant.Id.Value:N}@x.example", [Roles.Finance]), default))).Ok.ShouldBeTrue();
        using var api = await tenant.Administrator.ApiAsync();
        foreach (var text in new[] { "Jörg", "O'Neill & S", "<Büro+1>", name })
            (await api.GetFromJsonAsync<JsonElement>($"/api/v1/audit?q={Uri.EscapeDataString(text)}")).GetProperty("items").GetArrayLength().ShouldBe(1, text);
        (await api.GetFromJsonAsync<JsonElement>("/api/v1/audit?q=J%C3%BCrg")).GetProperty("items").GetArrayLength().ShouldBe(0);
    }

    [SkippableTheory, Databases]
    public async Task A_day_that_does_not_exist_is_refused_and_one_that_does_is_taken(Database database)
    {
        var tenant = await (await TestApp.SharedAsync(database)).TenantAsync();
        using var pages = await tenant.Administrator.PagesAsync();
        var refused = await pages.GetAsync("/app/audit?from=2026-99-99");
        refused.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        refused.Text.ShouldContain("does not exist");
        refused.Document.QuerySelectorAll("main tbody tr").ShouldBeEmpty("nothing rather than everything");
        (await pages.GetAsync("/app/audit?from=2020-01-01")).Document.QuerySelectorAll("main tbody tr").Length.ShouldBeGreaterThan(0);
    }

    [Theory]
    [InlineData("2026-11-22", "Asia/Tokyo", "2026-11-21T15:00:00Z")]
    [InlineData("2026-03-29", "Europe/Berlin", "2026-03-28T23:00:00Z")]
    [InlineData("2026-07-01", "America/New_York", "2026-07-01T04:00:00Z")]
    public void A_day_begins_on_the_readers_clock(string day, string zone, string begins) =>
        AuditList.Midnight(DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture), TimeZoneInfo.FindSystemTimeZoneById(zone))
            .ShouldBe(DateTime.Parse(begins, System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AdjustToUniversal));

    [SkippableTheory, Databases]
    public async Task Every_box_of_the_token_page_has_an_id_of_its_own(Database database)
    {
        var tenant = await (await TestApp.SharedAsync(database)).TenantAsync();
        using var pages = await tenant.Administrator.PagesAsync();
        (await pages.GetAsync("/app/tokens")).Document.QuerySelectorAll("[id]").GroupBy(e => e.Id).Where(g => g.Count() > 1).Select(g => g.Key).ShouldBeEmpty();
    }
}
