using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Partners.Hygiene;

/// <summary>Counts the quality of all partners' records and puts it in the place of the count before. It reads for long and writes for a moment, so that no other writer waits.</summary>
internal sealed class CountQuality(Work work) : IJob, IRecurring
{
    public const string Kind = "partners.count_quality";

    public async Task<Result<string>> RunAsync(string payload, JobProgress progress, CancellationToken ct) => (await RunAsync(ct)).Then<string>(_ => "The records are counted.");

    public async Task<Result<Done>> RunAsync(CancellationToken ct)
    {
        var counted = await QualityRun.CountAsync(work, ct);
        var checks = await PartnerStates.CountAsync(work, counted, ct);
        return await work.TransactAsync<Done>(Kind, async () =>
        {
            await work.LockAsync(Kind, ct);
            var run = await work.Db.Set<QualityRun>().SingleOrDefaultAsync(ct);
            if (run is null) work.Db.Add(QualityRun.Of(work.Tenant, counted, work.Now));
            else (run.At, run.Content) = (work.Now, QualityRun.Write(counted));
            await PartnerStates.KeepAsync(work, checks, ct);
            return default(Done);
        }, ct);
    }
}
