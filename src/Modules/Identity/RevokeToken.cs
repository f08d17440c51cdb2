using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Identity;

/// <summary>Ends a token of one's own.</summary>
internal sealed class RevokeToken(Work work) : UseCase<string, Done>(work)
{
    protected override Permission Permission => IdentityPermissions.UseTokens;

    protected override async Task<Result<Done>> HandleAsync(string hash, CancellationToken ct)
    {
        var (tenant, person) = (Work.Tenant, Work.Actor.Person);
        var key = await Db.Set<Key>().SingleOrDefaultAsync(k => k.Hash == hash && k.TenantId == tenant && k.PersonId == person && k.Kind == KeyKind.Token, ct);
        if (key is null) return Problem.Missing("token");
        Db.Remove(key);
        Work.Note("identity.revoke_token", "identity_person", person.ToString(), new { key.Name });
        return default(Done);
    }
}
