using Trellis.Deals.Life;
using Trellis.Deals.Published;
using Trellis.Deals.Rules;
using Trellis.Identity.Published;
using Trellis.Kernel;

namespace Trellis.Deals;

/// <summary>What a registration goes through between its decision and its end.</summary>
internal sealed partial class Deal
{
    /// <summary>How often a refused or withdrawn registration can be corrected and sent again.</summary>
    public const int MostResubmissions = 2;

    /// <summary>The distributor whose person registered it for the partner.</summary>
    public PartnerId? DistributorId { get; private set; }

    /// <summary>The won deal that it renews.</summary>
    public DealId? RenewalOf { get; private set; }

    /// <summary>Extensions granted so far.</summary>
    public int ExtensionsUsed { get; private set; }

    /// <summary>How often it became a draft again after it had been sent and had ended.</summary>
    public int Resubmissions { get; private set; }

    /// <summary>For how many days it was protected before it became a draft again.</summary>
    public int ProtectedBefore { get; private set; }

    /// <summary>How often it can still be sent again. A draft that was taken up again and not sent since has used nothing.</summary>
    public int ResubmissionsLeft => MostResubmissions - Resubmissions + (SubmittedAt is null && Resubmissions > 0 ? 1 : 0);

    /// <summary>The amount that was approved: what it grew since then is measured against it.</summary>
    public long? ApprovedAmount { get; private set; }

    /// <summary>The role that should have decided, while a higher one does.</summary>
    public string? EscalatedFrom { get; private set; }

    /// <summary>A draft that waits for the second partner of a joint registration.</summary>
    public bool AwaitsPartner { get; private set; }

    /// <summary>Whether this partner acts on it: the one it belongs to, or the distributor that registered it.</summary>
    public bool IsHeldBy(PartnerId? partner) => partner is { } p && (p == PartnerId || p == DistributorId);

    /// <summary>Whose people are told of it.</summary>
    public Holders Holders => new(PartnerId, DistributorId);

    /// <summary>What this actor may do now.</summary>
    public IReadOnlyList<DealTrigger> AllowedTo(Actor actor)
    {
        var allowed = DealLifecycle.Allowed(actor, IsHeldBy(actor.Partner) ? actor.Partner!.Value : PartnerId, State);
        if (!actor.IsPartner && !ReviewRoles.MayDecide(actor, Reviewer)) allowed = [.. allowed.Except(DealLifecycle.Deciders)];
        return ResubmissionsLeft > 0 ? allowed : [.. allowed.Where(t => t != DealTrigger.Reopen)];
    }

    /// <summary>A draft changes hands: it is the reseller's, and the distributor that types it acts on it too.</summary>
    public void HoldBy(PartnerId holder, PartnerId? distributor) => (PartnerId, DistributorId) = (holder, distributor == holder ? null : distributor);

    public void Renew(DealId? of) => RenewalOf = of;

    /// <summary>While a timely request is open, the protection stands at least until the promised decision.</summary>
    public void AwaitExtension(ProtectionState state, DateOnly promised)
    {
        ProtectionState = state;
        if (!(ExpiresOn < promised)) return;
        (ExpiresOn, StateReason) = (promised, $"An extension was asked for in time: the customer is protected for you until {Phrases.Day(promised)}.");
    }

    /// <summary>The words take the place of the approval's, which name the day before.</summary>
    public void Extend(ProtectionState state, DateOnly until, string words) => (ProtectionState, ExpiresOn, ExtensionsUsed, StateReason) = (state, until, ExtensionsUsed + 1, words);

    public void KeepProtection(ProtectionState state) => ProtectionState = state;

    /// <summary>The amount as it was agreed anew.</summary>
    public void Confirm() => ApprovedAmount = Amount;

    public void Escalate(string reviewer) => (EscalatedFrom, Reviewer) = (Reviewer, reviewer);

    public void AwaitPartner(bool waits) => AwaitsPartner = waits;

    /// <summary>Becomes a draft again; what was decided before stays in its history only.</summary>
    public void BeginAnew(bool afterEnd)
    {
        if (afterEnd && SubmittedAt is not null) Resubmissions++;
        ProtectedBefore += EarlierProtections.Days(ExpiresOn, DecidedAt, ClosedAt);
        (SubmittedAt, DecidedAt, ClosedAt, ExpiresOn, ApprovedAmount) = (null, null, null, null, null);
        // Extensions that were granted stay used: sending it again gives no new ones.
        (ProtectionState, ConflictState, AccountState, AccountId) = (ProtectionState.None, ConflictState.None, AccountState.New, null);
    }

    /// <summary>Why it stands where it does, for a reader who may read its amounts or may not.</summary>
    public string? ReasonFor(bool figures) => WordsFor(figures, StateReason);

    /// <summary>Words that were said of it; none for whoever may not read its amounts and could find one in them.</summary>
    public string? WordsFor(bool figures, string? words) => figures ? words : AmountSight.WithoutAmount(words, Major(Amount), Major(WonAmount), Major(ApprovedAmount), MainAmount, MainAmount / 100m);

    private decimal? Major(long? minor) => minor is { } known ? new Money(known, Currency).Major : null;
}
