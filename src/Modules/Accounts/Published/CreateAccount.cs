using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Conflicts;
using Trellis.Accounts.Values;
using Trellis.Compute.Matching;
using Trellis.Kernel;

namespace Trellis.Accounts.Published;

/// <summary>A customer that is not among the accounts yet.</summary>
/// <param name="Name">The company's name.</param>
/// <param name="Domain">Web site, e-mail address or domain, or null.</param>
/// <param name="Country">ISO 3166-1 alpha-2, or null.</param>
/// <param name="Sector">A known sector, or null.</param>
/// <param name="OwnerName">The direct seller who owns the relation, by name or e-mail address, or null.</param>
/// <param name="Named">Whether it is on the direct team's named list.</param>
/// <param name="Employees">People who work there, or null.</param>
public sealed record NewAccount(
    string Name, string? Domain = null, string? Country = null, string? Sector = null, string? OwnerName = null, bool Named = false, int? Employees = null)
{
    /// <summary>VAT or registration number, or null.</summary>
    public string? TaxNumber { get; init; }

    /// <summary>The town of its seat, or null.</summary>
    public string? City { get; init; }

    /// <summary>Adds it although an account is probably the same company.</summary>
    public bool EvenIfSimilar { get; init; }

    /// <summary>A person has typed it for the account's own sake: an import that says otherwise later is asked about. What a registration or a file brings is not.</summary>
    internal bool ByHand { get; init; }

    /// <summary>Custom fields by key.</summary>
    public Dictionary<string, string?>? Fields { get; init; }
}

/// <summary>
/// Adds a customer account: by the vendor's people, or named by a partner on a deal. The vendor's people are told of an account that is already
/// there; a partner is not, since that would tell it about others' customers: whoever calls for a partner matches first.
/// </summary>
public sealed class CreateAccount(Work work, CustomFields fields) : UseCase<NewAccount, AccountId>(work)
{
    // Who decides registrations without looking after accounts names the customer of what it approves.
    protected override Permission Permission => Work.Actor.IsPartner || !Work.Actor.May(AccountsPermissions.Manage) ? AccountsPermissions.NameCustomer : AccountsPermissions.Manage;

    /// <summary>The same as a part of the caller's own act, saved with it. Fields that must be filled do not stand in its way: the work queue of data quality asks for them.</summary>
    public async Task<Result<AccountId>> WithinAsync(NewAccount input, CancellationToken ct) => Work.Actor.May(Permission) ? await MakeAsync(input, new Dictionary<FieldId, IReadOnlyList<FieldText>>(), ct) : Problem.Denied(Permission);

    protected override async Task<Result<AccountId>> HandleAsync(NewAccount input, CancellationToken ct)
    {
        if (Work.Actor.IsPartner) return await WithinAsync(input, ct);
        var own = await fields.FillAsync(AccountRecords.Name, input.Fields, ct);
        if (!own.Ok) return own.Problem;
        var owner = await SalesPeople.ReadAsync(Work, input.OwnerName, default, "ownerName", ct);
        return owner.Ok ? await MakeAsync(input, own.Value, ct, warns: !input.EvenIfSimilar) : owner.Problem;
    }

    private async Task<Result<AccountId>> MakeAsync(NewAccount input, IReadOnlyDictionary<FieldId, IReadOnlyList<FieldText>> own, CancellationToken ct, bool warns = false)
    {
        var facts = AccountInput.Read(input.Name, input.Domain, input.Country, input.Sector, input.OwnerName, input.Named, input.Employees, input.TaxNumber, input.City);
        if (!facts.Ok) return facts.Problem;
        // Whoever calls for a partner holds the customer's keys; one lock for all would make registrations of different customers wait for each other.
        if (!Work.Actor.IsPartner) await Work.LockAsync("accounts.create", ct);
        if (!Work.Actor.IsPartner && await SameAsync(facts.Value, ct) is { } rival) return AccountsProblems.AlreadyThere(rival.Id, rival.Name);
        if (warns && await Customers.MatchAsync(Work, new TypedCustomer(facts.Value.Name!, facts.Value.Domain, facts.Value.Country, facts.Value.TaxNumber, facts.Value.City), ct) is { Count: > 0 } similar) return AccountsProblems.Similar(similar);
        var origin = Work.Actor.IsPartner ? AccountOrigin.NamedByPartner : AccountOrigin.Entered;
        var owner = await SalesPeople.MeantAsync(Work, facts.Value.OwnerName, ct);
        var account = Account.Create(Work.Tenant, Work.NewId<AccountId>(), facts.Value with { OwnerName = owner.Name, OwnerId = owner.Person }, origin, Work.Actor.Currency, Work.Now);
        Db.Add(account);
        Db.AddRange(RecordType<AccountId>.RowsOf(Work.Tenant, account.Id, own));
        KeyRows.Add<AccountKey>(Work, [.. AccountKeys.Of(account).Select(k => k.Key)], "account_id", account.Id);
        if (input.ByHand) await HandValues.TypedAsync(Work, account, ct);
        return account.Id;
    }

    private async Task<Account?> SameAsync(AccountFacts facts, CancellationToken ct)
    {
        var exact = CompanyKeys.Stored(new CompanyRecord(facts.Name, facts.Domain, facts.TaxNumber)).Exact;
        var rivals = await (from key in Db.Set<AccountKey>()
                            join account in Db.Set<Account>().AsNoTracking() on new { key.TenantId, Id = key.AccountId } equals new { account.TenantId, account.Id }
                            where exact.Contains(key.Key)
                            select account).Take(20).ToListAsync(ct);
        var tight = CompanyNames.Tight(facts.Name!);
        var tax = TaxNumbers.Key(facts.TaxNumber);
        return rivals.Find(r => (facts.Domain is not null && r.Domain == facts.Domain && !Domains.IsFreeMail(r.Domain)) || (tax is not null && TaxNumbers.Key(r.TaxNumber) == tax)
            || (r.NameKey == tight && (r.Country is null || facts.Country is null || r.Country == facts.Country)));
    }
}
