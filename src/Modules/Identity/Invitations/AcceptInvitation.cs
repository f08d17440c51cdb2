using Microsoft.EntityFrameworkCore;
using Trellis.Identity.Published;
using Trellis.Kernel;

namespace Trellis.Identity;

/// <summary>A company that asks somebody to act for it.</summary>
internal sealed record OwnInvitation(InvitationId Id, PartnerId Partner, string PartnerName, string[] Roles, string InvitedBy, DateTime SentAt);

/// <summary>Saying yes to an invitation.</summary>
internal static class Acceptance
{
    /// <summary>The invitations of whoever acts that wait for an answer.</summary>
    public static async Task<List<OwnInvitation>> OpenAsync(Work work, RoleBook book, CancellationToken ct)
    {
        var rows = await Of(work, work.Actor.Person).AsNoTracking().Where(i => i.PartnerId != null).OrderByDescending(i => i.Id).Take(50).ToListAsync(ct);
        if (rows.Count == 0) return [];
        var names = (await book.AllAsync(ct)).ToDictionary(r => r.Code, r => r.Name);
        return [.. rows.Select(i => new OwnInvitation(i.Id, i.PartnerId!.Value, i.PartnerName ?? "", [.. RoleRules.Codes(i.Roles).Select(c => names.GetValueOrDefault(c, c))], i.InvitedByName, i.SentAt))];
    }

    /// <summary>One of them; a program that signs in with a key of its own has none.</summary>
    public static Task<Invitation?> FindAsync(Work work, InvitationId id, CancellationToken ct) =>
        Of(work, work.Actor.Person).SingleOrDefaultAsync(i => i.Id == id && i.PartnerId != null, ct);

    /// <summary>Takes what the person was asked for at this partner, or at the vendor, inside the open transaction.</summary>
    public static async Task TakeAsync(Work work, PersonId person, PartnerId? partner, CancellationToken ct)
    {
        var open = await Of(work, person).Where(i => i.PartnerId == partner).ToListAsync(ct);
        foreach (var invitation in open) invitation.AcceptedAt = work.Now;
        if (partner is not { } at) return;
        var membership = await work.Db.Set<Membership>().SingleOrDefaultAsync(m => m.PersonId == person && m.PartnerId == at && m.State == PersonState.Invited, ct);
        if (membership is null) return;
        membership.State = PersonState.Active;
        var known = await work.Db.Set<Person>().AsNoTracking().Where(p => p.Id == person).Select(p => new { p.Name, p.Email }).SingleAsync(ct);
        work.Publish(new MemberJoined(at, person, open.Count > 0 ? open[^1].Name : known.Name, known.Email, work.Now));
    }

    // Also at partners other than the one for which somebody acts now.
    private static IQueryable<Invitation> Of(Work work, PersonId person) =>
        work.Db.Set<Invitation>().IgnoreQueryFilters([Db.PartnerFilter]).Where(i => i.PersonId == person && i.AcceptedAt == null && i.RevokedAt == null);
}

/// <summary>Says yes to a company's invitation, signed in for another.</summary>
internal sealed class AcceptInvitation(Work work, CurrentSession session) : UseCase<InvitationId, PartnerId>(work)
{
    protected override Permission Permission => IdentityPermissions.UseTokens;

    protected override async Task<Result<PartnerId>> HandleAsync(InvitationId id, CancellationToken ct)
    {
        if (await Acceptance.FindAsync(Work, id, ct) is not { PartnerId: { } partner } invitation) return Problem.Missing("invitation");
        if (session.Session is { OpensOneCompany: true }) return IdentitySignInProblems.OpensOneCompany();
        await InvitationAccess.DropLinkAsync(Work, invitation, ct);
        await Acceptance.TakeAsync(Work, Work.Actor.Person, partner, ct);
        return partner;
    }
}
