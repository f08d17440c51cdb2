using System.Net;
using Microsoft.EntityFrameworkCore;
using Trellis.Identity.Published;
using static Trellis.Identity.Tests.CompanySignInTests;

namespace Trellis.Identity.Tests;

/// <summary>A partner's people sign in with the provider of their own company, against a real one.</summary>
public sealed class PartnerSignInTests
{
    private static readonly string[] Settings = ["--TRELLIS_OUTBOUND=private"];

    [SkippableTheory, Databases]
    public async Task A_partners_provider_opens_its_own_partner_and_nothing_else(Database database)
    {
        await using var app = await TestApp.StartAsync(database, settings: Settings);
        var tenant = await app.TenantAsync();
        var (bright, clear) = (Ids.New<PartnerId>(DateTime.UtcNow), Ids.New<PartnerId>(DateTime.UtcNow));
        var admin = await tenant.PartnerPersonAsync(bright, "Bright", Roles.PartnerAdmin);
        var rival = await tenant.PartnerPersonAsync(clear, "Clear", Roles.PartnerAdmin);
        var staff = await tenant.StaffAsync(Roles.Finance);
        var domains = $"bright.example {Domain(admin.Email)}";
        CompanyForm Form(bool on, string issuer) => new() { Partner = bright, Name = "Bright", On = on, Issuer = issuer, Domains = domains, CreatesPeople = true, DefaultRole = Roles.PartnerSales };
        var company = await SetAsync(tenant, Form(false, "https://id.bright.example"));
        await using var provider = await Node.StartAsync("provider.mjs", "trellis", "s3cret/+ %", $"{app.Address}/sign-in/company/{company}/callback");
        (await SetAsync(tenant, Form(true, provider.Said[0]))).ShouldBe(company);

        await ActAsync(provider, new { sub = "b-1", name = "Nora New", email = "Nora@bright.example", email_verified = true, groups = new[] { "administrators" } });
        using var visitor = new PageClient(app.Address);
        var page = await visitor.SubmitAsync(await visitor.GetAsync("/sign-in"), "sign-in-company", ("Company.Email", "nora@bright.example"));
        page.Text.ShouldContain("You sign in on the pages of Bright");
        (await visitor.GetAsync(page.Document.QuerySelector("a.btn-primary")!.GetAttribute("href")!)).Address.AbsolutePath.ShouldStartWith("/portal");
        var nora = (await PersonAsync(tenant, "nora@bright.example"))!;
        nora.Roles.ShouldBe("", "a partner's provider never gives a role at the vendor");
        (await PlacesAsync(tenant, nora.Id)).ShouldBe([(bright, Roles.PartnerSales, PersonState.Active)]);
        (await visitor.GetAsync("/app/people")).Status.ShouldNotBe(HttpStatusCode.OK);

        // One of its own people is linked and keeps its role; nobody of another partner or of the vendor is, whatever the provider says.
        await ActAsync(provider, new { sub = "b-2", email = admin.Email, email_verified = true });
        using (var linked = new PageClient(app.Address)) (await linked.GetAsync($"/sign-in/company/{company}/start")).Address.AbsolutePath.ShouldStartWith("/portal");
        (await PlacesAsync(tenant, admin.Actor.Person)).ShouldBe([(bright, Roles.PartnerAdmin, PersonState.Active)]);
        foreach (var (email, why) in new[] { (rival.Email, "has ended, or you have none"), (staff.Email, "has ended, or you have none") })
        {
            await ActAsync(provider, new { sub = $"x-{email}", email, email_verified = true });
            await SetAsync(tenant, new CompanyForm { Partner = bright, Name = "Bright", On = true, Issuer = provider.Said[0], Domains = $"{domains} {Domain(email)}", CreatesPeople = true, DefaultRole = Roles.PartnerSales });
            await RefusedAsync(app, company, why);
        }

        await ActAsync(provider, new { sub = "b-9", email = "b9@elsewhere.example", email_verified = true });
        await RefusedAsync(app, company, "does not belong to one of its domains");
        await ActAsync(provider, new { sub = "b-8", email = "b8@bright.example", email_verified = false });
        await RefusedAsync(app, company, "has not checked your e-mail address");
        await ActAsync(provider, new { sub = "b-7", email = "b7@bright.example" });
        await RefusedAsync(app, company, "has not checked your e-mail address");

        // Somebody whom another partner has asked gets in, and only here: whoever runs the provider must not say yes for its people elsewhere, nor read there.
        var asked = await rival.DoAsync<JoinPartner, Result<PersonId>>(j => j.RunAsync(new NewMember("Nora New", "nora@bright.example", clear, "Clear", Roles.PartnerSales, s => $"{app.Address}/i/{s}"), default));
        asked.Problem.ShouldBeNull();
        await ActAsync(provider, new { sub = "b-1", email = "nora@bright.example", email_verified = true });
        using (var held = new PageClient(app.Address))
        {
            (await held.GetAsync($"/sign-in/company/{company}/start")).Address.AbsolutePath.ShouldStartWith("/portal");
            var places = await held.GetAsync("/portal/places");
            var accept = places.Document.QuerySelectorAll("form").Select(f => f.QuerySelector("input[name='_handler']")?.GetAttribute("value")).First(h => h?.StartsWith("accept-", StringComparison.Ordinal) == true)!;
            (await held.SubmitAsync(places, accept)).Text.ShouldContain("which opens that company alone");
            (await PlacesAsync(tenant, nora.Id)).ShouldContain((clear, Roles.PartnerSales, PersonState.Invited));
            await tenant.AsSystemAsync<Db, int>(db => db.Set<Membership>().Where(m => m.PersonId == nora.Id && m.PartnerId == clear).ExecuteUpdateAsync(s => s.SetProperty(m => m.State, PersonState.Active)));
            places = await held.GetAsync("/portal/places");
            (await held.SubmitAsync(places, "/switch-partner", ("partner", clear.ToString()))).Text.ShouldContain("which opens that company alone");
        }

        await tenant.AsSystemAsync<Db, int>(db => db.Set<Membership>().Where(m => m.PersonId == nora.Id && m.PartnerId == clear).ExecuteDeleteAsync());

        // Somebody who acts for another partner too is not let in by this one's provider.
        await tenant.AsSystemAsync<Db, int>(async db =>
        {
            db.Add(new Membership { TenantId = tenant.Id, PersonId = nora.Id, PartnerId = clear, PartnerName = "Clear", Roles = Roles.PartnerSales, State = PersonState.Active, Since = DateTime.UtcNow });
            return await db.SaveChangesAsync();
        });
        await ActAsync(provider, new { sub = "b-1", email = "nora@bright.example", email_verified = true });
        await RefusedAsync(app, company, "for another company here as well");
        await tenant.AsSystemAsync<Db, int>(db => db.Set<Membership>().Where(m => m.PersonId == nora.Id).ExecuteDeleteAsync());
        await RefusedAsync(app, company, "has ended");
        await tenant.AsSystemAsync<Work, Result<int>>(w => w.TransactAsync<int>("test.end", async () => await Memberships.EndAllAsync(w, bright, default), default));
        using var late = new PageClient(app.Address);
        (await late.GetAsync($"/sign-in/company/{company}/start")).Status.ShouldBe(HttpStatusCode.NotFound, "the partnership has ended, and its sign-in with it");
        await SetAsync(tenant, new CompanyForm { Partner = clear, Name = "Clear", Issuer = "https://id.clear.example", Domains = "bright.example" });
    }

    [SkippableTheory, Databases]
    public async Task The_sign_in_of_a_partner_has_domains_of_its_own_and_only_an_administrator_sets_it(Database database)
    {
        var tenant = await (await TestApp.SharedAsync(database)).TenantAsync();
        var (bright, clear) = (Ids.New<PartnerId>(DateTime.UtcNow), Ids.New<PartnerId>(DateTime.UtcNow));
        await tenant.PartnerPersonAsync(bright, "Bright", Roles.PartnerAdmin);
        var rival = await tenant.PartnerPersonAsync(clear, "Clear", Roles.PartnerAdmin);
        var domain = $"d{Guid.CreateVersion7():N}.example";
        await SetAsync(tenant, new CompanyForm { Issuer = "https://id.example", Domains = $"own-{domain}" });
        var of = await SetAsync(tenant, new CompanyForm { Partner = bright, Issuer = "https://id.bright.example", Domains = domain });
        (await RunAsync(tenant, new CompanyForm { Partner = clear, Issuer = "https://id.clear.example", Domains = domain })).Problem!.Errors.Keys.ShouldContain("domains");
        (await RunAsync(tenant, new CompanyForm { Partner = clear, Issuer = "https://id.clear.example", Domains = $"own-{domain}" })).Problem!.Errors.Keys.ShouldContain("domains");
        (await RunAsync(tenant, new CompanyForm { Issuer = "https://id.example", Domains = domain })).Problem!.Errors.Keys.ShouldContain("domains");
        (await SetAsync(tenant, new CompanyForm { Partner = bright, Issuer = "https://id.bright.example", Domains = domain })).ShouldBe(of);
        (await RunAsync(tenant, new CompanyForm { Partner = bright, Issuer = "https://id.bright.example", Domains = domain, DefaultRole = Roles.Administrator })).Problem!.Errors.Keys.ShouldContain("defaultRole");
        (await RunAsync(tenant, new CompanyForm { Partner = bright, Issuer = "https://id.bright.example", Domains = domain, CreatesPeople = true })).Problem!.Errors.Keys.ShouldContain("defaultRole");
        (await RunAsync(tenant, new CompanyForm { Partner = Ids.New<PartnerId>(DateTime.UtcNow), Issuer = "https://id.example", Domains = $"no-{domain}" })).Problem!.Kind.ShouldBe(ProblemKind.Missing);
        (await rival.DoAsync<SetCompany, Result<CompanyId>>(s => s.RunAsync(new CompanyForm { Partner = clear }, default))).Problem!.Kind.ShouldBe(ProblemKind.Denied);
        using var pages = await tenant.Administrator.PagesAsync();
        (await pages.GetAsync("/app/settings/partner-sign-in")).Text.ShouldContain(domain);
        (await pages.GetAsync("/app/settings/sign-in")).Text.ShouldContain("Partners’ sign-in");
    }

    private static string Domain(string email) => email[(email.IndexOf('@') + 1)..];

    private static async Task<List<(PartnerId, string, PersonState)>> PlacesAsync(TestTenant tenant, PersonId person) =>
        [.. (await tenant.AsSystemAsync<Db, List<Membership>>(db => db.Set<Membership>().AsNoTracking().Where(m => m.PersonId == person).ToListAsync())).Select(m => (m.PartnerId, m.Roles, m.State))];
}
