using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Coalitions;
using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Workspace;

/// <summary>A level for a partner on the team, or for the vendor's direct team.</summary>
/// <param name="Deal">The deal.</param>
/// <param name="Partner">The partner; null for the direct team.</param>
/// <param name="Level">What it may see from now on.</param>
/// <param name="Version">The version of the deal that the caller has seen.</param>
internal sealed record SightInput(DealId Deal, PartnerId? Partner, DealVisibility? Level, long? Version = null);

/// <summary>
/// The holder, or the vendor's program team, decides how much a partner on the team, or the vendor's direct team, sees of a deal. It holds from the
/// next look on; what somebody has read before is read. What an agreement says stays true: another level needs another agreement.
/// </summary>
internal sealed class SetSight(Work work) : UseCase<SightInput, DealId>(work)
{
    protected override Permission Permission => DealsPermissions.Team;

    public static bool Possible(Actor actor, bool holds) => actor.May(DealsPermissions.Team) && ((actor.IsPartner && holds) || (!actor.IsPartner && actor.May(DealsPermissions.SeeAll)));

    protected override async Task<Result<DealId>> HandleAsync(SightInput input, CancellationToken ct)
    {
        var found = await Work.DealAsync(input.Deal, input.Version, ct);
        if (!found.Ok) return found.Problem;
        if (!Possible(Work.Actor, found.Value.IsHeldBy(Work.Actor.Partner))) return WorkspaceProblems.SightIsHolders();
        if (input.Level is not { } level || !Enum.IsDefined(level)) return Problem.Invalid("level", "Choose what may be seen.");
        if (input.Partner is { } partner)
        {
            var member = await Db.Set<DealMember>().SingleOrDefaultAsync(m => m.DealId == input.Deal && m.PartnerId == partner, ct);
            if (member is null) return DealsProblems.NotInvited();
            if (await Work.LivingAsync(input.Deal, partner, ct) is { } agreement && agreement.Visibility != level) return WorkspaceProblems.SightAgreed();
            (member.Visibility, member.Reads) = (level, Db.Sights().Parts(level));
            return input.Deal;
        }

        var sight = await Db.Set<DirectSight>().SingleOrDefaultAsync(s => s.DealId == input.Deal, ct);
        if (sight is null) Db.Add(sight = new DirectSight { TenantId = Work.Tenant, DealId = input.Deal });
        (sight.Level, sight.Reads, sight.SetByName, sight.SetAt) = (level, Db.Sights().Parts(level), Work.Actor.Name, Work.Now);
        return input.Deal;
    }
}
