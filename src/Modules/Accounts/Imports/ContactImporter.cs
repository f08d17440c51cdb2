using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Contacts;
using Trellis.Accounts.Published;
using Trellis.Accounts.Values;
using Trellis.Kernel;

namespace Trellis.Accounts.Imports;

/// <summary>A row of contacts as it was understood.</summary>
internal sealed class ContactLine
{
    public required ContactFacts Facts { get; set; }
    public required string Account { get; init; }
}

internal sealed class ContactImporter(Work work, ImportPlan plan) : Importer<ContactLine, AccountContact>(work, plan)
{
    private static readonly KnownValues<BuyingRole> Roles = new(
        Enum.GetValues<BuyingRole>().Select(r => (ContactWords.Label(r), r)),
        [
            ("buyer", "Economic buyer", BuyingRole.EconomicBuyer), ("budget holder", "Economic buyer", BuyingRole.EconomicBuyer), ("sponsor", "Champion", BuyingRole.Champion), ("coach", "Champion", BuyingRole.Champion),
            ("executive sponsor", "Decision maker", BuyingRole.DecisionMaker), ("decision-maker", "Decision maker", BuyingRole.DecisionMaker), ("approver", "Decision maker", BuyingRole.DecisionMaker),
            ("evaluator", "Technical evaluator", BuyingRole.TechnicalEvaluator), ("technical buyer", "Technical evaluator", BuyingRole.TechnicalEvaluator), ("user", "End user", BuyingRole.EndUser),
            ("purchasing", "Procurement", BuyingRole.Procurement), ("other", "Role not known", BuyingRole.Unknown), ("unknown", "Role not known", BuyingRole.Unknown),
        ]);

    private static readonly KnownValues<ContactConsent> Consents = new(
        Enum.GetValues<ContactConsent>().Select(c => (ContactWords.Label(c), c)),
        [
            ("yes", "May be contacted", ContactConsent.Given), ("true", "May be contacted", ContactConsent.Given), ("given", "May be contacted", ContactConsent.Given), ("opt in", "May be contacted", ContactConsent.Given),
            ("no", "Must not be contacted", ContactConsent.Refused), ("false", "Must not be contacted", ContactConsent.Refused), ("refused", "Must not be contacted", ContactConsent.Refused), ("opt out", "Must not be contacted", ContactConsent.Refused),
            ("unknown", "Consent not known", ContactConsent.Unknown),
        ]);

    private readonly AccountNames _accounts = new(work);

    protected override OwnFields? Own { get; } = plan.Own.Count == 0 ? null : new OwnFields<ContactId>(work, ContactRecords.Name, plan.Own, plan.Options, personal: true);

    protected override ContactLine Read(RowReading row)
    {
        var account = row.Required("account", "The account");
        var name = row.Required("name", "The name", 150);
        return new ContactLine
        {
            Account = account,
            Facts = new ContactFacts
            {
                Name = name,
                ExternalId = row.Text("external_id", 100),
                Title = row.Text("title", 150),
                Email = Email(row),
                Phone = Phone(row),
                Role = Known(row, "role", Roles),
                Consent = Known(row, "consent", Consents),
                ConsentNote = row.Text("consent_note", 500),
            },
        };
    }

    protected override string KeyOf(ContactLine line) =>
        line.Facts.ExternalId is { } id ? "x:" + id : $"{CompanyNames.Tight(line.Account)} {line.Facts.Email ?? CompanyNames.Tight(line.Facts.Name!)}";

    protected override string TitleOf(ContactLine line) => line.Facts.Name!;

    protected override Guid IdOf(AccountContact entity) => entity.Id.Value;

    protected override async Task ResolveAsync(IReadOnlyList<(RowReading Row, ContactLine Line)> lines, CancellationToken ct)
    {
        await _accounts.LearnAsync(lines.Select(l => l.Line.Account), ct);
        foreach (var (row, line) in lines)
        {
            var account = _accounts.Of(line.Account);
            if (account.How == Reading.Unknown) row.Refuse("account", line.Account, $"No account is known as “{line.Account}”: {account.Why}. Import or add the account first.");
            if (account.How == Reading.Mended) row.Note(FindingKind.Mended, "account", line.Account, account.Name, account.Why);
            line.Facts = line.Facts with { Account = account.Value };
        }
    }

    // Known by the identifier in the CRM, else by the address, else by the name, at the same account.
    protected override async Task<AccountContact?[]> LoadAsync(IReadOnlyList<(RowReading Row, ContactLine Line)> lines, bool tracked, CancellationToken ct)
    {
        var ids = lines.Select(l => l.Line.Facts.ExternalId).OfType<string>().ToList();
        var accounts = lines.Where(l => l.Row.Refusal is null).Select(l => l.Line.Facts.Account!.Value).Distinct().ToList();
        var all = tracked ? Work.Db.Set<AccountContact>() : Work.Db.Set<AccountContact>().AsNoTracking();
        var known = new Dictionary<ContactId, AccountContact>();
        if (ids.Count > 0) foreach (var c in await all.Where(c => c.ExternalId != null && EF.Parameter(ids).Contains(c.ExternalId)).ToListAsync(ct)) known[c.Id] = c;
        foreach (var some in accounts.Chunk(1000)) foreach (var c in await all.Where(c => some.Contains(c.AccountId)).ToListAsync(ct)) known.TryAdd(c.Id, c);
        var byId = known.Values.Where(c => c.ExternalId is not null).ToLookup(c => c.ExternalId!);
        var byAccount = known.Values.ToLookup(c => c.AccountId);
        return [.. lines.Select(l => l.Row.Refusal is null ? Existing(l.Line.Facts, byId, byAccount[l.Line.Facts.Account!.Value]) : null)];
    }

    protected override AccountContact Create(ContactLine line) => AccountContact.Create(Work.Tenant, Work.NewId<ContactId>(), line.Facts.Account!.Value, line.Facts, Work.Now);

    protected override void Change(AccountContact entity, ContactLine line, Changes changes) => entity.Apply(line.Facts, changes);

    protected override async Task WriteAsync(IReadOnlyList<AccountContact> created, IReadOnlyList<AccountContact> changed, CancellationToken ct)
    {
        await Work.Db.Engine.InsertAsync(Work.Db, created, ct);
        await _accounts.KeepAliasesAsync(ct);
    }

    private static AccountContact? Existing(ContactFacts facts, ILookup<string, AccountContact> byId, IEnumerable<AccountContact> colleagues)
    {
        if (facts.ExternalId is { } id && byId[id].FirstOrDefault() is { } known) return known;
        var there = colleagues.Where(c => c.ExternalId is null || facts.ExternalId is null).ToList();
        if (facts.Email is { } mail && there.Find(c => c.Email == mail) is { } same) return same;
        var key = CompanyNames.Tight(facts.Name!);
        return there.Find(c => (c.Email is null || facts.Email is null) && CompanyNames.Tight(c.Name) == key);
    }

    private static string? Email(RowReading row)
    {
        if (row.Text("email") is not { } written) return null;
        var mail = ContactRules.Email(written);
        if (mail is null) row.Note(FindingKind.Unknown, "email", written, null, "no mail address; left out");
        return mail;
    }

    private static string? Phone(RowReading row)
    {
        if (row.Text("phone", 40) is not { } written) return null;
        if (ContactRules.IsPhone(written)) return written;
        row.Note(FindingKind.Unknown, "phone", written, null, "no phone number; left out");
        return null;
    }

    private static T? Known<T>(RowReading row, string field, KnownValues<T> values) where T : struct
    {
        if (row.Text(field, 60) is not { } written) return null;
        var known = values.Find(written);
        if (known.How == Reading.Unknown)
        {
            row.Note(FindingKind.Unknown, field, written, null, known.Why);
            return null;
        }

        if (known.How == Reading.Mended && !string.Equals(known.Name, written, StringComparison.OrdinalIgnoreCase)) row.Note(FindingKind.Mended, field, written, known.Name, known.Why);
        return known.Value;
    }
}
