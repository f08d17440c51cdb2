using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Identity;

/// <summary>Takes the second factor and the passkeys of somebody who has lost the telephone, and ends that person's sessions.</summary>
internal sealed class ResetSecondFactor(Work work, SecondFactors factors, CurrentSession session, Post post) : UseCase<PersonId, Done>(work)
{
    protected override Permission Permission => IdentityPermissions.ManageSessions;

    protected override async Task<Result<Done>> HandleAsync(PersonId input, CancellationToken ct)
    {
        if (session.Session is not { } used || !used.IsFresh(Work.Now)) return IdentitySignInProblems.ConfirmFirst();
        if (await Db.Set<Person>().SingleOrDefaultAsync(p => p.Id == input, ct) is not { } person) return Problem.Missing("person");
        await factors.EndAsync(input, ct);
        await Db.Set<Passkey>().Where(k => k.PersonId == input).ExecuteDeleteAsync(ct);
        await Db.Set<Session>().Where(s => s.PersonId == input).ExecuteDeleteAsync(ct);
        person.Stamp = RandomNumberGenerator.GetHexString(16, true);
        Work.Note("identity.reset_second_factor", "identity_person", input.ToString(), new { });
        post.Send(person.Email, "Your second factor has been reset", $"Hello {person.Name},\n\n{Work.Actor.Name} has removed the second factor and the passkeys of your account. Set them up again after you have signed in.");
        return default(Done);
    }
}
