using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Partners.Hygiene;

/// <summary>The quality of all records as it was last counted: it reads every partner and compares them with each other, so nobody waits for it.</summary>
internal sealed class QualityRun : ITenantOwned, IUnaudited
{
    public TenantId TenantId { get; init; }
    public DateTime At { get; set; }

    /// <summary>JSON of <see cref="Found"/>.</summary>
    public required string Content { get; set; }

    /// <summary>What is kept: names are read anew when it is shown.</summary>
    internal sealed record Found(int Partners, int Completeness, IReadOnlyDictionary<Gap, int> Gaps, IReadOnlyList<FoundPair> Twins);

    /// <summary>Two partners that may be one company.</summary>
    internal sealed record FoundPair(PartnerId One, PartnerId Other, double Score, IReadOnlyList<string> Reasons);

    public static QualityRun Of(TenantId tenant, Quality quality, DateTime at) => new() { TenantId = tenant, At = at, Content = Write(quality) };

    public static string Write(Quality quality) => JsonSerializer.Serialize(
        new Found(quality.Partners, quality.Completeness, quality.Gaps.ToDictionary(g => g.Words.Gap, g => g.Count), [.. quality.Twins.Select(t => new FoundPair(t.One, t.Other, t.Score, t.Reasons))]), Json.Options);

    public Found Read() => JsonSerializer.Deserialize<Found>(Content, Json.Options)!;
}

/// <summary>Counts the quality of all partners' records and puts it in the place of the count before. It reads for long and writes for a moment, so that no other writer waits.</summary>
internal sealed class CountQuality(Work work) : IJob, IRecurring
{
    public const string Kind = "partners.count_quality";

    public async Task<Result<string>> RunAsync(string payload, JobProgress progress, CancellationToken ct)
    {
        await RunAsync(ct);
        return "The records are counted.";
    }

    public async Task RunAsync(CancellationToken ct)
    {
        var counted = await Quality.CountAsync(work, ct);
        await work.TransactAsync<Done>(Kind, async () =>
        {
            await work.LockAsync(Kind, ct);
            var run = await work.Db.Set<QualityRun>().SingleOrDefaultAsync(ct);
            if (run is null) work.Db.Add(QualityRun.Of(work.Tenant, counted, work.Now));
            else (run.At, run.Content) = (work.Now, QualityRun.Write(counted));
            return default(Done);
        }, ct);
    }
}

/// <summary>Has the records counted again.</summary>
internal sealed class StartCountQuality(Work work, Jobs jobs) : UseCase<Done, Done>(work)
{
    protected override Permission Permission => PartnersPermissions.ViewSegments;

    protected override async Task<Result<Done>> HandleAsync(Done input, CancellationToken ct)
    {
        if (!await Db.Set<JobRow>().AnyAsync(j => j.Kind == CountQuality.Kind && j.State == JobState.Queued, ct)) jobs.Start(CountQuality.Kind, new { });
        return default(Done);
    }
}
