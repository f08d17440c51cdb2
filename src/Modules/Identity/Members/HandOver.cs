using Microsoft.EntityFrameworkCore;
using Trellis.Identity.Published;
using Trellis.Kernel;

namespace Trellis.Identity;

/// <summary>A partner's admin makes a colleague the admin and steps down to sales.</summary>
internal sealed class HandOver(Work work) : UseCase<MemberChange, Done>(work)
{
    protected override Permission Permission => IdentityPermissions.InvitePartnerPeople;

    protected override async Task<Result<Done>> HandleAsync(MemberChange input, CancellationToken ct)
    {
        if (Work.Actor.Partner != input.Partner) return Problem.Missing("partner");
        if (await Members.FindAsync(Work, input.Partner, input.Person, ct) is not { } heir) return Problem.Missing("person");
        var own = await Db.Set<Membership>().SingleAsync(m => m.PartnerId == input.Partner && m.PersonId == Work.Actor.Person, ct);
        if (!Members.IsAdmin(own.Roles) || own.PersonId == heir.PersonId) return MemberProblems.NotYours();
        if (heir.State == PersonState.Invited) return MemberProblems.NotAccepted();
        if (heir.State != PersonState.Active || !await Db.Set<Person>().AnyAsync(p => p.Id == heir.PersonId && p.State == PersonState.Active, ct)) return MemberProblems.Suspended();
        heir.Roles = RoleRules.Join(RoleRules.Codes(heir.Roles).Concat(RoleRules.Codes(own.Roles).Where(Members.IsAdmin)));
        var kept = RoleRules.Codes(own.Roles).Where(c => !Members.IsAdmin(c)).ToList();
        own.Roles = RoleRules.Join(kept.Count > 0 ? kept : [Roles.PartnerSales]);
        return default(Done);
    }
}
