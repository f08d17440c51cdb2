using Microsoft.EntityFrameworkCore;
using Trellis.Identity.Published;
using Trellis.Kernel;

namespace Trellis.Identity;

/// <summary>Gives one of the vendor's people other roles, at once.</summary>
internal sealed class ChangeRoles(Work work, RoleBook book) : UseCase<(PersonId Person, string[]? Roles), Done>(work)
{
    protected override Permission Permission => IdentityPermissions.ManagePeople;

    protected override async Task<Result<Done>> HandleAsync((PersonId Person, string[]? Roles) input, CancellationToken ct)
    {
        var partners = Db.Set<Membership>().Select(m => m.PersonId);
        if (await Db.Set<Person>().SingleOrDefaultAsync(p => p.Id == input.Person && !partners.Contains(p.Id), ct) is not { } person) return Problem.Missing("person");
        // What a group of the directory gives is taken away there.
        var wanted = (input.Roles ?? []).Concat(RoleRules.Codes(person.FromGroups)).ToHashSet();
        if (wanted.Count == 0) return Problem.Invalid("roles", "Choose at least one role, or suspend the person.");
        var held = RoleRules.Codes(person.Roles);
        if (await book.CheckAsync(wanted, RoleSide.Vendor, "roles", ct, held) is { } problem) return problem;
        if (!await book.OutranksAsync(person.Roles, ct)) return RoleProblems.AboveYou();
        if (held.Contains(Roles.Administrator) && !wanted.Contains(Roles.Administrator) && await book.LastAdministratorAsync(person.Id, ct) is { } last) return last;
        person.Roles = RoleRules.Join(wanted);
        return default(Done);
    }
}
