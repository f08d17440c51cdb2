using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Deals.Relations;

/// <summary>The answer to a claim.</summary>
/// <param name="Claim">The claim.</param>
/// <param name="Confirm">Whether it holds.</param>
/// <param name="Shared">Whether the vendor holds the relation as well; null leaves that as it is.</param>
/// <param name="Reason">Why, in words that the partner reads; needed for a refusal.</param>
/// <param name="Version">The version of the claim that the caller has seen.</param>
/// <param name="Seen">What the caller has seen of the account's relation: <see cref="AccountRelation.Seen"/>; null to leave that unchecked.</param>
internal sealed record ClaimAnswer(RelationClaimId Claim, bool Confirm, bool? Shared = null, string? Reason = null, long? Version = null, string? Seen = null);

/// <summary>The vendor's people confirm or refuse a claim. A confirmed one is recorded at the account; who claimed is told.</summary>
internal sealed class AnswerRelationClaim(Work work, RelationMail mail) : UseCase<ClaimAnswer, RelationClaimId>(work)
{
    protected override Permission Permission => RelationPermissions.Set;

    protected override async Task<Result<RelationClaimId>> HandleAsync(ClaimAnswer input, CancellationToken ct)
    {
        var claim = await Db.Set<RelationClaim>().SingleOrDefaultAsync(c => c.Id == input.Claim, ct);
        if (claim is null) return RelationProblems.NoClaim();
        if (input.Version is { } seen && seen != claim.Version) return Problem.Stale();
        if (new Check().Text(input.Reason, "reason", "The reason", 1000, required: !input.Confirm).Problem is { } problem) return problem;
        var moved = claim.Move(Work, input.Confirm ? RelationClaimTrigger.Confirm : RelationClaimTrigger.Refuse, Text.OrNull(input.Reason));
        if (!moved.Ok) return moved.Problem;
        RelationChanged? changed = null;
        var deal = await Db.Set<Deal>().AsNoTracking().SingleAsync(d => d.Id == claim.DealId, ct);
        if (input.Confirm)
        {
            if (!deal.IsHeldBy(claim.PartnerId)) return RelationProblems.NoLongerHolder();
            if (deal.AccountId is not { } account) return RelationProblems.AccountUnknown();
            var shared = input.Shared ?? await Db.Set<CustomerRelation>().AnyAsync(r => r.AccountId == account && r.PartnerId == null && r.EndedAt == null, ct);
            var done = await RelationBook.ChangeAsync(Work, new RelationChange(account, shared ? RelationHolder.Both : RelationHolder.Partner, claim.PartnerId, RelationBasis.Claimed, claim.Since, claim.Basis, deal.Id), input.Seen, ct);
            if (!done.Ok && done.Problem.Code != RelationProblems.NothingChanges().Code) return done.Problem;
            changed = done.Ok ? done.Value : null;
            if (changed is not null) await mail.ChangedAsync(account, changed, claim.PartnerId, ct);
        }

        await mail.AnsweredAsync(claim, ct);
        return claim.Id;
    }
}
