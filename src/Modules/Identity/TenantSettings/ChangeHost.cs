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

/// <summary>Looks in the name system whether the host is the company's own: only who rules over a domain can write there.</summary>
internal sealed class VerifyHost(Work work, HostProofs proofs, RecordHost record)
{
    public async Task<Result<Done>> RunAsync(CancellationToken ct)
    {
        if (!work.Actor.May(IdentityPermissions.ManageSettings)) return Problem.Denied(IdentityPermissions.ManageSettings);
        var tenant = await work.Db.Set<Tenant>().AsNoTracking().SingleAsync(ct);
        if (tenant is not { Host: { } host, HostProof: { } proof }) return Problem.Invalid("host", "Name a host first.");
        // The network is asked outside any transaction.
        return await proofs.FindAsync(HostProofs.RecordOf(host), ct) switch
        {
            null => new Problem(ProblemKind.Busy, "identity.name_system_away", "The name system did not answer. Try again in a minute."),
            var texts when texts.Any(t => t.Trim() == proof) => await record.RunAsync(host, ct),
            { Count: 0 } => Problem.Invalid("host", $"There is no text record {HostProofs.RecordOf(host)} yet. A new record may take an hour to be seen everywhere."),
            _ => Problem.Invalid("host", $"The text record {HostProofs.RecordOf(host)} says something else."),
        };
    }
}

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
