using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Conflicts;
using Trellis.Accounts.Contacts;
using Trellis.Accounts.Published;
using Trellis.Kernel;

namespace Trellis.Accounts.Rollback;

internal sealed class AccountUndoing(Work work, IEnumerable<ICrmUse> uses) : Undoing<Account, AccountId>(work)
{
    protected override bool HasFields => true;

    protected override IQueryable<Account> With(IReadOnlyCollection<AccountId> ids) => Work.Db.Set<Account>().Where(a => ids.Contains(a.Id));

    protected override AccountId IdOf(Account entity) => entity.Id;

    protected override string TitleOf(Account entity) => entity.Name;

    protected override IReadOnlyCollection<string> Derived { get; } = [nameof(Account.NameKey), nameof(Account.SearchText)];

    protected override void Derive(Account entity) => entity.Derive();

    protected override async Task<Dictionary<AccountId, string>> UsedAsync(IReadOnlyList<AccountId> ids, CancellationToken ct)
    {
        var used = new Dictionary<AccountId, string>();
        Add(used, await Work.Db.Set<Opportunity>().Where(o => o.AccountId != null && ids.Contains(o.AccountId.Value)).Select(o => o.AccountId!.Value).Distinct().ToListAsync(ct), "an opportunity");
        Add(used, await Work.Db.Set<AccountContact>().Where(c => ids.Contains(c.AccountId)).Select(c => c.AccountId).Distinct().ToListAsync(ct), "a contact");
        foreach (var use in uses) Add(used, await use.AccountsAsync(ids, ct), use.What);
        return used;
    }

    protected override async Task RestoredAsync(IReadOnlyList<Account> restored, CancellationToken ct)
    {
        await AccountKeys.RenewAsync(Work, restored, ct);
        Renames.Tell(Work, restored);
        await HandValues.ReturnedAsync(Work, restored, ct);
    }

    protected override async Task RemovingAsync(IReadOnlyCollection<AccountId> ids, CancellationToken ct)
    {
        await AccountKeys.DeleteAsync(Work, ids, ct);
        await Work.Db.Set<Alias>().Where(a => ids.Contains(a.AccountId)).ExecuteDeleteAsync(ct);
        await Work.Db.Set<HandValue>().Where(h => ids.Contains(h.AccountId)).ExecuteDeleteAsync(ct);
        // Its subsidiaries keep the name that stands in the file.
        await Work.Db.Set<Account>().Where(a => a.ParentId != null && ids.Contains(a.ParentId.Value)).ExecuteUpdateAsync(s => s.SetProperty(a => a.ParentId, (AccountId?)null), ct);
    }
}

internal sealed class OpportunityUndoing(Work work, IEnumerable<ICrmUse> uses) : Undoing<Opportunity, OpportunityId>(work)
{
    protected override bool HasFields => true;

    protected override IQueryable<Opportunity> With(IReadOnlyCollection<OpportunityId> ids) => Work.Db.Set<Opportunity>().Where(o => ids.Contains(o.Id));

    protected override OpportunityId IdOf(Opportunity entity) => entity.Id;

    protected override string TitleOf(Opportunity entity) => entity.ExternalId;

    protected override IReadOnlyCollection<string> Derived { get; } = [nameof(Opportunity.SearchText), nameof(Opportunity.LastOn)];

    protected override void Derive(Opportunity entity) => entity.Derive();

    protected override async Task<Dictionary<OpportunityId, string>> UsedAsync(IReadOnlyList<OpportunityId> ids, CancellationToken ct)
    {
        var used = new Dictionary<OpportunityId, string>();
        foreach (var use in uses) Add(used, await use.OpportunitiesAsync(ids, ct), use.What);
        return used;
    }
}

internal sealed class ProductUndoing(Work work, IEnumerable<ICrmUse> uses) : Undoing<Product, ProductId>(work)
{
    protected override bool HasFields => true;

    protected override IQueryable<Product> With(IReadOnlyCollection<ProductId> ids) => Work.Db.Set<Product>().Where(p => ids.Contains(p.Id));

    protected override ProductId IdOf(Product entity) => entity.Id;

    protected override string TitleOf(Product entity) => entity.Name;

    protected override IReadOnlyCollection<string> Derived { get; } = [nameof(Product.NameKey), nameof(Product.SearchText)];

    protected override void Derive(Product entity) => entity.Derive();

    protected override async Task<Dictionary<ProductId, string>> UsedAsync(IReadOnlyList<ProductId> ids, CancellationToken ct)
    {
        var used = new Dictionary<ProductId, string>();
        Add(used, await Work.Db.Set<Opportunity>().Where(o => o.ProductId != null && ids.Contains(o.ProductId.Value)).Select(o => o.ProductId!.Value).Distinct().ToListAsync(ct), "an opportunity");
        foreach (var use in uses) Add(used, await use.ProductsAsync(ids, ct), use.What);
        return used;
    }
}

// Opportunities and accounts name a seller by the name alone, so nothing hangs in the air without it.
internal sealed class SellerUndoing(Work work) : Undoing<Seller, SellerId>(work)
{
    protected override IQueryable<Seller> With(IReadOnlyCollection<SellerId> ids) => Work.Db.Set<Seller>().Where(s => ids.Contains(s.Id));

    protected override SellerId IdOf(Seller entity) => entity.Id;

    protected override string TitleOf(Seller entity) => entity.Name;

    protected override IReadOnlyCollection<string> Derived { get; } = [nameof(Seller.NameKey)];

    protected override void Derive(Seller entity) => entity.Derive();

    protected override Task<Dictionary<SellerId, string>> UsedAsync(IReadOnlyList<SellerId> ids, CancellationToken ct) => Task.FromResult(new Dictionary<SellerId, string>());
}

internal sealed class ContactUndoing(Work work) : Undoing<AccountContact, ContactId>(work)
{
    protected override bool HasFields => true;

    protected override IQueryable<AccountContact> With(IReadOnlyCollection<ContactId> ids) => Work.Db.Set<AccountContact>().Where(c => ids.Contains(c.Id));

    protected override ContactId IdOf(AccountContact entity) => entity.Id;

    protected override string TitleOf(AccountContact entity) => entity.Name;

    protected override IReadOnlyCollection<string> Derived { get; } = [nameof(AccountContact.SearchText)];

    protected override void Derive(AccountContact entity) => entity.Derive();

    protected override Task<Dictionary<ContactId, string>> UsedAsync(IReadOnlyList<ContactId> ids, CancellationToken ct) => Task.FromResult(new Dictionary<ContactId, string>());
}
