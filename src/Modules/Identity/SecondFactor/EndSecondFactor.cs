using Trellis.Kernel;

namespace Trellis.Identity;

/// <summary>Ends one's own second factor.</summary>
internal sealed class EndSecondFactor(Work work, SecondFactors factors, CurrentSession session, Post post) : UseCase<Done, Done>(work)
{
    protected override Permission Permission => IdentityPermissions.OwnSignIn;

    protected override async Task<Result<Done>> HandleAsync(Done input, CancellationToken ct)
    {
        if (session.Session is not { } used || !used.IsFresh(Work.Now)) return IdentitySignInProblems.ConfirmFirst();
        if (!await factors.HasAsync(Work.Tenant, Work.Actor.Person, ct)) return Problem.Missing("second factor");
        await factors.EndAsync(Work.Actor.Person, ct);
        Work.Note("identity.end_second_factor", "identity_person", Work.Actor.Person.ToString(), new { by = "the person" });
        post.Send(Work.Actor.Email, "Your second factor has been removed", $"Hello {Work.Actor.Name},\n\nsigning in no longer asks for a code of your authenticator app.\n\nIf this was not you, tell your administrator at once.");
        return default(Done);
    }
}
