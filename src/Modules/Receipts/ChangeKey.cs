using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Receipts;

/// <summary>
/// Retires the signing key and makes a new one. The private half of the old one is destroyed; its public half stays published, so that what it signed can
/// be checked for ever. Other nodes change over within a minute. The key signs for every tenant, so only the people who run the installation may do this.
/// </summary>
internal sealed class ChangeKey(Work work, SigningKeys keys, ITenants tenants) : UseCase<string?, string>(work)
{
    protected override Permission Permission => ReceiptsPermissions.Manage;

    protected override async Task<Result<string>> HandleAsync(string? reason, CancellationToken ct)
    {
        if (!await tenants.IsRunByAsync(Work.Tenant, ct)) return Problem.Denied(Permission);
        if (Erasing.Reason(reason) is { Ok: false, Problem: { } problem }) return problem;
        await Db.Engine.LockAsync(Db, "receipts.key", ct);
        foreach (var old in await Db.Set<KeyRow>().Where(k => k.RetiredAt == null).ToListAsync(ct)) old.Retire(Work.Now, reason!.Trim());
        var key = keys.Make(Work);
        Work.Note("receipts.key_changed", "receipts_key", key.Id, new { reason });
        return key.Id;
    }
}
