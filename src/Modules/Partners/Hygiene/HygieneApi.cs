using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Partners.Hygiene;

/// <summary>Who looks after a check; null for nobody.</summary>
internal sealed record CheckOwnerInput(PersonId? Person);

/// <summary>Whether what was said first is right.</summary>
internal sealed record SettleInput(bool KeepFirst);

/// <summary>Likely duplicates over the API, and what they add to the module.</summary>
internal static class HygieneApi
{
    public static void AddHygiene(this IServiceCollection services)
    {
        services.AddSingleton<PartnerActivities>();
        services.AddScoped<StartFindTwins>();
        services.AddScoped<KeepPartnersApart>();
        services.AddScoped<AssignPartnerCheck>();
        services.AddScoped<Conflicts.SettleSaid>();
    }

    public static Manifest WithHygiene(this Manifest manifest) => manifest.Runs<FindTwins>(FindTwins.Kind).Every<FindTwins>("partners.duplicates", TimeSpan.FromDays(1));

    public static void Map(IEndpointRouteBuilder api)
    {
        var quality = api.MapGroup("/partner-quality").WithTags("Partners").ProducesProblem(403);
        quality.MapGet("/", async (Work work, CancellationToken ct) => Results.Json(await PartnerStates.GapsAsync(work, ct), Json.Options))
            .WithName("ListPartnerGaps").WithSummary("What partners’ records lack, double, contradict or have let grow old, with scores, owners and the figures that suffer, as last counted").Produces<IReadOnlyList<PartnerGap>>().Requires(PartnersPermissions.ViewSegments);
        quality.MapPut("/{code}/owner", async (AssignPartnerCheck assign, string code, CheckOwnerInput input, CancellationToken ct) =>
                await assign.RunAsync((code, input.Person), ct) is { Ok: false, Problem: { } problem } ? problem.ToResult() : Results.NoContent())
            .WithName("AssignPartnerGap").WithSummary("Say who looks after a check of partners’ records").Produces(204).ProducesProblem(404).ProducesProblem(422).Requires(PartnersPermissions.Merge);
        var conflicts = api.MapGroup("/partner-conflicts").WithTags("Partners").ProducesProblem(403);
        conflicts.MapGet("/", async (Work work, string? cursor, int? size, CancellationToken ct) => Results.Json(await Conflicts.SaidList.PageAsync(work, new Paging(cursor, size ?? 50), ct), Json.Options))
            .WithName("ListPartnerConflicts").WithSummary("Fields of partners about which two sources say different things").Produces<Page<Conflicts.SaidConflict>>().Requires(PartnersPermissions.ViewSegments);
        conflicts.MapPost("/{id}", async (Conflicts.SettleSaid settle, Conflicts.SaidValueId id, SettleInput input, CancellationToken ct) =>
                await settle.RunAsync(new Conflicts.SaidDecision(id, input.KeepFirst), ct) is { Ok: false, Problem: { } problem } ? problem.ToResult() : Results.NoContent())
            .WithName("SettlePartnerConflict").WithSummary("Write back what was said first, or leave what was said later").Produces(204).ProducesProblem(404).ProducesProblem(422).Requires(PartnersPermissions.Manage);
        var pairs = api.MapGroup("/partner-duplicates").WithTags("Partners").ProducesProblem(403);
        pairs.MapGet("/", ListAsync).WithName("ListPartnerDuplicates").WithSummary("Partners that are probably one company, the likeliest first, as last compared").Produces<Page<TwinPair>>().Requires(PartnersPermissions.Merge);
        pairs.MapPost("/find", FindAsync).WithName("FindPartnerDuplicates").WithSummary("Compare all partners again now").Produces(202).Requires(PartnersPermissions.Merge);
        pairs.MapPost("/{pair}/different", ApartAsync).WithName("KeepPartnersApart").WithSummary("Say that these are two companies").Produces(204).ProducesProblem(404).ProducesProblem(409).Requires(PartnersPermissions.Merge);
    }

    private static async Task<IResult> ListAsync(Work work, string? cursor, int? size, CancellationToken ct) => Results.Json(await Twins.PageAsync(work, new Paging(cursor, size ?? 50), ct), Json.Options);

    private static async Task<IResult> FindAsync(StartFindTwins find, CancellationToken ct) => await find.RunAsync(default, ct) is { Ok: false, Problem: { } problem } ? problem.ToResult() : Results.Accepted();

    private static async Task<IResult> ApartAsync(KeepPartnersApart apart, TwinId pair, CancellationToken ct) => await apart.RunAsync(pair, ct) is { Ok: false, Problem: { } problem } ? problem.ToResult() : Results.NoContent();
}
