using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Identity.Settings;

/// <summary>Records that a host is proved.</summary>
internal sealed class RecordHost(Work work, SettingsShelf shelf) : UseCase<string, Done>(work)
{
    protected override Permission Permission => IdentityPermissions.ManageSettings;

    protected override async Task<Result<Done>> HandleAsync(string input, CancellationToken ct)
    {
        var tenant = await Db.Set<Tenant>().SingleAsync(ct);
        if (tenant.Host != input) return Problem.Stale();
        var held = await Db.Set<TenantHost>().SingleOrDefaultAsync(h => h.Host == input, ct);
        // Whoever writes the record now rules over the domain now: the one before loses it.
        if (held is not null && held.TenantId != Work.Tenant) Db.Remove(held);
        if (held is null || held.TenantId != Work.Tenant)
        {
            if (held is not null) await Work.SaveAsync(ct);
            Db.Add(new TenantHost { Host = input, TenantId = Work.Tenant, Since = Work.Now });
        }

        tenant.HostVerifiedAt = Work.Now;
        var owner = Work.Tenant;
        Work.Afterwards(() => shelf.Forget(owner));
        return default(Done);
    }
}
