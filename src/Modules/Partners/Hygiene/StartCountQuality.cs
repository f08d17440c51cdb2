using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Partners.Hygiene;

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
