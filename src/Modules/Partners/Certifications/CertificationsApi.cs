using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Partners.Certifications;

internal sealed record CertificationBody(CertificationTrigger? On, string? Reason = null);

internal static class CertificationsApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var of = api.MapGroup("/partners/{id}/certifications").WithTags("Partners").ProducesProblem(401).ProducesProblem(403).ProducesProblem(404);
        of.MapGet("/", ListAsync).WithName("ListCertifications").WithSummary("Who at the partner is certified for what").Produces<IReadOnlyList<CertificationItem>>().Requires(PartnersPermissions.View);
        of.MapPost("/", EnterAsync).WithName("EnterCertification").WithSummary("Enter a certification; by a partner it is a claim").Produces<Made<CertificationId>>(201).ProducesProblem(422).Requires(CertificationPermissions.Enter);
        api.MapPost("/certifications/{id}/decide", DecideAsync).WithTags("Partners").WithName("DecideCertification").WithSummary("Confirm, refuse or revoke a certification").Produces<CertificationState>()
            .ProducesProblem(401).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422).Requires(CertificationPermissions.Certify);
    }

    private static async Task<IResult> ListAsync(PartnerId id, Work work, CancellationToken ct) =>
        await work.Db.Set<Partner>().AnyAsync(p => p.Id == id, ct) ? Results.Json(await CertificationList.OfAsync(work, id, ct), Json.Options) : PartnersProblems.Missing().ToResult();

    private static async Task<IResult> EnterAsync(PartnerId id, NewCertification body, EnterCertification enter, CancellationToken ct) =>
        (await enter.RunAsync((id, body), ct)).Then<Made<CertificationId>>(made => new Made<CertificationId>(made)).ToCreated(_ => $"/api/v1/partners/{id}/certifications");

    private static async Task<IResult> DecideAsync(CertificationId id, CertificationBody body, DecideCertification decide, CancellationToken ct) =>
        (await decide.RunAsync(new CertificationAnswer(id, body.On, body.Reason), ct)).ToOk();
}
