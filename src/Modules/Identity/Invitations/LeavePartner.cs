using Trellis.Identity.Published;
using Trellis.Kernel;

namespace Trellis.Identity;

/// <summary>Ends of one's own will that one acts for a partner.</summary>
internal sealed class LeavePartner(Work work) : UseCase<Done, Done>(work)
{
    protected override Permission Permission => IdentityPermissions.UseTokens;

    protected override async Task<Result<Done>> HandleAsync(Done input, CancellationToken ct)
    {
        if (Work.Actor.Partner is not { } partner || await Members.FindAsync(Work, partner, Work.Actor.Person, ct) is not { } membership) return Problem.Missing("company to leave");
        if (await Members.IsLastAdminAsync(Work, membership, ct)) return RoleProblems.LastPartnerAdmin();
        await Memberships.EndAsync(Work, partner, Work.Actor.Person, ct);
        return default(Done);
    }
}
