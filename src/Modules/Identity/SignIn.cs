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
/// works inside it.
/// </summary>
internal sealed class SignIn(Db db, CurrentActor current, Work work, Post post)
{
    private static readonly TimeSpan LinkLife = TimeSpan.FromMinutes(20);

    private static readonly Problem Refused =
        new(ProblemKind.Invalid, "identity.refused", "This e-mail address and password do not belong together.")
        { Errors = new Dictionary<string, string[]> { ["password"] = ["This e-mail address and password do not belong together."] } };

    /// <summary>By password. Unknown address and wrong password are answered alike, in the same time.</summary>
    public async Task<Result<SignedIn>> ByPasswordAsync(string email, string password, CancellationToken ct)
    {
        if (!Text.IsClean(email) || email.Length > 200 || password.Length > 1000) return Refused;
        var person = await FindAsync(email, ct);
        if (!Passwords.Verify(person?.PasswordHash, password))
        {
            if (person is not null) await NoteAsync(person, "identity.sign_in_refused", "password", ct);
            return Refused;
        }

        return await BeginAsync(person!, "password", null, ct);
    }

    /// <summary>Mails a link that signs in once. Says the same whether or not the address is known.</summary>
    public async Task SendLinkAsync(string email, Func<string, string> addressOf, CancellationToken ct)
    {
        if (!Text.IsClean(email) || email.Length > 200) return;
        var person = await FindAsync(email, ct);
        if (person is null) return;
        current.Actor = Actor.System(person.TenantId);
        var (secret, hash) = Secrets.New("link_");
        await work.TransactAsync<Done>("identity.send_link", () =>
        {
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
            return Task.FromResult<Result<Done>>(default(Done));
        }, ct);
        current.Actor = Actor.Anonymous;
    }

    /// <summary>By a mailed link, which is used up.</summary>
    public async Task<Result<SignedIn>> ByLinkAsync(string secret, CancellationToken ct)
    {
        var spent = new Problem(ProblemKind.Missing, "identity.link_spent", "This link has been used or has run out. Ask for a new one.");
        if (secret.Length > 200) return spent;
        var (hash, now) = (Secrets.HashOf(secret), work.Now);
        var key = await db.Set<Key>().AsNoTracking().SingleOrDefaultAsync(k => k.Hash == hash && k.Kind == KeyKind.Link, ct);
        if (key is null) return spent;
        var unused = db.Set<Key>().Where(k => k.Hash == hash && k.UsedAt == null && k.ExpiresAt > now);
        if (await Work.AloneAsync(db, () => unused.ExecuteUpdateAsync(s => s.SetProperty(k => k.UsedAt, now), ct), ct) == 0) return spent;
        var person = await db.AllTenants<Person>("before the tenant is known").AsNoTracking()
            .SingleOrDefaultAsync(p => p.TenantId == key.TenantId && p.Id == key.PersonId && p.State == PersonState.Active, ct);
        return person is null ? spent : await BeginAsync(person, "link", key.PartnerId, ct);
    }

    private async Task<Person?> FindAsync(string email, CancellationToken ct)
    {
        var normalised = Person.NormaliseEmail(email);
        var login = await db.Set<Login>().AsNoTracking().SingleOrDefaultAsync(l => l.Email == normalised, ct);
        return login is null ? null : await db.AllTenants<Person>("before the tenant is known").AsNoTracking()
            .SingleOrDefaultAsync(p => p.TenantId == login.TenantId && p.Id == login.PersonId && p.State == PersonState.Active, ct);
    }

    private async Task<Result<SignedIn>> BeginAsync(Person person, string by, PartnerId? invitedTo, CancellationToken ct)
    {
        current.Actor = Actor.System(person.TenantId, person.Name) with { Person = person.Id };
        var memberships = await db.Set<Membership>().AsNoTracking().Where(m => m.PersonId == person.Id && m.State == PersonState.Active).OrderBy(m => m.Since).ToListAsync(ct);
        if (memberships.Count == 0 && person.Roles.Length == 0) return Refused;
        await NoteAsync(person, "identity.signed_in", by, ct);
        await Invitation.AcceptAsync(db, person.TenantId, person.Id, work.Now, ct);
        var place = memberships.Find(m => m.PartnerId == invitedTo) ?? memberships.MaxBy(m => m.ChosenAt ?? DateTime.MinValue);
        return new SignedIn(person.TenantId, person.Id, place?.PartnerId, person.Stamp, Chooses: memberships.Count > 1 && place?.ChosenAt is null && invitedTo is null);
    }

    private async Task NoteAsync(Person person, string action, string by, CancellationToken ct)
    {
        current.Actor = Actor.System(person.TenantId, person.Name) with { Person = person.Id };
        await work.TransactAsync<Done>(action, () =>
        {
            work.Note(action, "identity_person", person.Id.ToString(), new { by });
            return Task.FromResult<Result<Done>>(default(Done));
        }, ct);
        current.Actor = Actor.Anonymous;
    }
}
