using System.Buffers.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Identity;

/// <summary>The browser's answer to the question for a new passkey.</summary>
internal sealed record MadePasskey(HttpContext Http, string? Name, string? State, string? Credential);

/// <summary>Adds a passkey of one's own.</summary>
internal sealed class AddPasskey(Work work, PasskeyDoor door, CurrentSession session, Post post) : UseCase<MadePasskey, PasskeyId>(work)
{
    private const int Most = 20;

    protected override Permission Permission => IdentityPermissions.OwnSignIn;

    protected override async Task<Result<PasskeyId>> HandleAsync(MadePasskey input, CancellationToken ct)
    {
        if (session.Session is not { } used || !used.IsFresh(Work.Now)) return IdentitySignInProblems.ConfirmFirst();
        if (new Check().Text(input.Name, "name", "The name", 80).Problem is { } problem) return problem;
        if (await Db.Set<Passkey>().CountAsync(k => k.PersonId == Work.Actor.Person, ct) >= Most) return Problem.Invalid("name", $"You have {Most} passkeys. Remove one that you no longer use.");
        if (await door.ReadMadeAsync(input.Http, input.State, input.Credential) is not { IsUserVerified: true } made) return IdentitySignInProblems.PasskeyRefused();
        var passkey = new Passkey
        {
            TenantId = Work.Tenant,
            Id = Work.NewId<PasskeyId>(),
            PersonId = Work.Actor.Person,
            Name = input.Name!.Trim(),
            Credential = Base64Url.EncodeToString(made.CredentialId),
            PublicKey = Convert.ToBase64String(made.PublicKey),
            SignCount = made.SignCount,
            Transports = string.Join(' ', made.Transports ?? []),
            BackupEligible = made.IsBackupEligible,
            BackedUp = made.IsBackedUp,
            Attestation = Convert.ToBase64String(made.AttestationObject),
            ClientData = Convert.ToBase64String(made.ClientDataJson),
            Since = Work.Now,
        };
        Db.Add(passkey);
        post.Send(Work.Actor.Email, "A passkey has been added to your account", $"Hello {Work.Actor.Name},\n\nthe passkey “{passkey.Name}” can now sign you in.\n\nIf this was not you, tell your administrator at once.");
        return passkey.Id;
    }
}
