using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Incentives.Published;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Incentives;

internal sealed record RateItem(DealRole Role, Tier Tier, int BasisPoints);

/// <summary>A compensation rule by the name that the rules of engagement give it, and what it pays.</summary>
internal sealed record SchemeItem(string Name, int BasisPoints);

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
        if (plan is null) return null;
        var rates = await db.Set<PlanRate>().AsNoTracking().Where(r => r.PlanId == plan.Id).ToDictionaryAsync(r => (r.Role, r.Tier), r => r.BasisPoints, ct);
        var schemes = await db.Set<PlanScheme>().AsNoTracking().Where(s => s.PlanId == plan.Id).ToDictionaryAsync(s => s.Name, s => s.BasisPoints, ct);
        return new PlanTerms(plan.Id, plan.Number, plan.Name, plan.Currency, plan.HoldDays, plan.Minimum, rates) { Schemes = schemes };
    }

    /// <summary>All plans, the newest first.</summary>
    public static async Task<IReadOnlyList<PlanItem>> AllAsync(Work work, CancellationToken ct)
    {
        var plans = await work.Db.Set<Plan>().AsNoTracking().OrderByDescending(p => p.Number).Take(200).ToListAsync(ct);
        var ids = plans.Select(p => p.Id).ToList();
        var rates = (await work.Db.Set<PlanRate>().AsNoTracking().Where(r => ids.Contains(r.PlanId)).ToListAsync(ct)).ToLookup(r => r.PlanId);
        var schemes = (await work.Db.Set<PlanScheme>().AsNoTracking().Where(s => ids.Contains(s.PlanId)).ToListAsync(ct)).ToLookup(s => s.PlanId);
        return [.. plans.Select(p => Item(work, p, rates[p.Id], schemes[p.Id]))];
    }

    public static async Task<Result<PlanItem>> LoadAsync(Work work, PlanId id, CancellationToken ct)
    {
        var plan = await work.Db.Set<Plan>().AsNoTracking().SingleOrDefaultAsync(p => p.Id == id, ct);
        if (plan is null) return IncentivesProblems.NoPlan();
        return Item(work, plan, await work.Db.Set<PlanRate>().AsNoTracking().Where(r => r.PlanId == id).ToListAsync(ct), await work.Db.Set<PlanScheme>().AsNoTracking().Where(s => s.PlanId == id).ToListAsync(ct));
    }

    private static PlanItem Item(Work work, Plan p, IEnumerable<PlanRate> rates, IEnumerable<PlanScheme> schemes) => new()
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
        // A plan retires by itself when the next one begins.
        Allowed = work.Actor.May(IncentivesPermissions.ManagePlans) ? [.. PlanLifecycle.Machine.Allowed(p.State).Where(t => t != PlanTrigger.Retire)] : [],
        Version = p.Version,
    };
}
