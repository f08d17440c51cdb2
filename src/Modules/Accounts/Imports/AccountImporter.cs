using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Accounts.Values;
using Trellis.Kernel;

namespace Trellis.Accounts.Imports;

/// <summary>A row of accounts as it was understood.</summary>
internal sealed record AccountLine(AccountFacts Facts, string NameKey);

internal sealed class AccountImporter(Work work, ImportPlan plan) : Importer<AccountLine, Account>(work, plan)
{
    private static readonly KnownValues<bool> YesNo = new([("yes", true), ("no", false)], [("true", "yes", true), ("1", "yes", true), ("y", "yes", true), ("x", "yes", true), ("false", "no", false), ("0", "no", false), ("n", "no", false)]);

    private readonly HashSet<string> _parents = new(StringComparer.Ordinal);
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    protected override AccountLine Read(RowReading row)
    {
        var name = row.Required("name", "The name");
        var key = CompanyNames.Tight(name);
        if (row.Refusal is null && key.Length == 0) row.Refuse("name", name, "The name has neither letters nor digits.");
        var (sector, sectorWritten) = Known(row, "sector", Sectors.Find);
        var (country, countryWritten) = Known(row, "country", CountryNames.Find);
        var facts = new AccountFacts
        {
            Name = name,
            ExternalId = row.Text("external_id", 100),
            Domain = Domain(row),
            TaxNumber = row.Text("tax_number", 40),
            City = row.Text("city", 100),
            Sector = sector,
            SectorWritten = sectorWritten,
            Country = country,
            CountryWritten = countryWritten,
            Revenue = row.Amount("revenue", Plan.Options.DecimalComma, Plan.Options.RevenueIn, Plan.Currency),
            Currency = Plan.Currency,
            Employees = row.Whole("employees", 10_000_000),
            Founded = row.Whole("founded", 2200),
            OwnerName = row.Text("owner"),
            Named = Named(row),
            ParentWritten = row.Text("parent"),
        };
        if (row.Refusal is not null) return new AccountLine(facts, key);
        _names.Add(key);
        if (facts.ParentWritten is { } parent) _parents.Add(parent);
        return new AccountLine(facts, key);
    }

    protected override string KeyOf(AccountLine line) => line.Facts.ExternalId is { } id ? "x:" + id : line.NameKey;

    protected override string TitleOf(AccountLine line) => line.Facts.Name!;

    protected override async Task<Account?[]> LoadAsync(IReadOnlyList<(RowReading Row, AccountLine Line)> lines, bool tracked, CancellationToken ct)
    {
        var ids = lines.Select(l => l.Line.Facts.ExternalId).OfType<string>().ToList();
        var keys = lines.Select(l => l.Line.NameKey).ToList();
        var accounts = tracked ? Work.Db.Set<Account>() : Work.Db.Set<Account>().AsNoTracking();
        var byId = ids.Count == 0 ? [] : await accounts.Where(a => a.ExternalId != null && EF.Parameter(ids).Contains(a.ExternalId)).ToDictionaryAsync(a => a.ExternalId!, ct);
        var byKey = (await accounts.Where(a => EF.Parameter(keys).Contains(a.NameKey)).ToListAsync(ct)).ToLookup(a => a.NameKey);
        return [.. lines.Select(l => Existing(l.Row, l.Line, byId, byKey))];
    }

    protected override Account Create(AccountLine line) =>
        Account.Create(Work.Tenant, Work.NewId<AccountId>(), line.Facts, AccountOrigin.Imported, Plan.Currency, Work.Now);

    protected override void Change(Account entity, AccountLine line, Changes changes) => entity.Apply(line.Facts, changes);

    protected override async Task WriteAsync(IReadOnlyList<Account> created, IReadOnlyList<Account> changed, CancellationToken ct)
    {
        await Work.Db.Engine.InsertAsync(Work.Db, created, ct);
        await AccountKeys.InsertAsync(Work, created, ct);
        foreach (var account in changed) await AccountKeys.RenewAsync(Work, account, ct);
    }

    /// <summary>An owning company may stand behind its subsidiaries in the file, so it is looked for at the end.</summary>
    public override async Task FinishAsync(Tally tally, bool apply, CancellationToken ct)
    {
        var names = new AccountNames(Work);
        await names.LearnAsync(_parents, ct);
        foreach (var parent in _parents)
        {
            var found = names.Of(parent);
            if (found.How == Reading.Mended) tally.Note(new Note(FindingKind.Mended, "parent", parent, found.Name, found.Why), 0);
            if (found.How == Reading.Unknown && (apply || !_names.Contains(CompanyNames.Tight(parent)))) tally.Note(new Note(FindingKind.Unknown, "parent", parent, null, found.Why), 0);
        }

        if (!apply) return;
        var waiting = await Work.Db.Set<Account>().Where(a => a.ParentWritten != null && a.ParentId == null).OrderBy(a => a.Id).Take(5000).ToListAsync(ct);
        await names.LearnAsync(waiting.Select(a => a.ParentWritten), ct);
        foreach (var account in waiting)
        {
            if (names.Of(account.ParentWritten!) is { How: not Reading.Unknown } parent) account.BelongTo(parent.Value);
        }
    }

    private static Account? Existing(RowReading row, AccountLine line, Dictionary<string, Account> byId, ILookup<string, Account> byKey)
    {
        if (line.Facts.ExternalId is { } id && byId.TryGetValue(id, out var known)) return known;
        var same = byKey[line.NameKey].Where(a => a.ExternalId is null || line.Facts.ExternalId is null).ToList();
        if (same.Count > 1) row.Refuse("name", line.Facts.Name!, $"{same.Count} accounts have this name; give the identifier in the CRM.");
        return same.FirstOrDefault();
    }

    private static (string?, string?) Known(RowReading row, string field, Func<string, Understood<string>> find)
    {
        if (row.Text(field) is not { } written) return (null, null);
        var known = find(written);
        if (known.How == Reading.Unknown)
        {
            row.Note(FindingKind.Unknown, field, written, null, known.Why);
            return (null, written);
        }

        if (known.How == Reading.Mended && !string.Equals(known.Name, written, StringComparison.OrdinalIgnoreCase)) row.Note(FindingKind.Mended, field, written, known.Name, known.Why);
        return (known.Value, null);
    }

    private static string? Domain(RowReading row)
    {
        if (row.Text("domain", 500) is not { } written) return null;
        var domain = Trellis.Compute.Matching.Domains.Registrable(written);
        if (domain is null) row.Note(FindingKind.Unknown, "domain", written, null, "no web site or domain; left out");
        return domain;
    }

    private static bool? Named(RowReading row)
    {
        if (row.Text("named", 20) is not { } written) return null;
        var yes = YesNo.Find(written);
        if (yes.How == Reading.Unknown) row.Refuse("named", written, $"“{written}” is neither yes nor no.");
        return yes.Value;
    }
}
