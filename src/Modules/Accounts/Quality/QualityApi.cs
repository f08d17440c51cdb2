using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Trellis.Kernel;

namespace Trellis.Accounts.Quality;

/// <summary>The records to put right, and what is true of all of them.</summary>
internal sealed record FixInput(IReadOnlyList<string> Ids, string? Value = null);

/// <summary>Who looks after a check; null for nobody.</summary>
internal sealed record OwnerInput(PersonId? Person);

internal static class QualityApi
{
    public static void AddQuality(this IServiceCollection services)
    {
        services.AddScoped<StartCountQuality>();
        services.AddScoped<FixRecords>();
        services.AddScoped<AssignCheck>();
    }

    public static void Map(IEndpointRouteBuilder api)
    {
        var quality = api.MapGroup("/data-quality").WithTags("Accounts").ProducesProblem(403);
        quality.MapGet("/", GapsAsync).WithName("ListDataGaps").WithSummary("What is missing, doubled, wrong or stale, with scores and what it costs analytics, as last counted").Produces<IReadOnlyList<QualityGap>>().Requires(AccountsPermissions.View);
        quality.MapPost("/count", CountAsync).WithName("CountDataQuality").WithSummary("Count again now").Produces(202).Requires(AccountsPermissions.View);
        quality.MapPost("/{code}/fix", FixAsync).WithName("FixDataGap").WithSummary("Put several records of a work queue right at once").Produces<Fixed>().ProducesProblem(404).ProducesProblem(422).Requires(AccountsPermissions.Merge);
        quality.MapPut("/{code}/owner", OwnerAsync).WithName("AssignDataGap").WithSummary("Say who looks after a check").Produces(204).ProducesProblem(404).ProducesProblem(422).Requires(AccountsPermissions.Merge);
    }

    private static async Task<IResult> GapsAsync(Work work, CancellationToken ct) => Results.Json(await QualityPages.GapsAsync(work, ct), Json.Options);

    private static async Task<IResult> CountAsync(StartCountQuality count, CancellationToken ct) => (await count.RunAsync(default, ct)) is { Ok: false } refused ? refused.Problem.ToResult() : Results.Accepted();

    private static async Task<IResult> FixAsync(FixRecords fix, string code, FixInput input, CancellationToken ct) => (await fix.RunAsync(new BulkFix(code, input.Ids ?? [], input.Value), ct)).ToOk();

    private static async Task<IResult> OwnerAsync(AssignCheck assign, string code, OwnerInput input, CancellationToken ct) =>
        (await assign.RunAsync((code, input.Person), ct)) is { Ok: false } refused ? refused.Problem.ToResult() : Results.NoContent();
}
