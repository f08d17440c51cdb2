using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Contacts;
using Trellis.Accounts.Published;
using Trellis.Kernel;

namespace Trellis.Accounts;

/// <summary>Customer accounts have custom fields, for the vendor's people.</summary>
internal sealed class AccountRecords(Work work) : RecordType<AccountId>(work)
{
    public const string Name = "accounts";

    public override string Code => Name;

    public override string Label => "Account";

    public override Permission View => AccountsPermissions.View;

    public override Permission Edit => AccountsPermissions.Manage;

    protected override async Task<IReadOnlyList<FieldSubject>> FindAsync(IReadOnlyCollection<AccountId> ids, CancellationToken ct)
    {
        if (Work.Actor.IsPartner) return [];
        var rows = await Work.Db.Set<Account>().AsNoTracking().Where(a => ids.Contains(a.Id)).Select(a => new { a.Id, a.Name }).ToListAsync(ct);
        return [.. rows.Select(a => new FieldSubject(a.Id.ToString(), a.Name, $"/app/accounts/{a.Id}", Work.Actor.May(Edit)))];
    }
}

/// <summary>Opportunities have custom fields, for the vendor's people.</summary>
internal sealed class OpportunityRecords(Work work) : RecordType<OpportunityId>(work)
{
    public const string Name = "opportunities";

    public override string Code => Name;

    public override string Label => "Opportunity";

    public override Permission View => AccountsPermissions.View;

    public override Permission Edit => AccountsPermissions.Manage;

    protected override async Task<IReadOnlyList<FieldSubject>> FindAsync(IReadOnlyCollection<OpportunityId> ids, CancellationToken ct)
    {
        if (Work.Actor.IsPartner) return [];
        var rows = await Work.Db.Set<Opportunity>().AsNoTracking().Where(o => ids.Contains(o.Id)).Select(o => new { o.Id, o.ExternalId }).ToListAsync(ct);
        return [.. rows.Select(o => new FieldSubject(o.Id.ToString(), o.ExternalId, $"/app/opportunities/{o.Id}", Work.Actor.May(Edit)))];
    }
}

/// <summary>People at accounts have custom fields, for the vendor's people.</summary>
internal sealed class ContactRecords(Work work) : RecordType<ContactId>(work)
{
    public const string Name = "contacts";

    public override string Code => Name;

    public override string Label => "Contact";

    public override Permission View => AccountsPermissions.View;

    public override Permission Edit => AccountsPermissions.Manage;

    public override bool Personal => true;

    protected override async Task<IReadOnlyList<FieldSubject>> FindAsync(IReadOnlyCollection<ContactId> ids, CancellationToken ct)
    {
        if (Work.Actor.IsPartner) return [];
        var rows = await Work.Db.Set<AccountContact>().AsNoTracking().Where(c => ids.Contains(c.Id)).Select(c => new { c.Id, c.Name }).ToListAsync(ct);
        return [.. rows.Select(c => new FieldSubject(c.Id.ToString(), c.Name, $"/app/contacts/{c.Id}", Work.Actor.May(Edit)))];
    }
}

/// <summary>Products have custom fields; the vendor's people write them, and partners read those that are open to them in the list of what is sold.</summary>
internal sealed class ProductRecords(Work work) : RecordType<ProductId>(work)
{
    public const string Name = "products";

    public override string Code => Name;

    public override string Label => "Product";

    public override Permission View => AccountsPermissions.View;

    public override Permission Edit => AccountsPermissions.Manage;

    protected override async Task<IReadOnlyList<FieldSubject>> FindAsync(IReadOnlyCollection<ProductId> ids, CancellationToken ct)
    {
        if (Work.Actor.IsPartner) return [];
        var rows = await Work.Db.Set<Product>().AsNoTracking().Where(p => ids.Contains(p.Id)).Select(p => new { p.Id, p.Name }).ToListAsync(ct);
        return [.. rows.Select(p => new FieldSubject(p.Id.ToString(), p.Name, $"/app/products/{p.Id}", Work.Actor.May(Edit)))];
    }
}
