using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Conflicts;
using Trellis.Accounts.Contacts;
using Trellis.Accounts.Imports;
using Trellis.Accounts.Merging;
using Trellis.Identity.Published;
using Trellis.Kernel;

namespace Trellis.Accounts;

/// <summary>What Accounts keeps about a person: the contact at an account, the imports that it started, and what it decided about duplicates.</summary>
internal sealed class AccountsPersonalData(Work work) : IPersonalData
{
    private const int MostOwned = 50_000;

    public string Module => "accounts";

    public NamedColumns Named { get; } = new NamedColumns()
        .Add<Import>(i => i.StartedByName).Add<AccountMerge>(m => m.ByName).Add<Account>(a => a.OwnerName).Add<Opportunity>(o => o.OwnerName).Add<Quality.QualityOwner>(q => q.PersonName)
        .Add<Import>(i => i.TakenBackByName).Add<AccountMerge>(m => m.UndoneByName).Add<HandValue>(h => h.By).Add<Ownership.AccountFieldOwner>(o => o.By).Add<DuplicatePair>(d => d.DecidedByName);

    public async Task<IReadOnlyList<PersonalRecords>> ReadAsync(DataSubject subject, CancellationToken ct)
    {
        var (id, mail) = (subject.Person, subject.Email.ToLowerInvariant());
        var contacts = await work.Db.Set<AccountContact>().AsNoTracking().Where(c => c.Email == mail).OrderBy(c => c.Id)
            .Select(c => new { c.AccountId, c.Name, c.Title, c.Email, c.Phone, c.Role, c.Consent, c.ConsentNote, c.CreatedAt }).ToListAsync(ct);
        var own = await OwnAsync(mail, ct);
        var imports = await work.Db.Set<Import>().AsNoTracking().Where(i => i.StartedBy == id).OrderBy(i => i.CreatedAt).Select(i => new { i.Id, i.Kind, i.CreatedAt, i.StartedByName }).ToListAsync(ct);
        var merges = await work.Db.Set<AccountMerge>().AsNoTracking().Where(m => m.By == id).OrderBy(m => m.At).Select(m => new { m.Id, m.FromName, m.IntoName, m.At }).ToListAsync(ct);
        // By the person: a renamed one still owns what bears the old name.
        var accounts = await work.Db.Set<Account>().AsNoTracking().Where(a => a.OwnerId == id).OrderBy(a => a.Id).Select(a => new { a.Id, a.Name, a.OwnerName }).Take(MostOwned).ToListAsync(ct);
        var opportunities = await work.Db.Set<Opportunity>().AsNoTracking().Where(o => o.OwnerId == id).OrderBy(o => o.Id).Select(o => new { o.Id, o.ExternalId, o.OwnerName }).Take(MostOwned).ToListAsync(ct);
        var hand = await work.Db.Set<HandValue>().AsNoTracking().Where(h => h.ById == id).OrderBy(h => h.Id).Select(h => new { h.AccountId, h.Field, h.Ours, h.At, h.By }).Take(MostOwned).ToListAsync(ct);
        return [new("owned_accounts", [.. accounts]), new("owned_opportunities", [.. opportunities]), new("contacts", [.. contacts]), new("contact_fields", [.. own]), new("imports", [.. imports]), new("merges", [.. merges]), new("hand_values", [.. hand])];
    }

    public async Task<int> EraseAsync(DataSubject subject, CancellationToken ct)
    {
        var (id, mail) = (subject.Person, subject.Email.ToLowerInvariant());
        var rows = await ForgetRowsAsync(subject.Name, mail, ct);
        rows += await Values(mail).ExecuteDeleteAsync(ct);
        rows += await work.Db.Set<AccountContact>().Where(c => c.Email == mail).ExecuteUpdateAsync(s => s
            .SetProperty(c => c.Name, Erasure.Name).SetProperty(c => c.Email, (string?)null).SetProperty(c => c.Phone, (string?)null).SetProperty(c => c.Title, (string?)null).SetProperty(c => c.ConsentNote, (string?)null)
            .SetProperty(c => c.ExternalId, (string?)null).SetProperty(c => c.SearchText, "former person").SetProperty(c => c.Version, c => c.Version + 1), ct);
        rows += await work.Db.Set<Import>().Where(i => i.StartedBy == id).ExecuteUpdateAsync(s => s.SetProperty(i => i.StartedByName, Erasure.Name), ct);
        rows += await work.Db.Set<AccountMerge>().Where(m => m.By == id).ExecuteUpdateAsync(s => s.SetProperty(m => m.ByName, Erasure.Name), ct);
        rows += await work.Db.Set<HandValue>().Where(h => h.ById == id).ExecuteUpdateAsync(s => s.SetProperty(h => h.By, Erasure.Name).SetProperty(h => h.ById, (PersonId?)null), ct);
        rows += await new OwnerErasure(work, subject).RunAsync(ct);
        rows += await work.Db.Set<Quality.QualityOwner>().Where(q => q.Person == id).ExecuteDeleteAsync(ct);
        return rows;
    }

    // What the vendor's own fields say of the contact.
    private IQueryable<FieldValue<Published.ContactId>> Values(string mail) => work.Db.Set<FieldValue<Published.ContactId>>().Where(v => work.Db.Set<AccountContact>().Where(c => c.Email == mail).Select(c => c.Id).Contains(v.Subject));

    private async Task<List<OwnValue>> OwnAsync(string mail, CancellationToken ct) => await
        (from v in Values(mail).AsNoTracking()
         join f in work.Db.Set<CustomField>() on new { v.TenantId, Id = v.FieldId } equals new { f.TenantId, f.Id }
         orderby v.Subject, f.Position, v.Part
         select new OwnValue(f.Label, v.Text)).ToListAsync(ct);

    private sealed record OwnValue(string Field, string Value);

    // What imports of contacts remember of their rows: refused ones, and how changed ones were before.
    private async Task<int> ForgetRowsAsync(string name, string mail, CancellationToken ct)
    {
        var json = System.Text.Json.JsonEncodedText.Encode(mail).ToString();
        var imports = await work.Db.Set<Import>().Where(i => i.Kind == ImportKind.Contacts).Select(i => i.Id).ToListAsync(ct);
        var records = (await work.Db.Set<AccountContact>().Where(c => c.Email == mail).Select(c => c.Id).ToListAsync(ct)).ConvertAll(id => (Guid?)id.Value);
        var rows = await work.Db.Set<Finding>().Where(f => imports.Contains(f.ImportId) && f.Written.Contains(mail)).ExecuteDeleteAsync(ct);
        return rows + await work.Db.Set<ImportRow>()
            .Where(r => imports.Contains(r.ImportId) && (records.Contains(r.Record) || r.Title == name || r.Text.Contains(mail) || (r.Cells != null && r.Cells.Contains(json)) || (r.Before != null && r.Before.Contains(json))))
            .ExecuteUpdateAsync(s => s.SetProperty(r => r.Title, Erasure.Name).SetProperty(r => r.Text, "").SetProperty(r => r.Cells, (string?)null).SetProperty(r => r.Before, (string?)null), ct);
    }
}
