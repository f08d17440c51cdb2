using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Workspace;

/// <summary>Tells the team of another end.</summary>
internal sealed class TellOfEnd(Work work, TeamMail mail) : IHear<DealEnded>
{
    public async Task HearAsync(DealEnded happened, CancellationToken ct)
    {
        if (await work.Db.Set<Deal>().AsNoTracking().SingleOrDefaultAsync(d => d.Id == happened.Deal, ct) is { } deal && deal.State == happened.State) await mail.EndedAsync(deal, ct);
    }
}
