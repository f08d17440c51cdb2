using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Trellis.Identity.Published;
using Trellis.Identity.Settings;

namespace Trellis.Identity.Tests;

/// <summary>One address at several companies of an installation: each has a person, a password and sessions of its own.</summary>
public sealed class CompaniesTests
{
    private const string Other = "mango violin tray ticket";

    [SkippableTheory, Databases]
    public async Task Equal_passwords_open_both_companies_and_the_menu_switches(Database database)
    {
        var (east, west) = await BothAsync(database, TestPerson.Password, TestPerson.Password);
        using var pages = new PageClient(east.App.Address);
        (await pages.SignInAsync(east.Email, TestPerson.Password)).Address.AbsolutePath.ShouldBe("/app");
        var page = await pages.GetAsync("/account/security");
        Menu(page).ShouldBe([$"{east.Name} true", $"{west.Name} false"], "both at their first time: by name");
        page.Document.QuerySelector("#person a[href='/sign-in?add=1']").ShouldNotBeNull();

        page = await pages.SubmitAsync(page, "/switch-company", ("company", west.Tenant.ToString()));
        (page.Status, page.Address.AbsolutePath).ShouldBe((HttpStatusCode.OK, "/app"));
        Menu(page).ShouldBe([$"{east.Name} false", $"{west.Name} true"]);
        (await pages.GetAsync("/account/security")).Document.QuerySelector(".t-person small")!.TextContent.ShouldBe(west.Name);
        (await west.SessionsAsync(), await east.SessionsAsync()).ShouldBe((1, 1));
        (await west.Home.AuditAsync()).Count(a => a.Action == "identity.signed_in").ShouldBe(1);

        page = await pages.SubmitAsync(page, "/switch-company", ("company", east.Tenant.ToString()));
        Menu(page).ShouldBe([$"{east.Name} true", $"{west.Name} false"]);

        await pages.SubmitAsync(await pages.SubmitAsync(page, "/switch-company", ("company", west.Tenant.ToString())), "/sign-out");
        (await pages.SignInAsync(east.Email, TestPerson.Password)).Document.QuerySelector(".t-person small")!.TextContent.ShouldBe(east.Name, "the one that was signed in to last in this browser, by name among equals");
    }

    [SkippableTheory, Databases]
    public async Task Each_password_opens_its_own_company_and_another_is_added(Database database)
    {
        var (east, west) = await BothAsync(database, TestPerson.Password, Other);
        using var pages = new PageClient(east.App.Address);
        var page = await pages.SignInAsync(east.Email, TestPerson.Password);
        Menu(page).ShouldBeEmpty();
        page.Document.QuerySelector(".t-person small")!.TextContent.ShouldBe(east.Name);
        page.Document.DocumentElement.OuterHtml.ShouldNotContain(west.Name, Case.Sensitive, "nobody is told what was not proved");
        (await west.SessionsAsync()).ShouldBe(0);
        (await west.Home.AuditAsync()).ShouldNotContain(a => a.Action == "identity.signed_in" || a.Action == "identity.sign_in_refused");

        var add = await pages.GetAsync("/sign-in?add=1");
        add.Text.ShouldContain("Sign in to another company");
        page = await pages.SubmitAsync(add, "sign-in", ("Input.Email", west.Email), ("Input.Password", Other));
        Menu(page).ShouldBe([$"{east.Name} false", $"{west.Name} true"]);
        page = await pages.SubmitAsync(page, "/switch-company", ("company", east.Tenant.ToString()));
        Menu(page).ShouldBe([$"{east.Name} true", $"{west.Name} false"]);

        page = await pages.SubmitAsync(await pages.GetAsync("/sign-in?add=1"), "sign-in", ("Input.Email", west.Email), ("Input.Password", Other));
        Menu(page).ShouldBe([$"{east.Name} false", $"{west.Name} true"]);
        (await west.SessionsAsync()).ShouldBe(1, "a session of the same company is replaced");
    }

    [SkippableTheory, Databases]
    public async Task A_wrong_password_opens_nothing_and_counts_once_at_each_company(Database database)
    {
        var (east, west) = await BothAsync(database, TestPerson.Password, Other);
        using var pages = new PageClient(east.App.Address);
        var page = await pages.SignInAsync(east.Email, "wrong password here");
        page.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        page.Text.ShouldContain("do not belong together");
        foreach (var one in new[] { east, west })
        {
            (await one.Home.AuditAsync()).Count(a => a.Action == "identity.sign_in_refused").ShouldBe(1);
            (await one.UsedAsync()).ShouldBe(1, 0.1);
        }
    }

    [SkippableTheory, Databases]
    public async Task Whoever_holds_the_account_at_one_company_gets_no_free_guesses_at_another(Database database)
    {
        var (east, west) = await BothAsync(database, TestPerson.Password, Other);
        var knock = new Knock("127.0.0.1", null, []);
        for (var i = 0; i < 12; i++)
            (await west.Home.AsAsync<SignIn, Result<SignedIn>>(Actor.Anonymous, s => s.ByPasswordAsync(east.Email, Other, knock, default))).Ok.ShouldBeTrue();
        (await west.UsedAsync()).ShouldBe(0, 0.1);
        (await east.UsedAsync()).ShouldBe(12, 0.5, "each of them was also a guess here");
        (await west.Home.AsAsync<SignIn, Result<SignedIn>>(Actor.Anonymous, s => s.ByPasswordAsync(east.Email, TestPerson.Password, knock, default))).Value.Tenant.ShouldBe(east.Tenant, "and made nobody wait");
    }

    [SkippableTheory, Databases]
    public async Task A_company_with_a_second_factor_is_not_opened_on_the_side(Database database)
    {
        var (east, west) = await BothAsync(database, TestPerson.Password, TestPerson.Password);
        using (var setting = new PageClient(east.App.Address))
        {
            var page = await setting.SignInAsync(east.Email, TestPerson.Password);
            await setting.SubmitAsync(page, "/switch-company", ("company", west.Tenant.ToString()));
            await setting.SetUpFactorAsync(east.App.Clock.GetUtcNow().UtcDateTime);
        }

        using var pages = new PageClient(east.App.Address);
        await east.Home.AsSystemAsync<Db, int>(db => db.Set<Session>().ExecuteDeleteAsync());
        await west.Home.AsSystemAsync<Db, int>(db => db.Set<Session>().ExecuteDeleteAsync());
        var landed = await pages.SignInAsync(east.Email, TestPerson.Password);
        landed.Address.AbsolutePath.ShouldBe("/app");
        Menu(landed).ShouldBeEmpty();
        (await west.SessionsAsync()).ShouldBe(0);

        var codePage = await pages.SubmitAsync(await pages.GetAsync("/sign-in?add=1"), "sign-in", ("Input.Email", west.Email), ("Input.Password", TestPerson.Password));
        codePage.Address.AbsolutePath.ShouldBe("/app", "the one used last in this browser comes first");
        await west.Home.AsSystemAsync<Db, int>(db => db.Set<Attempt>().ExecuteDeleteAsync());
    }

    [SkippableTheory, Databases]
    public async Task A_second_factor_of_the_active_company_is_asked_for_before_any_opens(Database database)
    {
        var (east, west) = await BothAsync(database, TestPerson.Password, TestPerson.Password);
        using var pages = new PageClient(east.App.Address);
        await pages.SignInAsync(east.Email, TestPerson.Password);
        var (_, recovery) = await pages.SetUpFactorAsync(east.App.Clock.GetUtcNow().UtcDateTime);
        await pages.SubmitAsync(await pages.GetAsync("/account/security"), "/sign-out");
        (await east.SessionsAsync(), await west.SessionsAsync()).ShouldBe((0, 0));

        var code = await pages.SignInAsync(east.Email, TestPerson.Password);
        code.Address.AbsolutePath.ShouldBe("/sign-in/code");
        (await east.SessionsAsync(), await west.SessionsAsync()).ShouldBe((0, 0));
        var landed = await pages.SubmitAsync(code, "code", ("Input.Code", recovery[0]));
        Menu(landed).ShouldBe([$"{east.Name} true", $"{west.Name} false"]);
    }

    [SkippableTheory, Databases]
    public async Task Suspended_at_one_company_somebody_signs_in_at_the_other(Database database)
    {
        var (east, west) = await BothAsync(database, TestPerson.Password, TestPerson.Password);
        using var open = new PageClient(east.App.Address);
        var before = await open.SignInAsync(east.Email, TestPerson.Password);
        await west.Home.Administrator.DoAsync<ChangeState, Result<Done>>(c => c.RunAsync((west.Person, PersonState.Suspended), default));
        var refused = await open.SubmitAsync(before, "/switch-company", ("company", west.Tenant.ToString()));
        refused.Alert()!.ShouldContain($"Your session at {west.Name} is over");

        using var pages = new PageClient(east.App.Address);
        Menu(await pages.SignInAsync(east.Email, TestPerson.Password)).ShouldBeEmpty();
        (await pages.GetAsync("/account/security")).Document.QuerySelector(".t-person small")!.TextContent.ShouldBe(east.Name);
    }

    [SkippableTheory, Databases]
    public async Task A_session_that_was_ended_while_it_lay_aside_is_dropped_at_the_switch(Database database)
    {
        var (east, west) = await BothAsync(database, TestPerson.Password, TestPerson.Password);
        using var pages = new PageClient(east.App.Address);
        var page = await pages.SignInAsync(east.Email, TestPerson.Password);
        var session = await west.Home.AsSystemAsync<Db, SessionId>(db => db.Set<Session>().Select(s => s.Id).SingleAsync());
        (await west.Home.Administrator.DoAsync<EndSession, Result<Done>>(e => e.RunAsync(session, default))).Ok.ShouldBeTrue();

        var over = await pages.SubmitAsync(page, "/switch-company", ("company", west.Tenant.ToString()));
        over.Address.PathAndQuery.ShouldBe("/sign-in?add=1");
        over.Alert()!.ShouldContain($"Your session at {west.Name} is over. Sign in there again.");
        var here = await pages.GetAsync("/account/security");
        here.Document.QuerySelector(".t-person small")!.TextContent.ShouldBe(east.Name, "the active one goes on");
        Menu(here).ShouldBeEmpty();
    }

    [SkippableTheory, Databases]
    public async Task A_password_changed_elsewhere_ends_the_session_that_lies_aside(Database database)
    {
        var (east, west) = await BothAsync(database, TestPerson.Password, TestPerson.Password);
        using var pages = new PageClient(east.App.Address);
        var page = await pages.SignInAsync(east.Email, TestPerson.Password);
        using var second = new PageClient(east.App.Address);
        await second.SubmitAsync(await second.SignInAsync(east.Email, TestPerson.Password), "/switch-company", ("company", west.Tenant.ToString()));
        (await second.SubmitAsync(await second.GetAsync("/account/password"), "password", ("Input.Password", Other))).Address.AbsolutePath.ShouldBe("/account/security");
        Menu(await second.GetAsync("/account/security")).ShouldBe([$"{east.Name} false", $"{west.Name} true"], "a new name for the session keeps what lies aside");

        (await pages.SubmitAsync(page, "/switch-company", ("company", west.Tenant.ToString()))).Alert()!.ShouldContain("is over");
        using var again = new PageClient(east.App.Address);
        Menu(await again.SignInAsync(east.Email, TestPerson.Password)).ShouldBeEmpty();
    }

    [SkippableTheory, Databases]
    public async Task Signing_out_ends_every_session_of_the_browser(Database database)
    {
        var (east, west) = await BothAsync(database, TestPerson.Password, TestPerson.Password);
        using var pages = new PageClient(east.App.Address);
        var page = await pages.SignInAsync(east.Email, TestPerson.Password);
        (await east.SessionsAsync(), await west.SessionsAsync()).ShouldBe((1, 1));
        (await pages.SubmitAsync(page, "/sign-out")).Address.AbsolutePath.ShouldBe("/sign-in");
        (await east.SessionsAsync(), await west.SessionsAsync()).ShouldBe((0, 0));
        (await east.Home.AuditAsync()).Count(a => a.Action == "identity.signed_out" && a.ActorPerson == east.Person).ShouldBe(1);
        (await west.Home.AuditAsync()).Count(a => a.Action == "identity.signed_out" && a.ActorPerson == west.Person).ShouldBe(1);
        (await pages.GetAsync("/app/people")).Address.AbsolutePath.ShouldBe("/sign-in");
    }

    [SkippableTheory, Databases]
    public async Task Nobody_switches_to_a_company_that_this_browser_has_not_open(Database database)
    {
        var (east, west) = await BothAsync(database, TestPerson.Password, Other);
        using var pages = new PageClient(east.App.Address);
        var page = await pages.SignInAsync(east.Email, TestPerson.Password);
        var token = page.Document.QuerySelector("[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        using (var inWest = new PageClient(east.App.Address)) await inWest.SignInAsync(west.Email, Other);

        (await PostAsync(west.Tenant.ToString(), token)).ShouldBe(HttpStatusCode.NotFound, "open, but in another browser");
        (await PostAsync(west.Person.ToString(), token)).ShouldNotBe(HttpStatusCode.OK);
        (await PostAsync(default(TenantId).ToString(), token)).ShouldBe(HttpStatusCode.NotFound);
        (await PostAsync(west.Tenant.ToString(), null)).ShouldBe(HttpStatusCode.BadRequest);
        (await pages.GetAsync("/account/security")).Document.QuerySelector(".t-person small")!.TextContent.ShouldBe(east.Name);

        async Task<HttpStatusCode> PostAsync(string company, string? with)
        {
            var fields = new Dictionary<string, string> { ["company"] = company };
            if (with is not null) fields["__RequestVerificationToken"] = with;
            using var answer = await pages.Http.PostAsync("/switch-company", new FormUrlEncodedContent(fields));
            return answer.StatusCode;
        }
    }

    [SkippableTheory, Databases]
    public async Task A_form_that_was_filled_in_one_company_is_not_sent_in_another(Database database)
    {
        var (east, west) = await BothAsync(database, TestPerson.Password, TestPerson.Password);
        using var pages = new PageClient(east.App.Address);
        await pages.SignInAsync(east.Email, TestPerson.Password);
        var filled = await pages.GetAsync("/app/tokens");
        await pages.SubmitAsync(filled, "/switch-company", ("company", west.Tenant.ToString()));
        (await pages.SubmitAsync(filled, "issue", ("Input.Name", "Meant for the other"))).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await west.Home.AuditAsync()).ShouldNotContain(a => a.Action == "identity.issue_token");
    }

    [SkippableTheory, Databases]
    public async Task Where_the_active_session_is_over_the_sign_in_page_leads_on_to_the_others(Database database)
    {
        var (east, west) = await BothAsync(database, TestPerson.Password, TestPerson.Password);
        using var pages = new PageClient(east.App.Address);
        await pages.SignInAsync(east.Email, TestPerson.Password);
        await east.Home.AsSystemAsync<Db, int>(db => db.Set<Session>().ExecuteDeleteAsync());
        var wall = await pages.GetAsync("/app/tokens");
        wall.Address.AbsolutePath.ShouldBe("/sign-in");
        wall.Text.ShouldContain($"Go on at {west.Name}");
        var landed = await pages.SubmitAsync(wall, "/switch-company", ("company", west.Tenant.ToString()));
        landed.Document.QuerySelector(".t-person small")!.TextContent.ShouldBe(west.Name);
        Menu(landed).ShouldBeEmpty();
    }

    [SkippableTheory, Databases]
    public async Task Six_companies_are_open_at_most_and_the_oldest_is_ended(Database database)
    {
        var app = await TestApp.SharedAsync(database);
        List<Member> all = [];
        var email = $"many-{Guid.CreateVersion7():N}@people.example";
        for (var i = 0; i < 7; i++) all.Add(await MemberAsync(await app.TenantAsync(), email, $"{Other} number {i}"));
        using var pages = new PageClient(app.Address);
        var page = (VisitedPage?)null;
        for (var i = 0; i < 7; i++) page = await pages.SubmitAsync(await pages.GetAsync("/sign-in?add=1"), "sign-in", ("Input.Email", email), ("Input.Password", $"{Other} number {i}"));
        Menu(page!).Count.ShouldBe(6);
        (await Task.WhenAll(all.Select(m => m.SessionsAsync()))).ShouldBe([0, 1, 1, 1, 1, 1, 1]);
    }

    [SkippableTheory, Databases]
    public async Task A_companys_own_host_admits_its_own_people_only(Database database)
    {
        var (east, west) = await BothAsync(database, TestPerson.Password, Other);
        var host = $"partners-{Guid.CreateVersion7():N}.example";
        await west.Home.AsSystemAsync<Db, int>(async db =>
        {
            db.Add(new TenantHost { Host = host, TenantId = west.Tenant, Since = DateTime.UtcNow });
            return await db.SaveChangesAsync();
        });

        using var there = new PageClient(east.App.Address, host);
        (await there.SignInAsync(east.Email, TestPerson.Password)).Text.ShouldContain("do not belong together");
        var landed = await there.SignInAsync(east.Email, Other);
        landed.Document.QuerySelector(".t-person small")!.TextContent.ShouldBe(west.Name);
        landed.Document.QuerySelector("#person a[href='/sign-in?add=1']").ShouldBeNull();

        await there.SubmitAsync(await there.GetAsync("/sign-in"), "sign-in-link", ("Link.Email", east.Email));
        ((await east.MailsAsync()).Count, (await west.MailsAsync()).Count).ShouldBe((0, 1));

        using var general = new PageClient(east.App.Address);
        await general.SubmitAsync(await general.GetAsync("/sign-in"), "sign-in-link", ("Link.Email", east.Email));
        var link = Path((await east.MailsAsync()).Single());
        var refused = await there.SubmitAsync(await there.GetAsync(link), "link");
        (refused.Address.AbsolutePath, refused.Alert()).ShouldBe(("/sign-in", "At this address another company is at home. Sign in at the address of yours."));

        await general.SignInAsync(east.Email, TestPerson.Password);
        (await general.GetAsync("/account/security")).Status.ShouldBe(HttpStatusCode.OK);
        using var carried = east.App.Plain();
        carried.DefaultRequestHeaders.Host = host;
        carried.DefaultRequestHeaders.Add("Cookie", general.Cookies);
        using var answer = await carried.GetAsync("/account/security");
        answer.Headers.Location!.ToString().ShouldContain("/sign-in", Case.Sensitive, "a session of another company is none here");
    }

    [SkippableTheory, Databases]
    public async Task Each_company_mails_a_link_of_its_own_that_opens_it_alone(Database database)
    {
        var (east, west) = await BothAsync(database, TestPerson.Password, TestPerson.Password);
        using var visitor = new PageClient(east.App.Address);
        var said = await visitor.SubmitAsync(await visitor.GetAsync("/sign-in"), "sign-in-link", ("Link.Email", east.Email));
        using var stranger = new PageClient(east.App.Address);
        (await stranger.SubmitAsync(await stranger.GetAsync("/sign-in"), "sign-in-link", ("Link.Email", $"nobody-{Guid.CreateVersion7():N}@nowhere.example"))).Text.ShouldBe(said.Text);

        foreach (var (one, other) in new[] { (east, west), (west, east) })
        {
            var mail = (await one.MailsAsync()).Single();
            mail.Subject.ShouldBe($"Your sign-in link for {one.Name}");
            mail.Body.ShouldContain(one.Name);
            mail.Body.ShouldNotContain(other.Name);
            using var pages = new PageClient(east.App.Address);
            var landed = await pages.SubmitAsync(await pages.GetAsync(Path(mail)), "link");
            landed.Document.QuerySelector(".t-person small")!.TextContent.ShouldBe(one.Name);
            Menu(landed).ShouldBeEmpty();
            (await other.SessionsAsync()).ShouldBe(one == east ? 0 : 1);
        }
    }

    [SkippableTheory, Databases]
    public async Task A_link_while_another_company_is_open_adds_to_it(Database database)
    {
        var (east, west) = await BothAsync(database, TestPerson.Password, Other);
        using var pages = new PageClient(east.App.Address);
        await pages.SignInAsync(east.Email, TestPerson.Password);
        await pages.SubmitAsync(await pages.GetAsync("/sign-in?add=1"), "sign-in-link", ("Link.Email", east.Email));
        var landed = await pages.SubmitAsync(await pages.GetAsync(Path((await west.MailsAsync()).Single())), "link");
        Menu(landed).ShouldBe([$"{east.Name} false", $"{west.Name} true"]);
    }

    [SkippableTheory, Databases]
    public async Task A_reset_sets_the_password_of_its_company_only(Database database)
    {
        var (east, west) = await BothAsync(database, TestPerson.Password, TestPerson.Password);
        using var visitor = new PageClient(east.App.Address);
        await visitor.SubmitAsync(await visitor.GetAsync("/sign-in/forgot"), "forgot", ("Input.Email", east.Email));
        (await east.MailsAsync()).Single().Subject.ShouldBe($"Set a new password for {east.Name}");
        var path = Path((await west.MailsAsync()).Single());
        (await visitor.SubmitAsync(await visitor.GetAsync(path), "reset", ("Input.Password", Other))).Alert()!.ShouldContain("has been set");
        (await visitor.SignInAsync(east.Email, Other)).Document.QuerySelector(".t-person small")!.TextContent.ShouldBe(west.Name);
        using var old = new PageClient(east.App.Address);
        var page = await old.SignInAsync(east.Email, TestPerson.Password);
        page.Document.QuerySelector(".t-person small")!.TextContent.ShouldBe(east.Name);
        Menu(page).ShouldBeEmpty();
        (await east.Home.AuditAsync()).Count(a => a.Action == "identity.reset_asked").ShouldBe(1);
        (await west.Home.AuditAsync()).Count(a => a.Action == "identity.reset_asked").ShouldBe(1);
    }

    [SkippableTheory, Databases]
    public async Task An_address_is_free_in_a_company_whoever_else_knows_it(Database database)
    {
        var (east, west) = await BothAsync(database, TestPerson.Password, Other);
        var partner = Ids.New<PartnerId>(DateTime.UtcNow);
        var third = await east.App.TenantAsync();
        (await third.Administrator.DoAsync<JoinPartner, Result<PersonId>>(j => j.RunAsync(new NewMember("Bea", east.Email, partner, "Bright", Roles.PartnerSales, s => "http://x/" + s), default))).Ok.ShouldBeTrue();
        var fourth = await east.App.TenantAsync();
        (await fourth.Administrator.DoAsync<InviteStaff, Result<PersonId>>(j => j.RunAsync(new NewPerson("Bea", east.Email, [Roles.Finance]), default))).Ok.ShouldBeTrue();

        var again = await east.Home.Administrator.DoAsync<CreatePerson, Result<PersonId>>(c => c.RunAsync(new NewPerson("Bea", east.Email, [Roles.Finance]), default));
        again.Problem!.Errors["email"].ShouldBe(["Somebody already signs in with this address."]);
        (await east.Home.AsSystemAsync<Db, int>(db => db.Set<Login>().CountAsync(l => l.Email == east.Email))).ShouldBe(4);
    }

    [SkippableTheory, Databases]
    public async Task Erasing_a_person_in_one_company_leaves_the_other(Database database)
    {
        var (east, west) = await BothAsync(database, TestPerson.Password, TestPerson.Password);
        using var visitor = new PageClient(east.App.Address);
        await visitor.SubmitAsync(await visitor.GetAsync("/sign-in"), "sign-in-link", ("Link.Email", east.Email));
        using var api = await east.Home.Administrator.ApiAsync();
        (await api.PostAsJsonAsync($"/api/v1/people/{east.Person}/erase", new { address = east.Email, reason = "Asked for it" })).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await east.Home.AsSystemAsync<Db, List<TenantId>>(db => db.Set<Login>().Where(l => l.Email == east.Email).Select(l => l.TenantId).ToListAsync())).ShouldBe([west.Tenant]);
        (await west.MailsAsync()).Count.ShouldBe(1);
        using var pages = new PageClient(east.App.Address);
        (await pages.SignInAsync(east.Email, TestPerson.Password)).Document.QuerySelector(".t-person small")!.TextContent.ShouldBe(west.Name);
    }

    [SkippableTheory, Databases]
    public async Task A_look_through_somebodys_eyes_ends_with_the_switch(Database database)
    {
        var app = await TestApp.SharedAsync(database);
        var (east, west) = (await app.TenantAsync(), await app.TenantAsync());
        var email = $"look-{Guid.CreateVersion7():N}@people.example";
        var first = await MemberAsync(east, email, TestPerson.Password, Roles.Administrator);
        var second = await MemberAsync(west, email, TestPerson.Password);
        var partner = Ids.New<PartnerId>(DateTime.UtcNow);
        var seen = await east.PartnerPersonAsync(partner, "Bright");
        using var pages = new PageClient(app.Address);
        var page = await pages.SignInAsync(email, TestPerson.Password);
        if (page.Document.QuerySelector(".t-person small")!.TextContent != first.Name) page = await pages.SubmitAsync(page, "/switch-company", ("company", first.Tenant.ToString()));
        var token = page.Document.QuerySelector("[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        var looking = await pages.SubmitAsync(await pages.GetAsync($"/app/view-as/{seen.Actor.Person}/{partner}"), "begin", ("Input.Reason", "They called"));
        looking.Text.ShouldContain("you are looking as");
        looking.Document.QuerySelector("form[action='/switch-company']").ShouldBeNull();
        using var refused = await pages.Http.PostAsync("/switch-company", new FormUrlEncodedContent(new Dictionary<string, string> { ["company"] = second.Tenant.ToString(), ["__RequestVerificationToken"] = token }));
        refused.StatusCode.ShouldNotBe(HttpStatusCode.OK);
        (await pages.GetAsync("/portal")).Text.ShouldContain("you are looking as", Case.Insensitive, "nothing is switched during a look");
    }

    [SkippableTheory, Databases]
    public async Task Another_company_is_founded_and_its_administrator_sets_a_password(Database database)
    {
        var (east, _) = await BothAsync(database, TestPerson.Password, Other);
        var name = $"Founded {Guid.CreateVersion7():N}";
        var wanted = new NewCompany(name, "Bea Both", east.Email, "EUR", "Europe/Berlin", "de");
        var path = (await FoundAsync(wanted)).Value;
        (await FoundAsync(wanted with { Name = " " + name.ToUpperInvariant() })).Problem!.Errors["name"].Single().ShouldContain("already");
        var wrong = (await FoundAsync(new NewCompany("", null, "nobody", "XXX", "Mars/Olympus", "tlh"))).Problem!;
        wrong.Errors.Keys.ShouldBe(["name", "adminName", "adminEmail", "currency", "timeZone", "language"], ignoreOrder: true);

        using var visitor = new PageClient(east.App.Address);
        (await visitor.SubmitAsync(await visitor.GetAsync(path), "reset", ("Input.Password", "quartz lemon bridge parade"))).Alert()!.ShouldContain("has been set");
        var home = await visitor.SignInAsync(east.Email, "quartz lemon bridge parade");
        (home.Status, home.Address.AbsolutePath).ShouldBe((HttpStatusCode.OK, "/app"));
        home.Document.QuerySelector(".t-person small")!.TextContent.ShouldBe(name);
        foreach (var page in new[] { "/app/people", "/app/roles", "/app/settings/company", "/app/audit" }) (await visitor.GetAsync(page)).Status.ShouldBe(HttpStatusCode.OK, page);
        (await visitor.GetAsync(path)).Document.QuerySelector("input[type=password]").ShouldBeNull("once");

        var several = await TokenAsync(null);
        several.Problem!.Message.ShouldContain(name);
        (await TokenAsync(name.ToUpperInvariant())).Value.ShouldStartWith("trl_");

        Task<Result<string>> FoundAsync(NewCompany company) => east.Home.AsAsync<FoundCompany, Result<string>>(Actor.Anonymous, f => f.RunAsync(company, default));
        Task<Result<string>> TokenAsync(string? company) => east.Home.AsAsync<TokenOfPerson, Result<string>>(Actor.Anonymous, t => t.IssueAsync(east.Email, company, default));
    }

    // The companies in the menu of the account, and whether each is the current one.
    private static List<string> Menu(VisitedPage page) =>
        [.. page.Document.QuerySelectorAll("#person form[action='/switch-company'] button").Select(b => $"{b.TextContent.Trim()} {b.GetAttribute("aria-pressed")}")];

    private static string Path(MailRow mail) => new Uri(mail.Body.Split('\n').Single(l => l.StartsWith("http", StringComparison.Ordinal))).PathAndQuery;

    private static async Task<(Member East, Member West)> BothAsync(Database database, string inEast, string inWest)
    {
        var app = await TestApp.SharedAsync(database);
        var email = $"bea-{Guid.CreateVersion7():N}@people.example";
        return (await MemberAsync(await app.TenantAsync(), email, inEast, name: "East"), await MemberAsync(await app.TenantAsync(), email, inWest, name: "West"));
    }

    private static async Task<Member> MemberAsync(TestTenant home, string email, string password, string role = Roles.ChannelOperations, string name = "Company")
    {
        var called = $"{name} {home.Id.Value:N}";
        await home.AsSystemAsync<Db, int>(db => db.Set<Tenant>().ExecuteUpdateAsync(s => s.SetProperty(t => t.Name, called)));
        await home.AsSystemAsync<SettingsShelf, int>(shelf =>
        {
            shelf.Forget(home.Id);
            return Task.FromResult(0);
        });
        var created = await home.Administrator.DoAsync<CreatePerson, Result<PersonId>>(c => c.RunAsync(new NewPerson("Bea Both", email, [role]) { Password = password }, default));
        return new Member(home, created.Value, email, called);
    }

    /// <summary>Somebody's person at one company.</summary>
    private sealed record Member(TestTenant Home, PersonId Person, string Email, string Name)
    {
        public TestApp App => Home.App;

        public TenantId Tenant => Home.Id;

        public Task<int> SessionsAsync() => Home.AsSystemAsync<Db, int>(db => db.Set<Session>().CountAsync(s => s.PersonId == Person));

        public async Task<List<MailRow>> MailsAsync() => [.. (await Home.MailsAsync()).Where(m => m.To == Email)];

        // How many guesses at this person's password are counted, from wherever.
        public Task<double> UsedAsync()
        {
            var key = Secrets.HashOf(Limits.Password(Email, Tenant, Person, new Knock("127.0.0.1", null, []))[1].Key);
            return Home.AsSystemAsync<Db, double>(db => db.Set<Attempt>().Where(a => a.Key == key).Select(a => a.Used).SingleAsync());
        }
    }
}
