using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Workspace;

/// <summary>Tells the team of a win.</summary>
internal sealed class TellOfWin(Work work, TeamMail mail) : IHear<DealWon>
{
    public async Task HearAsync(DealWon happened, CancellationToken ct)
    {
        // What was taken back meanwhile is told as what it is then.
        if (await work.Db.Set<Deal>().AsNoTracking().SingleOrDefaultAsync(d => d.Id == happened.Deal, ct) is { State: DealState.Won } deal) await mail.WonAsync(deal, ct);
    }
}
