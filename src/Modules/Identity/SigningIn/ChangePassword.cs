using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Identity;

/// <summary>Sets one's own password: a first one, or another one. Every other session ends; the caller renews the present one.</summary>
internal sealed class ChangePassword(Work work, SecondFactors factors, CurrentSession session, PasswordStore store) : UseCase<string?, SignedIn>(work)
{
    protected override Permission Permission => IdentityPermissions.OwnSignIn;

    protected override async Task<Result<SignedIn>> HandleAsync(string? input, CancellationToken ct)
    {
        if (session.Session is not { } used || !used.IsFresh(Work.Now)) return IdentitySignInProblems.ConfirmFirst();
        var person = await Db.Set<Person>().SingleAsync(p => p.Id == Work.Actor.Person, ct);
        if (PasswordRules.Fault(input, await factors.HasAsync(Work.Tenant, person.Id, ct), person.Name, person.Email, Work.Actor.TenantName) is { } fault) return Problem.Invalid("password", fault);
        await store.SetAsync(person, input!, ct);
        return new SignedIn(Work.Tenant, person.Id, Work.Actor.Partner, person.Stamp);
    }
}
