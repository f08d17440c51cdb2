using Microsoft.EntityFrameworkCore;
using Trellis.Identity.Published;
using Trellis.Kernel;

namespace Trellis.Identity;

/// <summary>Takes an invitation back: its link is dead, and the access that it opened is gone.</summary>
internal sealed class RevokeInvitation(Work work, ChangeState change) : UseCase<InvitationId, Done>(work)
{
    protected override Permission Permission => IdentityPermissions.InvitePartnerPeople;

    protected override async Task<Result<Done>> HandleAsync(InvitationId id, CancellationToken ct)
    {
        var found = await InvitationAccess.FindAsync(Work, id, ct);
        if (!found.Ok) return found.Problem;
        var invitation = found.Value;
        await InvitationAccess.DropLinkAsync(Work, invitation, ct);
        invitation.RevokedAt = Work.Now;
        if (invitation.PartnerId is not { } partner)
        {
            var suspended = await change.RunAsync((invitation.PersonId, PersonState.Suspended), ct);
            return suspended.Ok ? default(Done) : suspended.Problem;
        }

        var membership = await Db.Set<Membership>().SingleOrDefaultAsync(m => m.PersonId == invitation.PersonId && m.PartnerId == partner, ct);
        if (membership is null) return default(Done);
        Db.Remove(membership);
        Work.Publish(new MemberLeft(partner, invitation.PersonId, Work.Now));
        return default(Done);
    }
}
