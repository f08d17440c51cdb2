using Trellis.Identity.Published;
using Trellis.Kernel;

namespace Trellis.Identity;

/// <summary>Gives a partner's person other roles there.</summary>
internal sealed class ChangeMemberRoles(Work work, RoleBook book) : UseCase<MemberChange, Done>(work)
{
    protected override Permission Permission => IdentityPermissions.InvitePartnerPeople;

    protected override async Task<Result<Done>> HandleAsync(MemberChange input, CancellationToken ct)
    {
        if (await Members.FindAsync(Work, input.Partner, input.Person, ct) is not { } membership) return Problem.Missing("person");
        var wanted = (input.Roles ?? []).ToHashSet();
        if (wanted.Count == 0) return Problem.Invalid("roles", "Choose at least one role, or suspend the person.");
        if (await book.CheckAsync(wanted, RoleSide.Partner, "roles", ct, RoleRules.Codes(membership.Roles)) is { } problem) return problem;
        if (!Members.IsAdmin(RoleRules.Join(wanted)) && await Members.IsLastAdminAsync(Work, membership, ct)) return RoleProblems.LastPartnerAdmin();
        membership.Roles = RoleRules.Join(wanted);
        return default(Done);
    }
}
