using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Identity;

/// <summary>Ends a key of a service account.</summary>
internal sealed class RevokeServiceKey(Work work) : UseCase<(PersonId Service, string Key), Done>(work)
{
    protected override Permission Permission => IdentityPermissions.ManageServices;

    protected override async Task<Result<Done>> HandleAsync((PersonId Service, string Key) input, CancellationToken ct)
    {
        if (await Services.RefusalAsync(Work, input.Service, ct) is { } refused) return refused;
        var (tenant, prefix) = (Work.Tenant, input.Key);
        if (prefix.Length < KeyRing.ShortLength) return Problem.Missing("key");
        var key = await Db.Set<Key>().SingleOrDefaultAsync(k => k.TenantId == tenant && k.PersonId == input.Service && k.Kind == KeyKind.Token && k.Hash.StartsWith(prefix), ct);
        if (key is null) return Problem.Missing("key");
        Db.Remove(key);
        Work.Note("identity.revoke_token", "identity_person", input.Service.ToString(), new { key.Name });
        return default(Done);
    }
}
