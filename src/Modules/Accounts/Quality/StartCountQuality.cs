using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Accounts.Quality;

/// <summary>Has the data counted again.</summary>
internal sealed class StartCountQuality(Work work, Jobs jobs) : UseCase<Done, Done>(work)
{
    protected override Permission Permission => AccountsPermissions.View;

    protected override async Task<Result<Done>> HandleAsync(Done input, CancellationToken ct)
    {
        await QueueAsync(Work, jobs, ct);
        return default(Done);
    }

    /// <summary>Queues the job inside the open transaction, unless it waits already.</summary>
    public static async Task QueueAsync(Work work, Jobs jobs, CancellationToken ct)
    {
        if (!await work.Db.Set<JobRow>().AnyAsync(j => j.Kind == CountQuality.Kind && j.State == JobState.Queued, ct)) jobs.Start(CountQuality.Kind, new { });
    }
}
