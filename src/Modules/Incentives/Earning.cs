using Trellis.Deals.Published;
using Trellis.Incentives.Published;
using Trellis.Kernel;
using Trellis.Partners.Published;
using static Trellis.Incentives.EarningTrigger;
using static Trellis.Incentives.Published.EarningState;

namespace Trellis.Incentives;

internal enum EarningTrigger
{
    Approve,
    Hold,
    Dispute,
    Release,
    Batch,
    Unbatch,
    Pay,
    Reverse,
}

internal static class EarningLifecycle
{
    public static readonly Machine<EarningState, EarningTrigger> Machine = new("earnings",
        (Accrued, Approve, Approved),
        (Accrued, Hold, OnHold),
        (Accrued, EarningTrigger.Dispute, Disputed),
        (Accrued, Release, Payable),
        (Accrued, Reverse, Reversed),
        (OnHold, Approve, Approved),
        (OnHold, EarningTrigger.Dispute, Disputed),
        (OnHold, Release, Payable),
        (OnHold, Reverse, Reversed),
        (Approved, Hold, OnHold),
        (Approved, EarningTrigger.Dispute, Disputed),
        (Approved, Release, Payable),
        (Approved, Reverse, Reversed),
        (Disputed, Approve, Approved),
        (Disputed, Hold, OnHold),
        (Disputed, Reverse, Reversed),
        (Payable, EarningTrigger.Batch, InBatch),
        (Payable, Reverse, Reversed),
        (InBatch, Unbatch, Payable),
        (InBatch, EarningTrigger.Pay, Paid));

    /// <summary>The triggers that a person pulls on one line; payouts and the clock pull the others.</summary>
    public static IReadOnlyList<EarningTrigger> Allowed(Actor actor, EarningState state) =>
    [
        .. Machine.Allowed(state).Where(t => t switch
        {
            Approve or Hold or Reverse => actor.May(IncentivesPermissions.Approve),
            EarningTrigger.Dispute => actor.IsPartner && actor.May(IncentivesPermissions.Dispute),
            _ => false,
        }),
        .. state == Paid && actor.May(IncentivesPermissions.Approve) ? new[] { Reverse } : [],
    ];
}

/// <summary>What one partner earns from one deal, with all it was computed from. Only its standing ever changes; the amount never does.</summary>
internal sealed class Earning : ITenantOwned, IVersioned
{
    public TenantId TenantId { get; init; }
    public EarningId Id { get; init; }
    public PartnerId PartnerId { get; init; }
    public DealId DealId { get; init; }
    public EarningKind Kind { get; init; }
    public string DealTitle { get; init; } = "";
    public DealRole Role { get; init; }
    public int ShareBasisPoints { get; init; }
    public string Model { get; init; } = "";
    public Tier Tier { get; init; }

    /// <summary>The motion whose tier it is; null where it is the partner's own, and in lines of before.</summary>
    public Motion? TierMotion { get; init; }

    public int RateBasisPoints { get; init; }
    public PlanId PlanId { get; init; }
    public int PlanNumber { get; init; }
    public long DealAmount { get; init; }
    public long BaseAmount { get; init; }
    public long Amount { get; init; }
    public string Currency { get; init; } = "";
    public DateTime WonAt { get; init; }

    /// <summary>The compensation rule that the rules of engagement named, where its rate took the place of the one by tier.</summary>
    public string? Compensation { get; init; }

    /// <summary>The part of the credit that the rules gave to the registration; null for all of it.</summary>
    public int? CreditBasisPoints { get; init; }

    /// <summary>What a segment of the plan brought beside the rate of role and tier, by the plan's own name for it: the partner was in that segment when the deal was won.</summary>
    public string? Reward { get; init; }

    /// <summary>The part of <see cref="RateBasisPoints"/> that is this reward.</summary>
    public int? RewardBasisPoints { get; init; }

    public EarningState State { get; private set; }
    public DateTime StateSince { get; private set; }
    public string StateBy { get; private set; } = "";
    public string? Reason { get; private set; }
    public DateOnly? HoldUntil { get; private set; }
    public PayoutId? PayoutId { get; private set; }
    public DateTime? PaidAt { get; private set; }
    public string SearchText { get; init; } = "";
    public long Version { get; set; }

    public Earning Begin(EarningState state, DateOnly? holdUntil, string by, DateTime at, string? reason = null)
    {
        (State, HoldUntil, StateBy, StateSince, Reason) = (state, holdUntil, by, at, reason);
        return this;
    }

    /// <summary>Moves the line and writes down who did it and why.</summary>
    public Result<EarningState> Move(Work work, EarningTrigger on, string? reason = null)
    {
        var moved = work.Move(EarningLifecycle.Machine, Id.ToString(), State, on, reason);
        if (moved.Ok) (State, StateBy, StateSince, Reason) = (moved.Value, work.Actor.Name, work.Now, reason);
        return moved;
    }

    public void HoldTo(DateOnly? until) => HoldUntil = until;

    public void PutIn(PayoutId? payout) => PayoutId = payout;

    public void MarkPaid(DateTime at) => PaidAt = at;
}
