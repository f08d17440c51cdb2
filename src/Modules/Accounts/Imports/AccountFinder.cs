using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Merging;
using Trellis.Accounts.Published;
using Trellis.Accounts.Values;
using Trellis.Compute.Matching;
using Trellis.Kernel;

namespace Trellis.Accounts.Imports;

/// <summary>Finds the accounts that the rows of a batch mean: a few look-ups by index for all of them together.</summary>
internal sealed class AccountFinder(Work work)
{
    // What more share says nothing, and a wrong column would lead to half of the table.
    private const int MostDoubles = 50_000;
    private const int MostSame = 100_000;
    private const int FewestLetters = 5;

    private readonly Dictionary<AccountId, Account> _known = [];

    private IQueryable<Account> Accounts => work.Db.Set<Account>().AsNoTracking();

    public async Task<Account?[]> FindAsync(IReadOnlyList<(RowReading Row, AccountLine Line)> lines, CancellationToken ct)
    {
        var ids = lines.Select(l => l.Line.Facts.ExternalId).OfType<string>().ToList();
        var byId = ids.Count == 0 ? [] : await Accounts.Where(a => a.ExternalId != null && EF.Parameter(ids).Contains(a.ExternalId)).ToDictionaryAsync(a => a.ExternalId!, ct);
        await RefuseGoneAsync(lines, ids, byId, ct);
        var ours = await LoadAsync(Accounts, lines.Select(l => l.Line.Id).OfType<AccountId>(), ct);
        var found = new Account?[lines.Count];
        var open = new List<int>();
        for (var i = 0; i < lines.Count; i++)
        {
            var line = lines[i].Line;
            found[i] = line.Id is { } id && ours.TryGetValue(id, out var own) ? own : line.Facts.ExternalId is { } external && byId.TryGetValue(external, out var known) ? known : null;
            if (found[i] is null && lines[i].Row.Refusal is null) open.Add(i);
        }

        if (open.Count > 0) await IdentifyAsync(lines, open, found, ct);
        for (var i = 0; i < lines.Count; i++) lines[i].Line.Found = found[i]?.Id;
        return found;
    }

    /// <summary>The same accounts once more, to be changed.</summary>
    public async Task<Account?[]> TrackedAsync(IReadOnlyList<(RowReading Row, AccountLine Line)> lines, CancellationToken ct)
    {
        var tracked = await LoadAsync(work.Db.Set<Account>(), lines.Select(l => l.Line.Found).OfType<AccountId>(), ct);
        return [.. lines.Select(l => l.Line.Found is { } id ? tracked.GetValueOrDefault(id) : null)];
    }

    private async Task IdentifyAsync(IReadOnlyList<(RowReading Row, AccountLine Line)> lines, List<int> open, Account?[] found, CancellationToken ct)
    {
        var names = open.Select(i => lines[i].Line.NameKey).Distinct().ToList();
        var byAlias = await ByAliasAsync(names, ct);
        var byName = (await Accounts.Where(a => EF.Parameter(names).Contains(a.NameKey)).ToListAsync(ct)).ToLookup(a => a.NameKey);
        _known.Clear();
        foreach (var account in byName.SelectMany(g => g)) _known[account.Id] = account;
        // Most rows of a file that comes again mean the one account of their name, and say nothing else.
        var asking = open.Where(i => !(Fitting(lines[i].Line, byName[lines[i].Line.NameKey]) is [var one] && AccountIdentity.Settled(lines[i].Line.Facts, one))).ToList();
        var byKey = await ByKeyAsync(asking.SelectMany(i => Telling(lines[i].Line)), MostSame, ct);
        foreach (var i in open) found[i] = Identify(lines[i].Row, lines[i].Line, byName, byKey, byAlias);
        var created = open.Where(i => found[i] is null && lines[i].Row.Refusal is null).ToList();
        var alike = await ByKeyAsync(created.SelectMany(i => Naming(lines[i].Line)), MostDoubles, ct);
        foreach (var i in created) Doubt(lines[i].Row, lines[i].Line, byKey, alike);
    }

    private static Account? Identify(RowReading row, AccountLine line, ILookup<string, Account> byName, ILookup<string, Account> byKey, Dictionary<string, Account> byAlias)
    {
        var candidates = Fitting(line, byName[line.NameKey].Concat(Telling(line).SelectMany(k => byKey[k])));
        var identified = AccountIdentity.Choose(line.Facts, line.NameKey, candidates);
        if (identified.Rivals > 1)
        {
            row.Refuse(identified.Field, identified.Field == "name" ? line.Facts.Name! : line.Facts.TaxNumber!, $"{identified.Rivals} accounts have this {(identified.Field == "name" ? "name" : "tax number")}; give the identifier in the CRM.");
            return null;
        }

        var account = identified.Account;
        var by = identified.By is { } field ? $"the account with the same {field}" : "a known other spelling";
        if (account is null && line.Facts.ExternalId is null && byAlias.TryGetValue(line.NameKey, out account)) identified = new Identified(account, "name");
        // A row that repeats another one of this file is no second word about the account, unless the CRM says by its identifiers that they are two.
        if (line.Repeats is { } repeated && (account is null || identified.By is not null))
        {
            if (repeated.Told) row.Note(FindingKind.Doubtful, repeated.Field, repeated.Written, null, $"row {repeated.Row} has the same {repeated.Label}; probably one company");
            else row.Refuse(repeated.Field, repeated.Written, $"Row {repeated.Row} has the same {repeated.Label}. If it is another company, give both their identifier in the CRM.");
            return null;
        }

        if (account is null) return null;
        if (identified.By is not null)
        {
            if (line.Facts.Name != account.Name) row.Note(FindingKind.Mended, "name", line.Facts.Name!, account.Name, by);
            line.Facts = line.Facts with { Name = account.Name };
        }

        if (candidates.FirstOrDefault(a => a.Id != account.Id && AccountIdentity.Own(line.Facts.Domain) is { } domain && a.Domain == domain && account.Domain != domain) is { } other)
            row.Note(FindingKind.Doubtful, "domain", line.Facts.Domain!, null, $"the account “{other.Name}” has this domain already");
        return account;
    }

    // A row that makes an account which is probably there already says so.
    private static void Doubt(RowReading row, AccountLine line, ILookup<string, Account> byKey, ILookup<string, Account> alike)
    {
        if (line.Repeats is not null) return;
        var keys = Telling(line).SelectMany(k => byKey[k]).Concat(Naming(line).SelectMany(k => alike[k])).DistinctBy(a => a.Id).ToList();
        if (keys.Count == 0) return;
        var probe = new CompanyProbe(Record(line.Facts.Name!, line.Facts.Domain, line.Facts.TaxNumber, line.Facts.Country, line.Facts.City));
        var twin = keys.Select(a => Likeness.Match(a.Id, a.Name, probe.Compare(Record(a.Name, a.Domain, a.TaxNumber, a.Country, a.City)), a.Domain, a.Country)).OrderByDescending(m => m.Score).ThenBy(m => m.Account.Value).First();
        if (twin.Score >= Customers.Likely) row.Note(FindingKind.Doubtful, "name", line.Facts.Name!, null, $"probably the account “{twin.Name}” ({Math.Floor(twin.Score * 100)} %: {string.Join(", ", twin.Reasons)})");
    }

    private async Task RefuseGoneAsync(IReadOnlyList<(RowReading Row, AccountLine Line)> lines, List<string> ids, Dictionary<string, Account> byId, CancellationToken ct)
    {
        if (ids.Count == 0) return;
        var gone = await work.Db.Set<AccountMerge>().AsNoTracking().Where(m => m.UndoneAt == null && m.FromExternalId != null && EF.Parameter(ids).Contains(m.FromExternalId))
            .Select(m => new { m.FromExternalId, m.IntoName }).ToListAsync(ct);
        foreach (var merge in gone.Where(m => !byId.ContainsKey(m.FromExternalId!)))
            foreach (var (row, _) in lines.Where(l => l.Line.Facts.ExternalId == merge.FromExternalId)) row.Refuse("external_id", merge.FromExternalId!, $"This record has become part of “{merge.IntoName}”. Merge it in the CRM as well, or undo the merge.");
    }

    // Accounts by another spelling that was met before, or by the name of one that has become part of them.
    private async Task<Dictionary<string, Account>> ByAliasAsync(List<string> keys, CancellationToken ct)
    {
        var rows = await (from alias in work.Db.Set<Alias>().AsNoTracking()
                          where EF.Parameter(keys).Contains(alias.NameKey)
                          select new { alias.NameKey, alias.AccountId }).ToListAsync(ct);
        var one = rows.GroupBy(r => r.NameKey).Where(g => g.Count() == 1).ToDictionary(g => g.Key, g => g.Single().AccountId);
        var found = await LoadAsync(Accounts, one.Values, ct);
        return one.Where(o => found.ContainsKey(o.Value)).ToDictionary(o => o.Key, o => found[o.Value]);
    }

    private async Task<ILookup<string, Account>> ByKeyAsync(IEnumerable<string> asked, int most, CancellationToken ct)
    {
        var keys = asked.Distinct().ToList();
        var rows = keys.Count == 0 ? [] : await work.Db.Set<AccountKey>().AsNoTracking().Where(k => EF.Parameter(keys).Contains(k.Key)).Select(k => new { k.Key, k.AccountId }).Take(most).ToListAsync(ct);
        foreach (var (id, account) in await LoadAsync(Accounts, rows.Select(r => r.AccountId).Where(id => !_known.ContainsKey(id)), ct)) _known[id] = account;
        return rows.Where(r => _known.ContainsKey(r.AccountId)).ToLookup(r => r.Key, r => _known[r.AccountId]);
    }

    private static async Task<Dictionary<AccountId, Account>> LoadAsync(IQueryable<Account> accounts, IEnumerable<AccountId> wanted, CancellationToken ct)
    {
        var found = new Dictionary<AccountId, Account>();
        foreach (var some in wanted.Distinct().Chunk(1000)) foreach (var account in await accounts.Where(a => some.Contains(a.Id)).ToListAsync(ct)) found[account.Id] = account;
        return found;
    }

    // An account that the CRM knows by another identifier is another one.
    private static List<Account> Fitting(AccountLine line, IEnumerable<Account> accounts) =>
        [.. accounts.Where(a => a.ExternalId is null || line.Facts.ExternalId is null).DistinctBy(a => a.Id)];

    // Domain and tax number nearly settle who it is; a name is only one more candidate.
    private static IEnumerable<string> Telling(AccountLine line) => line.Keys.Where(k => k[0] is 'd' or 'x');

    // Initials alone say nothing: thousands share them.
    private static IEnumerable<string> Naming(AccountLine line) => line.Keys.Where(k => k[0] == 'n' && k.Length >= FewestLetters + 2);

    private static CompanyRecord Record(string name, string? domain, string? tax, string? country, string? city) => new(name, domain, tax, country, city);
}
