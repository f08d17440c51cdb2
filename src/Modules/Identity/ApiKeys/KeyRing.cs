using Microsoft.EntityFrameworkCore;
using Trellis.Identity.Published;
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

/// <summary>Issues a token for the person who asks, narrowed where wished.</summary>
internal sealed class IssueNarrowToken(Work work) : UseCase<KeyWish, NewToken>(work)
{
    protected override Permission Permission => IdentityPermissions.UseTokens;

    protected override Task<Result<NewToken>> HandleAsync(KeyWish wish, CancellationToken ct) => Task.FromResult<Result<NewToken>>(
        KeyRing.Check(wish, Work.Actor.Permissions) is { } problem ? problem : KeyRing.Add(Work, wish, Work.Actor.Person, Work.Actor.Partner).Token);
}

/// <summary>Replaces a key by a new one for as long; the old one works for a day more, so that a program can be changed over in peace.</summary>
internal sealed class RotateToken(Work work, RoleBook book) : UseCase<(PersonId? Service, string Key), NewToken>(work)
{
    protected override Permission Permission => IdentityPermissions.UseTokens;

    protected override async Task<Result<NewToken>> HandleAsync((PersonId? Service, string Key) input, CancellationToken ct)
    {
        var (tenant, owner, now, prefix) = (Work.Tenant, input.Service ?? Work.Actor.Person, Work.Now, input.Key);
        if (input.Service is { } service && await Services.RefusalAsync(Work, service, ct) is { } refused) return refused;
        if (prefix.Length < KeyRing.ShortLength) return Problem.Missing("key");
        var old = await Db.Set<Key>().AsNoTracking().SingleOrDefaultAsync(k => k.TenantId == tenant && k.PersonId == owner && k.Kind == KeyKind.Token && k.Hash.StartsWith(prefix) && k.ExpiresAt > now, ct);
        if (old is null) return Problem.Missing("key");
        var days = Math.Clamp((int)Math.Round((old.ExpiresAt - old.CreatedAt).TotalDays), 1, KeyRing.LongestDays);
        var wish = new KeyWish(old.Name, old.Scopes is null ? null : [.. RoleRules.Codes(old.Scopes)], days);
        if (Work.Actor.Kind == ActorKind.Token && (old.Scopes is null || !RoleRules.Codes(old.Scopes).IsSubsetOf(Work.Actor.Permissions))) return KeyProblems.Wider();
        if (Work.Actor.Key is { } own && own.Hash != old.Hash && now.AddDays(days) > own.Until) return KeyProblems.Wider();
        if (input.Service is { } held && !await MayHoldAsync(held, old.Scopes, ct)) return RoleProblems.MoreThanYouHold(old.Name, "key");
        var until = now + KeyRing.Overlap;
        if (old.ExpiresAt > until)
            await Db.Set<Key>().Where(k => k.TenantId == tenant && k.Hash == old.Hash).ExecuteUpdateAsync(s => s.SetProperty(k => k.ExpiresAt, until), ct);
        return KeyRing.Add(Work, wish, owner, old.PartnerId, renews: old.Hash).Token;
    }

    private async Task<bool> MayHoldAsync(PersonId service, string? scopes, CancellationToken ct) =>
        scopes is null
            ? await book.OutranksAsync(await Db.Set<Person>().Where(p => p.Id == service).Select(p => p.Roles).SingleAsync(ct), ct)
            : RoleRules.Codes(scopes).IsSubsetOf(Work.Actor.Permissions);
}

internal static class KeyProblems
{
    public static Problem Wider() => new(ProblemKind.Conflict, "identity.wider_key", "A key cannot renew one that may do more, or lasts longer, than itself. Do it on the page.");

    public static Problem NoScopes() => Problem.Invalid("scopes", $"Name the permissions that the key is for, or “{KeyRing.Everything}” for all that the account may.");

    public static Problem NoService() => Problem.Missing("service account");
}
