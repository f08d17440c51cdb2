using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Identity;

/// <summary>A token as its owner sees it; the secret itself is not kept.</summary>
internal sealed record TokenItem(string Hash, string Name, DateTime CreatedAt, DateTime ExpiresAt);

/// <summary>The tokens of the person who asks.</summary>
internal static class OwnTokens
{
    public static async Task<IReadOnlyList<TokenItem>> ReadAsync(Work work, CancellationToken ct)
    {
        var (tenant, person, now) = (work.Tenant, work.Actor.Person, work.Now);
        return await work.Db.Set<Key>().AsNoTracking()
            .Where(k => k.TenantId == tenant && k.PersonId == person && k.Kind == KeyKind.Token && k.ExpiresAt > now)
            .OrderByDescending(k => k.CreatedAt).Take(100)
            .Select(k => new TokenItem(k.Hash, k.Name, k.CreatedAt, k.ExpiresAt)).ToListAsync(ct);
    }
}

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
