using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Conflicts;
using Trellis.Accounts.Hierarchy;
using Trellis.Accounts.Published;
using Trellis.Accounts.Values;
using Trellis.Compute.Matching;
using Trellis.Kernel;

namespace Trellis.Accounts.Imports;

/// <summary>A row of accounts as it was understood.</summary>
internal sealed record AccountLine(string NameKey, AccountId? Id)
{
    public required AccountFacts Facts { get; set; }

    /// <summary>The exact keys of its company: name, domain, tax number.</summary>
    public IReadOnlyList<string> Keys { get; init; } = [];

    /// <summary>An earlier row of the file with the same domain or tax number.</summary>
    public Repeated? Repeats { get; set; }

    /// <summary>The account that it was found to mean.</summary>
    public AccountId? Found { get; set; }
}

/// <summary>What an earlier row of the file had already.</summary>
/// <param name="Field">The field that is the same.</param>
/// <param name="Label">Its name for people.</param>
/// <param name="Written">What stands there.</param>
/// <param name="Row">The earlier row.</param>
/// <param name="Told">Whether both rows have identifiers, and so the CRM says that they are two.</param>
internal readonly record struct Repeated(string Field, string Label, string Written, int Row, bool Told);

internal sealed class AccountImporter(Work work, ImportPlan plan, OwedKeys owed) : Importer<AccountLine, Account>(work, plan)
{
    private static readonly KnownValues<bool> YesNo = new([("yes", true), ("no", false)], [("true", "yes", true), ("1", "yes", true), ("y", "yes", true), ("x", "yes", true), ("false", "no", false), ("0", "no", false), ("n", "no", false)]);

    private const int MostMet = 50_000;
    private readonly Dictionary<(string Field, string Written), Understood<string>> _met = [];
    private readonly List<AccountId> _unseen = [];
    private readonly HashSet<string> _parents = new(StringComparer.Ordinal);
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<ulong, int> _exact = [];
    private readonly AccountFinder _finder = new(work);
    private Owners? _owners;
    private IReadOnlyDictionary<string, OwningSystem> _settled = new Dictionary<string, OwningSystem>();
    private readonly HandBatch _hand = new(work, plan.Source);

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
            OwnerMail = row.Text("owner_email", 320),
            Named = Named(row),
            ParentWritten = row.Text("parent"),
        };
        if (row.Refusal is not null) return new AccountLine(key, own) { Facts = facts };
        _names.Add(key);
        if (facts.ParentWritten is { } parent) _parents.Add(parent);
        return new AccountLine(key, own) { Facts = facts, Keys = CompanyKeys.Stored(new CompanyRecord(name, facts.Domain, facts.TaxNumber)).Exact };
    }

    protected override string KeyOf(AccountLine line) => line.Id is { } own ? "t:" + own : line.Facts.ExternalId is { } id ? "x:" + id : line.NameKey;

    protected override string TitleOf(AccountLine line) => line.Facts.Name!;

    protected override async Task ResolveAsync(IReadOnlyList<(RowReading Row, AccountLine Line)> lines, CancellationToken ct)
    {
        _owners ??= await Owners.LoadAsync(Work, ct);
        _settled = await Ownership.AccountOwners.Owners.SettledAsync(Work, ct);
        foreach (var (_, line) in lines)
        {
            if (line.Facts is { OwnerName: null, OwnerMail: null }) continue;
            var owner = _owners.Of(line.Facts.OwnerName, line.Facts.OwnerMail);
            if (owner.Person is not null || owner.Name != line.Facts.OwnerName) line.Facts = line.Facts with { OwnerName = owner.Name, OwnerId = owner.Person, OwnerIsSure = owner.ByMail };
        }
    }

    protected override async Task<Account?[]> LoadAsync(IReadOnlyList<(RowReading Row, AccountLine Line)> lines, bool tracked, CancellationToken ct)
    {
        var found = tracked ? await _finder.TrackedAsync(lines, ct) : await _finder.FindAsync(lines, ct);
        await _hand.LearnAsync([.. found.OfType<Account>().Select(a => a.Id)], tracked, ct);
        if (tracked) return found;
        _unseen.Clear();
        _unseen.AddRange(found.OfType<Account>().Where(a => a.SeenAt < Work.Now.Date).Select(a => a.Id));
        return found;
    }

    // By domain and tax number: the hash of the key, and the row that had it first.
    protected override void Met(AccountLine line, int row)
    {
        var told = line.Id is not null || line.Facts.ExternalId is not null;
        foreach (var (field, label, written, key) in new[] { ("tax_number", "tax number", line.Facts.TaxNumber, TaxNumbers.Key(line.Facts.TaxNumber)), ("domain", "domain", line.Facts.Domain, AccountIdentity.Own(line.Facts.Domain)) })
        {
            if (key is null) continue;
            // The lowest bit says whether the earlier row had an identifier.
            var hash = Hash(field + key);
            if (!_exact.TryGetValue(hash, out var first)) _exact[hash] = (row << 1) | (told ? 1 : 0);
            else line.Repeats ??= new Repeated(field, label, written!, first >> 1, told && (first & 1) == 1);
        }
    }

    protected override Guid IdOf(Account entity) => entity.Id.Value;

    protected override Account Create(AccountLine line) =>
        Account.Create(Work.Tenant, Work.NewId<AccountId>(), line.Facts, AccountOrigin.Imported, Plan.Currency, Work.Now);

    protected override void Change(Account entity, AccountLine line, Changes changes) => entity.Apply(_hand.Meet(entity, Ownership.AccountOwners.OfFile(_settled, entity, line.Facts), _settled), changes);

    protected override async Task WriteAsync(IReadOnlyList<Account> created, IReadOnlyList<Account> changed, CancellationToken ct)
    {
        // A file that names an account says that it is still there, whether or not it says anything new.
        foreach (var ids in _unseen.Chunk(1000)) await Work.Db.Set<Account>().Where(a => ids.Contains(a.Id)).ExecuteUpdateAsync(s => s.SetProperty(a => a.SeenAt, Work.Now), ct);
        await Work.Db.Engine.InsertAsync(Work.Db, created, ct);
        await AccountKeys.RenewAsync(Work, changed, ct);
        Renames.Tell(Work, changed);
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
        var domain = Domains.Registrable(written);
        if (domain is null) row.Note(FindingKind.Unknown, "domain", written, null, "no web site or domain; left out");
        return domain;
    }

    private string CurrencyOf(RowReading row)
    {
        if (row.Text("currency", 20)?.ToUpperInvariant() is not { } written) return Plan.Currency;
        if (Currencies.IsKnown(written)) return written;
        row.Refuse("currency", written, $"“{written}” is no currency of the list (ISO 4217), such as USD.");
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
