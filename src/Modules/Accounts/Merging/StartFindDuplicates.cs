using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Accounts.Merging;

/// <summary>Has all accounts compared now.</summary>
internal sealed class StartFindDuplicates(Work work, Jobs jobs) : UseCase<Done, JobId>(work)
{
    protected override Permission Permission => AccountsPermissions.Merge;

    protected override async Task<Result<JobId>> HandleAsync(Done input, CancellationToken ct)
    {
        await Work.LockAsync("accounts.find_duplicates", ct);
        var running = await Db.Set<JobRow>().Where(j => j.Kind == FindDuplicates.Kind && (j.State == JobState.Queued || j.State == JobState.Running)).OrderBy(j => j.Id).Select(j => (JobId?)j.Id).FirstOrDefaultAsync(ct);
        return running ?? jobs.Start(FindDuplicates.Kind, new { });
    }
}
