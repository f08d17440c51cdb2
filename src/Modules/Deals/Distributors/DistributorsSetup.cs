using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Trellis.Deals.Published;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Deals.Distributors;

/// <summary>What the two tiers add to the module.</summary>
internal static class DistributorsSetup
{
    public static void AddDistributors(this IServiceCollection services)
    {
        services.AddScoped<SetResellerSight>();
        services.AddScoped<ISearchSource, ResellerDealSearch>();
    }

    public static Manifest WithDistributors(this Manifest manifest) => manifest.Permits(DistributorPermissions.SetSight);
}

internal sealed record ResellerSightBody(DealVisibility? Level);

internal static class DistributorsApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var one = api.MapGroup("/partners/{id}/resellers").WithTags("Deals").ProducesProblem(401).ProducesProblem(403).ProducesProblem(404);
        one.MapGet("", ListAsync).WithName("ListResellers").WithSummary("Those that a distributor supplies, and what it sees of their deals").Produces<IReadOnlyList<ResellerLine>>().Requires(DistributorPermissions.SetSight);
        one.MapPut("/{reseller}", SetAsync).WithName("SetResellerSight").WithSummary("Set what a distributor sees of a reseller’s deals").Produces(204).ProducesProblem(422).Requires(DistributorPermissions.SetSight);
    }

    private static async Task<IResult> ListAsync(PartnerId id, Work work, CancellationToken ct) =>
        await work.Db.Set<PartnerRow>().AnyAsync(p => p.Id == id, ct) ? Results.Json(await Resellers.OfAsync(work, id, ct), Json.Options) : Problem.Missing("partner").ToResult();

    private static async Task<IResult> SetAsync(PartnerId id, PartnerId reseller, ResellerSightBody body, SetResellerSight set, CancellationToken ct) =>
        await set.RunAsync(new ResellerSightInput(id, reseller, body.Level), ct) is { Ok: false, Problem: { } problem } ? problem.ToResult() : Results.NoContent();
}

/// <summary>Deals of a distributor's resellers in its search box.</summary>
internal sealed class ResellerDealSearch(Work work) : ISearchSource
{
    public async Task<IReadOnlyList<Hit>> FindAsync(string folded, int limit, CancellationToken ct)
    {
        if (!work.Actor.IsPartner || !work.Actor.May(DealsPermissions.View) || folded.Length == 0) return [];
        var found = await DealList.Filtered(work, new DealFilter { View = DealView.Resellers, Search = folded }).Take(ISearchSource.Candidates)
            .Select(d => new { d.Id, d.Title, d.CreatedAt, d.State }).ToListAsync(ct);
        return [.. found.OrderByDescending(d => d.CreatedAt).Best(folded, limit, d => d.Title).Select(d => new Hit("Deal of a reseller", d.Title, DealLifecycle.Label(d.State), "/portal/deals/" + d.Id))];
    }
}
