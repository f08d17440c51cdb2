using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Kernel;

namespace Trellis.Accounts.Contacts;

/// <summary>What is asked of the list of contacts.</summary>
internal sealed record ContactQuery(string? Search = null, string? Role = null, string? Consent = null, AccountId? Account = null, string? Sort = null)
{
    /// <summary>The code of a check that the contacts fail.</summary>
    public string? Lacks { get; init; }

    /// <summary>What is asked of custom fields.</summary>
    public IReadOnlyList<FieldCondition> Fields { get; init; } = [];

    /// <summary>The custom field that the list is ordered by, before any other order.</summary>
    public FieldOrder? Order { get; init; }
}

/// <summary>A contact with its account.</summary>
internal sealed record ContactItem(
    ContactId Id, AccountId Account, string AccountName, string Name, string? Title, string? Email, string? Phone, BuyingRole Role, ContactConsent Consent, string? ConsentNote,
    string? ExternalId, DateTime CreatedAt, long Version) : IHasVersion
{
    /// <summary>Its custom fields by their keys.</summary>
    public IReadOnlyDictionary<string, string?>? Fields { get; init; }
}

internal static class ContactList
{
    public static async Task<Page<ContactItem>> PageAsync(Work work, ContactQuery query, Paging paging, CancellationToken ct)
    {
        var rows = Filtered(work, query);
        var page = query.Order is { } order ? await rows.PageAsync(work.Db, c => c.Id, order, paging, ct) : await rows.PageAsync(c => c.Name, c => c.Id, query.Sort == "-name", paging, ct);
        var ids = page.Items.Select(c => c.AccountId).Distinct().ToList();
        var names = await work.Db.Set<Account>().Where(a => ids.Contains(a.Id)).Select(a => new { a.Id, a.Name }).ToDictionaryAsync(a => a.Id, a => a.Name, ct);
        return page.Select(c => Item(c, names.GetValueOrDefault(c.AccountId, "")));
    }

    public static Task<int> CountAsync(Work work, ContactQuery query, CancellationToken ct) => Filtered(work, query).Take(AccountList.MostCounted + 1).CountAsync(ct);

    /// <summary>The people of one account, those with most to say first.</summary>
    public static async Task<List<ContactItem>> OfAsync(Work work, AccountId account, string name, CancellationToken ct) =>
        [.. (await work.Db.Set<AccountContact>().AsNoTracking().Where(c => c.AccountId == account).OrderBy(c => c.Name).Take(200).ToListAsync(ct))
            .Select(c => Item(c, name)).OrderBy(c => c.Role == BuyingRole.Unknown ? int.MaxValue : (int)c.Role)];

    public static async Task<Result<ContactItem>> FindAsync(Work work, ContactId id, CancellationToken ct) =>
        await Joined(work, work.Db.Set<AccountContact>().Where(c => c.Id == id)).SingleOrDefaultAsync(ct) is { } found ? Item(found.Contact, found.Name) : AccountsProblems.MissingContact();

    public static IAsyncEnumerable<ContactItem> AllAsync(Work work, ContactQuery query, CancellationToken ct) => Paging.AllAsync(paging => PageAsync(work, query, paging, ct));

    private sealed record NamedContact(AccountContact Contact, string Name);

    private static IQueryable<NamedContact> Joined(Work work, IQueryable<AccountContact> rows) =>
        from c in rows.AsNoTracking()
        join a in work.Db.Set<Account>() on new { c.TenantId, Id = c.AccountId } equals new { a.TenantId, a.Id }
        select new NamedContact(c, a.Name);

    private static ContactItem Item(AccountContact c, string account) =>
        new(c.Id, c.AccountId, account, c.Name, c.Title, c.Email, c.Phone, c.Role, c.Consent, c.ConsentNote, c.ExternalId, c.CreatedAt, c.Version);

    private static IQueryable<AccountContact> Filtered(Work work, ContactQuery query)
    {
        var rows = work.Db.Set<AccountContact>().AsNoTracking().Matching(work.Db, query.Search).Holding(work.Db, c => c.Id, query.Fields);
        if (Words.Parse<BuyingRole>(query.Role) is { } role) rows = rows.Where(c => c.Role == role);
        if (Words.Parse<ContactConsent>(query.Consent) is { } consent) rows = rows.Where(c => c.Consent == consent);
        if (query.Lacks == Quality.QualityChecks.ContactLacksField) rows = rows.Where(Quality.QualityChecks.ContactLacks(work.Db));
        else if (query.Lacks == Quality.QualityChecks.ContactsWithoutMail) rows = rows.Where(c => c.Email == null);
        if (query.Account is { } account) rows = rows.Where(c => c.AccountId == account);
        return rows;
    }
}
