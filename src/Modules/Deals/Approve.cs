using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Deals.Published;
using Trellis.Deals.Rules;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Deals;

/// <summary>An approval by a person.</summary>
/// <param name="Deal">The deal.</param>
/// <param name="Days">Days of protection; null for those of the partner's tier.</param>
/// <param name="Account">The account that the customer is, where that was open.</param>
/// <param name="Note">Words for the partner.</param>
/// <param name="Version">The version that the caller has seen.</param>
/// <param name="NewCustomer">It is none of the accounts that resemble it.</param>
internal sealed record ApproveInput(DealId Deal, int? Days = null, AccountId? Account = null, string? Note = null, long? Version = null, bool NewCustomer = false);

/// <summary>The vendor approves a registration in review: it is protected from today, unless a rival claim has been protected meanwhile.</summary>
internal sealed class Approve(Work work, CreateAccount createAccount, DealMail mail, DealReceipts receipts) : UseCase<ApproveInput, DealId>(work)
{
    protected override Permission Permission => DealsPermissions.Decide;

    protected override async Task<Result<DealId>> HandleAsync(ApproveInput input, CancellationToken ct)
    {
        var found = await Work.DealAsync(input.Deal, input.Version, ct);
        if (!found.Ok) return found.Problem;
        var deal = found.Value;
        if (DealLifecycle.Machine.Allows(deal.State, DealTrigger.Approve) && ReviewRoles.Refusal(Work.Actor, deal.Reviewer) is { } others) return others;
        var check = new Check()
            .That(input.Days is null or (> 0 and <= 730), "days", "Protection lasts 1 to 730 days.")
            .Text(input.Note, "note", "The note", 1000, required: false);
        if (check.Problem is { } problem) return problem;
        if (input.Account is { } account)
        {
            if (!await Db.Set<AccountRow>().AnyAsync(a => a.Id == account, ct)) return DealsProblems.NoSuchAccount();
            deal.Identify(AccountState.Matched, account);
        }
        else if (deal is { AccountState: AccountState.Pending, AccountId: null } && !input.NewCustomer && DealLifecycle.Machine.Allows(deal.State, DealTrigger.Approve))
        {
            return DealsProblems.ChooseAccount();
        }

        var partner = await Db.Set<PartnerRow>().AsNoTracking().SingleAsync(p => p.Id == deal.PartnerId, ct);
        await Work.LockCustomerAsync(deal, ct);
        var rival = (await Claims.OnAsync(Work, deal, ct))
            .FirstOrDefault(c => c.IsProtected(Work.Today) && c.Covers(deal.ProductId)
                && Claims.Judge(Customer.Typed(deal), deal.AccountId, c) == SameCustomer.Yes);
        if (rival is not null && DealLifecycle.Machine.Allows(deal.State, DealTrigger.Approve)) return DealsProblems.Protected(rival.Deal, rival.ExpiresOn);

        var rules = RuleSetText.FromJson((await RuleBook.CurrentAsync(Work, ct)).Content);
        var until = Work.Today.AddDays(input.Days ?? rules.Protection[Words.Of(await DealMotion.TierAsync(Work, partner, deal.Motion, ct))]);
        var reason = Text.OrNull(input.Note) ?? $"Approved: the customer is protected for you until {Phrases.Day(until)}.";
        var moved = Work.Move(deal, DealTrigger.Approve, reason);
        if (!moved.Ok) return moved.Problem;
        deal.Protect(until);
        if (deal.AccountId is null)
        {
            var named = await NameAsync(deal, input.NewCustomer, ct);
            if (!named.Ok) return named.Problem;
        }

        // The account or a claim may have come to light since the rules looked: what now stands against each other is seen to.
        await Conflicts.ConflictWatch.OpenAsync(Work, deal, await Cases.LoadAsync(Work, deal, partner, [], ct), "approved by a person", ct);
        Work.Publish(new DealDecided(deal.Id, deal.PartnerId, deal.State, null, Work.Now));
        await receipts.DecidedAsync(deal, ct);
        await mail.DecidedAsync(deal, ct);
        return deal.Id;
    }

    // What is protected stands among the accounts. One that was added meanwhile is the customer, unless the reviewer said that it is none of those.
    private async Task<Result<AccountId>> NameAsync(Deal deal, bool isNew, CancellationToken ct)
    {
        var named = await createAccount.RunAsync(new NewAccount(deal.CustomerName, deal.CustomerDomain, deal.Country) { EvenIfSimilar = true, TaxNumber = deal.CustomerTaxNumber, City = deal.CustomerCity }, ct);
        if (!named.Ok && !isNew && Ids.Parse<AccountId>(named.Problem.Facts.GetValueOrDefault("account") as string) is { } there) named = there;
        if (named.Ok) deal.Identify(AccountState.Matched, named.Value);
        return named;
    }
}
