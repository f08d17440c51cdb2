using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Deals.Conflicts;
using Trellis.Deals.Published;
using Trellis.Deals.Rules;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Deals.Life;

/// <summary>
/// A registration that waits was changed in what the rules read: they decide anew, and what they say is followed. What a person has doubted stays with a person, whatever the
/// rules say now.
/// </summary>
internal sealed class DecideAnew(Work work, CreateAccount createAccount, DealMail mail, LifeMail life, DealReceipts receipts)
{
    private static readonly string[] Doubts = [Words.Of(DealTrigger.RequestInfo), Words.Of(DealTrigger.Reinstate)];

    public async Task<Result<Done>> RunAsync(Deal deal, bool sameCustomer, IReadOnlyList<FieldChange> changes, CancellationToken ct)
    {
        var (holder, reviewer, by) = (deal.PartnerId, deal.Reviewer, deal.DecideBy);
        var partner = await work.Db.Set<PartnerRow>().IgnoreQueryFilters([Db.PartnerFilter]).AsNoTracking().SingleAsync(p => p.Id == holder, ct);
        var doubted = await DoubtedAsync(deal, ct);
        await work.LockNamesAsync(deal, ct);
        var matches = await Matching.FindAsync(work, deal, ct);
        if (!sameCustomer)
        {
            var (state, account) = Matching.Choose(matches);
            deal.Identify(state, account);
        }

        if (deal.AccountId is { } found) await work.LockAsync($"customer:account:{found}", ct);
        await work.KeepKeysAsync(deal, ct);
        var asked = await CaseRulings.AskAsync(work, deal, partner, matches, ct);
        if (!asked.Ok) return asked.Problem;
        var decision = asked.Value.Keep(work, deal);
        var decided = await FollowAsync(deal, asked.Value, doubted, reviewer, changes.Any(c => c.Key) ? null : by, ct);
        if (!decided.Ok) return decided.Problem;
        decision.Promise(deal.DecideBy);
        await ConflictWatch.OpenAsync(work, deal, asked.Value.Case, asked.Value.Ruling.RuleId, ct);
        if (deal.State is DealState.InReview or DealState.InfoRequested)
        {
            await life.ChangedInReviewAsync(deal, Amendments.Words(changes), ct);
            return default(Done);
        }

        if (deal is { State: DealState.Approved, AccountState: AccountState.New })
        {
            var named = await createAccount.WithinAsync(new NewAccount(deal.CustomerName, deal.CustomerDomain, deal.Country) { TaxNumber = deal.CustomerTaxNumber, City = deal.CustomerCity }, ct);
            if (!named.Ok) return named.Problem;
            deal.Identify(AccountState.Pending, named.Value);
        }

        work.Publish(new DealDecided(deal.Id, partner.Id, deal.State, deal.ReasonCode is { } code ? Words.Of(code) : null, work.Now));
        await receipts.DecidedAsync(deal, ct, asked.Value.Rules.Number);
        await mail.DecidedAsync(deal, ct);
        return default(Done);
    }

    // A person has asked, has lifted a refusal, or has given it to a role by hand.
    private async Task<bool> DoubtedAsync(Deal deal, CancellationToken ct)
    {
        var (id, subject, machine) = (deal.Id, deal.Id.ToString(), DealLifecycle.Machine.Name);
        if (deal.EscalatedFrom is null && deal.Reviewer is { } now
            && await work.Db.Set<Decision>().IgnoreQueryFilters([Db.PartnerFilter]).Where(d => d.DealId == id).OrderByDescending(d => d.At).ThenByDescending(d => d.Id).Select(d => d.Reviewer).FirstOrDefaultAsync(ct) is var ruled && ruled != now) return true;
        return await work.Db.Set<Transition>().AnyAsync(t => t.Subject == subject && t.Machine == machine && Doubts.Contains(t.Trigger), ct);
    }

    private async Task<Result<DealState>> FollowAsync(Deal deal, CaseRuling asked, bool doubted, string? reviewer, DateTime? by, CancellationToken ct)
    {
        var (ruling, hand) = (asked.Ruling, asked.By(work.Tenant));
        if (!doubted && ruling.Outcome == Outcome.Refuse) return work.Move(deal, DealTrigger.Reject, ruling.ForPartner, ruling.Reason, hand);
        var role = doubted ? ReviewRoles.Higher(reviewer, ruling.Reviewer) : ruling.Reviewer ?? reviewer;
        if (deal.State == DealState.InfoRequested)
        {
            // The question stands until it is answered; who decides then is known now.
            deal.HoldFor(ReviewRoles.Higher(reviewer, ruling.Reviewer));
            return deal.State;
        }

        if (!doubted && ruling.Outcome == Outcome.Approve)
        {
            var approved = work.Move(deal, DealTrigger.Approve, ruling.ForPartner, by: hand);
            if (approved.Ok) deal.Protect(ruling.ProtectedUntil!.Value);
            return approved;
        }

        var held = work.Move(deal, DealTrigger.Hold, ruling.Outcome == Outcome.Review ? ruling.ForPartner : "A person looks at what you have changed.", by: hand);
        if (!held.Ok) return held;
        var kept = by is { } promised && role == reviewer ? promised : await DecideBy.OfAsync(work, deal.PartnerId, asked.Table.DecideWithin, ct);
        deal.AwaitReview(role!, kept);
        return held;
    }
}
