using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Conflicts;
using Trellis.Accounts.Ownership;
using Trellis.Accounts.Published;
using Trellis.Kernel;

namespace Trellis.Accounts;

/// <summary>All that a person may change on an account, as it shall be.</summary>
/// <param name="Version">The version that was read; null to change whatever stands there.</param>
internal sealed record AccountChange(
    AccountId Account, string Name, string? Domain, string? Country, string? Sector, string? OwnerName, bool Named, int? Employees, long? Version = null,
    string? TaxNumber = null, string? City = null)
{
    /// <summary>Null leaves them as they are.</summary>
    public AccountFigures? Figures { get; init; }

    /// <summary>It is known that another system owns what changes: it is written here all the same, until that system says something else.</summary>
    public bool EvenIfOwned { get; init; }
}

/// <summary>Figures of an account and its identifier in the CRM, as they shall be.</summary>
/// <param name="Revenue">Yearly revenue in minor units of <paramref name="Currency"/>, or null.</param>
internal sealed record AccountFigures(long? Revenue, string? Currency, int? Founded, string? ExternalId);

/// <summary>What a program changes on an account: only the fields that are given.</summary>
internal sealed record AccountPatch(string? Name = null, string? Domain = null, string? Country = null, string? Sector = null, string? OwnerName = null, bool? Named = null, int? Employees = null,
    string? TaxNumber = null, string? City = null, long? Revenue = null, string? Currency = null, int? Founded = null, string? ExternalId = null, bool EvenIfOwned = false);

/// <summary>Changes the facts of an account.</summary>
internal sealed class ChangeAccount(Work work) : UseCase<AccountChange, Done>(work)
{
    protected override Permission Permission => AccountsPermissions.Manage;

    protected override async Task<Result<Done>> HandleAsync(AccountChange input, CancellationToken ct)
    {
        var account = await Db.Set<Account>().SingleOrDefaultAsync(a => a.Id == input.Account, ct);
        if (account is null) return AccountsProblems.Missing();
        if (input.Version is { } read && read != account.Version) return Problem.Stale();
        var facts = AccountInput.Read(input.Name, input.Domain, input.Country, input.Sector, input.OwnerName, input.Named, input.Employees, input.TaxNumber, input.City);
        if (!facts.Ok) return facts.Problem;
        var owner = await SalesPeople.ReadAsync(Work, facts.Value.OwnerName, new Owner(account.OwnerName, account.OwnerId), "ownerName", ct);
        if (!owner.Ok) return owner.Problem;
        if (input.Figures is { } figures && await RefuseAsync(account, figures, ct) is { } wrong) return wrong;
        var closed = await AccountOwners.Owners.ClosedAsync(Work, ct);
        var owned = AccountOwners.Changing(account, facts.Value with { OwnerName = owner.Value.Name, OwnerId = owner.Value.Person }, input.Figures).Where(closed.ContainsKey).ToList();
        if (!input.EvenIfOwned && AccountOwners.Owners.Refuse(closed, owned) is { } refused) return refused;
        if (owned.Count > 0) Work.Note("accounts.write_owned", "accounts_account", account.Id.ToString(), new { fields = owned });
        var before = HandValues.Of(account);
        account.Rewrite(facts.Value with { OwnerName = owner.Value.Name, OwnerId = owner.Value.Person });
        OwnerRecord.Join(Db.Entry(account));
        if (input.Figures is { } given) account.Measure(given.Revenue, given.Currency, given.Founded, Text.OrNull(given.ExternalId));
        account.See(Work.Now);
        await HandValues.KeepAsync(Work, account, before, ct);
        await AccountKeys.RenewAsync(Work, [account], ct);
        Renames.Tell(Work, [account]);
        return default(Done);
    }

    private async Task<Problem?> RefuseAsync(Account account, AccountFigures figures, CancellationToken ct)
    {
        var external = Text.OrNull(figures.ExternalId);
        var twin = external is null || external == account.ExternalId ? null : await Db.Set<Account>().Where(a => a.ExternalId == external && a.Id != account.Id).Select(a => a.Name).FirstOrDefaultAsync(ct);
        return new Check()
            .That(figures.Revenue is null or (>= 0 and <= 9_000_000_000_000_000), "revenue", "The yearly revenue is not below zero, and no larger than any company's.")
            .Currency(figures.Currency == account.Currency ? null : figures.Currency, required: false)
            .That(figures.Founded is null || (figures.Founded >= 1200 && figures.Founded <= Work.Now.Year), "founded", $"The year of foundation lies between 1200 and {Work.Now.Year}.")
            .Text(figures.ExternalId, "externalId", "The identifier in the CRM", 100, required: false)
            .That(twin is null, "externalId", $"{twin} has this identifier already.").Problem;
    }
}
