using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Hierarchy;
using Trellis.Accounts.Merging;
using Trellis.Accounts.Published;
using Trellis.Accounts.Values;
using Trellis.Kernel;

namespace Trellis.Accounts.Imports;

/// <summary>A row of accounts as it was understood.</summary>
internal sealed record AccountLine(string NameKey, AccountId? Id)
{
    public required AccountFacts Facts { get; set; }
}

internal sealed class AccountImporter(Work work, ImportPlan plan, OwedKeys owed) : Importer<AccountLine, Account>(work, plan)
{
    private static readonly KnownValues<bool> YesNo = new([("yes", true), ("no", false)], [("true", "yes", true), ("1", "yes", true), ("y", "yes", true), ("x", "yes", true), ("false", "no", false), ("0", "no", false), ("n", "no", false)]);

    private const int MostMet = 50_000;
    private readonly Dictionary<(string Field, string Written), Understood<string>> _met = [];
    private readonly List<AccountId> _unseen = [];
    private readonly HashSet<string> _parents = new(StringComparer.Ordinal);
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    protected override OwnFields? Own { get; } = plan.Own.Count == 0 ? null : new OwnFields<AccountId>(work, AccountRecords.Name, plan.Own, plan.Options);

    protected override AccountLine Read(RowReading row)
    {
        var name = row.Required("name", "The name");
        var key = CompanyNames.Tight(name);
        if (row.Refusal is null && key.Length == 0) row.Refuse("name", name, "The name has neither letters nor digits.");
        var (sector, sectorWritten) = Known(row, "sector", Sectors.Find);
        var (country, countryWritten) = Known(row, "country", CountryNames.Find);
        var external = row.Text("external_id", 100);
        // Our own identifier, from our own export: some call that column the identifier.
        var own = Ids.Parse<AccountId>(row.Text("trellis_id", 100) ?? external);
        var currency = CurrencyOf(row);
        var facts = new AccountFacts
        {
            Name = name,
            ExternalId = own is not null && Ids.Parse<AccountId>(external) is not null ? null : external,
            Domain = Domain(row),
            TaxNumber = row.Text("tax_number", 40),
            City = row.Text("city", 100),
            Sector = sector,
            SectorWritten = sectorWritten,
            Country = country,
            CountryWritten = countryWritten,
            Revenue = row.Amount("revenue", Plan.Options.DecimalComma, Plan.Options.RevenueIn, currency),
            Currency = currency,
            Employees = row.Whole("employees", 10_000_000),
            Founded = row.Whole("founded", 2200),
            OwnerName = row.Text("owner"),
            Named = Named(row),
            ParentWritten = row.Text("parent"),
        };
        if (row.Refusal is not null) return new AccountLine(key, own) { Facts = facts };
        _names.Add(key);
        if (facts.ParentWritten is { } parent) _parents.Add(parent);
        return new AccountLine(key, own) { Facts = facts };
    }

    protected override string KeyOf(AccountLine line) => line.Id is { } own ? "t:" + own : line.Facts.ExternalId is { } id ? "x:" + id : line.NameKey;

    protected override string TitleOf(AccountLine line) => line.Facts.Name!;

    protected override async Task<Account?[]> LoadAsync(IReadOnlyList<(RowReading Row, AccountLine Line)> lines, bool tracked, CancellationToken ct)
    {
        var ids = lines.Select(l => l.Line.Facts.ExternalId).OfType<string>().ToList();
        var keys = lines.Select(l => l.Line.NameKey).ToList();
        var accounts = tracked ? Work.Db.Set<Account>() : Work.Db.Set<Account>().AsNoTracking();
        var byId = ids.Count == 0 ? [] : await accounts.Where(a => a.ExternalId != null && EF.Parameter(ids).Contains(a.ExternalId)).ToDictionaryAsync(a => a.ExternalId!, ct);
        var byAlias = await ByAliasAsync(accounts, keys, ct);
        var byKey = (await accounts.Where(a => EF.Parameter(keys).Contains(a.NameKey)).ToListAsync(ct)).ToLookup(a => a.NameKey);
        var gone = ids.Count == 0 ? [] : await Work.Db.Set<AccountMerge>().AsNoTracking().Where(m => m.UndoneAt == null && m.FromExternalId != null && EF.Parameter(ids).Contains(m.FromExternalId))
            .Select(m => new { m.FromExternalId, m.IntoName }).ToListAsync(ct);
        foreach (var merge in gone.Where(m => !byId.ContainsKey(m.FromExternalId!)))
            foreach (var (row, line) in lines.Where(l => l.Line.Facts.ExternalId == merge.FromExternalId)) row.Refuse("external_id", merge.FromExternalId!, $"This record has become part of “{merge.IntoName}”. Merge it in the CRM as well, or undo the merge.");
        var own = lines.Select(l => l.Line.Id).OfType<AccountId>().ToList();
        var ours = new Dictionary<AccountId, Account>();
        foreach (var some in own.Chunk(1000)) foreach (var account in await accounts.Where(a => some.Contains(a.Id)).ToListAsync(ct)) ours[account.Id] = account;
        Account?[] found = [.. lines.Select(l => l.Line.Id is { } id && ours.TryGetValue(id, out var account) ? account : Existing(l.Row, l.Line, byId, byKey) ?? Renamed(l.Row, l.Line, byAlias, tracked))];
        if (tracked) return found;
        _unseen.Clear();
        _unseen.AddRange(found.OfType<Account>().Where(a => a.SeenAt < Work.Now.Date).Select(a => a.Id));
        return found;
    }

    protected override Guid IdOf(Account entity) => entity.Id.Value;

    protected override Account Create(AccountLine line) =>
        Account.Create(Work.Tenant, Work.NewId<AccountId>(), line.Facts, AccountOrigin.Imported, Plan.Currency, Work.Now);

    protected override void Change(Account entity, AccountLine line, Changes changes) => entity.Apply(line.Facts, changes);

    protected override async Task WriteAsync(IReadOnlyList<Account> created, IReadOnlyList<Account> changed, CancellationToken ct)
    {
        // A file that names an account says that it is still there, whether or not it says anything new.
        foreach (var ids in _unseen.Chunk(1000)) await Work.Db.Set<Account>().Where(a => ids.Contains(a.Id)).ExecuteUpdateAsync(s => s.SetProperty(a => a.SeenAt, Work.Now), ct);
        await Work.Db.Engine.InsertAsync(Work.Db, created, ct);
        await AccountKeys.RenewAsync(Work, changed, ct);
        owed.Wrote(created);
    }

    public override Task CommittedAsync(ImportId import, CancellationToken ct) => owed.CommittedAsync(import, ct);

    public override Task RecallAsync(ImportId import, CancellationToken ct) => owed.RecallAsync(import, ct);

    public override Task SettleAsync(ImportId import, CancellationToken ct) => owed.SettleAsync(import, ct);

    public override ValueTask DisposeAsync() => owed.DisposeAsync();

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

        if (apply) await LinkAsync(names, tally, ct);
    }

    // Past the tracker: the link follows from the name that the row has written, and a new version would look like somebody's change.
    private async Task LinkAsync(AccountNames names, Tally tally, CancellationToken ct)
    {
        const int some = 5000;
        var left = 0;
        var above = new Ancestors(Work);
        while (true)
        {
            // Those that found their owner are waiting no more; the others stay in front.
            var waiting = await Work.Db.Set<Account>().AsNoTracking().Where(a => a.ParentWritten != null && a.ParentId == null).OrderBy(a => a.Id).Skip(left).Take(some).Select(a => new { a.Id, a.ParentWritten }).ToListAsync(ct);
            if (waiting.Count == 0) return;
            await names.LearnAsync(waiting.Select(a => a.ParentWritten), ct);
            var links = waiting.Where(a => names.Of(a.ParentWritten!).How != Reading.Unknown).Select(a => (Child: a.Id, Parent: names.Of(a.ParentWritten!).Value, a.ParentWritten)).ToList();
            await above.OfAsync(links.Select(l => l.Parent), ct);
            var good = new List<(AccountId Child, AccountId Parent)>();
            foreach (var (child, parent, written) in links)
            {
                if (above.Reaches(parent, child))
                {
                    tally.Note(new Note(FindingKind.Doubtful, "parent", written!, null, "would own itself, over one or more steps; left out"), 0);
                    continue;
                }

                above.Link(child, parent);
                good.Add((child, parent));
            }

            left += waiting.Count - good.Count;
            foreach (var owned in good.GroupBy(l => l.Parent))
            {
                foreach (var ids in owned.Select(l => l.Child).Chunk(1000))
                    await Work.Db.Set<Account>().Where(a => ids.Contains(a.Id)).ExecuteUpdateAsync(s => s.SetProperty(a => a.ParentId, owned.Key), ct);
            }
        }
    }

    // Accounts by another spelling that was met before, or by the name of one that has become part of them.
    private async Task<Dictionary<string, Account>> ByAliasAsync(IQueryable<Account> accounts, List<string> keys, CancellationToken ct)
    {
        var rows = await (from alias in Work.Db.Set<Alias>().AsNoTracking()
                          where EF.Parameter(keys).Contains(alias.NameKey)
                          select new { alias.NameKey, alias.AccountId }).ToListAsync(ct);
        var one = rows.GroupBy(r => r.NameKey).Where(g => g.Count() == 1).ToDictionary(g => g.Key, g => g.Single().AccountId);
        var found = new Dictionary<AccountId, Account>();
        foreach (var some in one.Values.Distinct().Chunk(1000)) foreach (var account in await accounts.Where(a => some.Contains(a.Id)).ToListAsync(ct)) found[account.Id] = account;
        return one.Where(o => found.ContainsKey(o.Value)).ToDictionary(o => o.Key, o => found[o.Value]);
    }

    private static Account? Renamed(RowReading row, AccountLine line, Dictionary<string, Account> byAlias, bool tracked)
    {
        if (line.Facts.ExternalId is not null || row.Refusal is not null || !byAlias.TryGetValue(line.NameKey, out var account)) return null;
        if (!tracked) row.Note(FindingKind.Mended, "name", line.Facts.Name!, account.Name, "a known other spelling");
        line.Facts = line.Facts with { Name = account.Name };
        return account;
    }

    private static Account? Existing(RowReading row, AccountLine line, Dictionary<string, Account> byId, ILookup<string, Account> byKey)
    {
        if (line.Facts.ExternalId is { } id && byId.TryGetValue(id, out var known)) return known;
        var same = byKey[line.NameKey].Where(a => a.ExternalId is null || line.Facts.ExternalId is null).ToList();
        if (same.Count > 1) row.Refuse("name", line.Facts.Name!, $"{same.Count} accounts have this name; give the identifier in the CRM.");
        return same.FirstOrDefault();
    }

    private (string?, string?) Known(RowReading row, string field, Func<string, Understood<string>> find)
    {
        if (row.Text(field) is not { } written) return (null, null);
        if (!_met.TryGetValue((field, written), out var known))
        {
            if (_met.Count > MostMet) _met.Clear();
            _met[(field, written)] = known = find(written);
        }

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

    private string CurrencyOf(RowReading row)
    {
        if (row.Text("currency", 20)?.ToUpperInvariant() is not { } written) return Plan.Currency;
        if (written.Length == 3 && written.All(char.IsAsciiLetterUpper)) return written;
        row.Refuse("currency", written, $"“{written}” is no currency; it has three letters, for example USD.");
        return Plan.Currency;
    }

    private static bool? Named(RowReading row)
    {
        if (row.Text("named", 20) is not { } written) return null;
        var yes = YesNo.Find(written);
        if (yes.How == Reading.Unknown) row.Refuse("named", written, $"“{written}” is neither yes nor no.");
        return yes.Value;
    }
}
