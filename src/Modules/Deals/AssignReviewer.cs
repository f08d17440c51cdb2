using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Deals.Rules;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Deals;

/// <summary>Gives a registration that waits to another role; until when a decision is promised stays.</summary>
internal sealed class AssignReviewer(Work work, DealMail mail) : UseCase<(DealId Deal, string? Role), DealId>(work)
{
    protected override Permission Permission => DealsPermissions.Decide;

    protected override async Task<Result<DealId>> HandleAsync((DealId Deal, string? Role) input, CancellationToken ct)
    {
        if (!TableChecks.Reviewers.Contains(input.Role)) return Problem.Invalid("role", "Choose a role that decides.");
        var found = await Work.DealAsync(input.Deal, null, ct);
        if (!found.Ok) return found.Problem;
        var deal = found.Value;
        if (deal is not { State: DealState.InReview, DecideBy: { } by })
            return new Problem(ProblemKind.Conflict, "deals.not_in_review", $"“{deal.Title}” does not wait for a decision: its status is “{DealLifecycle.Label(deal.State)}”.");
        if (deal.Reviewer == input.Role) return deal.Id;
        if (!ReviewRoles.MayHand(Work.Actor, deal.Reviewer, input.Role!)) return ReviewRoles.OthersDecide(deal.Reviewer);
        deal.AwaitReview(input.Role!, by);
        if (await Db.Set<PartnerRow>().SingleOrDefaultAsync(p => p.Id == deal.PartnerId, ct) is { } partner) await mail.ReviewNeededAsync(deal, partner, ct);
        return deal.Id;
    }
}
