using Microsoft.EntityFrameworkCore;
using Trellis.Identity.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Life;

/// <summary>Reminds of a request that waits for an answer: the partner manager at half time, the role above when it is late; each once.</summary>
internal sealed class RemindOfRequest(Work work, LifeMail mail) : UseCase<RequestId, bool>(work)
{
    protected override Permission Permission => DealsPermissions.Clock;

    protected override async Task<Result<bool>> HandleAsync(RequestId id, CancellationToken ct)
    {
        var request = await Db.Set<DealRequest>().AsNoTracking().SingleOrDefaultAsync(r => r.Id == id, ct);
        if (request is not { State: RequestState.Pending } || Work.Now < Promise.HalfTime(Work.Settings.Calendar, request.RequestedAt, request.DecideBy)) return false;
        var late = Work.Now > request.DecideBy;
        var (deal, key) = (request.DealId, $"{id}/{(late ? "late" : "half")}");
        await Work.LockAsync($"deal-notice:{deal}", ct);
        if (await Db.Set<DealNotice>().AnyAsync(n => n.DealId == deal && n.Kind == NoticeKind.Request && n.Key == key, ct)) return false;
        Db.Add(DealNotice.Of(Work.Tenant, deal, NoticeKind.Request, key, Work.Now));
        var asked = await Db.Set<Deal>().AsNoTracking().SingleAsync(d => d.Id == deal, ct);
        await mail.RequestWaitsAsync(asked, request, late ? Promise.HearsOfLateRequests : Promise.AnswersRequests, late, ct);
        return true;
    }
}
