using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Identity;

/// <summary>Removes a passkey of one's own.</summary>
internal sealed class RemovePasskey(Work work, CurrentSession session, Post post) : UseCase<PasskeyId, Done>(work)
{
    protected override Permission Permission => IdentityPermissions.OwnSignIn;

    protected override async Task<Result<Done>> HandleAsync(PasskeyId input, CancellationToken ct)
    {
        if (session.Session is not { } used || !used.IsFresh(Work.Now)) return IdentitySignInProblems.ConfirmFirst();
        if (await Db.Set<Passkey>().SingleOrDefaultAsync(k => k.Id == input && k.PersonId == Work.Actor.Person, ct) is not { } passkey) return Problem.Missing("passkey");
        Db.Remove(passkey);
        post.Send(Work.Actor.Email, "A passkey has been removed from your account", $"Hello {Work.Actor.Name},\n\nthe passkey “{passkey.Name}” no longer signs you in.\n\nIf this was not you, tell your administrator at once.");
        return default(Done);
    }
}
