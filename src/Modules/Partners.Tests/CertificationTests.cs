using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Trellis.Identity.Published;
using Trellis.Partners.Certifications;
using Trellis.Partners.Published;

namespace Trellis.Partners.Tests;

public sealed class CertificationTests
{
    [SkippableTheory, Databases]
    public async Task A_partner_claims_and_the_vendor_confirms_refuses_and_revokes(Database database)
    {
        var world = await PartnerWorld.FoundAsync(database);
        var (id, foreign) = (await world.PartnerAsync("Certified One"), await world.PartnerAsync("Certified Two"));
        var admin = await world.Tenant.PartnerPersonAsync(id, "Certified One", Roles.PartnerAdmin);
        var sales = await world.Tenant.PartnerPersonAsync(id, "Certified One", Roles.PartnerSales);
        (await EnterAsync(admin, id, Of("Relay") with { Evidence = null, Until = new DateOnly(2020, 1, 1) })).Problem!.Errors.Keys.Order().ShouldBe(["evidence", "until"]);
        (await EnterAsync(sales, id, Of("Relay"))).Problem!.Kind.ShouldBe(ProblemKind.Denied);
        (await EnterAsync(admin, foreign, Of("Relay"))).Problem!.Kind.ShouldBe(ProblemKind.Missing);
        var claim = (await EnterAsync(admin, id, Of("Relay"))).Value;
        var second = (await EnterAsync(admin, id, Of("Vault"))).Value;
        (await ListAsync(admin, id)).ShouldAllBe(c => c.State == CertificationState.Claimed && !c.InForce && c.Allowed.Count == 0);

        (await DecideAsync(admin, claim, CertificationTrigger.Confirm)).Problem!.Kind.ShouldBe(ProblemKind.Denied);
        (await DecideAsync(world.Manager, claim, CertificationTrigger.Confirm)).Value.ShouldBe(CertificationState.Confirmed);
        (await DecideAsync(world.Manager, claim, CertificationTrigger.Confirm)).Problem!.Kind.ShouldBe(ProblemKind.Conflict);
        (await DecideAsync(world.Manager, second, CertificationTrigger.Refuse)).Problem!.Errors.Keys.ShouldBe(["reason"]);
        (await DecideAsync(world.Manager, second, CertificationTrigger.Refuse, "The number is unknown to the academy.")).Value.ShouldBe(CertificationState.Refused);
        (await ListAsync(admin, id)).Count(c => c.InForce).ShouldBe(1);
        (await DecideAsync(world.Manager, claim, CertificationTrigger.Revoke, "It was handed back.")).Value.ShouldBe(CertificationState.Revoked);
        (await ListAsync(admin, id)).ShouldAllBe(c => !c.InForce);
    }

    [SkippableTheory, Databases]
    public async Task Both_faces_and_the_api_show_a_partner_its_own_certifications_only(Database database)
    {
        var world = await PartnerWorld.FoundAsync(database);
        var (id, foreign) = (await world.PartnerAsync("Certified Three"), await world.PartnerAsync("Certified Four"));
        (await EnterAsync(world.Manager, foreign, Of("Foreign Secret"))).Problem.ShouldBeNull();
        var admin = await world.Tenant.PartnerPersonAsync(id, "Certified Three", Roles.PartnerAdmin);
        using var portal = await admin.PagesAsync();
        var page = await portal.GetAsync("/portal/company/certifications");
        page.Text.ShouldNotContain("Foreign Secret");
        (await portal.SubmitAsync(page, "certification", ("Input.Person", "Ana Silva"))).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        await portal.SubmitAsync(page, "certification", ("Input.Person", "Ana Silva"), ("Input.Subject", "Relay"), ("Input.Level", "expert"), ("Input.Issuer", "Academy"), ("Input.From", "2026-01-31"), ("Input.Evidence", "NA-1"));
        using var app = await world.Manager.PagesAsync();
        var staff = await app.GetAsync($"/app/partners/{id}/certifications");
        staff.Text.ShouldContain("Waits for confirmation");
        var claim = (await ListAsync(admin, id)).ShouldHaveSingleItem();
        await app.SubmitAsync(staff, $"decide-{claim.Id}", ("on", "confirm"));
        (await portal.GetAsync("/portal/company/certifications")).Text.ShouldContain("In force");
        (await app.GetAsync($"/app/partners/{id}")).Text.ShouldContain("Certified people");

        using var api = await admin.ApiAsync();
        (await api.GetStringAsync($"/api/v1/partners/{id}/certifications")).ShouldContain("Ana Silva");
        (await api.GetAsync($"/api/v1/partners/{foreign}/certifications")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await api.PostAsJsonAsync($"/api/v1/certifications/{claim.Id}/decide", new { on = "revoke", reason = "x" })).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public void It_counts_while_it_is_confirmed_and_in_its_time()
    {
        var today = new DateOnly(2026, 5, 1);
        Certification Made(DateOnly from, DateOnly? until) => new() { PersonName = "x", Subject = "x", Issuer = "x", ValidFrom = from, ValidUntil = until };
        Made(today, today).Enter(CertificationState.Confirmed, default, "x").InForce(today).ShouldBeTrue();
        Made(today.AddDays(-9), null).Enter(CertificationState.Confirmed, default, "x").InForce(today).ShouldBeTrue();
        Made(today.AddDays(1), null).Enter(CertificationState.Confirmed, default, "x").InForce(today).ShouldBeFalse();
        Made(today.AddDays(-9), today.AddDays(-1)).Enter(CertificationState.Confirmed, default, "x").InForce(today).ShouldBeFalse();
        foreach (var state in new[] { CertificationState.Claimed, CertificationState.Refused, CertificationState.Revoked }) Made(today, null).Enter(state, default, "x").InForce(today).ShouldBeFalse();
    }

    private static NewCertification Of(string subject) => new("Ana Silva", subject, CertificationLevel.Professional, "Academy", new DateOnly(2026, 1, 31), null, "NA-77");

    private static Task<Result<CertificationId>> EnterAsync(TestPerson by, PartnerId partner, NewCertification certification) =>
        by.DoAsync<EnterCertification, Result<CertificationId>>(e => e.RunAsync((partner, certification), default));

    private static Task<Result<CertificationState>> DecideAsync(TestPerson by, CertificationId id, CertificationTrigger on, string? reason = null) =>
        by.DoAsync<DecideCertification, Result<CertificationState>>(d => d.RunAsync(new CertificationAnswer(id, on, reason), default));

    private static Task<IReadOnlyList<CertificationItem>> ListAsync(TestPerson by, PartnerId partner) => by.DoAsync<Work, IReadOnlyList<CertificationItem>>(w => CertificationList.OfAsync(w, partner, default));
}
