using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Deals.Handovers.Push;

/// <summary>Forgets attempts after a month: what became of a deal stands on its handover.</summary>
internal sealed class ForgetAttempts(Work work) : IRecurring
{
    public const int Days = 30;

    public async Task<Result<Done>> RunAsync(CancellationToken ct)
    {
        var (tenant, before) = (work.Tenant, work.Now.AddDays(-Days));
        await Work.AloneAsync(work.Db, () => work.Db.Set<HandoverAttempt>().Where(a => a.TenantId == tenant && a.At < before).ExecuteDeleteAsync(ct), ct);
        return default(Done);
    }
}
