using Trellis.Kernel;

namespace Trellis.Identity;

/// <summary>Mails a new link; the one before opens nothing any more.</summary>
internal sealed class ResendInvitation(Work work, Invitations invitations) : UseCase<InvitationId, Done>(work)
{
    protected override Permission Permission => IdentityPermissions.InvitePartnerPeople;

    protected override async Task<Result<Done>> HandleAsync(InvitationId id, CancellationToken ct)
    {
        var found = await InvitationAccess.FindAsync(Work, id, ct);
        if (!found.Ok) return found.Problem;
        return await invitations.SendAgainAsync(found.Value, ct) is { } busy ? busy : default(Done);
    }
}
