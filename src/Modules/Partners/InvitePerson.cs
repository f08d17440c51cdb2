using Microsoft.EntityFrameworkCore;
using Trellis.Identity.Published;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Partners;

/// <summary>A person to invite. <paramref name="Role"/> is a role code of a partner's people.</summary>
internal sealed record Invitation(string? Name, string? Email, ContactFunction? Function, string? Role, string? JobTitle = null);

/// <summary>Gives a person at a partner a sign-in, by a mail with a link; the person becomes a contact where it was none.</summary>
/// <remarks>The caller says how the link is spelled, since only the web knows its own address.</remarks>
internal sealed class InvitePerson(Work work, JoinPartner join) : UseCase<(PartnerId Partner, Invitation Invitation, Func<string, string> LinkOf), ContactId>(work)
{
    protected override Permission Permission => PartnersPermissions.Invite;

    protected override async Task<Result<ContactId>> HandleAsync((PartnerId Partner, Invitation Invitation, Func<string, string> LinkOf) input, CancellationToken ct)
    {
        var (id, invitation, linkOf) = input;
        var wanted = new NewContact(invitation.Name, invitation.Email, invitation.Function, invitation.JobTitle);
        if (AddContact.Check(wanted).That(!string.IsNullOrEmpty(invitation.Role), "role", "Choose what the person may do.").Problem is { } problem) return problem;
        var partner = await Db.Set<Partner>().AsNoTracking().SingleOrDefaultAsync(p => p.Id == id && p.MergedInto == null, ct);
        if (partner is null) return PartnersProblems.Missing();
        if (partner.State is PartnerState.Former or PartnerState.Suspended) return PartnersProblems.Closed(partner.State);

        var fresh = AddContact.Create(Work, id, wanted);
        var contact = await Db.Set<Contact>().SingleOrDefaultAsync(c => c.PartnerId == id && c.Email == fresh.Email, ct);
        if (contact?.PersonId is not null) return PartnersProblems.InvitedAlready();
        if (contact is null) Db.Add(contact = fresh);
        var joined = await join.RunAsync(new NewMember(contact.Name, contact.Email, id, partner.Name, invitation.Role!, linkOf), ct);
        if (!joined.Ok) return joined.Problem;
        contact.PersonId = joined.Value;
        return contact.Id;
    }
}
