using Microsoft.EntityFrameworkCore;
using Trellis.Identity.Published;
using Trellis.Kernel;

namespace Trellis.Identity;

/// <summary>Ends that a person belongs to a partner.</summary>
internal sealed class RemoveMember(Work work) : UseCase<MemberChange, Done>(work)
{
    protected override Permission Permission => IdentityPermissions.InvitePartnerPeople;

    protected override async Task<Result<Done>> HandleAsync(MemberChange input, CancellationToken ct)
    {
        if (await Members.FindAsync(Work, input.Partner, input.Person, ct) is not { } membership) return Problem.Missing("person");
        if (input.Person == Work.Actor.Person) return MemberProblems.Yourself();
        if (await Members.IsLastAdminAsync(Work, membership, ct)) return RoleProblems.LastPartnerAdmin();
        await Members.EndKeysAsync(Work, input.Partner, input.Person, ct);
        foreach (var open in await Db.Set<Invitation>().Where(i => i.PartnerId == input.Partner && i.PersonId == input.Person && i.AcceptedAt == null && i.RevokedAt == null).ToListAsync(ct))
            open.RevokedAt = Work.Now;
        Db.Remove(membership);
        Work.Publish(new MemberLeft(input.Partner, input.Person, Work.Now));
        return default(Done);
    }
}
