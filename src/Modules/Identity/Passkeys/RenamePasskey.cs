using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Identity;

/// <summary>Gives one's passkey another name.</summary>
internal sealed class RenamePasskey(Work work) : UseCase<(PasskeyId Passkey, string? Name), Done>(work)
{
    protected override Permission Permission => IdentityPermissions.OwnSignIn;

    protected override async Task<Result<Done>> HandleAsync((PasskeyId Passkey, string? Name) input, CancellationToken ct)
    {
        if (new Check().Text(input.Name, "name", "The name", 80).Problem is { } problem) return problem;
        if (await Db.Set<Passkey>().SingleOrDefaultAsync(k => k.Id == input.Passkey && k.PersonId == Work.Actor.Person, ct) is not { } passkey) return Problem.Missing("passkey");
        passkey.Name = input.Name!.Trim();
        return default(Done);
    }
}
