using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Contacts;
using Trellis.Accounts.Imports;
using Trellis.Accounts.Merging;
using Trellis.Accounts.Published;
using Trellis.Accounts.Quality;
using Trellis.Kernel;

namespace Trellis.Accounts;

internal static class AccountTables
{
    public static void Map(ModelBuilder model)
    {
        var account = model.Owned<Account>("accounts_account", a => new { a.TenantId, a.Id });
        account.HasIndex(a => new { a.TenantId, a.Name, a.Id });
        account.HasIndex(a => new { a.TenantId, a.NameKey });
        account.HasIndex(a => new { a.TenantId, a.ExternalId });
        account.HasIndex(a => new { a.TenantId, a.ParentId, a.Name }).HasFilter("parent_id IS NOT NULL");
        account.HasIndex(a => new { a.TenantId, a.Id }, "IX_accounts_account_waits_for_parent").HasFilter("parent_written IS NOT NULL AND parent_id IS NULL");
        // A record is in one of the two: those that somebody owns, and those whose name has no person yet.
        account.HasIndex(a => new { a.TenantId, a.OwnerId }, "IX_accounts_account_owner").HasFilter("owner_id IS NOT NULL");
        account.HasIndex(a => new { a.TenantId, a.OwnerName }, "IX_accounts_account_owner_without_person").HasFilter("owner_name IS NOT NULL AND owner_id IS NULL");

        model.CustomFields<AccountId>("accounts_field_value");
        model.CustomFields<OpportunityId>("accounts_opportunity_field_value");
        model.CustomFields<ContactId>("accounts_contact_field_value");
        model.CustomFields<ProductId>("accounts_product_field_value");

        var alias = model.Owned<Alias>("accounts_alias", a => new { a.TenantId, a.NameKey, a.AccountId });
        alias.HasIndex(a => new { a.TenantId, a.AccountId });

        model.Owned<AccountKey>("accounts_key", k => new { k.TenantId, k.Key, k.AccountId });

        var product = model.Owned<Product>("accounts_product", p => new { p.TenantId, p.Id });
        product.HasIndex(p => new { p.TenantId, p.NameKey }).IsUnique();

        var seller = model.Owned<Seller>("accounts_seller", s => new { s.TenantId, s.Id });
        seller.HasIndex(s => new { s.TenantId, s.NameKey }).IsUnique();

        var opportunity = model.Owned<Opportunity>("accounts_opportunity", o => new { o.TenantId, o.Id });
        opportunity.HasIndex(o => new { o.TenantId, o.ExternalId }).IsUnique();
        opportunity.HasIndex(o => new { o.TenantId, o.AccountId, o.LastOn });
        opportunity.HasIndex(o => new { o.TenantId, o.LastOn, o.Id });
        opportunity.HasIndex(o => new { o.TenantId, o.MainAmount, o.Id });
        opportunity.HasIndex(o => new { o.TenantId, o.OwnerId }, "IX_accounts_opportunity_owner").HasFilter("owner_id IS NOT NULL");
        opportunity.HasIndex(o => new { o.TenantId, o.OwnerName }, "IX_accounts_opportunity_owner_without_person").HasFilter("owner_name IS NOT NULL AND owner_id IS NULL");

        var contact = model.Owned<AccountContact>("accounts_contact", c => new { c.TenantId, c.Id });
        contact.HasIndex(c => new { c.TenantId, c.AccountId, c.Name });
        contact.HasIndex(c => new { c.TenantId, c.Name, c.Id });
        contact.HasIndex(c => new { c.TenantId, c.Email });
        contact.HasIndex(c => new { c.TenantId, c.ExternalId });

        var owned = model.Owned<Ownership.AccountFieldOwner>("accounts_field_owner", o => new { o.TenantId, o.Field });
        owned.Property(o => o.Field).HasMaxLength(60);

        MapImports(model);
        MapQuality(model);
        Conflicts.ConflictsSetup.Map(model);
        model.Published<AccountRow>();
        model.Published<ProductRow>();
        model.Published<OpportunityRow>();
    }

    private static void MapImports(ModelBuilder model)
    {
        var import = model.Owned<Import>("accounts_import", i => new { i.TenantId, i.Id });
        import.HasIndex(i => new { i.TenantId, i.Kind, i.HeaderKey, i.Id });
        import.Ignore(i => i.Undone);
        import.Property(i => i.Header).HasMaxLength(100_000);
        import.Property(i => i.Mapping).HasMaxLength(20_000);

        var row = model.Owned<ImportRow>("accounts_import_row", r => new { r.TenantId, r.ImportId, r.Number });
        row.HasIndex(r => new { r.TenantId, r.ImportId, r.Outcome, r.Number });
        row.Property(r => r.Cells).HasMaxLength(5_000_000);
        row.Property(r => r.Before).HasMaxLength(100_000);

        var batch = model.Owned<ImportBatch>("accounts_import_batch", b => new { b.TenantId, b.ImportId, b.Number });
        batch.Property(b => b.Made).HasMaxLength(200_000);

        var finding = model.Owned<Finding>("accounts_finding", f => new { f.TenantId, f.Id });
        finding.HasIndex(f => new { f.TenantId, f.ImportId, f.Kind, f.Rows });
    }

    private static void MapQuality(ModelBuilder model)
    {
        var merge = model.Owned<AccountMerge>("accounts_merge", m => new { m.TenantId, m.Id });
        merge.HasIndex(m => new { m.TenantId, m.FromId });
        merge.HasIndex(m => new { m.TenantId, m.IntoId });
        merge.HasIndex(m => new { m.TenantId, m.FromExternalId });
        merge.HasIndex(m => new { m.TenantId, m.At, m.Id });
        merge.Property(m => m.From).HasMaxLength(100_000);
        merge.Property(m => m.Before).HasMaxLength(100_000);
        merge.Property(m => m.Moved).HasMaxLength(10_000_000);

        var pair = model.Owned<DuplicatePair>("accounts_duplicate", d => new { d.TenantId, d.Id });
        pair.HasIndex(d => new { d.TenantId, d.LeftId, d.RightId }).IsUnique();
        pair.HasIndex(d => new { d.TenantId, d.RightId });
        pair.HasIndex(d => new { d.TenantId, d.State, d.Score, d.Id });

        model.Owned<QualityCount>("accounts_quality", q => new { q.TenantId, q.Code, q.Day });
        model.Owned<QualityOwner>("accounts_quality_owner", q => new { q.TenantId, q.Code });
    }
}
