using Trellis.Deals.Published;
using Trellis.Incentives.Published;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Incentives;

internal enum PlanState
{
    Draft,
    Published,
    Retired,
}

internal enum PlanTrigger
{
    Publish,
    Retire,
    Discard,
}

internal static class PlanLifecycle
{
    public static readonly Machine<PlanState, PlanTrigger> Machine = new("incentive_plans",
        (PlanState.Draft, PlanTrigger.Publish, PlanState.Published),
        (PlanState.Draft, PlanTrigger.Discard, PlanState.Retired),
        (PlanState.Published, PlanTrigger.Retire, PlanState.Retired));
}

/// <summary>
/// What partners earn, by role and tier, from a date on. A published plan never changes: the next one takes over on its own date, so for each day
/// there is at most one plan.
/// </summary>
internal sealed class Plan : ITenantOwned, IVersioned
{
    public TenantId TenantId { get; init; }
    public PlanId Id { get; init; }

    /// <summary>1, 2, 3 …: people say “plan 3”.</summary>
    public int Number { get; init; }

    public required string Name { get; set; }
    public PlanState State { get; set; }

    /// <summary>The currency of <see cref="Minimum"/>; earnings are in the deal's own currency.</summary>
    public required string Currency { get; set; }

    public DateOnly EffectiveFrom { get; set; }

    /// <summary>The last day, known once the next plan is published.</summary>
    public DateOnly? EffectiveUntil { get; set; }

    /// <summary>Days between the win and the day on which an earning becomes payable.</summary>
    public int HoldDays { get; set; }

    /// <summary>The smallest payout to a partner, minor units of <see cref="Currency"/>; less waits for the next payout.</summary>
    public long Minimum { get; set; }

    /// <summary>Only partners in the segments of <see cref="PlanReward"/> earn anything.</summary>
    public bool OnlySegments { get; set; }

    public DateTime CreatedAt { get; init; }
    public string CreatedBy { get; init; } = "";
    public DateTime? PublishedAt { get; set; }
    public string? PublishedBy { get; set; }
    public long Version { get; set; }
}

/// <summary>What a role earns at a tier, in basis points of the partner's part of the deal.</summary>
internal sealed class PlanRate : ITenantOwned
{
    public TenantId TenantId { get; init; }
    public PlanId PlanId { get; init; }
    public DealRole Role { get; init; }
    public Tier Tier { get; init; }
    public int BasisPoints { get; init; }
}

/// <summary>
/// What a compensation rule pays: the rules of engagement name it for a registration, and the partner that registered earns this rate instead of the one of its tier, in basis points of
/// its part of the deal.
/// </summary>
internal sealed class PlanScheme : ITenantOwned
{
    public TenantId TenantId { get; init; }
    public PlanId PlanId { get; init; }
    public required string Name { get; init; }
    public int BasisPoints { get; init; }
}

/// <summary>
/// What partners in a segment earn beside the rate of their role and tier, in basis points of their part of the deal. The plan keeps a name of its own for it, since partners read why
/// they earn what they earn, and do not see segments.
/// </summary>
internal sealed class PlanReward : ITenantOwned
{
    public const int LongestName = 60;

    public TenantId TenantId { get; init; }
    public PlanId PlanId { get; init; }
    public SegmentId SegmentId { get; init; }
    public required string Name { get; init; }
    public int BasisPoints { get; init; }
}

/// <summary>What being in a segment brings, as the computation needs it.</summary>
internal sealed record Reward(SegmentId Segment, string Name, int BasisPoints);

/// <summary>A published plan as the computation needs it.</summary>
internal sealed record PlanTerms(PlanId Id, int Number, string Name, string Currency, int HoldDays, long Minimum, IReadOnlyDictionary<(DealRole, Tier), int> Rates)
{
    /// <summary>Rates of compensation rules by name.</summary>
    public IReadOnlyDictionary<string, int> Schemes { get; init; } = new Dictionary<string, int>();

    /// <summary>What segments bring.</summary>
    public IReadOnlyList<Reward> Rewards { get; init; } = [];

    /// <summary>Whoever is in none of these segments earns nothing.</summary>
    public bool OnlySegments { get; init; }

    /// <summary>The largest reward among the segments to which a partner belongs; of equal ones the first by name.</summary>
    public Reward? Best(IReadOnlyDictionary<SegmentId, bool> held) =>
        Rewards.Where(r => held.GetValueOrDefault(r.Segment)).OrderByDescending(r => r.BasisPoints).ThenBy(r => r.Name, StringComparer.Ordinal).FirstOrDefault();

    public int Rate(DealRole role, Tier tier) => Rates.TryGetValue((role, tier), out var rate) ? rate : 0;
}
