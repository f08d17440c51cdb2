using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Partners.Hygiene;

/// <summary>Has all partners compared now; whoever asks while they are being compared gets that run.</summary>
internal sealed class StartFindTwins(Work work, Jobs jobs) : UseCase<Done, JobId>(work)
{
    protected override Permission Permission => PartnersPermissions.Merge;

    protected override async Task<Result<JobId>> HandleAsync(Done input, CancellationToken ct)
    {
        await Work.LockAsync("partners.compare", ct);
        var running = await Db.Set<JobRow>().Where(j => j.Kind == FindTwins.Kind && (j.State == JobState.Queued || j.State == JobState.Running)).OrderBy(j => j.Id).Select(j => (JobId?)j.Id).FirstOrDefaultAsync(ct);
        return running ?? jobs.Start(FindTwins.Kind, new { });
    }
}
