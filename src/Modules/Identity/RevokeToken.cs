using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Identity;

/// <summary>Ends a token of one's own.</summary>
internal sealed class RevokeToken(Work work) : UseCase<string, Done>(work)
{
    protected override Permission Permission => IdentityPermissions.UseTokens;

    protected override async Task<Result<Done>> HandleAsync(string key, CancellationToken ct)
    {
        var (tenant, person) = (Work.Tenant, Work.Actor.Person);
        if (key.Length < KeyRing.ShortLength) return Problem.Missing("token");
        var token = await Db.Set<Key>().SingleOrDefaultAsync(k => k.TenantId == tenant && k.PersonId == person && k.Kind == KeyKind.Token && k.Hash.StartsWith(key), ct);
        if (token is null) return Problem.Missing("token");
        Db.Remove(token);
        Work.Note("identity.revoke_token", "identity_person", person.ToString(), new { token.Name });
        return default(Done);
    }
}
