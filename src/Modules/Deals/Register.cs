using Trellis.Accounts.Published;
using Trellis.Deals.Life;
using Trellis.Deals.Plans;
using Trellis.Deals.Published;
using Trellis.Deals.Rules;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Deals;

/// <summary>A registration.</summary>
/// <param name="Fields">What the partner says; null to submit the draft as it stands.</param>
/// <param name="Draft">The draft that it was, if any.</param>
/// <param name="Version">The version of the draft that the caller has seen.</param>
/// <param name="For">The reseller for which a distributor registers.</param>
/// <param name="Renews">The won deal that it renews.</param>
internal sealed record RegisterInput(DealFields? Fields, DealId? Draft = null, long? Version = null, PartnerId? For = null, DealId? Renews = null);

/// <summary>
/// A partner registers a deal and the rules of engagement decide in front of it: protected, held for a person, or refused. Registration, facts,
/// decision and the words for both sides are one transaction.
/// </summary>
internal sealed class Register(Work work, Drafts drafts, CreateAccount createAccount, DealMail mail, DealReceipts receipts, LinkRegistered targets) : UseCase<RegisterInput, DealId>(work)
{
    protected override Permission Permission => DealsPermissions.Register;

    /// <summary>The registration as it was begun and saved here, for who shows it at once.</summary>
    public BegunDeal? Registered { get; private set; }

    protected override async Task<Result<DealId>> HandleAsync(RegisterInput input, CancellationToken ct)
    {
        var begun = await BeginAsync(input, ct);
        if (!begun.Ok) return begun.Problem;
        var (deal, partner) = begun.Value;
        var decided = await DecideAsync(deal, partner, input.Fields, ct);
        if (!decided.Ok || input.Draft is not null) Registered = null;
        if (decided.Ok && input.Draft is not null) await targets.RunAsync(deal, ct);
        return decided;
    }

    /// <summary>Submits a draft and decides on it, inside the caller's transaction.</summary>
    public async Task<Result<DealId>> DecideAsync(Deal deal, PartnerRow partner, DealFields? typed, CancellationToken ct)
    {
        if (deal.AwaitsPartner) return LifeProblems.AwaitsPartner();
        if (Registration.Complete(deal.Fields with { CustomerDomain = typed?.CustomerDomain ?? deal.CustomerDomain }, Work.Today, new Check()).Problem is { } incomplete) return incomplete;

        var submitted = Work.Move(deal, DealTrigger.Submit, null);
        if (!submitted.Ok) return submitted.Problem;
        deal.Submit(Work.Now);
        var matches = await Matching.HoldAndFindAsync(Work, deal, ct);
        var (state, account) = Matching.Choose(matches);
        deal.Identify(state, account);

        if (account is { } found) await Work.LockAsync($"customer:account:{found}", ct);
        await Work.KeepKeysAsync(deal, ct);
        var readers = default(DealReaders)!;
        var asked = await CaseRulings.AskAsync(Work, deal, partner, matches, ct, asks => readers = DealMail.Ask(asks, deal, partner));
        if (!asked.Ok) return asked.Problem;
        var (@case, rules, ruling) = (asked.Value.Case, asked.Value.Rules, asked.Value.Ruling);
        if (deal.Motion is { } said && said != @case.Motion) return DealsProblems.MotionNotActive();
        deal.SellBy(@case.Motion);
        var decision = asked.Value.Keep(Work, deal);
        var followed = await FollowAsync(deal, asked.Value, ct);
        if (!followed.Ok) return followed.Problem;
        decision.Promise(deal.DecideBy);
        await Conflicts.ConflictWatch.OpenAsync(Work, deal, @case, ruling.RuleId, ct);

        // What is protected stands among the accounts, so that the next registration is recognised however it is written.
        if (deal is { State: DealState.Approved, AccountState: AccountState.New })
        {
            var named = await createAccount.WithinAsync(new NewAccount(deal.CustomerName, deal.CustomerDomain, deal.Country) { TaxNumber = deal.CustomerTaxNumber, City = deal.CustomerCity }, ct);
            if (!named.Ok) return named.Problem;
            // Known to us only by the partner's word: the vendor checks it in its own time, and the decision stands.
            deal.Identify(AccountState.Pending, named.Value);
        }

        await receipts.RegisteredAsync(deal, rules.Number, ct);
        Work.Publish(new DealRegistered(deal.Id, partner.Id, Work.Actor.Person, Work.Now, @case.OfLead));
        if (deal.State is DealState.Approved or DealState.Rejected) Work.Publish(new DealDecided(deal.Id, partner.Id, deal.State, deal.ReasonCode is { } code ? Words.Of(code) : null, Work.Now, AtOnce: true));
        await mail.RuledAsync(deal, partner, readers, ct);
        // What its page would read again.
        var around = new Around(partner.Name, @case.ProductName, null, readers.Manager?.Known?.Name, readers.Manager?.Known?.Email);
        Registered = new BegunDeal(deal, around, [.. Db.ChangeTracker.Entries<Transition>().Select(e => e.Entity).Where(t => t.Machine == DealLifecycle.Machine.Name && t.Subject == deal.Id.ToString())]);
        return deal.Id;
    }

    private async Task<Result<(Deal Deal, PartnerRow Partner)>> BeginAsync(RegisterInput input, CancellationToken ct)
    {
        var kept = await drafts.KeepForAsync(input.Draft, input.Version, input.Fields, input.For, input.Renews, complete: true, ct);
        if (!kept.Ok) return kept.Problem;
        var (deal, holder) = kept.Value;
        if (holder is not null) return (deal, holder);
        var partner = await Distribution.HolderAsync(Work, deal, ct);
        return partner.Then<(Deal, PartnerRow)>(found => (deal, found));
    }

    private async Task<Result<DealState>> FollowAsync(Deal deal, CaseRuling asked, CancellationToken ct)
    {
        var (ruling, by) = (asked.Ruling, asked.By(Work.Tenant));
        switch (ruling.Outcome)
        {
            case Outcome.Approve:
                var approved = Work.Move(deal, DealTrigger.Approve, ruling.ForPartner, by: by);
                deal.Protect(ruling.ProtectedUntil!.Value);
                return approved;
            case Outcome.Refuse:
                return Work.Move(deal, DealTrigger.Reject, ruling.ForPartner, ruling.Reason, by);
            default:
                var held = Work.Move(deal, DealTrigger.Hold, ruling.ForPartner, by: by);
                deal.AwaitReview(ruling.Reviewer!, await DecideBy.OfAsync(Work, deal.PartnerId, asked.Table.DecideWithin, ct));
                return held;
        }
    }
}
