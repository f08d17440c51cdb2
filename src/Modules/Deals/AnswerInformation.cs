using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Deals.Rules;
using Trellis.Identity.Published;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Deals;

/// <summary>
/// The partner answers what was asked. It goes back to the person who reviews, never to the rules alone: what a person has doubted, a person
/// decides.
/// </summary>
internal sealed class AnswerInformation(Work work, DealMail mail, DealReceipts receipts) : UseCase<WordsInput, DealId>(work)
{
    protected override Permission Permission => DealsPermissions.Register;

    protected override async Task<Result<DealId>> HandleAsync(WordsInput input, CancellationToken ct)
    {
        var found = await Work.OwnDealAsync(input.Deal, input.Version, ct);
        if (!found.Ok) return found.Problem;
        if (new Check().Text(input.Text, "text", "The answer", 4000).Problem is { } problem) return problem;
        var deal = found.Value;
        var asked = deal.Reviewer;
        var answered = Work.Move(deal, DealTrigger.Resubmit, input.Text!.Trim());
        if (!answered.Ok) return answered.Problem;

        var reviewer = asked ?? await Db.Set<Decision>().Where(d => d.DealId == deal.Id && d.Reviewer != null).OrderByDescending(d => d.Id).Select(d => d.Reviewer).FirstOrDefaultAsync(ct)
            ?? Roles.PartnerManager;
        var rules = RuleSetText.FromJson((await RuleBook.CurrentAsync(Work, ct)).Content);
        var held = Work.Move(deal, DealTrigger.Hold, $"Your answer is with the {Roles.Label(reviewer).ToLowerInvariant()}.", by: Actor.System(Work.Tenant));
        if (!held.Ok) return held.Problem;
        deal.AwaitReview(reviewer, await DecideBy.OfAsync(Work, deal.PartnerId, rules.DecideWithin, ct));
        await receipts.HeldAsync(deal, ct);
        var partner = await Db.Set<PartnerRow>().AsNoTracking().SingleAsync(p => p.Id == deal.PartnerId, ct);
        await mail.ReviewNeededAsync(deal, partner, ct);
        return deal.Id;
    }
}
