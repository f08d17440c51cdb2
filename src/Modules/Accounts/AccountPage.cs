using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Kernel;

namespace Trellis.Accounts;

/// <summary>Everything about one account.</summary>
internal sealed record AccountDetails(
    AccountId Id, string Name, string? ExternalId, string? Domain, string? Sector, string? SectorWritten, string? Country, string? CountryWritten, long? Revenue,
    string Currency, int? Employees, int? Founded, string? OwnerName, string? OwnerManager, string? OwnerOffice, bool Named, AccountId? ParentId, string? ParentName,
    string Origin, DateTime CreatedAt, long Version) : IHasVersion
{
    /// <summary>Its custom fields by their keys.</summary>
    public IReadOnlyDictionary<string, string?>? Fields { get; init; }

    public string? TaxNumber { get; init; }
    public string? City { get; init; }

    /// <summary>The yearly revenue in the main currency at today's rate; null where it is not known, or no rate is.</summary>
    public long? MainRevenue { get; init; }

    /// <summary>The person whose it is; null where the owner's name means nobody here, or several people.</summary>
    public PersonId? OwnerId { get; init; }
}

/// <summary>A company related to an account, or another spelling of its name.</summary>
internal sealed record RelatedAccount(AccountId Id, string Name);

/// <summary>The opportunities of an account in one stage and currency.</summary>
internal sealed record StageTotal(OpportunityStage Stage, string Currency, int Count, long Amount)
{
    /// <summary>What they are worth in the main currency, each at the rate of its day; those without a rate are left out.</summary>
    public long MainAmount { get; init; }

    /// <summary>There is an amount without a rate.</summary>
    public bool NoRate { get; init; }
}

/// <summary>One change of a record, for its timeline.</summary>
internal sealed record AccountEvent(DateTime At, string Who, string Action, string Changes);

internal static class AccountPage
{
    public static async Task<Result<AccountDetails>> FindAsync(Work work, AccountId id, CancellationToken ct)
    {
        var accounts = work.Db.Set<Account>().AsNoTracking();
        var found = await (from a in accounts
                           where a.Id == id
                           join p in accounts on new { a.TenantId, Id = a.ParentId } equals new { p.TenantId, Id = (AccountId?)p.Id } into parents
                           from p in parents.DefaultIfEmpty()
                           join s in work.Db.Set<Seller>() on new { a.TenantId, Name = a.OwnerName } equals new { s.TenantId, Name = (string?)s.Name } into sellers
                           from s in sellers.DefaultIfEmpty()
                           select new { Account = a, ParentName = p == null ? null : p.Name, Manager = s == null ? null : s.Manager, Office = s == null ? null : s.Office })
            .FirstOrDefaultAsync(ct);
        if (found is null) return AccountsProblems.Missing();
        var account = found.Account;
        var main = await InMain.ReadAsync(work, account.Revenue is null ? [] : [account.Currency], ct);
        return new AccountDetails(
            account.Id, account.Name, account.ExternalId, account.Domain, account.Sector, account.SectorWritten, account.Country, account.CountryWritten, account.Revenue,
            account.Currency, account.Employees, account.Founded, account.OwnerName, found.Manager, found.Office, account.Named, account.ParentId,
            found.ParentName ?? account.ParentWritten, Words.Of(account.Origin), account.CreatedAt, account.Version)
        { TaxNumber = account.TaxNumber, City = account.City, MainRevenue = main.Of(account.Revenue, account.Currency), OwnerId = account.OwnerId };
    }

    public static Task<List<StageTotal>> TotalsAsync(Work work, AccountId id, CancellationToken ct) =>
        work.Db.Set<Opportunity>().Where(o => o.AccountId == id).GroupBy(o => new { o.Stage, o.Currency })
            .Select(g => new StageTotal(g.Key.Stage, g.Key.Currency, g.Count(), g.Sum(o => o.Amount ?? 0)) { MainAmount = g.Sum(o => o.MainAmount), NoRate = g.Count(o => o.NoRate) > 0 }).ToListAsync(ct);

    /// <summary>The companies that belong to it.</summary>
    public static Task<List<RelatedAccount>> SubsidiariesAsync(Work work, AccountId id, CancellationToken ct) =>
        work.Db.Set<Account>().Where(a => a.ParentId == id).OrderBy(a => a.Name).Take(50).Select(a => new RelatedAccount(a.Id, a.Name)).ToListAsync(ct);

    public static Task<List<string>> AliasesAsync(Work work, AccountId id, CancellationToken ct) =>
        work.Db.Set<Alias>().Where(a => a.AccountId == id).OrderBy(a => a.Name).Select(a => a.Name).Take(50).ToListAsync(ct);

    /// <summary>The last changes, newest first.</summary>
    public static Task<List<AccountEvent>> TimelineAsync(Work work, AccountId id, CancellationToken ct)
    {
        var subject = id.ToString();
        return work.Db.Set<AuditEntry>().Where(e => e.Subject == subject).OrderByDescending(e => e.Id).Take(20)
            .Select(e => new AccountEvent(e.At, e.ActorName, e.Action, e.Changes)).ToListAsync(ct);
    }
}
