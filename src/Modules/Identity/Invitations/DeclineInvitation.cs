using Trellis.Identity.Published;
using Trellis.Kernel;

namespace Trellis.Identity;

/// <summary>Says no; the company may ask again.</summary>
internal sealed class DeclineInvitation(Work work) : UseCase<InvitationId, Done>(work)
{
    protected override Permission Permission => IdentityPermissions.UseTokens;

    protected override async Task<Result<Done>> HandleAsync(InvitationId id, CancellationToken ct)
    {
        if (await Acceptance.FindAsync(Work, id, ct) is not { PartnerId: { } partner } invitation) return Problem.Missing("invitation");
        await InvitationAccess.DropLinkAsync(Work, invitation, ct);
        invitation.RevokedAt = Work.Now;
        await Memberships.EndAsync(Work, partner, Work.Actor.Person, ct);
        return default(Done);
    }
}
