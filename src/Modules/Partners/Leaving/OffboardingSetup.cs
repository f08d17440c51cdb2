using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Partners.Leaving;

/// <summary>Tables, services and routes of the checklist.</summary>
internal static class OffboardingSetup
{
    public static void Tables(ModelBuilder model, Db db)
    {
        var step = model.Owned<Step>("partners_offboarding", s => new { s.TenantId, s.Id });
        step.HasIndex(s => new { s.TenantId, s.PartnerId, s.Kind, s.Code }).IsUnique();
        step.HasIndex(s => new { s.TenantId, s.Kind, s.State, s.Id });
        step.HasIndex(s => new { s.TenantId, s.Kind, s.State, s.DueOn, s.Id });
        step.HasIndex(s => new { s.TenantId, s.OwnerId, s.State, s.DueOn });
        step.Property(s => s.Kind).HasDefaultValue(ChecklistKind.Offboarding);
        step.Property(s => s.Side).HasDefaultValue(StepSide.Vendor);
        // How a partnership ends is settled among the vendor's people; how it begins, by both.
        step.HasQueryFilter(Db.PartnerFilter, s => db.SeesAllPartners || (s.PartnerId == db.Partner && s.Kind == ChecklistKind.Onboarding));
    }

    public static IServiceCollection AddOffboarding(this IServiceCollection services) =>
        services.AddScoped<Checklist>().AddScoped<SettleStep>().AddScoped<EndAccess>().AddScoped<IOffboardingCheck, AccessCheck>();

    public static void Api(IEndpointRouteBuilder api)
    {
        var steps = api.MapGroup("/partners/{id}/offboarding").WithTags("Partners").ProducesProblem(403).ProducesProblem(404);
        steps.MapGet("/", ListAsync).WithName("ListOffboarding").WithSummary("What is to be settled before the partnership ends").Produces<IReadOnlyList<StepItem>>().Requires(PartnersPermissions.ViewSegments);
        steps.MapPost("/end-access", EndAccessAsync).WithName("EndPartnerAccess").WithSummary("Take the access away from everybody at a partner that leaves").Produces<AccessEnded>().ProducesProblem(409).Requires(PartnersPermissions.ChangeState);
        steps.MapPut("/{step}", SettleAsync).WithName("SettleOffboarding").WithSummary("Settle, waive or hand over a line").Produces<IReadOnlyList<StepItem>>().ProducesProblem(409).ProducesProblem(422).Requires(PartnersPermissions.ChangeState);
    }

    private static async Task<IResult> ListAsync(Work work, Checklist checklist, PartnerId id, CancellationToken ct) =>
        await PartnerPage.LoadAsync(work, id, ct) is { Ok: false, Problem: { } problem } ? problem.ToResult() : Results.Json(await checklist.OfAsync(id, ct), Json.Options);

    private static async Task<IResult> SettleAsync(SettleStep settle, Checklist checklist, PartnerId id, StepId step, StepChange change, CancellationToken ct) =>
        await settle.RunAsync((id, step, change), ct) is { Ok: false, Problem: { } problem } ? problem.ToResult() : Results.Json(await checklist.OfAsync(id, ct), Json.Options);

    internal sealed record AccessEnded(int People);

    private static async Task<IResult> EndAccessAsync(EndAccess end, PartnerId id, CancellationToken ct) =>
        (await end.RunAsync(id, ct)).Then<AccessEnded>(people => new AccessEnded(people)).ToOk();
}
