using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Trellis.Accounts.Published;
using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Opportunities;

internal sealed record BringInBody(PartnerId? Partner, DealRole? Role, int? ShareBasisPoints, int? WorkBasisPoints = null, DealVisibility? Visibility = null, string? Note = null);

internal sealed record PlannedActBody(PlannedAct? Act);

/// <summary>What partners on an opportunity add to the module.</summary>
internal static class OpportunitiesSetup
{
    public static void AddOpportunities(this IServiceCollection services)
    {
        services.AddScoped<BringIn>();
        services.AddScoped<BringInTeam>();
        services.AddScoped<SettlePlanned>();
        services.AddScoped<IToDoSource, PlannedToDos>();
        services.AddScoped<IOpportunityPanel, OpportunityPartnersPanel>();
    }

    public static void Tables(ModelBuilder model, Db db)
    {
        var place = model.Owned<PlannedPlace>("deals_planned_place", p => new { p.TenantId, p.Id });
        place.HasIndex(p => new { p.TenantId, p.OpportunityId, p.SettledAt });
        place.HasIndex(p => new { p.TenantId, p.PlannedBy }, "IX_deals_planned_place_open").HasFilter("settled_at IS NULL");
        place.HasQueryFilter(Db.PartnerFilter, p => db.SeesAllPartners);
    }

    public static void Api(IEndpointRouteBuilder api)
    {
        var team = api.MapGroup("/opportunities/{id}/partners").WithTags("Opportunities").ProducesProblem(401).ProducesProblem(403).ProducesProblem(404);
        team.MapGet("", GetAsync).WithName("GetOpportunityTeam").WithSummary("The partners on an opportunity: the linked deal with its team, and who is planned").Produces<OpportunityTeam>().Requires(DealsPermissions.SeeAll);
        team.MapPost("", BringAsync).WithName("BringInPartner").WithSummary("Bring in a partner: invited on the linked deal, planned without one").Produces<OpportunityTeam>().Refuses().Requires(DealsPermissions.Team);
        team.MapPost("/team", TeamAsync).WithName("BringInTeam").WithSummary("Bring in a whole team that has won before").Produces<OpportunityTeam>().Refuses().Requires(DealsPermissions.Team);
        team.MapPost("/planned/{place}", SettleAsync).WithName("SettlePlannedPlace").WithSummary("Invite who was planned, or drop the plan").Produces<OpportunityTeam>().Refuses().Requires(DealsPermissions.Team);
    }

    private static async Task<IResult> GetAsync(OpportunityId id, Work work, CancellationToken ct) => (await OpportunityTeams.FindAsync(work, id, ct)).ToOk();

    private static async Task<IResult> BringAsync(OpportunityId id, BringInBody body, Work work, BringIn act, CancellationToken ct) =>
        await ShowAsync(await act.RunAsync(new BringInInput(id, body.Partner, body.Role, body.ShareBasisPoints, body.WorkBasisPoints, body.Visibility, body.Note), ct), id, work, ct);

    private static async Task<IResult> TeamAsync(OpportunityId id, Workspace.FormationChoiceBody body, Work work, BringInTeam act, CancellationToken ct) =>
        await ShowAsync(await act.RunAsync(new BringInTeamInput(id, body.Formation), ct), id, work, ct);

    private static async Task<IResult> SettleAsync(OpportunityId id, PlannedPlaceId place, PlannedActBody body, Work work, SettlePlanned act, CancellationToken ct) =>
        await ShowAsync(await act.RunAsync(new PlannedInput(id, place, body.Act ?? PlannedAct.Invite), ct), id, work, ct);

    private static async Task<IResult> ShowAsync<T>(Result<T> done, OpportunityId id, Work work, CancellationToken ct) =>
        done.Ok ? (await OpportunityTeams.FindAsync(work, id, ct)).ToOk() : done.Problem.ToResult();
}

/// <summary>The partners on an opportunity, on its page.</summary>
internal sealed class OpportunityPartnersPanel : IOpportunityPanel
{
    public string Title => "Partners on this opportunity";
    public int Order => 10;
    public Permission? Permission => DealsPermissions.View;
    public Type Component => typeof(Web.OpportunityPartners);
}
