using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Identity;

/// <summary>A secret that was shown, and the first code that the app made of it.</summary>
internal sealed record NewFactor(byte[] Secret, string? Code);

/// <summary>Starts the second factor once the app has proved that it knows the secret. All other sessions end.</summary>
internal sealed class StartSecondFactor(Work work, SecondFactors factors, CurrentSession session, Post post) : UseCase<NewFactor, string[]>(work)
{
    protected override Permission Permission => IdentityPermissions.OwnSignIn;

    protected override async Task<Result<string[]>> HandleAsync(NewFactor input, CancellationToken ct)
    {
        if (session.Session is not { } used || !used.IsFresh(Work.Now)) return IdentitySignInProblems.ConfirmFirst();
        if (Totp.Accept(input.Secret, input.Code, Work.Now, 0) is not { } step) return IdentitySignInProblems.WrongCode();
        var codes = await factors.StartAsync(Work.Actor.Person, input.Secret, step, ct);
        await Db.Set<Session>().Where(s => s.PersonId == Work.Actor.Person && s.Id != used.Id).ExecuteDeleteAsync(ct);
        post.Send(Work.Actor.Email, "A second factor protects your account", $"Hello {Work.Actor.Name},\n\nfrom now on, signing in also asks for a code of your authenticator app. All other sessions have been ended.\n\nIf this was not you, tell your administrator at once.");
        return codes;
    }
}
