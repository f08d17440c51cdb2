using System.Net;
using Trellis.Identity.Published;

namespace Trellis.Identity.Tests;

/// <summary>What a person does about the own account: password, second factor, sessions.</summary>
public sealed class AccountTests
{
    [SkippableTheory, Databases]
    public async Task Changing_the_password_ends_every_other_session_and_renews_this_one(Database database)
    {
        var tenant = await (await TestApp.SharedAsync(database)).TenantAsync();
        using var here = await tenant.Administrator.PagesAsync();
        using var elsewhere = await tenant.Administrator.PagesAsync();
        var link = await tenant.Administrator.LinkAsync();
        var weak = await here.SubmitAsync(await here.GetAsync("/account/password"), "password", ("Input.Password", "too short"));
        (weak.Status, weak.Text.Contains("at least 15 characters", StringComparison.Ordinal)).ShouldBe((HttpStatusCode.UnprocessableEntity, true));

        var done = await here.SubmitAsync(weak, "password", ("Input.Password", "mango violin tray ticket"));
        done.Address.AbsolutePath.ShouldBe("/account/security");
        done.Alert()!.ShouldContain("has been changed");
        (await elsewhere.GetAsync("/app/people")).Address.AbsolutePath.ShouldBe("/sign-in");
        (await here.GetAsync("/app/people")).Address.AbsolutePath.ShouldBe("/app/people");
        (await tenant.Administrator.SessionsAsync()).ShouldBe(1);
        using var visitor = new PageClient(tenant.App.Address);
        (await visitor.SubmitAsync(await visitor.GetAsync(link), "link")).Status.ShouldBe(HttpStatusCode.UnprocessableEntity, "links on their way are dead too");
        (await visitor.SignInAsync(tenant.Administrator.Email, TestPerson.Password)).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await visitor.SignInAsync(tenant.Administrator.Email, "mango violin tray ticket")).Address.AbsolutePath.ShouldBe("/app");
        (await tenant.MailsAsync()).ShouldContain(m => m.Subject == "Your password has been changed");
        (await tenant.AuditAsync()).Count(a => a.Action == "identity.password_changed" || (a.Action == "identity.change_password" && a.Changes.Contains("PasswordHash"))).ShouldBeGreaterThanOrEqualTo(1);
        (await tenant.AuditAsync()).ShouldAllBe(a => !a.Changes.Contains("AQAAAA"));
    }

    [SkippableTheory, Databases]
    public async Task A_forgotten_password_is_set_anew_by_a_link_that_works_once(Database database)
    {
        var tenant = await (await TestApp.SharedAsync(database)).TenantAsync();
        using var signedIn = await tenant.Administrator.PagesAsync();
        using var visitor = new PageClient(tenant.App.Address);
        var asked = await visitor.SubmitAsync(await visitor.GetAsync("/sign-in/forgot"), "forgot", ("Input.Email", tenant.Administrator.Email));
        asked.Text.ShouldContain("If this address is known here");
        var path = await tenant.Administrator.MailedAsync("Set a new password");
        var weak = await visitor.SubmitAsync(await visitor.GetAsync(path), "reset", ("Input.Password", "passwordpassword"));
        weak.Status.ShouldBe(HttpStatusCode.UnprocessableEntity, "a weak one does not use the link up");
        (await visitor.SubmitAsync(weak, "reset", ("Input.Password", "mango violin tray ticket"))).Alert()!.ShouldContain("has been set");

        (await signedIn.GetAsync("/app/people")).Address.AbsolutePath.ShouldBe("/sign-in");
        (await visitor.SubmitAsync(weak, "reset", ("Input.Password", "another violin tray ticket"))).Status.ShouldBe(HttpStatusCode.NotFound);
        foreach (var spent in new[] { path, "/sign-in/reset?key=x", "/sign-in/reset" })
        {
            var told = await visitor.GetAsync(spent);
            told.Text.ShouldContain("This link has been used or has run out.", Case.Sensitive, spent);
            told.Document.QuerySelector("input[type=password]").ShouldBeNull(spent);
        }

        (await visitor.SignInAsync(tenant.Administrator.Email, "mango violin tray ticket")).Address.AbsolutePath.ShouldBe("/app");
    }

    [SkippableTheory, Databases]
    public async Task A_link_to_a_new_password_runs_out_after_half_an_hour_and_a_session_after_a_fortnight(Database database)
    {
        await using var app = await TestApp.StartAsync(database);
        var tenant = await app.TenantAsync();
        using var pages = await tenant.Administrator.PagesAsync();
        using var visitor = new PageClient(app.Address);
        await visitor.SubmitAsync(await visitor.GetAsync("/sign-in/forgot"), "forgot", ("Input.Email", tenant.Administrator.Email));
        var path = await tenant.Administrator.MailedAsync("Set a new password");
        var open = await visitor.GetAsync(path);
        app.Clock.Advance(TimeSpan.FromMinutes(31));
        (await visitor.SubmitAsync(open, "reset", ("Input.Password", "mango violin tray ticket"))).Status.ShouldBe(HttpStatusCode.NotFound);

        (await pages.GetAsync("/app/people")).Address.AbsolutePath.ShouldBe("/app/people");
        var asked = await pages.GetAsync("/account/password");
        asked.Address.PathAndQuery.ShouldBe("/account/confirm?next=%2Faccount%2Fpassword", "half an hour later a dangerous act wants a proof");
        (await pages.SubmitAsync(asked, "confirm-password", ("Input.Password", "wrong password here"))).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await pages.ConfirmAsync(asked)).Address.AbsolutePath.ShouldBe("/account/password");

        for (var day = 0; day < 3; day++)
        {
            app.Clock.Advance(TimeSpan.FromDays(9));
            (await pages.GetAsync("/app/people")).Address.AbsolutePath.ShouldBe("/app/people", "used every nine days");
        }

        app.Clock.Advance(TimeSpan.FromDays(4));
        (await pages.GetAsync("/app/people")).Address.AbsolutePath.ShouldBe("/sign-in", "older than thirty days");
        await app.RunAsync<TidySignIn>();
        (await tenant.Administrator.SessionsAsync()).ShouldBe(0);
    }

    [SkippableTheory, Databases]
    public async Task Signing_in_with_a_second_factor_asks_for_a_code_and_takes_each_code_once(Database database)
    {
        await using var app = await TestApp.StartAsync(database);
        var tenant = await app.TenantAsync();
        using var here = await tenant.Administrator.PagesAsync();
        using var elsewhere = await tenant.Administrator.PagesAsync();
        var (secret, recovery) = await here.SetUpFactorAsync(app.Clock.GetUtcNow().UtcDateTime);
        recovery.Length.ShouldBe(10);
        (await elsewhere.GetAsync("/app/people")).Address.AbsolutePath.ShouldBe("/sign-in");
        (await here.GetAsync("/account/security")).Text.ShouldContain("Recovery codes left10");

        app.Clock.Advance(TimeSpan.FromMinutes(2));
        var code = Totp.CodeAt(secret, Totp.StepAt(app.Clock.GetUtcNow().UtcDateTime));
        using var first = new PageClient(app.Address);
        var asked = await first.SignInAsync(tenant.Administrator.Email, TestPerson.Password);
        asked.Address.AbsolutePath.ShouldBe("/sign-in/code");
        (await first.GetAsync("/app/people")).Address.AbsolutePath.ShouldBe("/sign-in", "half way in is not in");
        (await first.SubmitAsync(asked, "code", ("Input.Code", "000000"))).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await first.SubmitAsync(asked, "code", ("Input.Code", code))).Address.AbsolutePath.ShouldBe("/app");

        using var thief = new PageClient(app.Address);
        asked = await thief.SignInAsync(tenant.Administrator.Email, TestPerson.Password);
        (await thief.SubmitAsync(asked, "code", ("Input.Code", code))).Status.ShouldBe(HttpStatusCode.UnprocessableEntity, "a code counts once");
        (await thief.SubmitAsync(asked, "code", ("Input.Code", recovery[3].ToUpperInvariant()))).Address.AbsolutePath.ShouldBe("/app");

        using var late = new PageClient(app.Address);
        asked = await late.GetAsync(await tenant.Administrator.LinkAsync());
        asked = await late.SubmitAsync(asked, "link");
        asked.Address.AbsolutePath.ShouldBe("/sign-in/code", "a mailed link is one factor only");
        (await late.SubmitAsync(asked, "code", ("Input.Code", recovery[3]))).Status.ShouldBe(HttpStatusCode.UnprocessableEntity, "a recovery code counts once");
        app.Clock.Advance(TimeSpan.FromMinutes(11));
        (await late.GetAsync("/sign-in/code")).Text.ShouldContain("This took too long");
    }

    [SkippableTheory, Databases]
    public async Task Setting_a_password_by_link_needs_the_second_factor_too_and_allows_a_shorter_one(Database database)
    {
        await using var app = await TestApp.StartAsync(database);
        var tenant = await app.TenantAsync();
        using var here = await tenant.Administrator.PagesAsync();
        var (secret, _) = await here.SetUpFactorAsync(app.Clock.GetUtcNow().UtcDateTime);
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        using var visitor = new PageClient(app.Address);
        await visitor.SubmitAsync(await visitor.GetAsync("/sign-in/forgot"), "forgot", ("Input.Email", tenant.Administrator.Email));
        var page = await visitor.GetAsync(await tenant.Administrator.MailedAsync("Set a new password"));
        (await visitor.SubmitAsync(page, "reset", ("Input.Password", "mango9violin"), ("Input.Code", "123456"))).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var code = Totp.CodeAt(secret, Totp.StepAt(app.Clock.GetUtcNow().UtcDateTime));
        (await visitor.SubmitAsync(page, "reset", ("Input.Password", "mango9violin"), ("Input.Code", code))).Address.AbsolutePath.ShouldBe("/sign-in");
    }

    [SkippableTheory, Databases]
    public async Task Where_the_tenant_asks_for_a_second_factor_nothing_else_is_possible_without_one(Database database)
    {
        var tenant = await (await TestApp.SharedAsync(database)).TenantAsync();
        using var admin = await tenant.Administrator.PagesAsync();
        var finance = await tenant.StaffAsync(Roles.Finance);
        var seller = await tenant.PartnerPersonAsync(Ids.New<PartnerId>(DateTime.UtcNow), "Bright");
        using var staff = await finance.PagesAsync();
        using var portal = await seller.PagesAsync();
        await admin.SubmitAsync(await admin.GetAsync("/app/settings/sign-in"), "policy", ("Input.Required", "true"));

        (await staff.GetAsync("/app/audit")).Address.AbsolutePath.ShouldBe("/account/second-factor");
        (await staff.GetAsync("/app/tokens")).Address.AbsolutePath.ShouldBe("/account/second-factor", "no token may get round it");
        (await portal.GetAsync("/portal/tokens")).Status.ShouldBe(HttpStatusCode.OK, "partners' people are free");
        await staff.SetUpFactorAsync(DateTime.UtcNow);
        (await staff.GetAsync("/app/audit")).Address.AbsolutePath.ShouldBe("/app/audit");

        await admin.SetUpFactorAsync(DateTime.UtcNow);
        var reset = await admin.SubmitAsync(await admin.GetAsync("/app/settings/sign-in"), "reset", ("Lost.Email", finance.Email));
        reset.Alert()!.ShouldContain("has been reset");
        (await staff.GetAsync("/app/audit")).Address.AbsolutePath.ShouldBe("/sign-in");
        (await staff.SignInAsync(finance.Email, TestPerson.Password)).Address.AbsolutePath.ShouldBe("/account/second-factor");
    }

    [SkippableTheory, Databases]
    public async Task Sessions_are_seen_and_ended_by_their_person_and_by_an_administrator_and_by_nobody_else(Database database)
    {
        var app = await TestApp.SharedAsync(database);
        var tenant = await app.TenantAsync();
        var person = await tenant.StaffAsync(Roles.Finance);
        using var here = await person.PagesAsync();
        using var there = await person.PagesAsync();
        using var admin = await tenant.Administrator.PagesAsync();
        var mine = await here.GetAsync("/account/security");
        mine.Document.QuerySelectorAll("tbody tr").Length.ShouldBe(2);
        var other = mine.Document.QuerySelectorAll("input[name=_handler]").Select(i => i.GetAttribute("value")!).Single(v => v.StartsWith("end-ses_", StringComparison.Ordinal));
        (await here.SubmitAsync(mine, other)).Alert()!.ShouldContain("has been ended");
        (await there.GetAsync("/app/audit")).Address.AbsolutePath.ShouldBe("/sign-in");

        var all = await admin.GetAsync("/app/sessions?q=sam");
        var row = all.Document.QuerySelectorAll("input[name=_handler]").Select(i => i.GetAttribute("value")!).Single(v => v.StartsWith("end-ses_", StringComparison.Ordinal));
        var stranger = await (await app.TenantAsync()).Administrator.DoAsync<EndSession, Result<Done>>(e => e.RunAsync(Ids.Parse<SessionId>(row[4..])!.Value, default));
        stranger.Problem!.Kind.ShouldBe(ProblemKind.Missing);
        (await person.DoAsync<EndSession, Result<Done>>(e => e.RunAsync(Ids.Parse<SessionId>(row[4..])!.Value, default))).Problem!.Kind.ShouldBe(ProblemKind.Denied);
        await admin.SubmitAsync(all, row);
        (await here.GetAsync("/app/audit")).Address.AbsolutePath.ShouldBe("/sign-in");
        (await tenant.AuditAsync()).ShouldContain(a => a.Action == "identity.end_session" && a.ActorPerson == tenant.Administrator.Actor.Person);
    }

    [SkippableTheory, Databases]
    public async Task A_cookie_kept_after_signing_out_opens_nothing_and_each_sign_in_has_a_new_one(Database database)
    {
        var tenant = await (await TestApp.SharedAsync(database)).TenantAsync();
        using var pages = await tenant.Administrator.PagesAsync();
        var home = await pages.GetAsync("/app/people");
        using var kept = new HttpClient(new HttpClientHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = new Uri(tenant.App.Address) };
        kept.DefaultRequestHeaders.Add("Cookie", pages.Cookies);
        (await kept.GetAsync("/app/people")).StatusCode.ShouldBe(HttpStatusCode.OK);
        await pages.SubmitAsync(home, "/sign-out");
        (await kept.GetAsync("/app/people")).StatusCode.ShouldBe(HttpStatusCode.Redirect);

        await pages.SignInAsync(tenant.Administrator.Email, TestPerson.Password);
        var before = pages.Cookies;
        await pages.SignInAsync(tenant.Administrator.Email, TestPerson.Password);
        pages.Cookies.ShouldNotBe(before);
        kept.DefaultRequestHeaders.Remove("Cookie");
        kept.DefaultRequestHeaders.Add("Cookie", before);
        (await kept.GetAsync("/app/people")).StatusCode.ShouldBe(HttpStatusCode.Redirect, "the session that the browser came with is over");
    }
}
