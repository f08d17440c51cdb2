using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Deals.Published;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Deals.Life;

/// <summary>Which account a customer is.</summary>
/// <param name="Deal">The registration whose account is open.</param>
/// <param name="Account">The account in our records; null: it is a new customer.</param>
/// <param name="Version">The version that the caller has seen.</param>
internal sealed record AccountAnswer(DealId Deal, AccountId? Account, long? Version = null);

/// <summary>
/// The vendor settles which company in its records the customer is. The decision on the registration has not waited for it; where the account turns
/// out to be protected for another partner, both registrations stand as a suspected conflict for a person to look at.
/// </summary>
internal sealed class CheckAccount(Work work, CreateAccount create) : UseCase<AccountAnswer, DealId>(work)
{
    protected override Permission Permission => DealsPermissions.Decide;

    protected override async Task<Result<DealId>> HandleAsync(AccountAnswer input, CancellationToken ct)
    {
        var found = await Work.DealAsync(input.Deal, input.Version, ct);
        if (!found.Ok) return found.Problem;
        var deal = found.Value;
        if (Rules.ReviewRoles.Refusal(Work.Actor, null) is { } others) return others;
        if (deal.AccountState == AccountState.Matched || deal.State == DealState.Draft) return LifeProblems.AccountChecked();
        if (input.Account is { } named && !await Db.Set<AccountRow>().AnyAsync(a => a.Id == named, ct)) return DealsProblems.NoSuchAccount();
        var account = input.Account ?? deal.AccountId;
        if (account is null)
        {
            var made = await create.RunAsync(new NewAccount(deal.CustomerName, deal.CustomerDomain, deal.Country) { EvenIfSimilar = true }, ct);
            if (!made.Ok) return made.Problem;
            account = made.Value;
        }

        // Others may have been recognised by the account that the partner's word has made.
        var before = deal.AccountId;
        List<Deal> same = before is { } old && old != account ? await Db.Set<Deal>().Where(d => d.AccountId == old && d.Id != input.Deal).ToListAsync(ct) : [];
        foreach (var each in same.Append(deal)) each.Identify(AccountState.Matched, account);
        await Work.LockCustomerAsync(deal, ct);
        if (DealLifecycle.Claiming.Contains(deal.State))
        {
            var partner = await Db.Set<PartnerRow>().AsNoTracking().SingleAsync(p => p.Id == deal.PartnerId, ct);
            await Conflicts.ConflictWatch.OpenAsync(Work, deal, await Cases.LoadAsync(Work, deal, partner, [], ct), "the account was named", ct);
        }

        // CRM and ERP learn which company it is where they have the deal already.
        await Work.SaveAsync(ct);
        foreach (var each in same.Append(deal)) await Handovers.QueueUpdate.RunAsync(Work, each.Id, ct);
        return deal.Id;
    }
}

/// <summary>A registration whose account waits for the vendor's look.</summary>
internal sealed record AccountCheck(DealLine Line, long Version, string? Domain, string? Country, AccountId? Account, IReadOnlyList<CustomerMatch> Matches);

/// <summary>What waits for an account check: the oldest first.</summary>
internal static class AccountChecks
{
    private const int Most = 50;

    private static readonly DealState[] Alive = [DealState.InReview, DealState.InfoRequested, DealState.Approved, DealState.Converted];

    public static async Task<IReadOnlyList<AccountCheck>> FindAsync(Work work, CancellationToken ct)
    {
        var deals = await Waiting(work).AsNoTracking().OrderBy(d => d.CreatedAt).ThenBy(d => d.Id).Take(Most).ToListAsync(ct);
        var ids = deals.Select(d => d.Id).ToArray();
        var lines = await DealList.Lines(work.Db.Set<Deal>().AsNoTracking().Where(d => ids.Contains(d.Id))).ToDictionaryAsync(l => l.Id, ct);
        await DealList.NameAsync(work, [.. lines.Values], ct);
        var evidence = (await work.Db.Set<Rules.Decision>().AsNoTracking().Where(d => ids.Contains(d.DealId)).Select(d => new { d.DealId, d.At, d.Evidence }).ToListAsync(ct))
            .GroupBy(d => d.DealId).ToDictionary(g => g.Key, g => g.MaxBy(d => d.At)!.Evidence);
        return [.. deals.Select(d => new AccountCheck(lines[d.Id], d.Version, d.CustomerDomain, d.Country, d.AccountId,
            evidence.TryGetValue(d.Id, out var stored) ? [.. Evidence.FromJson(stored).Matches.Take(6)] : []))];
    }

    public static Task<int> CountAsync(Work work, CancellationToken ct) => Waiting(work).CountCappedAsync(ct);

    private static IQueryable<Deal> Waiting(Work work) => work.Db.Set<Deal>().Where(d => d.AccountState == AccountState.Pending && Alive.Contains(d.State));
}
