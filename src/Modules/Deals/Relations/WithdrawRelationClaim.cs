using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Deals.Relations;

internal sealed record ClaimWithdrawal(RelationClaimId Claim, long? Version = null);

/// <summary>The partner takes its claim back before it was answered.</summary>
internal sealed class WithdrawRelationClaim(Work work) : UseCase<ClaimWithdrawal, RelationClaimId>(work)
{
    protected override Permission Permission => DealsPermissions.Register;

    protected override async Task<Result<RelationClaimId>> HandleAsync(ClaimWithdrawal input, CancellationToken ct)
    {
        var me = Work.Actor.Partner;
        var claim = await Db.Set<RelationClaim>().SingleOrDefaultAsync(c => c.Id == input.Claim && c.PartnerId == me, ct);
        if (claim is null) return RelationProblems.NoClaim();
        if (input.Version is { } seen && seen != claim.Version) return Problem.Stale();
        var moved = claim.Move(Work, RelationClaimTrigger.Withdraw, null);
        return moved.Ok ? claim.Id : moved.Problem;
    }
}
