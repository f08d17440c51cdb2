using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Trellis.Identity.Published;
using Trellis.Kernel;

namespace Trellis.Identity;

/// <summary>Suspends a person, or lets one in again. Every session and token of a suspended person ends at once.</summary>
internal sealed class ChangeState(Work work, RoleBook book) : UseCase<(PersonId Person, PersonState State), Done>(work)
{
    protected override Permission Permission => IdentityPermissions.ManagePeople;

    protected override async Task<Result<Done>> HandleAsync((PersonId Person, PersonState State) input, CancellationToken ct)
    {
        if (input.Person == Work.Actor.Person) return new Problem(ProblemKind.Conflict, "identity.own_account", "You cannot suspend your own account.");
        if (await Db.Set<Person>().SingleOrDefaultAsync(p => p.Id == input.Person, ct) is not { } person) return Problem.Missing("person");
        if (!await book.OutranksAsync(person.Roles, ct)) return RoleProblems.AboveYou();
        if (input.State == PersonState.Invited) return MemberProblems.NoState();
        if (input.State == PersonState.Suspended && RoleRules.Codes(person.Roles).Contains(Roles.Administrator) && await book.LastAdministratorAsync(person.Id, ct) is { } last) return last;
        person.State = input.State;
        person.Stamp = RandomNumberGenerator.GetHexString(16, true);
        // Letting the person in again must not revive what may be in wrong hands.
        var tenant = Work.Tenant;
        if (input.State != PersonState.Suspended) return default(Done);
        Work.Publish(new AccessEnded(input.Person, null, Work.Now));
        await Db.Set<Key>().Where(k => k.TenantId == tenant && k.PersonId == input.Person).ExecuteDeleteAsync(ct);
        return default(Done);
    }
}
