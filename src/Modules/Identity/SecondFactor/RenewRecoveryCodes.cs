using Trellis.Kernel;

namespace Trellis.Identity;

/// <summary>Makes new recovery codes; the old ones stop working.</summary>
internal sealed class RenewRecoveryCodes(Work work, SecondFactors factors, CurrentSession session) : UseCase<Done, string[]>(work)
{
    protected override Permission Permission => IdentityPermissions.OwnSignIn;

    protected override async Task<Result<string[]>> HandleAsync(Done input, CancellationToken ct)
    {
        if (session.Session is not { } used || !used.IsFresh(Work.Now)) return IdentitySignInProblems.ConfirmFirst();
        if (!await factors.HasAsync(Work.Tenant, Work.Actor.Person, ct)) return Problem.Missing("second factor");
        Work.Note("identity.renew_recovery_codes", "identity_person", Work.Actor.Person.ToString(), new { codes = 10 });
        return await factors.NewCodesAsync(Work.Actor.Person, ct);
    }
}
