using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Incentives.Published;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Incentives;

internal sealed record RateItem(DealRole Role, Tier Tier, int BasisPoints);

/// <summary>A compensation rule by the name that the rules of engagement give it, and what it pays.</summary>
internal sealed record SchemeItem(string Name, int BasisPoints);

/// <summary>What partners in a segment earn beside the rate of their role and tier.</summary>
/// <param name="Name">The plan's own name for it: partners read it, and do not see segments.</param>
internal sealed record RewardItem(SegmentId Segment, string? Name, int BasisPoints)
{
    /// <summary>What the segment is called now; null where it is gone, so that nobody is in it.</summary>
    public string? SegmentName { get; init; }

    /// <summary>Whether partners can put themselves into the segment now, by what they tell of themselves.</summary>
    public bool SelfDeclared { get; init; }
}

/// <summary>A plan with its rates.</summary>
internal sealed record PlanItem : IHasVersion
{
    public required PlanId Id { get; init; }
    public required int Number { get; init; }
    public required string Name { get; init; }
    public required PlanState State { get; init; }

    /// <summary>Whether it applies to a deal won today.</summary>
    public required bool InForce { get; init; }
    public required string Currency { get; init; }
    public required DateOnly EffectiveFrom { get; init; }
    public DateOnly? EffectiveUntil { get; init; }
    public required int HoldDays { get; init; }
    public required long Minimum { get; init; }
    public required string CreatedBy { get; init; }
    public DateTime? PublishedAt { get; init; }
    public string? PublishedBy { get; init; }
    public IReadOnlyList<RateItem> Rates { get; init; } = [];

    /// <summary>What compensation rules pay that the rules of engagement name.</summary>
    public IReadOnlyList<SchemeItem> Schemes { get; init; } = [];

    /// <summary>What segments bring.</summary>
    public IReadOnlyList<RewardItem> Rewards { get; init; } = [];

    /// <summary>Only partners in these segments earn anything.</summary>
    public bool OnlySegments { get; init; }

    /// <summary>Segments that it pays by, or will, and into which partners can put themselves: it would not be published today.</summary>
    [JsonIgnore]
    public IReadOnlyList<RewardItem> Doubtful => State == PlanState.Retired ? [] : [.. Rewards.Where(r => r.SelfDeclared)];

    public IReadOnlyList<PlanTrigger> Allowed { get; init; } = [];
    public long Version { get; init; }
}

/// <summary>Reading plans.</summary>
internal static class Plans
{
    /// <summary>The plan for deals won on a day: of the published ones the latest that had begun. Retired plans still answer for their own days.</summary>
    public static async Task<PlanTerms?> EffectiveAsync(Db db, DateOnly day, CancellationToken ct)
    {
        var plan = await db.Set<Plan>().AsNoTracking().Where(p => p.PublishedAt != null && p.EffectiveFrom <= day && (p.EffectiveUntil == null || p.EffectiveUntil >= day))
            .OrderByDescending(p => p.EffectiveFrom).FirstOrDefaultAsync(ct);
        return plan is null ? null : await TermsAsync(db, plan, ct);
    }

    /// <summary>A plan as the computation needs it.</summary>
    public static async Task<PlanTerms> TermsAsync(Db db, Plan plan, CancellationToken ct)
    {
        var rates = await db.Set<PlanRate>().AsNoTracking().Where(r => r.PlanId == plan.Id).ToDictionaryAsync(r => (r.Role, r.Tier), r => r.BasisPoints, ct);
        var schemes = await db.Set<PlanScheme>().AsNoTracking().Where(s => s.PlanId == plan.Id).ToDictionaryAsync(s => s.Name, s => s.BasisPoints, ct);
        var rewards = await db.Set<PlanReward>().AsNoTracking().Where(r => r.PlanId == plan.Id).ToListAsync(ct);
        return new PlanTerms(plan.Id, plan.Number, plan.Name, plan.Currency, plan.HoldDays, plan.Minimum, rates)
        { Schemes = schemes, OnlySegments = plan.OnlySegments, Rewards = [.. rewards.Select(r => new Reward(r.SegmentId, r.Name, r.BasisPoints))] };
    }

    /// <summary>All plans, the newest first.</summary>
    public static async Task<IReadOnlyList<PlanItem>> AllAsync(Work work, CancellationToken ct)
    {
        var plans = await work.Db.Set<Plan>().AsNoTracking().OrderByDescending(p => p.Number).Take(200).ToListAsync(ct);
        var ids = plans.Select(p => p.Id).ToList();
        var rates = (await work.Db.Set<PlanRate>().AsNoTracking().Where(r => ids.Contains(r.PlanId)).ToListAsync(ct)).ToLookup(r => r.PlanId);
        var schemes = (await work.Db.Set<PlanScheme>().AsNoTracking().Where(s => ids.Contains(s.PlanId)).ToListAsync(ct)).ToLookup(s => s.PlanId);
        var rewards = (await RewardsAsync(work, ids, ct)).ToLookup(r => r.Plan, r => r.Reward);
        return [.. plans.Select(p => Item(work, p, rates[p.Id], schemes[p.Id], rewards[p.Id]))];
    }

    public static async Task<Result<PlanItem>> LoadAsync(Work work, PlanId id, CancellationToken ct)
    {
        var plan = await work.Db.Set<Plan>().AsNoTracking().SingleOrDefaultAsync(p => p.Id == id, ct);
        if (plan is null) return IncentivesProblems.NoPlan();
        return Item(work, plan, await work.Db.Set<PlanRate>().AsNoTracking().Where(r => r.PlanId == id).ToListAsync(ct), await work.Db.Set<PlanScheme>().AsNoTracking().Where(s => s.PlanId == id).ToListAsync(ct), (await RewardsAsync(work, [id], ct)).Select(r => r.Reward));
    }

    private static async Task<List<(PlanId Plan, RewardItem Reward)>> RewardsAsync(Work work, List<PlanId> plans, CancellationToken ct)
    {
        var rows = await (
            from r in work.Db.Set<PlanReward>().AsNoTracking()
            join s in work.Db.Set<SegmentRow>() on new { r.TenantId, Id = r.SegmentId } equals new { s.TenantId, s.Id } into segments
            from s in segments.DefaultIfEmpty()
            where plans.Contains(r.PlanId)
            select new { r.PlanId, r.SegmentId, r.Name, r.BasisPoints, Segment = s.Name }).ToListAsync(ct);
        var own = await Segments.SelfDeclaredAsync(work, [.. rows.Select(r => r.SegmentId).Distinct()], ct);
        return [.. rows.OrderBy(r => r.Name, StringComparer.Ordinal).Select(r => (r.PlanId, new RewardItem(r.SegmentId, r.Name, r.BasisPoints) { SegmentName = r.Segment, SelfDeclared = own.Contains(r.SegmentId) }))];
    }

    private static PlanItem Item(Work work, Plan p, IEnumerable<PlanRate> rates, IEnumerable<PlanScheme> schemes, IEnumerable<RewardItem> rewards) => new()
    {
        Id = p.Id,
        Number = p.Number,
        Name = p.Name,
        State = p.State,
        InForce = p.State == PlanState.Published && p.EffectiveFrom <= work.Today && (p.EffectiveUntil is null || p.EffectiveUntil >= work.Today),
        Currency = p.Currency,
        EffectiveFrom = p.EffectiveFrom,
        EffectiveUntil = p.EffectiveUntil,
        HoldDays = p.HoldDays,
        Minimum = p.Minimum,
        CreatedBy = p.CreatedBy,
        PublishedAt = p.PublishedAt,
        PublishedBy = p.PublishedBy,
        Rates = [.. rates.OrderBy(r => r.Role).ThenBy(r => r.Tier).Select(r => new RateItem(r.Role, r.Tier, r.BasisPoints))],
        Schemes = [.. schemes.OrderBy(s => s.Name, StringComparer.Ordinal).Select(s => new SchemeItem(s.Name, s.BasisPoints))],
        Rewards = [.. rewards],
        OnlySegments = p.OnlySegments,
        // A plan retires by itself when the next one begins.
        Allowed = work.Actor.May(IncentivesPermissions.ManagePlans) ? [.. PlanLifecycle.Machine.Allowed(p.State).Where(t => t != PlanTrigger.Retire)] : [],
        Version = p.Version,
    };
}
