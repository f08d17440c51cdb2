using System.Net;
using Trellis.Identity.Published;
using Trellis.Identity.Reading;

namespace Trellis.Identity.Tests.Reading;

public sealed class ReadingTests
{
    [SkippableTheory, Databases]
    public async Task A_person_who_chooses_a_language_reads_it_in_every_browser_and_in_mails(Database database)
    {
        var tenant = await (await TestApp.SharedAsync(database)).TenantAsync();
        var person = await tenant.StaffAsync(Roles.Finance);
        using var pages = await person.PagesAsync();
        var page = await pages.GetAsync("/account/reading");
        (page.Document.DocumentElement.GetAttribute("lang"), page.Document.DocumentElement.GetAttribute("dir")).ShouldBe(("en", "ltr"));

        page = await pages.SubmitAsync(page, "reading", ("Input.Language", "ar"), ("Input.TimeZone", "Asia/Dubai"));
        (page.Document.DocumentElement.GetAttribute("lang"), page.Document.DocumentElement.GetAttribute("dir")).ShouldBe(("ar", "rtl"));
        page.Document.QuerySelector("link[rel=stylesheet]")!.GetAttribute("href").ShouldNotBeNull().ShouldContain("rtl");
        page.Document.QuerySelector("h1")!.TextContent.ShouldBe("اللغة والوقت");

        using var elsewhere = await person.PagesAsync();
        (await elsewhere.GetAsync("/account/security")).Document.DocumentElement.GetAttribute("lang").ShouldBe("ar");
        (await elsewhere.GetAsync("/account/reading")).Document.QuerySelector("[name='Input.TimeZone'] option[selected]")!.GetAttribute("value").ShouldBe("Asia/Dubai");

        await person.LinkAsync();
        var mail = (await tenant.MailsAsync()).Last(m => m.To == person.Email);
        mail.Subject.ShouldStartWith("رابط دخولك إلى ");
        mail.Body.ShouldContain("مرحبًا \u2068Sam Staff\u2069،", Case.Sensitive, "a name keeps its own direction");
        mail.Body.ShouldContain("/sign-in/link?key=");
    }

    [SkippableTheory, Databases]
    public async Task The_switch_in_the_menu_is_remembered_for_the_person(Database database)
    {
        var tenant = await (await TestApp.SharedAsync(database)).TenantAsync();
        using var pages = await tenant.Administrator.PagesAsync();
        var page = await pages.GetAsync("/account/reading");
        page = await pages.SubmitAsync(page, "/ui/language", ("language", "de"));
        page.Document.QuerySelector("h1")!.TextContent.ShouldBe("Sprache und Zeit");
        page.Document.QuerySelector("[name='Input.Language'] option[selected]")!.GetAttribute("value").ShouldBe("de");
    }

    [SkippableTheory, Databases]
    public async Task A_language_or_zone_that_nobody_knows_is_refused_at_its_field(Database database)
    {
        var tenant = await (await TestApp.SharedAsync(database)).TenantAsync();
        var refused = await tenant.Administrator.DoAsync<ChooseReading, Result<Done>>(c => c.RunAsync(new ReadingChoice("xx", "Mars/Olympus"), default));
        refused.Problem!.Errors.Keys.Order().ShouldBe(["language", "timeZone"]);
    }

    [SkippableTheory, Databases]
    public async Task Before_signing_in_the_browser_is_asked_and_what_it_asks_in_vain_is_English(Database database)
    {
        var app = await TestApp.SharedAsync(database);
        foreach (var (asked, spoken) in new[] { ("fr, ar-SA;q=0.9, de;q=0.8", "ar"), ("de-AT", "de"), ("xx-??;;q=z", "en"), ("", "en"), ("de;q=0.1, en;q=0.9", "en") })
        {
            using var visitor = new PageClient(app.Address);
            if (asked.Length > 0) visitor.Http.DefaultRequestHeaders.TryAddWithoutValidation("Accept-Language", asked);
            (await visitor.GetAsync("/sign-in")).Document.DocumentElement.GetAttribute("lang").ShouldBe(spoken, asked);
        }
    }

    [SkippableTheory, Databases]
    public async Task A_refusal_is_said_in_the_readers_language_on_the_page_and_in_English_to_programs(Database database)
    {
        var tenant = await (await TestApp.SharedAsync(database)).TenantAsync();
        using var visitor = new PageClient(tenant.App.Address);
        visitor.Http.DefaultRequestHeaders.Add("Accept-Language", "de");
        var page = await visitor.SubmitAsync(await visitor.GetAsync("/sign-in"), "sign-in", ("Input.Email", tenant.Administrator.Email), ("Input.Password", "wrong password here"));
        (page.Status, page.Text.Contains("gehören nicht zusammen", StringComparison.Ordinal)).ShouldBe((HttpStatusCode.UnprocessableEntity, true));

        using var api = await tenant.Administrator.ApiAsync();
        api.DefaultRequestHeaders.Add("Accept-Language", "de");
        (await (await api.PostAsync("/api/v1/people", new StringContent("""{ "name": "", "email": "x", "roles": [] }""", null, "application/json"))).Content.ReadAsStringAsync()).ShouldContain("is needed");
    }

    [SkippableTheory, Databases]
    public async Task The_page_of_languages_hands_out_what_is_missing(Database database)
    {
        var tenant = await (await TestApp.SharedAsync(database)).TenantAsync();
        using var pages = await tenant.Administrator.PagesAsync();
        var page = await pages.GetAsync("/app/settings/languages");
        page.Document.QuerySelectorAll("tbody th").Select(t => t.TextContent.Trim()).ShouldBe(["Deutsch", "العربية"]);
        using var file = await pages.Http.GetAsync("/app/settings/languages/de/missing.json");
        (file.StatusCode, file.Content.Headers.ContentDisposition!.FileName).ShouldBe((HttpStatusCode.OK, "missing-de.json"));
        (await pages.Http.GetAsync("/app/settings/languages/xx/missing.json")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        var seller = await tenant.StaffAsync(Roles.DirectSeller);
        using var others = await seller.PagesAsync();
        (await others.GetAsync("/app/settings/languages")).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public void Every_language_of_this_program_formats_with_digits_that_all_read()
    {
        foreach (var language in Languages.All)
            1234567.5m.ToString("N1", language.Culture).All(c => c is >= '0' and <= '9' or '.' or ',' or '\u00a0' or '\u202f' or '’').ShouldBeTrue(language.Code);
        new DateTime(2026, 11, 21).ToString("yyyy-MM-dd", Languages.Find("ar")!.Culture).ShouldBe("2026-11-21");
    }
}
