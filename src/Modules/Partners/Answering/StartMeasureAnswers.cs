using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Partners.Answering;

/// <summary>Has the answer times computed again.</summary>
internal sealed class StartMeasureAnswers(Work work, Jobs jobs) : UseCase<Done, Done>(work)
{
    protected override Permission Permission => PartnersPermissions.ViewSegments;

    protected override async Task<Result<Done>> HandleAsync(Done input, CancellationToken ct)
    {
        if (!await Db.Set<JobRow>().AnyAsync(j => j.Kind == MeasureAnswers.Kind && j.State == JobState.Queued, ct)) jobs.Start(MeasureAnswers.Kind, new { });
        return default(Done);
    }
}
