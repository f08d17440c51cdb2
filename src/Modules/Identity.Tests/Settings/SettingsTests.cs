using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Trellis.Identity.Published;
using Trellis.Identity.Settings;

namespace Trellis.Identity.Tests.Settings;

public sealed class SettingsTests
{
    private static readonly byte[] Png = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, (byte)'I', (byte)'H', (byte)'D', (byte)'R', 0, 0, 0, 64, 0, 0, 0, 64, 8, 6];

    [SkippableTheory, Databases]
    public async Task Settings_are_changed_on_the_page_and_shown_everywhere(Database database)
    {
        var tenant = await (await TestApp.SharedAsync(database)).TenantAsync();
        using var pages = await tenant.Administrator.PagesAsync();
        var saved = await pages.SubmitAsync(await pages.GetAsync("/app/settings/company"), "company",
            ("Input.Name", "Umbra Software"), ("Input.TimeZone", "Europe/Berlin"), ("Input.FiscalMonth", "4"), ("Input.Colour", "#f2c200"), ("Input.Imprint", "Umbra Software GmbH\nBerlin"),
            ("Input.Holidays", "12-25 Christmas Day"), ("day.saturday", "true"));
        saved.Status.ShouldBe(HttpStatusCode.OK);
        saved.Text.ShouldContain("The settings are saved.");
        saved.Text.ShouldContain("a darker shade is used");
        saved.Document.QuerySelector("input[name='day.saturday']")!.HasAttribute("checked").ShouldBeTrue();
        var style = saved.Document.QuerySelector("link[rel=stylesheet][href^='/brand/']")!.GetAttribute("href")!;
        using var visitor = tenant.App.Plain();
        var css = await visitor.GetAsync(style);
        css.Content.Headers.ContentType!.MediaType.ShouldBe("text/css");
        css.Headers.CacheControl!.Public.ShouldBeTrue();
        (await css.Content.ReadAsStringAsync()).ShouldContain("--t-accent-soft");

        var settings = tenant.App.Services.GetRequiredService<ITenantSettings>().Of(tenant.Id);
        (settings.Name, settings.FiscalMonth, settings.TimeZone).ShouldBe(("Umbra Software", 4, "Europe/Berlin"));
        settings.Calendar.IsWorkday(new DateOnly(2026, 11, 21)).ShouldBeTrue("a Saturday that was chosen");
        settings.Calendar.IsWorkday(new DateOnly(2026, 12, 25)).ShouldBeFalse("a holiday");
        (await tenant.AuditAsync()).ShouldContain(a => a.Action == "identity.change_settings" && a.Changes.Contains("Umbra"));
    }

    [SkippableTheory, BothDatabases]
    public async Task Two_who_change_settings_at_once_do_not_overwrite_each_other(Database database)
    {
        var tenant = await (await TestApp.SharedAsync(database)).TenantAsync();
        using var api = await tenant.Administrator.ApiAsync();
        var read = await api.GetFromJsonAsync<JsonElement>("/api/v1/settings/company");
        var version = read.GetProperty("version").GetInt64();
        object Body(string name) => new { name, currency = "USD", timeZone = "UTC", fiscalMonth = 1, weekStart = "monday", workDays = new[] { "monday" }, language = "de", version };

        (await api.PutAsJsonAsync("/api/v1/settings/company", Body("First"))).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await api.PutAsJsonAsync("/api/v1/settings/company", Body("Second"))).StatusCode.ShouldBe(HttpStatusCode.PreconditionFailed);
        (await api.GetFromJsonAsync<JsonElement>("/api/v1/settings/company")).GetProperty("settings").GetProperty("name").GetString().ShouldBe("First");
        using var pages = await tenant.Administrator.PagesAsync();
        var page = (await pages.GetAsync("/app/settings/company")).Document;
        page.DocumentElement.GetAttribute("lang").ShouldBe("de", "nobody there has chosen another");
        page.QuerySelector("select[name='Input.Language'] option[selected]")!.GetAttribute("value").ShouldBe("de");
    }

    [SkippableTheory, Databases]
    public async Task Wrong_settings_are_refused_at_their_fields(Database database)
    {
        var tenant = await (await TestApp.SharedAsync(database)).TenantAsync();
        using var api = await tenant.Administrator.ApiAsync();
        using var answer = await api.PutAsJsonAsync("/api/v1/settings/company", new { name = "", currency = "ABC", timeZone = "Mars/Olympus", fiscalMonth = 13, language = "xx", weekStart = "someday", workDays = Array.Empty<string>(), holidays = "the day after", colour = "green", privacyPage = "javascript:alert(1)" });
        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var errors = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors");
        errors.EnumerateObject().Select(e => e.Name).ShouldBe(["name", "currency", "timeZone", "language", "fiscalMonth", "weekStart", "workDays", "holidays", "colour", "privacyPage"], ignoreOrder: true);

        var staff = await tenant.StaffAsync(Roles.PartnerManager);
        using var other = await staff.ApiAsync();
        (await other.GetAsync("/api/v1/settings/company")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [SkippableTheory, Databases]
    public async Task A_logo_is_known_by_its_content_and_seen_by_everybody(Database database)
    {
        var tenant = await (await TestApp.SharedAsync(database)).TenantAsync();
        using var api = await tenant.Administrator.ApiAsync();
        foreach (var (content, why) in new (byte[], string)[]
        {
            ([.. "<html>"u8], "a web page"),
            ([.. "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"u8], "a script"),
            ([.. "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"u8], "a handler"),
            ([.. "<svg xmlns='http://www.w3.org/2000/svg'><use href='https://evil.example/x.svg#a'/></svg>"u8], "a link outside"),
            ([.. "<!DOCTYPE svg [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><svg xmlns='http://www.w3.org/2000/svg'>&x;</svg>"u8], "an entity"),
            ([.. "<svg xmlns='http://www.w3.org/2000/svg'><foreignObject/></svg>"u8], "a page inside"),
            ([.. "<svg xmlns='http://www.w3.org/2000/svg'><rect style='fill:url(https://evil.example)'/></svg>"u8], "a style that loads"),
            (new byte[LogoKind.MostBytes + 1], "too large"),
        })
            (await api.PutAsync("/api/v1/settings/company/logo", new ByteArrayContent(content))).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity, why);

        (await api.PutAsync("/api/v1/settings/company/logo", new ByteArrayContent(Png))).StatusCode.ShouldBe(HttpStatusCode.OK);
        var first = tenant.App.Services.GetRequiredService<ITenantSettings>().Of(tenant.Id).Logo!;
        using var visitor = tenant.App.Plain();
        (await (await visitor.GetAsync(first)).Content.ReadAsByteArrayAsync()).ShouldBe(Png);
        var svg = Encoding.UTF8.GetBytes("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 8 8\"><defs><linearGradient id=\"a\"/></defs><rect width=\"8\" height=\"8\" fill=\"url(#a)\"/></svg>");
        (await api.PutAsync("/api/v1/settings/company/logo", new ByteArrayContent(svg))).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await visitor.GetAsync(first)).StatusCode.ShouldBe(HttpStatusCode.NotFound, "the old address leads nowhere");
        var second = tenant.App.Services.GetRequiredService<ITenantSettings>().Of(tenant.Id).Logo!;
        var shown = await visitor.GetAsync(second);
        shown.Content.Headers.ContentType!.MediaType.ShouldBe("image/svg+xml");
        shown.Headers.GetValues("Content-Security-Policy").Single().ShouldContain("script-src 'self'");
        (await api.DeleteAsync("/api/v1/settings/company/logo")).StatusCode.ShouldBe(HttpStatusCode.OK);
        tenant.App.Services.GetRequiredService<ITenantSettings>().Of(tenant.Id).Logo.ShouldBeNull();
    }
}
