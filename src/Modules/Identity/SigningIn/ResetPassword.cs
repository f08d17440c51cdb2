using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Identity;

/// <summary>A new password by a mailed link, for those who have forgotten theirs.</summary>
internal sealed class ResetPassword(Db db, Work work, CurrentActor current, Post post, SignIn signIn, Attempts attempts, SecondFactors factors, PasswordStore store)
{
    private static readonly TimeSpan LinkLife = TimeSpan.FromMinutes(30);

    /// <summary>Mails the link, each company where the address is known its own. Says the same whether or not it is known.</summary>
    public async Task<Problem?> SendAsync(string email, Func<string, string> addressOf, Knock knock, CancellationToken ct)
    {
        if (!Text.IsClean(email) || email.Length > 200) return null;
        var candidates = await signIn.FindAllAsync(email, knock, ct);
        using var _ = current.As(current.Actor);
        var sent = await work.TransactAsync<Done>("identity.send_reset", async () =>
        {
            if (await attempts.TakeAsync(Limits.Mail("reset", Person.NormaliseEmail(email), knock), ct) is { } busy) return busy;
            foreach (var (person, company, _) in candidates)
            {
                var address = signIn.NewLink(person, "reset_", KeyKind.Reset, "New password", LinkLife, addressOf);
                post.Send(person.Email, $"Set a new password for {company}".ReplaceLineEndings(" "), $"Hello {person.Name},\n\nopen this link to set a new password for {company}. It works once, for 30 minutes:\n\n{address}\n\nIf you did not ask for it, you can ignore this mail: your password stays as it is.");
                work.Note("identity.reset_asked", "identity_person", person.Id.ToString(), new { knock.Address });
            }

            return default(Done);
        }, ct);
        return sent.Problem;
    }

    /// <summary>Sets the password. A password that is not taken does not use the link up; whoever has a second factor needs it here too.</summary>
    public async Task<Result<Done>> RunAsync(string secret, string? password, string? code, Knock knock, CancellationToken ct)
    {
        if (secret.Length > 200) return IdentitySignInProblems.LinkSpent();
        var (hash, now) = (Secrets.HashOf(secret), work.Now);
        var key = await db.Set<Key>().AsNoTracking().SingleOrDefaultAsync(k => k.Hash == hash && k.Kind == KeyKind.Reset && k.UsedAt == null && k.ExpiresAt > now, ct);
        if (key is null) return IdentitySignInProblems.LinkSpent();
        var limits = Limits.Guess("code", key.PersonId.ToString(), knock, key.PersonId);
        var hasFactor = await factors.HasAsync(key.TenantId, key.PersonId, ct);
        if (hasFactor && await attempts.TakeAsync(limits, ct) is { } busy) return busy;
        using var _ = current.As(Actor.System(key.TenantId) with { Person = key.PersonId });
        var tenantName = await db.Set<Tenant>().Select(t => t.Name).SingleAsync(ct);
        return await work.TransactAsync<Done>("identity.reset_password", async () =>
        {
            if (await db.Set<Person>().SingleOrDefaultAsync(p => p.Id == key.PersonId && p.State == Published.PersonState.Active, ct) is not { } person) return IdentitySignInProblems.LinkSpent();
            current.Actor = current.Actor with { Name = person.Name };
            if (PasswordRules.Fault(password, hasFactor, person.Name, person.Email, tenantName) is { } fault) return Problem.Invalid("password", fault);
            if (hasFactor && !await factors.SpendAsync(key.TenantId, key.PersonId, code, ct)) return IdentitySignInProblems.WrongCode();
            if (await db.Set<Key>().Where(k => k.Hash == hash && k.UsedAt == null && k.ExpiresAt > now).ExecuteUpdateAsync(s => s.SetProperty(k => k.UsedAt, now), ct) == 0) return IdentitySignInProblems.LinkSpent();
            await store.SetAsync(person, password!, ct);
            await attempts.ReopenAsync(Limits.Password(person.Email, person.TenantId, person.Id, knock), ct);
            if (hasFactor) await attempts.ForgiveAsync(limits, ct);
            return default(Done);
        }, ct);
    }

    /// <summary>Whether the person behind this link also needs a code; null for a link that is none, has been used or has run out.</summary>
    public async Task<bool?> NeedsCodeAsync(string? secret, CancellationToken ct)
    {
        if (secret is null or { Length: > 200 }) return null;
        var (hash, now) = (Secrets.HashOf(secret), work.Now);
        var key = await db.Set<Key>().AsNoTracking().SingleOrDefaultAsync(k => k.Hash == hash && k.Kind == KeyKind.Reset && k.UsedAt == null && k.ExpiresAt > now, ct);
        return key is null ? null : await factors.HasAsync(key.TenantId, key.PersonId, ct);
    }
}
