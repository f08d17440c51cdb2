using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals;

internal enum DealTrigger
{
    Submit,
    Approve,
    Hold,
    RequestInfo,
    Resubmit,
    Reject,
    Withdraw,
    Expire,
    Convert,
    Win,
    Lose,
    Revoke,

    /// <summary>The partner takes a submitted registration back into its drafts.</summary>
    Recall,

    /// <summary>A refused or withdrawn registration becomes a draft again, to be corrected.</summary>
    Reopen,

    /// <summary>A settlement or an appeal lifts a refusal or a revocation: it is looked at again.</summary>
    Reinstate,

    /// <summary>The promised time is over: the role above decides.</summary>
    Escalate,

    /// <summary>Another partner takes it over; the status stays.</summary>
    Transfer,

    /// <summary>It was marked as won by mistake: nothing of it stands.</summary>
    Correct,
}

/// <summary>The canonical lifecycle of a registration, and whose hand may pull which trigger.</summary>
internal static class DealLifecycle
{
    public static readonly Machine<DealState, DealTrigger> Machine = new("deals",
        (DealState.Draft, DealTrigger.Submit, DealState.Submitted),
        (DealState.Draft, DealTrigger.Withdraw, DealState.Withdrawn),
        (DealState.Submitted, DealTrigger.Approve, DealState.Approved),
        (DealState.Submitted, DealTrigger.Hold, DealState.InReview),
        (DealState.Submitted, DealTrigger.Reject, DealState.Rejected),
        (DealState.InReview, DealTrigger.Approve, DealState.Approved),
        (DealState.InReview, DealTrigger.RequestInfo, DealState.InfoRequested),
        (DealState.InReview, DealTrigger.Reject, DealState.Rejected),
        (DealState.InReview, DealTrigger.Withdraw, DealState.Withdrawn),
        (DealState.InReview, DealTrigger.Recall, DealState.Draft),
        (DealState.InReview, DealTrigger.Escalate, DealState.InReview),
        (DealState.InReview, DealTrigger.Hold, DealState.InReview),
        (DealState.InfoRequested, DealTrigger.Resubmit, DealState.Submitted),
        (DealState.InfoRequested, DealTrigger.Reject, DealState.Rejected),
        (DealState.InfoRequested, DealTrigger.Withdraw, DealState.Withdrawn),
        (DealState.InfoRequested, DealTrigger.Recall, DealState.Draft),
        (DealState.Approved, DealTrigger.Convert, DealState.Converted),
        (DealState.Approved, DealTrigger.Win, DealState.Won),
        (DealState.Approved, DealTrigger.Lose, DealState.Lost),
        (DealState.Approved, DealTrigger.Withdraw, DealState.Withdrawn),
        (DealState.Approved, DealTrigger.Expire, DealState.Expired),
        (DealState.Approved, DealTrigger.Revoke, DealState.Revoked),
        (DealState.Approved, DealTrigger.Transfer, DealState.Approved),
        (DealState.Converted, DealTrigger.Transfer, DealState.Converted),
        (DealState.Converted, DealTrigger.Win, DealState.Won),
        (DealState.Converted, DealTrigger.Lose, DealState.Lost),
        (DealState.Converted, DealTrigger.Withdraw, DealState.Withdrawn),
        (DealState.Converted, DealTrigger.Revoke, DealState.Revoked),
        (DealState.Won, DealTrigger.Correct, DealState.Lost),
        (DealState.Rejected, DealTrigger.Reopen, DealState.Draft),
        (DealState.Rejected, DealTrigger.Reinstate, DealState.InReview),
        (DealState.Revoked, DealTrigger.Reinstate, DealState.InReview),
        (DealState.Withdrawn, DealTrigger.Reopen, DealState.Draft));

    private static readonly DealTrigger[] Partners = [DealTrigger.Submit, DealTrigger.Resubmit, DealTrigger.Withdraw, DealTrigger.Recall, DealTrigger.Reopen];
    public static readonly DealTrigger[] Deciders = [DealTrigger.Approve, DealTrigger.RequestInfo, DealTrigger.Reject];
    public static readonly DealTrigger[] Closers = [DealTrigger.Convert, DealTrigger.Win, DealTrigger.Lose];

    /// <summary>
    /// The triggers that this actor may pull now. A partner moves its own registration only; the vendor decides and closes; holding and expiring are
    /// the rules' and the clock's.
    /// </summary>
    public static IReadOnlyList<DealTrigger> Allowed(Actor actor, PartnerId holder, DealState state)
    {
        var possible = Machine.Allowed(state);
        if (actor.Partner is { } partner) return partner == holder && actor.May(DealsPermissions.Register) ? [.. possible.Intersect(Partners)] : [];
        List<DealTrigger> mine = [];
        if (actor.May(DealsPermissions.Decide)) mine.AddRange(Deciders);
        if (actor.May(DealsPermissions.Revoke)) mine.Add(DealTrigger.Revoke);
        if (actor.May(DealsPermissions.Correct)) mine.Add(DealTrigger.Correct);
        if (actor.May(DealsPermissions.Close)) mine.AddRange(Closers);
        return [.. possible.Intersect(mine)];
    }

    /// <summary>Ended. A refused or withdrawn one can be corrected, and then begins anew.</summary>
    public static bool IsOver(DealState state) => state is DealState.Rejected or DealState.Withdrawn or DealState.Expired or DealState.Won or DealState.Lost or DealState.Revoked;

    /// <summary>States in which a claim is alive: decided for the partner and not ended.</summary>
    public static readonly DealState[] Claiming = [DealState.Approved, DealState.Converted];

    /// <summary>States of a registration that waits for somebody.</summary>
    public static readonly DealState[] Pending = [DealState.Submitted, DealState.InReview, DealState.InfoRequested];

    /// <summary>The label of the vocabulary.</summary>
    public static string Label(DealState state) => state == DealState.InfoRequested ? "Returned – information needed" : Words.Label(state);

    /// <summary>The words on a button.</summary>
    public static string Label(DealTrigger trigger) => trigger switch
    {
        DealTrigger.RequestInfo => "Return for information",
        DealTrigger.Resubmit => "Answer and resubmit",
        DealTrigger.Reject => "Refuse",
        DealTrigger.Convert => "Link opportunity",
        DealTrigger.Win => "Mark as won",
        DealTrigger.Lose => "Mark as lost",
        DealTrigger.Correct => "Take the win back",
        DealTrigger.Recall => "Take back",
        DealTrigger.Reopen => "Correct and resubmit",
        _ => Words.Label(trigger),
    };
}
