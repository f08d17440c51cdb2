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
internal sealed record SignedIn(TenantId Tenant, PersonId Person, PartnerId? Partner, string Stamp, bool Chooses = false)
{
    /// <summary>The same person at other companies whose own proof was given in the same breath; they are opened aside.</summary>
    public IReadOnlyList<SignedIn> Also { get; init; } = [];
}

/// <summary>Somebody who may sign in with an address at one company.</summary>
internal sealed record Candidate(Person Person, string Company, DateTime? SeenAt);

/// <summary>
/// Signing in by password or by mailed link. It is no use case with a permission, since nobody has one yet: it finds the companies first, each with a
/// person and a password of its own, and then works inside them. <see cref="Entrance"/> opens the sessions.
/// </summary>
internal sealed class SignIn(Db db, CurrentActor current, Work work, Post post, Attempts attempts, SecondFactors factors)
{
    private static readonly TimeSpan LinkLife = TimeSpan.FromMinutes(20);
    private static readonly Problem Refused = IdentitySignInProblems.Refused();

    // What was found out about one candidate.
    private sealed record Compared(Candidate Candidate, Limit[] Limits, Fit Fit, SignedIn? Begun);

    /// <summary>By password. Unknown address and wrong password are answered alike, after the same work. Each company is entered by its own person's password only.</summary>
    public async Task<Result<SignedIn>> ByPasswordAsync(string email, string password, Knock knock, CancellationToken ct)
    {
        if (!Text.IsClean(email) || email.Length > 200 || password.Length > 1000) return Refused;
        var address = Person.NormaliseEmail(email);
        var candidates = await FindAllAsync(address, knock, ct);
        // Each company counts guesses at its own person: whoever may sign in at one must not get free guesses at another.
        List<Limit[]> limits = candidates.Count == 0 ? [Limits.Guess("password", address, knock, null)] : [.. candidates.Select(c => Limits.Password(address, c.Person.TenantId, c.Person.Id, knock))];
        var taken = await attempts.TakeEachAsync(limits, ct);
        if (!taken.Ok) return taken.Problem;
        if (candidates.Count == 0) Passwords.Compare(null, password);

        List<Compared> compared = [];
        foreach (var (candidate, own) in candidates.Zip(limits).Where(c => taken.Value.Admitted.Contains(c.Second)))
        {
            var fit = Passwords.Compare(candidate.Person.PasswordHash, password);
            var begun = fit == Fit.No ? Refused : await BeginAsync(candidate.Person, null, ct);
            compared.Add(new Compared(candidate, own, fit, begun.Ok ? begun.Value : null));
        }

        await KeepAsync(compared, [.. limits.Where(taken.Value.Admitted.Contains).SelectMany(l => l)], taken.Value.Last, password, knock, ct);
        SignedIn[] right = [.. compared.Select(c => c.Begun).OfType<SignedIn>()];
        // What was braked was not looked at, and may have been what was meant.
        if (right.Length == 0) return taken.Value.Refusal ?? Refused;
        List<SignedIn> also = [];
        foreach (var other in right.Skip(1))
            if (!await factors.HasAsync(other.Tenant, other.Person, ct)) also.Add(other);
        return right[0] with { Also = also };
    }

    /// <summary>
    /// Mails a link that signs in once; each company where the address is known mails its own, so that its rows hold nothing of another. Says the same whether or not the address is known, and does the same but for the mail itself.
    /// </summary>
    public async Task<Problem?> SendLinkAsync(string email, Func<string, string> addressOf, Knock knock, CancellationToken ct)
    {
        if (!Text.IsClean(email) || email.Length > 200) return null;
        var candidates = await FindAllAsync(email, knock, ct);
        // Each company acts for its own link; afterwards nobody does.
        using var _ = current.As(current.Actor);
        // One transaction either way, so that its cost tells nobody which addresses are known.
        var sent = await work.TransactAsync<Done>("identity.send_link", async () =>
        {
            if (await attempts.TakeAsync(Limits.Mail("link", Person.NormaliseEmail(email), knock), ct) is { } busy) return busy;
            foreach (var (person, company, _) in candidates)
            {
                var address = NewLink(person, "link_", KeyKind.Link, "Sign-in link", LinkLife, addressOf);
                post.Send(person.Email, $"Your sign-in link for {company}".ReplaceLineEndings(" "), $"Hello {person.Name},\n\nopen this link to sign in to {company}. It works once, for 20 minutes:\n\n{address}\n\nIf you did not ask for it, you can ignore this mail.");
            }

            return default(Done);
        }, ct);
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

    /// <summary>
    /// Everybody who signs in with this address and may do so, one at each company; at a company's own door, that company's alone. First who came in last by
    /// this browser, then by any, then by the company's name.
    /// </summary>
    internal async Task<List<Candidate>> FindAllAsync(string email, Knock knock, CancellationToken ct)
    {
        var (normalised, door) = (Person.NormaliseEmail(email), knock.Door);
        var found = await (from l in db.Set<Login>()
                           join p in db.AllTenants<Person>("before the tenant is known") on new { l.TenantId, Id = l.PersonId } equals new { p.TenantId, p.Id }
                           join t in db.Set<Tenant>() on l.TenantId equals t.TenantId
                           where l.Email == normalised && p.State == PersonState.Active && (door == null || l.TenantId == door)
                           select new Candidate(p, t.Name, db.Set<Session>().Where(s => s.TenantId == p.TenantId && s.PersonId == p.Id).Max(s => (DateTime?)s.SeenAt))).AsNoTracking().ToListAsync(ct);
        return [.. found.OrderBy(c => knock.Rank(c.Person.Id)).ThenByDescending(c => c.SeenAt).ThenBy(c => c.Company, StringComparer.OrdinalIgnoreCase).ThenBy(c => c.Person.TenantId.Value)];
    }

    /// <summary>
    /// Where this person begins: at the vendor, or at one of its partners. An invitation is a place for whoever comes by its link, and for whoever has no other.
    /// </summary>
    internal async Task<Result<SignedIn>> BeginAsync(Person person, PartnerId? invitedTo, CancellationToken ct)
    {
        var memberships = await db.AllTenants<Membership>("before the tenant is known").AsNoTracking()
            .Where(m => m.TenantId == person.TenantId && m.PersonId == person.Id && m.State != PersonState.Suspended).OrderBy(m => m.Since).ToListAsync(ct);
        if (memberships.Count == 0 && person.Roles.Length == 0) return Refused;
        var active = memberships.FindAll(m => m.State == PersonState.Active);
        var place = memberships.Find(m => m.PartnerId == invitedTo) ?? active.MaxBy(m => m.ChosenAt ?? DateTime.MinValue) ?? memberships.LastOrDefault();
        var asked = active.Count > 0 && memberships.Count > active.Count;
        return new SignedIn(person.TenantId, person.Id, place?.PartnerId, person.Stamp, Chooses: invitedTo is null && (asked || (active.Count > 1 && place?.ChosenAt is null)));
    }

    /// <summary>Where a partner's person goes on that has just left one company; null where there is no other.</summary>
    internal async Task<SignedIn?> ElsewhereAsync(PersonId id, CancellationToken ct)
    {
        var person = await db.Set<Person>().AsNoTracking().SingleAsync(p => p.Id == id, ct);
        if (!await db.Set<Membership>().AnyAsync(m => m.PersonId == id && m.State == PersonState.Active, ct)) return null;
        var begun = await BeginAsync(person, null, ct);
        return begun.Ok ? begun.Value : null;
    }

    /// <summary>Writes a secret for a person into the open transaction, and says where it leads. From then on that person's company acts; the caller takes its hand back.</summary>
    internal string NewLink(Person person, string prefix, KeyKind kind, string name, TimeSpan life, Func<string, string> addressOf)
    {
        current.Actor = Actor.System(person.TenantId, person.Name) with { Person = person.Id };
        var (secret, hash) = Secrets.New(prefix);
        db.Add(new Key { Hash = hash, Kind = kind, TenantId = person.TenantId, PersonId = person.Id, Name = name, CreatedAt = work.Now, ExpiresAt = work.Now + life });
        return addressOf(secret);
    }

    // Whatever came out, one transaction: so that its cost tells nobody which addresses are known.
    private async Task KeepAsync(List<Compared> compared, Limit[] taken, IReadOnlyList<Limit[]> last, string password, Knock knock, CancellationToken ct)
    {
        // Each counter once, also one that several companies share.
        var right = compared.Where(c => c.Begun is not null).SelectMany(c => c.Limits).DistinctBy(l => l.Key).ToArray();
        var wrong = taken.DistinctBy(l => l.Key).ExceptBy(right.Select(l => l.Key), l => l.Key).ToArray();
        using var _ = current.As(current.Actor);
        await work.TransactAsync<Done>("identity.sign_in", async () =>
        {
            if (right.Length > 0) await attempts.ForgiveAsync(right, ct);
            if (right.Length == 0) await attempts.TouchAsync(wrong, ct);
            else if (wrong.Length > 0) await attempts.SoftenAsync(wrong, ct);
            foreach (var (candidate, limits, fit, begun) in compared)
            {
                var person = candidate.Person;
                current.Actor = Actor.System(person.TenantId, person.Name) with { Person = person.Id };
                // Who came in somewhere did not try to come in here.
                if (right.Length == 0) work.Note("identity.sign_in_refused", "identity_person", person.Id.ToString(), new { by = "password", knock.Address });
                if (right.Length == 0 && last.Contains(limits)) EndedNotice.Send(post, work, person, "your password");
                if (begun is null || fit != Fit.Outdated) continue;
                var hash = Passwords.Hash(password);
                var (tenant, id) = (person.TenantId, person.Id);
                await db.Set<Person>().Where(p => p.TenantId == tenant && p.Id == id).ExecuteUpdateAsync(s => s.SetProperty(p => p.PasswordHash, hash), ct);
            }

            return default(Done);
        }, ct);
    }
}
