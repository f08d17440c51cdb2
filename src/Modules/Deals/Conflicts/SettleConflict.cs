using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Conflicts;

/// <summary>The decision of a person.</summary>
/// <param name="Conflict">The conflict.</param>
/// <param name="Outcome">Who holds what.</param>
/// <param name="Reason">Why, in words that both sides read.</param>
/// <param name="ShareBasisPoints">The claimant's share where credit is shared or disputed; the other partner's where protection is shared.</param>
/// <param name="Version">The version that the caller has seen.</param>
/// <param name="Because">Why a registration is approved that our rules had refused; needed there.</param>
internal sealed record SettleInput(ConflictId Conflict, ConflictOutcome? Outcome, string? Reason, int? ShareBasisPoints = null, long? Version = null, OverrideReason? Because = null);

/// <summary>
/// Settles a conflict: the deals follow the decision in the same transaction, and both sides are told in words that name neither. Whoever has decided before does not decide on the
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
            .That(!shares || input.ShareBasisPoints is >= 0 and <= 10_000, "share", "The share lies between 0 and 100 %.");
        if (check.Problem is { } problem) return problem;
        if (!ConflictLifecycle.Outcomes(conflict.Kind).Contains(input.Outcome!.Value)) return ConflictsProblems.NotOfThisKind();
        if (conflict.IsOpen && await Deciders.WasAsync(Work, conflict, ct)) return ConflictsProblems.SameDecider();
        if (await NamesOther.InAsync(Work, conflict, input.Reason!, ct) is { } name) return ConflictsProblems.NamesOneSide(name);
        var moved = await Work.MoveAsync(conflict, ConflictTrigger.Settle, input.Reason!.Trim(), ct);
        if (!moved.Ok) return moved.Problem;
        var told = await effects.ApplyAsync(conflict, input.Outcome.Value, input.Reason!.Trim(), shares ? input.ShareBasisPoints : null, input.Because, ct);
        if (!told.Ok) return told.Problem;
        conflict.Decide(input.Outcome.Value, input.Reason!.Trim(), shares ? input.ShareBasisPoints : null, Work.Now, Work.Actor.Person);
        Work.Say(conflict, StatementKind.Decision, $"{ConflictWords.Outcome(conflict.Kind, input.Outcome.Value)}. {input.Reason!.Trim()}");
        await receipts.SettledAsync(conflict, ct);
        await mail.SettledAsync(conflict, ct);
        return conflict.Id;
    }
}
