using System.Net;
using Trellis.Identity.Published;

namespace Trellis.Identity.Tests;

/// <summary>A form that was open for too long is refused by a page that says so and leads back; its button never does nothing.</summary>
public sealed class RefusedPostTests
{
    private const string OutOfDate = "This form is out of date";

    [SkippableTheory, Databases]
    public async Task A_form_of_an_ended_session_says_that_it_is_out_of_date(Database database)
    {
        var tenant = await (await TestApp.SharedAsync(database)).TenantAsync();
        using var pages = await tenant.Administrator.PagesAsync();
        var form = await pages.GetAsync("/app/tokens");
        await pages.SubmitAsync(form, "/sign-out");
        await pages.SignInAsync(tenant.Administrator.Email, TestPerson.Password);
        Explained(await pages.SubmitAsync(form, "issue", ("Input.Name", "Export")), "/app/tokens");
        (await tenant.AuditAsync()).ShouldNotContain(a => a.Action == "identity.issue_token");
    }

    [SkippableTheory, Databases]
    public async Task A_form_that_is_sent_for_the_partner_of_before_says_that_it_is_out_of_date(Database database)
    {
        var tenant = await (await TestApp.SharedAsync(database)).TenantAsync();
        var (one, two) = (Ids.New<PartnerId>(DateTime.UtcNow), Ids.New<PartnerId>(DateTime.UtcNow));
        var seller = await tenant.PartnerPersonAsync(one, "Bright");
        await tenant.JoinAsync(seller, two, "Clear");
        using var pages = await seller.PagesAsync();
        var form = await pages.GetAsync("/portal/tokens");
        await pages.SubmitAsync(await pages.GetAsync("/portal/places"), "/switch-partner", ("partner", two.ToString()));
        Explained(await pages.SubmitAsync(form, "issue", ("Input.Name", "Export")), "/portal/tokens");
    }

    [SkippableTheory, Databases]
    public async Task A_button_that_its_page_has_no_more_says_that_the_form_is_out_of_date(Database database)
    {
        var tenant = await (await TestApp.SharedAsync(database)).TenantAsync();
        using var pages = await tenant.Administrator.PagesAsync();
        var issued = await pages.SubmitAsync(await pages.GetAsync("/app/tokens"), "issue", ("Input.Name", "Export"), ("Input.Days", "30"));
        var button = issued.Document.QuerySelector("input[name=_handler][value^=revoke]")!.GetAttribute("value")!;
        (await pages.SubmitAsync(issued, button)).Status.ShouldBe(HttpStatusCode.OK);
        Explained(await pages.SubmitAsync(issued, button), "/app/tokens");
    }

    [SkippableTheory, Databases]
    public async Task The_way_back_is_the_page_of_the_form_and_never_another_site(Database database)
    {
        var tenant = await (await TestApp.SharedAsync(database)).TenantAsync();
        using var pages = await tenant.Administrator.PagesAsync();
        foreach (var (referer, back) in new[] { (tenant.App.Address + "/app/people?q=x", "/app/people?q=x\">Load the page again"), ("https://evil.example/app/people", "/app\">Go to the start"), ("nonsense", "/app\">Go to the start") })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/sign-out") { Content = new FormUrlEncodedContent([]) };
            request.Headers.TryAddWithoutValidation("Referer", referer);
            using var answer = await pages.Http.SendAsync(request);
            answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
            (await answer.Content.ReadAsStringAsync()).ShouldContain($"<a class=\"btn btn-primary\" href=\"{back}");
        }
    }

    [SkippableTheory, Databases]
    public async Task Whoever_looks_through_anothers_eyes_is_told_so_when_a_form_is_refused(Database database)
    {
        var tenant = await (await TestApp.SharedAsync(database)).TenantAsync();
        var seller = await tenant.PartnerPersonAsync(Ids.New<PartnerId>(DateTime.UtcNow), "Bright", Roles.PartnerAdmin);
        using var pages = await tenant.Administrator.PagesAsync();
        await pages.SubmitAsync(await pages.GetAsync($"/app/view-as/{seller.Actor.Person}/{seller.Actor.Partner}"), "begin", ("Input.Reason", "They asked"));
        var refused = await pages.SubmitAsync(await pages.GetAsync("/portal/people"), "invite", ("Input.Name", "Eve"), ("Input.Email", "eve@x.example"), ("Input.Role", Roles.PartnerSales));
        refused.Status.ShouldBe(HttpStatusCode.Forbidden);
        refused.Text.ShouldContain("You are looking as Pat Partner; nothing can be changed");
        refused.Text.ShouldNotContain("Your role does not include it");
        refused.Document.QuerySelector("main a.btn")!.GetAttribute("href").ShouldBe("/portal/people");
    }

    private static void Explained(VisitedPage refused, string back)
    {
        refused.Status.ShouldBe(HttpStatusCode.BadRequest, refused.Text);
        refused.Text.ShouldContain(OutOfDate);
        refused.Document.QuerySelector("main a.btn")!.GetAttribute("href").ShouldBe(back);
    }
}
