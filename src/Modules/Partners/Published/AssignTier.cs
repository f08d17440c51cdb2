using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;
using Trellis.Notifications.Published;

namespace Trellis.Partners.Published;

/// <summary>The tier that a partner shall have from now on, with the reason that both sides read.</summary>
public sealed record TierAssignment(PartnerId Partner, Tier? Tier, string? Reason)
{
    /// <summary>Nobody is told: an import makes many at once.</summary>
    internal bool Quietly { get; init; }
}

/// <summary>Records the tier that a partner has. Which tier it should have is decided elsewhere.</summary>
public sealed class AssignTier(Work work, Notify notify) : UseCase<TierAssignment, Tier>(work)
{
    protected override Permission Permission => PartnersPermissions.AssignTier;

    protected override async Task<Result<Tier>> HandleAsync(TierAssignment input, CancellationToken ct)
    {
        var check = new Check().That(input.Tier is not null, "tier", "Choose a tier.").Text(input.Reason, "reason", "The reason", 1000);
        if (check.Problem is { } problem) return problem;
        if (await Ownership.Owners.RefuseAsync(Work, "tier", ct) is { } owned) return owned;
        var partner = await Db.Set<Partner>().SingleOrDefaultAsync(p => p.Id == input.Partner && p.MergedInto == null, ct);
        if (partner is null) return PartnersProblems.Missing();
        var tier = input.Tier!.Value;
        if (partner.Tier == tier) return PartnersProblems.SameTier(tier);
        Db.Add(new TierChange
        {
            TenantId = Work.Tenant,
            Id = Work.NewId<TierChangeId>(),
            PartnerId = partner.Id,
            From = partner.Tier,
            To = tier,
            Reason = input.Reason!.Trim(),
            By = Work.Actor.Name,
            At = Work.Now,
        });
        var before = partner.Tier;
        partner.Rank(tier, Work.Actor.Name, input.Reason.Trim(), Work.Now);
        await FollowAsync(partner, before, ct);
        if (input.Quietly) return tier;
        Work.Publish(new TierGiven(partner.Id, Work.Now));
        await PartnerNews.RankedAsync(Work, notify, partner, before, input.Reason.Trim(), ct);
        return tier;
    }

    // A motion of the partner's tier goes with it; one of another tier has its own.
    private async Task FollowAsync(Partner partner, Tier before, CancellationToken ct)
    {
        var id = partner.Id;
        foreach (var motion in await Db.Set<PartnerMotion>().Where(m => m.PartnerId == id && m.Tier == before && m.State != MotionState.Ended).ToListAsync(ct))
        {
            motion.Tier = partner.Tier;
            Motions.MotionHistory.Keep(Work, motion);
        }
    }
}
