using Microsoft.EntityFrameworkCore;
using Trellis.Identity.Published;
using Trellis.Kernel;

namespace Trellis.Identity;

/// <summary>Lets one of the vendor's people in and mails a link.</summary>
internal sealed class InviteStaff(Work work, CreatePerson create, Invitations invitations) : UseCase<NewPerson, PersonId>(work)
{
    protected override Permission Permission => IdentityPermissions.ManagePeople;

    protected override async Task<Result<PersonId>> HandleAsync(NewPerson input, CancellationToken ct)
    {
        var created = await create.RunAsync(new NewPerson(input.Name, input.Email, input.Roles), ct);
        if (!created.Ok) return created;
        var busy = await invitations.SendAsync(new InvitationTo(created.Value, input.Name!.Trim(), Person.NormaliseEmail(input.Email!), RoleRules.Join(input.Roles!)), ct);
        return busy is null ? created : busy;
    }
}

/// <summary>Who may touch an invitation: the vendor's administrators all, a partner's admin those of the own partner.</summary>
internal static class InvitationAccess
{
    public static async Task<Result<Invitation>> FindAsync(Work work, InvitationId id, CancellationToken ct)
    {
        if (await work.Db.Set<Invitation>().SingleOrDefaultAsync(i => i.Id == id, ct) is not { } invitation) return Problem.Missing("invitation");
        if (invitation.PartnerId is null && !work.Actor.May(IdentityPermissions.ManagePeople)) return Problem.Missing("invitation");
        if (invitation.AcceptedAt is not null) return InvitationProblems.Accepted(invitation.Name);
        if (invitation.RevokedAt is not null) return InvitationProblems.Revoked();
        return invitation;
    }

    public static Task DropLinkAsync(Work work, Invitation invitation, CancellationToken ct)
    {
        var (tenant, hash) = (work.Tenant, invitation.KeyHash);
        return work.Db.Set<Key>().Where(k => k.TenantId == tenant && k.Hash == hash).ExecuteDeleteAsync(ct);
    }
}

internal static class InvitationProblems
{
    public static Problem Accepted(string name) => new(ProblemKind.Conflict, "identity.invitation_accepted", $"{name} has accepted already.");

    public static Problem TooMany(TimeSpan wait) =>
        new(ProblemKind.Busy, "identity.too_many_invitations", $"Many invitations have been mailed lately, to this address or by you. Send the next one in {Math.Ceiling(Math.Max(1, wait.TotalMinutes)):0} min.") { RetryAfter = wait };

    public static Problem Revoked() => new(ProblemKind.Conflict, "identity.invitation_revoked", "This invitation has been revoked. Invite the person again.");
}

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
