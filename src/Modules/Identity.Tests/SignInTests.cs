using System.Net;
using System.Text.RegularExpressions;
using Trellis.Identity.Published;

namespace Trellis.Identity.Tests;

public sealed class SignInTests
{
    [SkippableTheory, Databases]
    public async Task The_right_password_opens_the_home_of_the_persons_face(Database database)
    {
        var tenant = await (await TestApp.SharedAsync(database)).TenantAsync();
        using var pages = new PageClient(tenant.App.Address);
        var home = await pages.SignInAsync(" " + tenant.Administrator.Email.ToUpperInvariant() + " ", TestPerson.Password);
        (home.Status, home.Address.AbsolutePath).ShouldBe((HttpStatusCode.OK, "/app"));

        var seller = await tenant.PartnerPersonAsync(Ids.New<PartnerId>(DateTime.UtcNow), "Bright");
        using var portal = new PageClient(tenant.App.Address);
        (await portal.SignInAsync(seller.Email, TestPerson.Password)).Address.AbsolutePath.ShouldBe("/portal");
        (await tenant.AuditAsync()).Count(a => a.Action == "identity.signed_in").ShouldBe(2);
    }

    [SkippableTheory, Databases]
    public async Task An_unknown_address_and_a_wrong_password_are_answered_alike(Database database)
    {
        var tenant = await (await TestApp.SharedAsync(database)).TenantAsync();
        var suspended = await tenant.StaffAsync(Roles.Finance);
        await tenant.Administrator.DoAsync<ChangeState, Result<Done>>(c => c.RunAsync((suspended.Actor.Person, PersonState.Suspended), default));
        var answers = new List<(HttpStatusCode, string)>();
        foreach (var (email, password) in new[] { (tenant.Administrator.Email, "wrong password here"), ("nobody@nowhere.example", "wrong password here"), (suspended.Email, TestPerson.Password), (tenant.Administrator.Email, new string('x', 2000)) })
        {
            using var visitor = new PageClient(tenant.App.Address);
            var page = await visitor.SignInAsync(email, password);
            var html = page.Document.DocumentElement.OuterHtml;
            html = html.Replace(email, "");
            answers.Add((page.Status, Regex.Replace(Regex.Replace(html, "value=\"[^\"]*\"", ""), "nonce=\"[^\"]*\"|CfDJ8[\\w-]+", "")));
        }

        answers[0].Item1.ShouldBe(HttpStatusCode.UnprocessableEntity);
        answers[0].Item2.ShouldContain("do not belong together");
        answers.Distinct().Count().ShouldBe(1);
        (await tenant.AuditAsync()).Count(a => a.Action == "identity.sign_in_refused").ShouldBe(1);
    }

    [SkippableTheory, Databases]
    public async Task What_was_typed_stays_except_the_password(Database database)
    {
        var app = await TestApp.SharedAsync(database);
        using var visitor = new PageClient(app.Address);
        var page = await visitor.SignInAsync("ada@typo.example", "secret secret secret");
        page.Document.QuerySelector("[name='Input.Email']")!.GetAttribute("value").ShouldBe("ada@typo.example");
        page.Document.DocumentElement.OuterHtml.ShouldNotContain("secret secret secret");
    }

    [SkippableTheory, Databases]
    public async Task A_mailed_link_signs_in_once(Database database)
    {
        var tenant = await (await TestApp.SharedAsync(database)).TenantAsync();
        var link = await tenant.Administrator.LinkAsync();
        using var scanner = new PageClient(tenant.App.Address);
        foreach (var _ in Enumerable.Range(0, 3)) (await scanner.GetAsync(link)).Status.ShouldBe(HttpStatusCode.OK);
        (await scanner.GetAsync("/app")).Address.AbsolutePath.ShouldBe("/sign-in", "looking at the link signs nobody in");

        using var person = new PageClient(tenant.App.Address);
        (await person.SubmitAsync(await person.GetAsync(link), "link")).Address.AbsolutePath.ShouldBe("/app");

        var again = await scanner.SubmitAsync(await scanner.GetAsync(link), "link");
        again.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        again.Text.ShouldContain("has been used or has run out");
    }

    [SkippableTheory, BothDatabases]
    public async Task Of_many_who_use_a_link_at_once_one_gets_in(Database database)
    {
        var tenant = await (await TestApp.SharedAsync(database)).TenantAsync();
        var link = await tenant.Administrator.LinkAsync();
        var visitors = Enumerable.Range(0, 5).Select(_ => new PageClient(tenant.App.Address)).ToList();
        var pages = await Task.WhenAll(visitors.Select(v => v.GetAsync(link)));
        var landed = await Task.WhenAll(visitors.Zip(pages, (v, p) => v.SubmitAsync(p, "link")));
        landed.Count(p => p.Address.AbsolutePath == "/app").ShouldBe(1);
        visitors.ForEach(v => v.Dispose());
    }

    [SkippableTheory, Databases]
    public async Task A_mailed_link_runs_out_after_twenty_minutes(Database database)
    {
        await using var app = await TestApp.StartAsync(database);
        var tenant = await app.TenantAsync();
        var link = await tenant.Administrator.LinkAsync();
        app.Clock.Advance(TimeSpan.FromMinutes(21));
        using var person = new PageClient(app.Address);
        (await person.SubmitAsync(await person.GetAsync(link), "link")).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
    }

    [SkippableTheory, Databases]
    public async Task Asking_for_a_link_says_the_same_whether_or_not_the_address_is_known(Database database)
    {
        var tenant = await (await TestApp.SharedAsync(database)).TenantAsync();
        var texts = new List<string>();
        foreach (var email in new[] { tenant.Administrator.Email, "nobody@nowhere.example" })
        {
            using var visitor = new PageClient(tenant.App.Address);
            texts.Add((await visitor.SubmitAsync(await visitor.GetAsync("/sign-in"), "sign-in-link", ("Link.Email", email))).Text);
        }

        texts[0].ShouldBe(texts[1]);
        texts[0].ShouldContain("a link is on its way");
        (await tenant.MailsAsync()).Count.ShouldBe(1);
    }

    [SkippableTheory, Databases]
    public async Task A_mailed_link_never_leads_to_a_host_that_the_request_made_up(Database database)
    {
        var tenant = await (await TestApp.SharedAsync(database)).TenantAsync();
        using var visitor = new PageClient(tenant.App.Address);
        visitor.Http.DefaultRequestHeaders.Host = "evil.example";
        var page = await visitor.GetAsync("/sign-in");
        await visitor.SubmitAsync(page with { Address = new Uri(tenant.App.Address + "/sign-in") }, "sign-in-link", ("Link.Email", tenant.Administrator.Email));
        var mail = (await tenant.MailsAsync()).Single();
        mail.Body.ShouldNotContain("evil.example");
        mail.Body.ShouldContain($"http://127.0.0.1:{new Uri(tenant.App.Address).Port}/sign-in/link?key=");
    }

    [SkippableTheory, Databases]
    public async Task Somebody_who_wanted_a_page_lands_there_and_never_elsewhere(Database database)
    {
        var tenant = await (await TestApp.SharedAsync(database)).TenantAsync();
        using (var asked = new PageClient(tenant.App.Address))
        {
            var wall = await asked.GetAsync("/app/people?q=x");
            wall.Address.PathAndQuery.ShouldStartWith("/sign-in?next=");
            (await asked.SubmitAsync(wall, "sign-in", ("Input.Email", tenant.Administrator.Email), ("Input.Password", TestPerson.Password))).Address.PathAndQuery.ShouldBe("/app/people?q=x");
        }

        foreach (var next in new[] { "https://evil.example", "//evil.example", "/\\evil.example", "\\\\evil.example", "/\t/evil.example", "javascript:alert(1)", "evil.example", "/sign-in", "/portal", "/PORTAL/deals", "", "/" })
        {
            using var visitor = new PageClient(tenant.App.Address);
            var page = await visitor.GetAsync("/sign-in?next=" + Uri.EscapeDataString(next));
            (await visitor.SubmitAsync(page, "sign-in", ("Input.Email", tenant.Administrator.Email), ("Input.Password", TestPerson.Password))).Address.ToString().ShouldBe(tenant.App.Address + "/app", next);
        }
    }

    [SkippableTheory, Databases]
    public async Task The_cookie_is_out_of_reach_for_scripts_and_other_sites(Database database)
    {
        var tenant = await (await TestApp.SharedAsync(database)).TenantAsync();
        using var http = tenant.App.Plain();
        var form = await http.GetStringAsync("/sign-in");
        var token = Regex.Match(form, "name=\"__RequestVerificationToken\" value=\"([^\"]+)\"").Groups[1].Value;
        using var response = await http.PostAsync("/sign-in", new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["_handler"] = "sign-in", ["__RequestVerificationToken"] = token, ["Input.Email"] = tenant.Administrator.Email, ["Input.Password"] = TestPerson.Password,
        }));

        response.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        var cookie = response.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("trellis=", StringComparison.Ordinal)).ToLowerInvariant();
        cookie.ShouldContain("; httponly");
        cookie.ShouldContain("; samesite=lax");
        cookie.ShouldContain("; path=/");
        cookie.ShouldNotContain("domain=");
        response.Headers.CacheControl!.NoStore.ShouldBeTrue();
    }

    [SkippableTheory, Databases]
    public async Task A_suspended_person_loses_session_and_tokens_at_once_and_for_good(Database database)
    {
        var tenant = await (await TestApp.SharedAsync(database)).TenantAsync();
        var person = await tenant.StaffAsync(Roles.ChannelOperations);
        using var pages = await person.PagesAsync();
        using var api = await person.ApiAsync();
        var link = await person.LinkAsync();
        (await pages.GetAsync("/app/people")).Address.AbsolutePath.ShouldBe("/app/people");

        await SetAsync(PersonState.Suspended);
        (await pages.GetAsync("/app/people")).Address.AbsolutePath.ShouldBe("/sign-in");
        (await api.GetAsync("/api/v1/me")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);

        await SetAsync(PersonState.Active);
        (await pages.GetAsync("/app/people")).Address.AbsolutePath.ShouldBe("/sign-in");
        (await api.GetAsync("/api/v1/me")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await pages.SubmitAsync(await pages.GetAsync(link), "link")).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await pages.SignInAsync(person.Email, TestPerson.Password)).Address.AbsolutePath.ShouldBe("/app");

        Task<Result<Done>> SetAsync(PersonState state) => tenant.Administrator.DoAsync<ChangeState, Result<Done>>(c => c.RunAsync((person.Actor.Person, state), default));
    }

    [SkippableTheory, Databases]
    public async Task Signing_out_ends_the_session_and_needs_the_forms_token(Database database)
    {
        var tenant = await (await TestApp.SharedAsync(database)).TenantAsync();
        using var pages = await tenant.Administrator.PagesAsync();
        (await pages.Http.PostAsync("/sign-out", new FormUrlEncodedContent([]))).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var home = await pages.GetAsync("/app/people");
        home.Address.AbsolutePath.ShouldBe("/app/people");
        (await pages.SubmitAsync(home, "/sign-out")).Address.AbsolutePath.ShouldBe("/sign-in");
        (await pages.GetAsync("/app/people")).Address.AbsolutePath.ShouldBe("/sign-in");
    }
}
