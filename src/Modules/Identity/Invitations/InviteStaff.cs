using Microsoft.EntityFrameworkCore;
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
