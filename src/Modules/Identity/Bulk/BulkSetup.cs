using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Trellis.Kernel;

namespace Trellis.Identity.Bulk;

/// <summary>A record that was refused, and why.</summary>
internal sealed record BulkRefusal(string Id, string Name, string Why);

/// <summary>Where a change of many records stands.</summary>
internal sealed record BulkReport(BulkId Id, string Record, string Title, string StartedBy, DateTime StartedAt, JobState State, int Total, int Changed, int Refused, JobId Job, IReadOnlyList<BulkRefusal> Refusals)
{
    /// <summary>What was typed besides the choice.</summary>
    public string? Typed { get; init; }

    public const int MostRefusals = 200;

    public bool Runs => State is JobState.Queued or JobState.Running;

    /// <summary>A change is seen by whoever began it, and by those who see background work.</summary>
    public static async Task<Result<BulkReport>> ReadAsync(Work work, BulkId id, CancellationToken ct)
    {
        var (me, all) = (work.Actor.Person, work.Actor.May(IdentityPermissions.ViewOperations));
        if (work.Actor.IsPartner || await work.Db.Set<BulkRun>().AsNoTracking().SingleOrDefaultAsync(r => r.Id == id && (all || r.StartedBy == me), ct) is not { } run) return Problem.Missing("change");
        var counts = await work.Db.Set<BulkRow>().Where(r => r.BulkId == id).GroupBy(r => r.State).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        var state = await work.Db.Set<JobRow>().Where(j => j.Id == run.Job).Select(j => j.State).SingleAsync(ct);
        var refusals = await work.Db.Set<BulkRow>().AsNoTracking().Where(r => r.BulkId == id && r.State == BulkState.Refused).OrderBy(r => r.Number).Take(MostRefusals).Select(r => new BulkRefusal(r.Subject, r.Name, r.Problem ?? "")).ToListAsync(ct);
        return new BulkReport(id, run.Record, run.Title, run.StartedByName, run.StartedAt, state, run.Total, counts.GetValueOrDefault(BulkState.Changed), counts.GetValueOrDefault(BulkState.Refused), run.Job, refusals) { Typed = run.Typed };
    }
}

/// <summary>Changes of many records: services, and their API.</summary>
internal static class BulkSetup
{
    public static void AddBulk(this IServiceCollection services) => services.AddScoped<BulkChanges>().AddScoped<SteerBulk>();

    public static Manifest AddBulk(this Manifest manifest) => manifest.Runs<BulkJob>(BulkChanges.Kind);

    // What a change needs is known by its action: whoever may use the API may ask.
    public static void Map(IEndpointRouteBuilder api)
    {
        var bulk = api.MapGroup("/bulk").WithTags("Bulk changes").ProducesProblem(403);
        bulk.MapPost("/", async (BulkChanges changes, Work work, BulkWish wish, CancellationToken ct) =>
            {
                var started = await changes.StartAsync(wish, ct);
                return started.Ok ? (await BulkReport.ReadAsync(work, started.Value, ct)).ToAccepted(r => $"/api/v1/bulk/{r.Id}") : started.Problem.ToResult();
            })
            .WithName("StartBulkChange").WithSummary("Change many records: those named, or all that the query of their list shows").Produces<BulkReport>(202).ProducesProblem(409).ProducesProblem(422).Requires(IdentityPermissions.UseTokens);
        bulk.MapGet("/{id}", async (Work work, BulkId id, CancellationToken ct) => (await BulkReport.ReadAsync(work, id, ct)).ToOk())
            .WithName("GetBulkChange").WithSummary("Where a change of many records stands, and what was refused").Produces<BulkReport>().ProducesProblem(404).Requires(IdentityPermissions.UseTokens);
        bulk.MapPost("/{id}/stop", (SteerBulk steer, Work work, BulkId id, CancellationToken ct) => SteerAsync(steer, work, new BulkSteering(id, false), ct))
            .WithName("StopBulkChange").WithSummary("Stop a change of many records: what was changed stays changed").Produces<BulkReport>().ProducesProblem(404).ProducesProblem(409).Requires(IdentityPermissions.UseTokens);
        bulk.MapPost("/{id}/continue", (SteerBulk steer, Work work, BulkId id, CancellationToken ct) => SteerAsync(steer, work, new BulkSteering(id, true), ct))
            .WithName("ContinueBulkChange").WithSummary("Have a change that was stopped go on with the records that it has not touched").Produces<BulkReport>().ProducesProblem(404).ProducesProblem(409).Requires(IdentityPermissions.UseTokens);
    }

    private static async Task<IResult> SteerAsync(SteerBulk steer, Work work, BulkSteering input, CancellationToken ct) =>
        await steer.RunAsync(input, ct) is { Ok: false, Problem: { } problem } ? problem.ToResult() : (await BulkReport.ReadAsync(work, input.Bulk, ct)).ToOk();
}
