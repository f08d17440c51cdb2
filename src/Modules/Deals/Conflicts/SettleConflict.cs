using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Conflicts;

/// <summary>The decision of a person.</summary>
/// <param name="Conflict">The conflict.</param>
/// <param name="Outcome">Who holds what.</param>
/// <param name="Reason">Why, in words for the claimant; both sides read them where there are no others.</param>
/// <param name="ShareBasisPoints">The claimant's share where credit is shared or disputed; the other partner's where protection is shared.</param>
/// <param name="Version">The version that the caller has seen.</param>
/// <param name="Because">Why a registration is approved that our rules had refused; needed there.</param>
internal sealed record SettleInput(ConflictId Conflict, ConflictOutcome? Outcome, string? Reason, int? ShareBasisPoints = null, long? Version = null, OverrideReason? Because = null)
{
    /// <summary>Why, in words for the other partner alone; null where both read the same.</summary>
    public string? OtherReason { get; init; }
}

/// <summary>
/// Settles a conflict: the deals follow the decision in the same transaction, and each side is told in words that do not name the other. Whoever has decided before does not decide on the
/// appeal.
/// </summary>
internal sealed class SettleConflict(Work work, SettlementEffects effects, DealReceipts receipts, ConflictMail mail) : UseCase<SettleInput, ConflictId>(work)
{
    protected override Permission Permission => ConflictsPermissions.Settle;

    protected override async Task<Result<ConflictId>> HandleAsync(SettleInput input, CancellationToken ct)
    {
        var found = await Work.ConflictAsync(input.Conflict, input.Version, ct);
        if (!found.Ok) return found.Problem;
        var conflict = found.Value;
        var shares = input.Outcome == ConflictOutcome.Shared;
        var check = new Check()
            .That(input.Outcome is not null, "outcome", "Choose the decision.")
            .Text(input.Reason, "reason", "The reason", 1000)
            .Text(input.OtherReason, "otherReason", "The other side's reason", 1000, required: false)
            .That(!shares || input.ShareBasisPoints is >= 0 and <= 10_000, "share", "The share lies between 0 and 100 %.");
        if (check.Problem is { } problem) return problem;
        if (!ConflictLifecycle.Outcomes(conflict.Kind).Contains(input.Outcome!.Value)) return ConflictsProblems.NotOfThisKind();
        if (conflict.IsOpen && await Deciders.WasAsync(Work, conflict, ct)) return ConflictsProblems.SameDecider();
        var (reason, other) = (input.Reason!.Trim(), Text.OrNull(input.OtherReason));
        if (other is not null && !conflict.HasTwoPartners) return Problem.Invalid("otherReason", "There is only one partner to tell.");
        // Each side may read its own name, and never the other's.
        if (await NamesOther.InAsync(Work, conflict, reason, other is null ? null : conflict.PartnerId, ct) is { } name) return ConflictsProblems.NamesOneSide(name);
        if (other is not null && await NamesOther.InAsync(Work, conflict, other, conflict.OtherPartnerId, ct) is { } first) return ConflictsProblems.NamesOneSide(first, "otherReason");
        var moved = await Work.MoveAsync(conflict, ConflictTrigger.Settle, other is null ? reason : null, ct);
        if (!moved.Ok) return moved.Problem;
        var told = await effects.ApplyAsync(conflict, input.Outcome.Value, new SideReasons(reason, other ?? reason), shares ? input.ShareBasisPoints : null, input.Because, ct);
        if (!told.Ok) return told.Problem;
        conflict.Decide(input.Outcome.Value, reason, shares ? input.ShareBasisPoints : null, Work.Now, Work.Actor.Person, other);
        Work.Say(conflict, StatementKind.Decision, $"{ConflictWords.Outcome(conflict.Kind, input.Outcome.Value)}. {reason}{(other is null ? "" : $"\n{other}")}");
        await receipts.SettledAsync(conflict, ct);
        await mail.SettledAsync(conflict, ct);
        return conflict.Id;
    }
}
