using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Partners.Hygiene;

/// <summary>Likely duplicates over the API, and what they add to the module.</summary>
internal static class HygieneApi
{
    public static void AddHygiene(this IServiceCollection services)
    {
        services.AddSingleton<PartnerActivities>();
        services.AddScoped<StartFindTwins>();
        services.AddScoped<KeepPartnersApart>();
    }

    public static Manifest WithHygiene(this Manifest manifest) => manifest.Runs<FindTwins>(FindTwins.Kind).Every<FindTwins>("partners.duplicates", TimeSpan.FromDays(1));

    public static void Map(IEndpointRouteBuilder api)
    {
        var pairs = api.MapGroup("/partner-duplicates").WithTags("Partners").ProducesProblem(403);
        pairs.MapGet("/", ListAsync).WithName("ListPartnerDuplicates").WithSummary("Partners that are probably one company, the likeliest first, as last compared").Produces<Page<TwinPair>>().Requires(PartnersPermissions.Merge);
        pairs.MapPost("/find", FindAsync).WithName("FindPartnerDuplicates").WithSummary("Compare all partners again now").Produces(202).Requires(PartnersPermissions.Merge);
        pairs.MapPost("/{pair}/different", ApartAsync).WithName("KeepPartnersApart").WithSummary("Say that these are two companies").Produces(204).ProducesProblem(404).ProducesProblem(409).Requires(PartnersPermissions.Merge);
    }

    private static async Task<IResult> ListAsync(Work work, string? cursor, int? size, CancellationToken ct) => Results.Json(await Twins.PageAsync(work, new Paging(cursor, size ?? 50), ct), Json.Options);

    private static async Task<IResult> FindAsync(StartFindTwins find, CancellationToken ct) => await find.RunAsync(default, ct) is { Ok: false, Problem: { } problem } ? problem.ToResult() : Results.Accepted();

    private static async Task<IResult> ApartAsync(KeepPartnersApart apart, TwinId pair, CancellationToken ct) => await apart.RunAsync(pair, ct) is { Ok: false, Problem: { } problem } ? problem.ToResult() : Results.NoContent();
}
