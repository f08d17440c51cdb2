using Microsoft.EntityFrameworkCore;
using Trellis.Insights.Published;
using Trellis.Kernel;

namespace Trellis.Insights;

/// <summary>Confirms what a partner says it did; from then on it counts.</summary>
internal sealed class ConfirmTouch(Work work, RecreditDeal recredit) : UseCase<TouchId, Done>(work)
{
    protected override Permission Permission => InsightsPermissions.ConfirmTouch;

    protected override async Task<Result<Done>> HandleAsync(TouchId input, CancellationToken ct)
    {
        if (await Db.Set<Touch>().SingleOrDefaultAsync(t => t.Id == input, ct) is not { } touch) return Problem.Missing("touch");
        if (touch.Source != TouchSource.Partner) return InsightsProblems.ConfirmedAlready();
        touch.Source = TouchSource.Vendor;
        await recredit.RunAsync(touch.DealId, ct);
        return default(Done);
    }
}
