using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Partners.Applying;

/// <summary>Erases what strangers typed and never confirmed, and what was declined long ago. Once a day.</summary>
internal sealed class TidyApplications(Work work) : IRecurring
{
    public async Task<Result<Done>> RunAsync(CancellationToken ct)
    {
        var tenant = work.Tenant;
        var days = await work.Db.Set<ApplicationSettings>().Where(s => s.TenantId == tenant).Select(s => (int?)s.KeepDays).SingleOrDefaultAsync(ct) ?? ApplicationSettings.UsualDays;
        var (unconfirmed, declined) = (work.Now.AddDays(-ApplicationSettings.UnconfirmedDays), work.Now.AddDays(-days));
        await Work.AloneAsync(work.Db, () => work.Db.Set<Application>().Where(a => a.TenantId == tenant && a.State == ApplicationState.Unconfirmed && a.StateSince < unconfirmed).ExecuteDeleteAsync(ct), ct);
        await Work.AloneAsync(work.Db, () => work.Db.Set<Application>().Where(a => a.TenantId == tenant && a.State == ApplicationState.Declined && a.StateSince < declined).ExecuteDeleteAsync(ct), ct);
        return default(Done);
    }
}
