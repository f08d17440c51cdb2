using Microsoft.EntityFrameworkCore;
using Trellis.Identity.Published;
using Trellis.Kernel;

namespace Trellis.Identity;

/// <summary>Who has just proved to be whom.</summary>
/// <param name="Tenant">The tenant.</param>
/// <param name="Person">The person.</param>
/// <param name="Partner">The partner for which a partner's person starts; null for the vendor's people.</param>
/// <param name="Stamp">The stamp that keeps the session valid.</param>
/// <param name="Chooses">Whether the person belongs to several partners and has not chosen one yet.</param>
internal sealed record SignedIn(TenantId Tenant, PersonId Person, PartnerId? Partner, string Stamp, bool Chooses = false);

/// <summary>
/// Signing in by password or by mailed link. It is no use case with a permission, since nobody has one yet: it finds the tenant first and then
/// works inside it. <see cref="Entrance"/> opens the session.
/// </summary>
internal sealed class SignIn(Db db, CurrentActor current, Work work, Post post, Attempts attempts)
{
    private static readonly TimeSpan LinkLife = TimeSpan.FromMinutes(20);
    private static readonly Problem Refused = IdentitySignInProblems.Refused();

    /// <summary>By password. Unknown address and wrong password are answered alike, after the same work.</summary>
    public async Task<Result<SignedIn>> ByPasswordAsync(string email, string password, Knock knock, CancellationToken ct)
    {
        if (!Text.IsClean(email) || email.Length > 200 || password.Length > 1000) return Refused;
        var person = await FindAsync(email, ct);
        var limits = Limits.Guess("password", Person.NormaliseEmail(email), knock, person?.Id);
        if (await attempts.TakeAsync(limits, ct) is { } busy) return busy;
        var fit = Passwords.Compare(person?.PasswordHash, password);
        var begun = fit == Fit.No || person is null ? Refused : await BeginAsync(person, null, ct);
        await KeepAsync(person, begun.Ok, limits, fit == Fit.Outdated ? password : null, knock, ct);
        return begun;
    }

    /// <summary>Mails a link that signs in once. Says the same whether or not the address is known, and does the same but for the mail itself.</summary>
    public async Task<Problem?> SendLinkAsync(string email, Func<string, string> addressOf, Knock knock, CancellationToken ct)
    {
        if (!Text.IsClean(email) || email.Length > 200) return null;
        var person = await FindAsync(email, ct);
        if (person is not null) current.Actor = Actor.System(person.TenantId);
        // One transaction either way, so that its cost tells nobody which addresses are known.
        var sent = await work.TransactAsync<Done>("identity.send_link", async () =>
        {
            if (await attempts.TakeAsync(Limits.Mail("link", Person.NormaliseEmail(email), knock), ct) is { } busy) return busy;
            if (person is null) return default(Done);
            var (secret, hash) = Secrets.New("link_");
            db.Add(new Key
            {
                Hash = hash,
                Kind = KeyKind.Link,
                TenantId = person.TenantId,
                PersonId = person.Id,
                Name = "Sign-in link",
                CreatedAt = work.Now,
                ExpiresAt = work.Now + LinkLife,
            });
            post.Send(person.Email, "Your sign-in link", $"Hello {person.Name},\n\nopen this link to sign in. It works once, for 20 minutes:\n\n{addressOf(secret)}\n\nIf you did not ask for it, you can ignore this mail.");
            return default(Done);
        }, ct);
        current.Actor = Actor.Anonymous;
        return sent.Problem;
    }

    /// <summary>By a mailed link, which is used up.</summary>
    public async Task<Result<SignedIn>> ByLinkAsync(string secret, CancellationToken ct)
    {
        var (person, partner) = await SpendAsync(secret, KeyKind.Link, ct);
        return person is null ? IdentitySignInProblems.LinkSpent() : await BeginAsync(person, partner, ct);
    }

    /// <summary>By a passkey that has answered.</summary>
    public async Task<Result<SignedIn>> ByPasskeyAsync(PasskeyPerson? whose, CancellationToken ct)
    {
        var person = whose is null ? null : await db.AllTenants<Person>("before the tenant is known").AsNoTracking()
            .SingleOrDefaultAsync(p => p.TenantId == whose.Tenant && p.Id == whose.Person && p.State == PersonState.Active, ct);
        return person is null ? IdentitySignInProblems.PasskeyRefused() : await BeginAsync(person, null, ct);
    }

    /// <summary>Uses a mailed secret up and says whose it was: nobody's, if it is unknown, used, run out, or its person suspended.</summary>
    internal async Task<(Person? Person, PartnerId? Partner)> SpendAsync(string secret, KeyKind kind, CancellationToken ct)
    {
        if (secret.Length > 200) return default;
        var (hash, now) = (Secrets.HashOf(secret), work.Now);
        var key = await db.Set<Key>().AsNoTracking().SingleOrDefaultAsync(k => k.Hash == hash && k.Kind == kind, ct);
        if (key is null) return default;
        var unused = db.Set<Key>().Where(k => k.Hash == hash && k.UsedAt == null && k.ExpiresAt > now);
        if (await Work.AloneAsync(db, () => unused.ExecuteUpdateAsync(s => s.SetProperty(k => k.UsedAt, now), ct), ct) == 0) return default;
        var person = await db.AllTenants<Person>("before the tenant is known").AsNoTracking()
            .SingleOrDefaultAsync(p => p.TenantId == key.TenantId && p.Id == key.PersonId && p.State == PersonState.Active, ct);
        return (person, key.PartnerId);
    }

    /// <summary>The person who signs in with this address and may do so.</summary>
    internal async Task<Person?> FindAsync(string email, CancellationToken ct)
    {
        var normalised = Person.NormaliseEmail(email);
        var login = await db.Set<Login>().AsNoTracking().SingleOrDefaultAsync(l => l.Email == normalised, ct);
        return login is null ? null : await db.AllTenants<Person>("before the tenant is known").AsNoTracking()
            .SingleOrDefaultAsync(p => p.TenantId == login.TenantId && p.Id == login.PersonId && p.State == PersonState.Active, ct);
    }

    /// <summary>Where this person begins: at the vendor, or at one of its partners.</summary>
    internal async Task<Result<SignedIn>> BeginAsync(Person person, PartnerId? invitedTo, CancellationToken ct)
    {
        var memberships = await db.AllTenants<Membership>("before the tenant is known").AsNoTracking()
            .Where(m => m.TenantId == person.TenantId && m.PersonId == person.Id && m.State == PersonState.Active).OrderBy(m => m.Since).ToListAsync(ct);
        if (memberships.Count == 0 && person.Roles.Length == 0) return Refused;
        var place = memberships.Find(m => m.PartnerId == invitedTo) ?? memberships.MaxBy(m => m.ChosenAt ?? DateTime.MinValue);
        return new SignedIn(person.TenantId, person.Id, place?.PartnerId, person.Stamp, Chooses: memberships.Count > 1 && place?.ChosenAt is null && invitedTo is null);
    }

    // Whatever came out, one transaction: so that its cost tells nobody which addresses are known.
    private async Task KeepAsync(Person? person, bool right, Limit[] limits, string? rehash, Knock knock, CancellationToken ct)
    {
        if (person is not null) current.Actor = Actor.System(person.TenantId, person.Name) with { Person = person.Id };
        await work.TransactAsync<Done>("identity.sign_in", async () =>
        {
            if (right) await attempts.ForgiveAsync(limits, ct);
            else await attempts.TouchAsync(limits, ct);
            if (person is not null && !right) work.Note("identity.sign_in_refused", "identity_person", person.Id.ToString(), new { by = "password", knock.Address });
            if (person is not null && right && rehash is not null)
            {
                var hash = Passwords.Hash(rehash);
                var (tenant, id) = (person.TenantId, person.Id);
                await db.Set<Person>().Where(p => p.TenantId == tenant && p.Id == id).ExecuteUpdateAsync(s => s.SetProperty(p => p.PasswordHash, hash), ct);
            }

            return default(Done);
        }, ct);
        current.Actor = Actor.Anonymous;
    }
}
