using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Identity;

/// <summary>What a person types to confirm: the password, or a code.</summary>
internal sealed record Proof(string? Password, string? Code);

/// <summary>Confirms that the person at the keyboard is still the one who signed in.</summary>
internal sealed class Confirm(Work work, Attempts attempts, SecondFactors factors, CurrentSession session)
{
    public async Task<Result<Done>> RunAsync(Proof proof, Knock knock, CancellationToken ct)
    {
        if (session.Session is not { } open) return IdentitySignInProblems.ConfirmFirst();
        var actor = work.Actor;
        // A guess here is a guess at the same password as at the door.
        var limits = Limits.Password(Person.NormaliseEmail(actor.Email), actor.Tenant, actor.Person, knock);
        if (await attempts.TakeAsync(limits, ct) is { } busy) return busy;
        var hash = await work.Db.Set<Person>().Where(p => p.Id == actor.Person).Select(p => p.PasswordHash).SingleAsync(ct);
        return await work.TransactAsync<Done>("identity.confirm", async () =>
        {
            var code = Text.OrNull(proof.Code) is { } typed && await factors.SpendAsync(actor.Tenant, actor.Person, typed, ct);
            if (!code && (hash is null || string.IsNullOrEmpty(proof.Password) || Passwords.Compare(hash, proof.Password) == Fit.No))
                return Text.OrNull(proof.Code) is null ? IdentitySignInProblems.WrongPassword() : IdentitySignInProblems.WrongCode();
            await attempts.ForgiveAsync(limits, ct);
            await MarkAsync(work, open, ct);
            work.Note("identity.confirmed", "identity_person", actor.Person.ToString(), new { by = code ? "code" : "password" });
            return default(Done);
        }, ct);
    }

    /// <summary>By a passkey that has answered, if it is this person's.</summary>
    public async Task<Result<Done>> ByPasskeyAsync(PasskeyPerson? whose, CancellationToken ct)
    {
        var actor = work.Actor;
        if (session.Session is not { } open || whose is null || whose.Tenant != actor.Tenant || whose.Person != actor.Person) return IdentitySignInProblems.PasskeyRefused();
        return await work.TransactAsync<Done>("identity.confirm", async () =>
        {
            await MarkAsync(work, open, ct);
            work.Note("identity.confirmed", "identity_person", actor.Person.ToString(), new { by = "passkey" });
            return default(Done);
        }, ct);
    }

    /// <summary>Writes down, inside the open transaction, that the person has just proved who it is.</summary>
    public static Task<int> MarkAsync(Work work, Session open, CancellationToken ct)
    {
        var now = work.Now;
        return work.Db.Set<Session>().Where(s => s.Id == open.Id).ExecuteUpdateAsync(s => s.SetProperty(x => x.ConfirmedAt, now), ct);
    }
}
