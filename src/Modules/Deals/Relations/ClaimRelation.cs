using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Relations;

/// <summary>A partner's claim.</summary>
/// <param name="Deal">Its deal with the customer.</param>
/// <param name="Basis">On what it rests.</param>
/// <param name="Since">Since when it holds the relation.</param>
internal sealed record ClaimInput(DealId Deal, string? Basis, DateOnly? Since);

/// <summary>The partner that registered a deal says that it holds the relation with the customer; the partner manager is told.</summary>
internal sealed class ClaimRelation(Work work, RelationMail mail) : UseCase<ClaimInput, RelationClaimId>(work)
{
    protected override Permission Permission => DealsPermissions.Register;

    protected override async Task<Result<RelationClaimId>> HandleAsync(ClaimInput input, CancellationToken ct)
    {
        var found = await Work.OwnDealAsync(input.Deal, null, ct);
        if (!found.Ok) return found.Problem;
        var (deal, me) = (found.Value, Work.Actor.Partner!.Value);
        var check = new Check()
            .Text(input.Basis, "basis", "What the relation rests on", 1000)
            .That(input.Since is { } day && day <= Work.Today && day.Year >= 1970, "since", "Since when? The day lies in the past, or is today.");
        if (check.Problem is { } problem) return problem;
        if (deal.State == DealState.Draft) return DealsProblems.Over(deal.State);
        await Work.LockAsync($"deal-relation:{deal.Id}", ct);
        if (await Db.Set<RelationClaim>().AnyAsync(c => c.DealId == deal.Id && c.PartnerId == me && c.State == RelationClaimState.Waiting, ct)) return RelationProblems.ClaimOpen();
        if (deal.AccountId is { } account && await Db.Set<CustomerRelation>().AnyAsync(r => r.AccountId == account && r.PartnerId == me && r.EndedAt == null, ct)) return RelationProblems.AlreadyHeld();
        var claim = new RelationClaim
        {
            TenantId = Work.Tenant,
            Id = Work.NewId<RelationClaimId>(),
            DealId = deal.Id,
            PartnerId = me,
            CustomerName = deal.CustomerName,
            Basis = input.Basis!.Trim(),
            Since = input.Since!.Value,
            ClaimedAt = Work.Now,
            ClaimedBy = Work.Actor.Person,
            ClaimedByName = Work.Actor.Name,
            Version = 1,
        };
        Db.Add(claim);
        await mail.ClaimedAsync(claim, ct);
        return claim.Id;
    }
}
