using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Identity;

/// <summary>Issues a key for a service account, for the permissions that are named, or for all.</summary>
internal sealed class IssueServiceKey(Work work, RoleBook book) : UseCase<(PersonId Service, KeyWish Wish), NewToken>(work)
{
    protected override Permission Permission => IdentityPermissions.ManageServices;

    protected override async Task<Result<NewToken>> HandleAsync((PersonId Service, KeyWish Wish) input, CancellationToken ct)
    {
        if (await Db.Set<Person>().AsNoTracking().SingleOrDefaultAsync(p => p.Id == input.Service && p.IsService, ct) is not { } service) return KeyProblems.NoService();
        // Nobody watches a program: what it may do is said, and never left out by mistake.
        if (input.Wish.Scopes is not { Length: > 0 }) return KeyProblems.NoScopes();
        var wish = input.Wish.Scopes is [KeyRing.Everything] ? input.Wish with { Scopes = null } : input.Wish;
        var codes = RoleRules.Codes(service.Roles);
        var held = RoleRules.Union((await book.AllAsync(ct)).Where(r => codes.Contains(r.Code)));
        var wide = wish.Scopes is { } scopes ? scopes.ToHashSet() : held;
        if (KeyRing.Check(wish, held) is { } problem) return problem;
        // Whoever holds the key acts with it, so nobody makes one that may do more than they.
        if (!wide.IsSubsetOf(Work.Actor.Permissions)) return RoleProblems.MoreThanYouHold(service.Name, "scopes");
        return KeyRing.Add(Work, wish, service.Id, null).Token;
    }
}
