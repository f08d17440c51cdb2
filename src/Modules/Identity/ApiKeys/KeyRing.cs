using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Identity;

/// <summary>A key as somebody wants it.</summary>
/// <param name="Name">What it is for.</param>
/// <param name="Scopes">Codes of the permissions that it is narrowed to; null or empty for all that its person has. For a service account they are named, or "all".</param>
/// <param name="Days">How long it works.</param>
internal sealed record KeyWish(string? Name, string[]? Scopes = null, int Days = 90);

/// <summary>A key as it is shown; the secret itself is not kept.</summary>
internal sealed record TokenItem(string Hash, string Name, string? Hint, DateTime CreatedAt, DateTime ExpiresAt, DateTime? UsedAt, string[] Scopes);

internal sealed partial class Key
{
    private static readonly TimeSpan Grain = TimeSpan.FromHours(1);

    /// <summary>The actor with no more permissions than the key is for.</summary>
    public Actor Narrow(Actor actor) => actor with
    {
        Key = new HeldKey(Hash, ExpiresAt),
        Permissions = Scopes is null ? actor.Permissions : actor.Permissions.Intersect(RoleRules.Codes(Scopes)).ToHashSet(),
    };

    /// <summary>Writes down that the key was used, to the hour, so that a busy program does not write at each call.</summary>
    public async Task NoteUseAsync(Db db, DateTime now, CancellationToken ct)
    {
        if (UsedAt > now - Grain) return;
        var hash = Hash;
        await Work.AloneAsync(db, () => db.Set<Key>().Where(k => k.Hash == hash).ExecuteUpdateAsync(s => s.SetProperty(k => k.UsedAt, now), ct), ct);
    }
}

/// <summary>Keys for programs: what may be asked for, and how they are kept.</summary>
internal static class KeyRing
{
    public const int LongestDays = 365;

    public const int ShortLength = 16;

    /// <summary>Instead of scopes, for a service account: all that its roles allow, also later.</summary>
    public const string Everything = "all";

    public static readonly int[] Lives = [7, 30, 90, 180, LongestDays];

    public static readonly TimeSpan Overlap = TimeSpan.FromHours(24);

    public static Problem? Check(KeyWish wish, IReadOnlySet<string> held)
    {
        var check = new Check().Text(wish.Name, "name", "The name", 100)
            .That(wish.Days is >= 1 and <= LongestDays, "days", $"A key works for 1 to {LongestDays} days.")
            .That((wish.Scopes ?? []).All(s => s is not null && held.Contains(s)), "scopes", "A key cannot do what its owner may not.");
        return check.Problem;
    }

    /// <param name="work">In whose name.</param>
    /// <param name="wish">What is wanted.</param>
    /// <param name="person">Whose key it becomes.</param>
    /// <param name="partner">For which partner it acts.</param>
    /// <param name="renews">The key whose place it takes.</param>
    public static (NewToken Token, Key Key) Add(Work work, KeyWish wish, PersonId person, PartnerId? partner, string? renews = null)
    {
        var (secret, hash) = Secrets.New(IssueToken.TokenPrefix);
        var scopes = wish.Scopes is { Length: > 0 } some ? some : null;
        var expires = work.Now.AddDays(wish.Days);
        // A key never begets one that may do more or lasts longer; renewing itself, it ends the one before.
        if (scopes is null && work.Actor.Kind == ActorKind.Token) scopes = [.. work.Actor.Permissions];
        if (work.Actor.Key is { } own && own.Hash != renews && own.Until < expires) expires = own.Until;
        var key = new Key
        {
            Hash = hash,
            Kind = KeyKind.Token,
            TenantId = work.Tenant,
            PersonId = person,
            PartnerId = partner,
            Name = wish.Name!.Trim(),
            Hint = secret[..(IssueToken.TokenPrefix.Length + 4)],
            Scopes = scopes is null ? null : RoleRules.Join(scopes),
            CreatedAt = work.Now,
            ExpiresAt = expires,
        };
        work.Db.Add(key);
        work.Note("identity.issue_token", "identity_person", person.ToString(), new { name = key.Name, expires = key.ExpiresAt, scopes = key.Scopes ?? "all" });
        return (new NewToken(secret, key.ExpiresAt), key);
    }

    public static async Task<IReadOnlyList<TokenItem>> OfAsync(Work work, PersonId person, CancellationToken ct)
    {
        var (tenant, now) = (work.Tenant, work.Now);
        var keys = await work.Db.Set<Key>().AsNoTracking()
            .Where(k => k.TenantId == tenant && k.PersonId == person && k.Kind == KeyKind.Token && k.ExpiresAt > now)
            .OrderByDescending(k => k.CreatedAt).Take(100).ToListAsync(ct);
        return [.. keys.Select(k => new TokenItem(k.Hash, k.Name, k.Hint, k.CreatedAt, k.ExpiresAt, k.UsedAt, k.Scopes is null ? [] : [.. RoleRules.Codes(k.Scopes)]))];
    }

    /// <summary>The name under which a key is addressed: the beginning of its hash, which opens nothing.</summary>
    public static string Short(string hash) => hash[..ShortLength];
}

/// <summary>The tokens of the person who asks.</summary>
internal static class OwnTokens
{
    public static Task<IReadOnlyList<TokenItem>> ReadAsync(Work work, CancellationToken ct) => KeyRing.OfAsync(work, work.Actor.Person, ct);
}
