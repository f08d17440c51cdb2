using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Trellis.Identity.Published;

namespace Trellis.Identity.Tests;

/// <summary>Company sign-in against a real provider, and against one that does wrong.</summary>
public sealed class CompanySignInTests
{
    private static readonly string[] Settings = ["--TRELLIS_OUTBOUND=private"];

    [SkippableTheory, Databases]
    public async Task A_companys_people_sign_in_with_its_provider_and_groups_give_the_roles(Database database)
    {
        await using var app = await TestApp.StartAsync(database, settings: Settings);
        var tenant = await app.TenantAsync();
        var company = await SetAsync(tenant, new CompanyForm { On = false, Issuer = "https://id.company.example" });
        await using var provider = await Node.StartAsync("provider.mjs", "trellis", "s3cret/+ %", $"{app.Address}/sign-in/company/{company}/callback");
        (await SetAsync(tenant, new CompanyForm { On = true, Issuer = provider.Said[0], Groups = "money = Finance\nchannel = Partner manager", CreatesPeople = true })).ShouldBe(company);

        using var visitor = new PageClient(app.Address);
        await ActAsync(provider, new { sub = "u-1", name = "Nora New", email = "Nora@Company.example", email_verified = true, groups = new[] { "money", "unknown" } });
        var page = await visitor.SubmitAsync(await visitor.GetAsync("/sign-in?next=/app/audit"), "sign-in-company", ("Company.Email", "nora@company.example"));
        page.Text.ShouldContain("You sign in on the pages of Company");
        var landed = await visitor.GetAsync(page.Document.QuerySelector("a.btn-primary")!.GetAttribute("href")!);
        landed.Address.AbsolutePath.ShouldBe("/app/audit", landed.Text);
        (await PersonAsync(tenant, "nora@company.example"))!.Roles.ShouldBe(Roles.Finance);

        await ActAsync(provider, new { sub = "u-1", name = "Nora New", email = "nora.married@company.example", email_verified = true, groups = new[] { "channel", "money" } });
        using var elsewhere = new PageClient(app.Address);
        (await elsewhere.GetAsync($"/sign-in/company/{company}/start")).Address.AbsolutePath.ShouldBe("/app");
        (await PersonAsync(tenant, "nora@company.example"))!.Roles.ShouldBe($"{Roles.Finance} {Roles.PartnerManager}", "the subject stays when the address changes");
        (await visitor.GetAsync("/app/audit")).Address.AbsolutePath.ShouldBe("/sign-in", "other roles end the sessions with the old ones");

        await ActAsync(provider, new { sub = "u-2", email = "no.group@company.example", email_verified = true });
        await RefusedAsync(app, company, "your groups give you no role");
        await ActAsync(provider, new { sub = "u-3", email = "u3@elsewhere.example", email_verified = true, groups = new[] { "money" } });
        await RefusedAsync(app, company, "does not belong to one of its domains");
        var stranger = await (await app.TenantAsync()).StaffAsync(Roles.Finance);
        await ActAsync(provider, new { sub = "u-4", email = stranger.Email, email_verified = true, groups = new[] { "money" } });
        await RefusedAsync(app, company, "does not belong to one of its domains");
        await SetAsync(tenant, new CompanyForm { On = true, Issuer = provider.Said[0], Groups = "money = Finance", CreatesPeople = true, Domains = "company.example people.example" });
        using (var first = new PageClient(app.Address)) (await first.GetAsync($"/sign-in/company/{company}/start")).Address.AbsolutePath.ShouldBe("/app", "another company's person is none of this one");
        (await PersonAsync(tenant, stranger.Email))!.Id.ShouldNotBe(stranger.Actor.Person);
        var seller = await tenant.PartnerPersonAsync(Ids.New<PartnerId>(DateTime.UtcNow), "Bright");
        await ActAsync(provider, new { sub = "u-6", email = seller.Email, email_verified = true, groups = new[] { "money" } });
        await RefusedAsync(app, company, "somebody of a partner signs in with your e-mail address");

        var known = await tenant.StaffAsync(Roles.Marketing);
        await ActAsync(provider, new { sub = "u-5", email = known.Email, email_verified = true, groups = new[] { "money" } });
        using var linked = new PageClient(app.Address);
        (await linked.GetAsync($"/sign-in/company/{company}/start")).Address.AbsolutePath.ShouldBe("/app");
        (await PersonAsync(tenant, known.Email))!.Roles.ShouldBe(Roles.Finance);
        await tenant.Administrator.DoAsync<ChangeState, Result<Done>>(c => c.RunAsync((known.Actor.Person, PersonState.Suspended), default));
        await RefusedAsync(app, company, "is suspended");
        (await tenant.AuditAsync()).Count(a => a.Action == "identity.sign_in_refused" && a.Changes.Contains("single_sign_on")).ShouldBe(5);
    }

    [SkippableTheory, Databases]
    public async Task What_a_false_provider_or_a_false_answer_says_is_refused(Database database)
    {
        await using var app = await TestApp.StartAsync(database, settings: Settings);
        var tenant = await app.TenantAsync();
        await using var provider = await Node.StartAsync("attacker.mjs");
        var company = await SetAsync(tenant, new CompanyForm { On = true, Issuer = provider.Said[0], CreatesPeople = true, DefaultRole = Roles.Executive });
        using var control = new HttpClient { BaseAddress = new Uri(provider.Said[1]) };
        string[] attacks = ["issuer", "audience", "party", "audiences", "nonce", "no-nonce", "expired", "future", "subject", "unverified", "domain", "alg-none", "alg-hs256", "key", "no-token", "error", "state", "no-state", "mix-up", "no-code", "denied"];
        var let = new List<string>();
        foreach (var attack in attacks)
        {
            await control.PostAsync("/attack", new StringContent(attack));
            using var visitor = new PageClient(app.Address);
            var end = await visitor.GetAsync($"/sign-in/company/{company}/start");
            if (end.Address.AbsolutePath != "/sign-in" || (await visitor.GetAsync("/app")).Address.AbsolutePath != "/sign-in") let.Add(attack);
        }

        let.ShouldBeEmpty();
        (await PersonAsync(tenant, "mock@company.example")).ShouldBeNull();

        await control.PostAsync("/attack", new StringContent("none"));
        using var honest = new PageClient(app.Address);
        (await honest.GetAsync($"/sign-in/company/{company}/start")).Address.AbsolutePath.ShouldBe("/app", "without an attack it works, so it was the attacks that were refused");
        await control.PostAsync("/attack", new StringContent("older"));
        using var replayed = new PageClient(app.Address);
        (await replayed.GetAsync($"/sign-in/company/{company}/start")).Address.AbsolutePath.ShouldBe("/sign-in", "a token of an earlier sign-in");
    }

    [SkippableTheory, Databases]
    public async Task An_answer_counts_in_the_browser_that_began_and_once(Database database)
    {
        await using var app = await TestApp.StartAsync(database, settings: Settings);
        var tenant = await app.TenantAsync();
        await using var provider = await Node.StartAsync("attacker.mjs");
        var company = await SetAsync(tenant, new CompanyForm { On = true, Issuer = provider.Said[0], CreatesPeople = true, DefaultRole = Roles.Executive });
        using var victim = app.Plain();
        var away = (await victim.GetAsync($"/sign-in/company/{company}/start")).Headers.Location!;
        away.Query.ShouldContain("code_challenge_method=S256");
        using var direct = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        var back = (await direct.GetAsync(away)).Headers.Location!;

        using var other = new PageClient(app.Address);
        (await other.GetAsync(back.PathAndQuery)).Text.ShouldContain("was begun in this browser");
        (await victim.GetAsync(back.PathAndQuery)).Headers.Location!.ToString().ShouldBe("/app");
        (await victim.GetAsync(back.PathAndQuery)).Headers.Location!.ToString().ShouldBe("/sign-in", "the same answer once more");

        using var twice = app.Plain();
        away = (await twice.GetAsync($"/sign-in/company/{company}/start")).Headers.Location!;
        back = (await direct.GetAsync(away)).Headers.Location!;
        var foreign = back.PathAndQuery.Replace(company.ToString(), Ids.New<CompanyId>(DateTime.UtcNow).ToString());
        (await twice.GetAsync(foreign)).StatusCode.ShouldBe(HttpStatusCode.NotFound, "another company's return address");
    }

    [SkippableTheory, Databases]
    public async Task A_provider_in_a_private_network_or_without_TLS_is_not_asked(Database database)
    {
        var tenant = await (await TestApp.SharedAsync(database)).TenantAsync();
        foreach (var issuer in new[] { "http://id.company.example", "https://127.0.0.1:9", "https://[::1]", "https://169.254.169.254", "https://10.0.0.1", "https://user@id.company.example", "file:///etc/passwd", "https://0x7f.1", "nonsense" })
        {
            var refused = await RunAsync(tenant, new CompanyForm { On = true, Issuer = issuer });
            refused.Problem!.Errors.Keys.ShouldContain("issuer", issuer);
        }
    }

    [SkippableTheory, Databases]
    public async Task A_domain_belongs_to_one_company_and_only_an_administrator_sets_it(Database database)
    {
        var app = await TestApp.SharedAsync(database);
        var (one, other) = (await app.TenantAsync(), await app.TenantAsync());
        var domain = $"d{Guid.CreateVersion7():N}.example";
        await using (var scope = app.Services.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<Db>();
            db.Add(new CompanyDomain { Domain = domain, TenantId = one.Id, CompanyId = Ids.New<CompanyId>(DateTime.UtcNow) });
            await db.SaveChangesAsync();
        }

        (await RunAsync(other, new CompanyForm { Issuer = "https://id.example", Domains = domain })).Problem!.Errors.Keys.ShouldContain("domains");
        var staff = await other.StaffAsync(Roles.ChannelOperations);
        (await staff.DoAsync<SetCompany, Result<CompanyId>>(s => s.RunAsync(new CompanyForm(), default))).Problem!.Kind.ShouldBe(ProblemKind.Denied);
        (await other.Administrator.DoAsync<SetCompany, Result<CompanyId>>(s => s.RunAsync(new CompanyForm(), default))).Problem!.Code.ShouldBe("identity.confirm_first");
    }

    [Fact]
    public void Addresses_are_judged_by_the_registries_of_special_purposes()
    {
        string[] closed = ["127.0.0.1", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "255.255.255.255", "224.0.0.1", "192.0.2.1", "198.51.100.1", "203.0.113.1", "198.18.0.1", "::1", "::", "fe80::1", "fc00::1", "fd12::1", "ff02::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "2001:db8::1", "2002:7f00:1::", "2001::1"];
        closed.Where(a => Outbound.IsPublic(IPAddress.Parse(a))).ShouldBeEmpty();
        string[] open = ["1.1.1.1", "8.8.8.8", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "2a00:1450:4001::1"];
        open.Where(a => !Outbound.IsPublic(IPAddress.Parse(a))).ShouldBeEmpty();
    }

    internal static async Task ActAsync(Node provider, object person)
    {
        using var http = new HttpClient();
        (await http.PostAsJsonAsync(provider.Said[0] + "/as", person)).EnsureSuccessStatusCode();
    }

    internal static async Task RefusedAsync(TestApp app, CompanyId company, string why)
    {
        using var visitor = new PageClient(app.Address);
        var page = await visitor.GetAsync($"/sign-in/company/{company}/start");
        page.Address.AbsolutePath.ShouldBe("/sign-in");
        page.Alert()!.ShouldContain(why);
    }

    internal static async Task<CompanyId> SetAsync(TestTenant tenant, CompanyForm form)
    {
        var result = await RunAsync(tenant, form);
        result.Ok.ShouldBeTrue(result.Ok ? "" : result.Problem.Message);
        return result.Value;
    }

    // As the page does it: in a session that was confirmed just now.
    internal static async Task<Result<CompanyId>> RunAsync(TestTenant tenant, CompanyForm form)
    {
        await using var scope = tenant.App.Services.CreateAsyncScope();
        var (services, now) = (scope.ServiceProvider, tenant.App.Clock.GetUtcNow().UtcDateTime);
        services.GetRequiredService<CurrentActor>().Actor = tenant.Administrator.Actor;
        services.GetRequiredService<CurrentSession>().Session = new Session { Stamp = "", Device = "Test", Address = "Test", Since = now, SeenAt = now, ConfirmedAt = now };
        (form.Name, form.ClientId, form.Secret, form.GroupsClaim, form.Domains) = (form.Name ?? "Company", "trellis", "s3cret/+ %", "groups", form.Domains ?? "company.example");
        return await services.GetRequiredService<SetCompany>().RunAsync(form, default);
    }

    internal static Task<Person?> PersonAsync(TestTenant tenant, string email) =>
        tenant.AsSystemAsync<Db, Person?>(db => db.Set<Person>().AsNoTracking().SingleOrDefaultAsync(p => p.Email == email));
}
