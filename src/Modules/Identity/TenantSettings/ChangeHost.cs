using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Identity.Settings;

/// <summary>Wishes for a host name of its own, or gives it up where there is none; links lead there only when it is proved.</summary>
internal sealed class ChangeHost(Work work, SettingsShelf shelf) : UseCase<string?, Done>(work)
{
    protected override Permission Permission => IdentityPermissions.ManageSettings;

    protected override async Task<Result<Done>> HandleAsync(string? input, CancellationToken ct)
    {
        var host = Text.OrNull(input) is null ? null : HostProofs.Normalise(input);
        if (host is null && Text.OrNull(input) is not null) return Problem.Invalid("host", "Write a host name such as partners.example.com, without a path.");
        var tenant = await Db.Set<Tenant>().SingleAsync(ct);
        if (tenant.Host == host) return default(Done);
        var owner = Work.Tenant;
        await Db.Set<TenantHost>().Where(h => h.TenantId == owner).ExecuteDeleteAsync(ct);
        (tenant.Host, tenant.HostVerifiedAt) = (host, null);
        tenant.HostProof = host is null ? null : "trellis=" + RandomNumberGenerator.GetHexString(32, true);
        Work.Afterwards(() => shelf.Forget(owner));
        return default(Done);
    }
}
