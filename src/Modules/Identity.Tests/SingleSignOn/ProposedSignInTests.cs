using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Trellis.Identity.Published;
using static Trellis.Identity.Tests.CompanySignInTests;

namespace Trellis.Identity.Tests;

/// <summary>A partner's administrator enters the own provider, and the vendor decides.</summary>
public sealed class ProposedSignInTests
{
    private const string Own = "/portal/people/sign-in";
    private static readonly string[] Settings = ["--TRELLIS_OUTBOUND=private"];

    [SkippableTheory, Databases]
    public async Task What_a_partner_enters_works_once_it_is_approved_and_not_after_the_partner_turned_it_off(Database database)
    {
        await using var app = await TestApp.StartAsync(database, settings: Settings);
        var tenant = await app.TenantAsync();
        var bright = Ids.New<PartnerId>(DateTime.UtcNow);
        var admin = await tenant.PartnerPersonAsync(bright, "Bright", Roles.PartnerAdmin);
        using var portal = await admin.PagesAsync();
        using var staff = await tenant.Administrator.PagesAsync();
        (await portal.GetAsync("/portal/people")).Document.QuerySelector($"a[href='{Own}']").ShouldNotBeNull();
        await using var first = await Node.StartAsync("provider.mjs", "trellis", "s3cret/+ %", "http://127.0.0.1:1/");
        var entered = await ProposeAsync(portal, first.Said[0], "bright.example", secret: "first secret");
        entered.Text.ShouldContain("You hear from us when it is approved");
        entered.Document.Body!.InnerHtml.ShouldNotContain("first secret");
        var asked = (await FindAsync(tenant, bright))!;
        asked.Secret.ShouldNotBeNull().ShouldNotContain("first secret");
        entered.Text.ShouldContain($"/sign-in/company/{asked.CompanyId}/callback", customMessage: "the provider must know it before");
        using (var visitor = new PageClient(app.Address)) (await visitor.GetAsync($"/sign-in/company/{asked.CompanyId}/start")).Status.ShouldBe(HttpStatusCode.NotFound);

        // What is approved is what was looked at, with the secret of the provider that it was typed for.
        var look = $"/app/settings/partner-sign-in/{bright}";
        (await staff.GetAsync("/app/settings/partner-sign-in")).Document.QuerySelector($"a[href='{look}#asked']")!.TextContent.ShouldBe("Bright");
        var stale = await staff.GetAsync(look);
        foreach (var word in new[] { "bright.example", first.Said[0], "Pat Partner" }) stale.Text.ShouldContain(word);
        await using var provider = await Node.StartAsync("provider.mjs", "trellis", "s3cret/+ %", $"{app.Address}/sign-in/company/{asked.CompanyId}/callback");
        await ProposeAsync(portal, provider.Said[0], "bright.example", secret: "");
        (await FindAsync(tenant, bright))!.Secret.ShouldBeNull("a secret goes to no other issuer than the one it was typed for");
        await ProposeAsync(portal, provider.Said[0], "bright.example", secret: "s3cret/+ %");
        await ProposeAsync(portal, provider.Said[0], "bright.example", secret: "");
        (await FindAsync(tenant, bright))!.Secret.ShouldNotBeNull("the same issuer and client keep theirs");
        (await staff.SubmitAsync(stale, "answer", ("Answer.Act", "approve"))).Status.ShouldBe(HttpStatusCode.PreconditionFailed);
        (await staff.SubmitAsync(await staff.GetAsync(look), "answer", ("Answer.Act", "approve"))).Text.ShouldContain("can sign in with their company");
        (await FindAsync(tenant, bright)).ShouldBeNull();
        await ActAsync(provider, new { sub = "b-1", name = "Nora New", email = "nora@bright.example", email_verified = true });
        using (var nora = new PageClient(app.Address)) (await nora.GetAsync($"/sign-in/company/{asked.CompanyId}/start")).Address.AbsolutePath.ShouldStartWith("/portal");
        (await PersonAsync(tenant, "nora@bright.example"))!.Roles.ShouldBe("");

        // Another one waits, and what is in force goes on; then the partner turns it off, and asks nobody.
        await ProposeAsync(portal, first.Said[0], "bright.example other.example", secret: "");
        using (var nora = new PageClient(app.Address)) (await nora.GetAsync($"/sign-in/company/{asked.CompanyId}/start")).Address.AbsolutePath.ShouldStartWith("/portal");
        (await portal.SubmitAsync(await portal.GetAsync(Own), "off")).Text.ShouldContain("Your company’s sign-in is off");
        using (var late = new PageClient(app.Address)) (await late.GetAsync($"/sign-in/company/{asked.CompanyId}/start")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await tenant.AsSystemAsync<Db, bool>(db => db.Set<CompanyDomain>().AnyAsync(d => d.CompanyId == asked.CompanyId))).ShouldBeFalse();
        (await staff.GetAsync("/app/settings/partner-sign-in")).Text.ShouldContain("Off");
        (await portal.SubmitAsync(await portal.GetAsync(Own), "withdraw")).Text.ShouldContain("It is taken back");
        (await FindAsync(tenant, bright)).ShouldBeNull();
        var audit = await tenant.AsSystemAsync<Db, List<string>>(db => db.Set<AuditEntry>().Where(a => a.SubjectKind == "identity_company" || a.SubjectKind == "identity_company_proposal").Select(a => a.Changes).ToListAsync());
        audit.ShouldNotBeEmpty();
        string.Join(' ', audit).ShouldNotContain("s3cret");
    }

    [SkippableTheory, Databases]
    public async Task A_refusal_is_read_with_its_reason_and_domains_of_others_are_not_approved(Database database)
    {
        await using var app = await TestApp.StartAsync(database, settings: Settings);
        var tenant = await app.TenantAsync();
        var (bright, clear) = (Ids.New<PartnerId>(DateTime.UtcNow), Ids.New<PartnerId>(DateTime.UtcNow));
        var admin = await tenant.PartnerPersonAsync(bright, "Bright", Roles.PartnerAdmin);
        var rival = await tenant.PartnerPersonAsync(clear, "Clear", Roles.PartnerAdmin);
        (await tenant.Administrator.DoAsync<CreatePerson, Result<PersonId>>(c => c.RunAsync(new NewPerson("Rita Rival", "rita@clear.example", [], clear, "Clear", [Roles.PartnerSales]), default))).Problem.ShouldBeNull();
        await SetAsync(tenant, new CompanyForm { Issuer = "https://id.vendor.example", Domains = "vendor-own.example" });
        await using var provider = await Node.StartAsync("provider.mjs", "trellis", "s3cret/+ %", "http://127.0.0.1:1/");
        using var portal = await admin.PagesAsync();
        foreach (var (issuer, domains, why) in new[]
        {
            (provider.Said[0], "vendor-own.example", "belongs to somebody else here"),
            (provider.Said[0], "bright.example vendor.example", "belongs to somebody else here"),
            (provider.Said[0], "nonsense", "is not a domain"),
            (provider.Said[0], "", "Name at least one domain"),
            ("http://127.0.0.1:1", "bright.example", "This provider cannot be used"),
            (provider.Said[0] + "/other", "bright.example", "This provider cannot be used"),
            ("", "bright.example", "The issuer is needed"),
        })
        {
            var page = await ProposeAsync(portal, issuer, domains, secret: "");
            page.Status.ShouldBe(HttpStatusCode.UnprocessableEntity, $"{issuer} {domains}");
            page.Text.ShouldContain(why);
        }

        (await FindAsync(tenant, bright)).ShouldBeNull();
        using var staff = await tenant.Administrator.PagesAsync();
        var look = $"/app/settings/partner-sign-in/{bright}";

        // That a company is a partner here is not found out by trying its domain; the vendor sees it.
        (await ProposeAsync(portal, provider.Said[0], "clear.example", secret: "hidden words")).Text.ShouldContain("You hear from us");
        var refused = await staff.SubmitAsync(await staff.GetAsync(look), "answer", ("Answer.Act", "approve"));
        refused.Status.ShouldBe(HttpStatusCode.Conflict);
        refused.Text.ShouldContain("People of others have addresses in these domains: Clear.");
        (await tenant.AsSystemAsync<Db, bool>(db => db.Set<Company>().AnyAsync(c => c.PartnerId == bright))).ShouldBeFalse();
        (await staff.SubmitAsync(await staff.GetAsync(look), "answer", ("Answer.Act", "refuse"))).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await staff.SubmitAsync(await staff.GetAsync(look), "answer", ("Answer.Act", "refuse"), ("Answer.Reason", "That domain is not yours."))).Text.ShouldContain("The partner reads why");
        var read = await portal.GetAsync(Own);
        foreach (var word in new[] { "What you entered was refused", "That domain is not yours." }) read.Text.ShouldContain(word);
        (await FindAsync(tenant, bright))!.Secret.ShouldBeNull();
        (await staff.GetAsync("/app/settings/partner-sign-in")).Text.ShouldNotContain("clear.example");
        (await ProposeAsync(portal, provider.Said[0], "bright.example", secret: "")).Text.ShouldNotContain("What you entered was refused");

        // Nobody else reads it, answers it or takes it back; who only sells does not enter it.
        var asked = (await FindAsync(tenant, bright))!;
        using var other = await rival.PagesAsync();
        (await other.GetAsync(Own)).Text.ShouldNotContain("bright.example");
        (await rival.DoAsync<WithdrawProposal, Result<Done>>(w => w.RunAsync(asked.Id, default))).Problem!.Kind.ShouldBe(ProblemKind.Missing);
        var of = await SetAsync(tenant, new CompanyForm { Partner = bright, Issuer = "https://id.bright.example", Domains = "old-bright.example" });
        (await rival.DoAsync<TurnOffCompany, Result<Done>>(t => t.RunAsync(of, default))).Problem!.Kind.ShouldBe(ProblemKind.Missing);
        (await admin.DoAsync<DecideProposal, Result<Done>>(d => d.RunAsync(new ProposalAnswer(bright, asked.Version, true), default))).Problem!.Kind.ShouldBe(ProblemKind.Denied);
        (await admin.DoAsync<ProposeCompany, Result<CompanyProposalId>>(p => p.RunAsync(new ProposalForm(), default))).Problem!.Code.ShouldBe("identity.confirm_first");
        (await tenant.Administrator.DoAsync<DecideProposal, Result<Done>>(d => d.RunAsync(new ProposalAnswer(bright, asked.Version, true), default))).Problem!.Code.ShouldBe("identity.confirm_first");
        using var sales = await (await tenant.PartnerPersonAsync(bright, "Bright", Roles.PartnerSales)).PagesAsync();
        (await sales.GetAsync(Own)).Status.ShouldBe(HttpStatusCode.Forbidden);
        using var operations = await (await tenant.StaffAsync(Roles.ChannelOperations)).PagesAsync();
        (await operations.GetAsync(look)).Status.ShouldBe(HttpStatusCode.Forbidden);
        await tenant.AsSystemAsync<Work, Result<int>>(w => w.TransactAsync<int>("test.end", async () => await Memberships.EndAllAsync(w, bright, default), default));
        (await FindAsync(tenant, bright)).ShouldBeNull("with the partnership what it asked for goes");
    }

    [SkippableTheory, Databases]
    public async Task A_partner_cannot_make_us_ask_our_own_network(Database database)
    {
        var tenant = await (await TestApp.SharedAsync(database)).TenantAsync();
        var admin = await tenant.PartnerPersonAsync(Ids.New<PartnerId>(DateTime.UtcNow), "Bright", Roles.PartnerAdmin);
        using var portal = await admin.PagesAsync();
        foreach (var issuer in new[] { "http://id.example", "https://127.0.0.1:9", "https://localhost:9", "https://[::1]:9", "file:///etc/passwd", "https://user:word@id.example" })
            (await ProposeAsync(portal, issuer, "bright.example", secret: "")).Text.ShouldContain("This provider cannot be used", customMessage: issuer);
    }

    private static async Task<VisitedPage> ProposeAsync(PageClient portal, string issuer, string domains, string secret) =>
        await portal.SubmitAsync(await portal.GetAsync(Own), "propose", ("Input.Issuer", issuer), ("Input.ClientId", "trellis"), ("Input.Secret", secret), ("Input.Domains", domains), ("Input.CreatesPeople", "true"), ("Input.DefaultRole", Roles.PartnerSales));

    private static Task<CompanyProposal?> FindAsync(TestTenant tenant, PartnerId partner) =>
        tenant.AsSystemAsync<Db, CompanyProposal?>(db => db.Set<CompanyProposal>().AsNoTracking().SingleOrDefaultAsync(p => p.PartnerId == partner));
}
