using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Merging;
using Trellis.Accounts.Published;
using Trellis.Accounts.Values;
using Trellis.Compute.Matching;
using Trellis.Kernel;

namespace Trellis.Accounts.Imports;

/// <summary>
/// Knows accounts by the names that a file writes. It asks the database once for each batch of names it has not met, so the cost does not depend on
/// the number of accounts.
/// </summary>
internal sealed class AccountNames(Work work)
{
    private const int MostMet = 200_000;

    // A file with more unknown names than this has the wrong column; looking further for near ones would only take time.
    private const int MostNearLookups = 20_000;

    private readonly Dictionary<string, Understood<AccountId>> _met = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (AccountId Account, string Written)> _aliases = new(StringComparer.Ordinal);
    private int _nearLookups;
    private MergeId? _lastMerge;

    public Understood<AccountId> Of(string written) => _met[written];

    /// <summary>Looks up every name that has not been met, and all of them again where accounts were merged since.</summary>
    public async Task LearnAsync(IEnumerable<string?> names, CancellationToken ct)
    {
        if (_met.Count > MostMet) _met.Clear();
        await ForgetMergedAsync(ct);
        var batch = names.OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        var fresh = batch.Where(n => !_met.ContainsKey(n)).ToList();
        if (fresh.Count == 0) return;
        var known = new KnownValues<AccountId>(await SameAsync(fresh, ct), await AliasesAsync(fresh, ct));
        var unknown = new List<string>();
        foreach (var name in fresh)
        {
            _met[name] = known.Same(name);
            if (_met[name] is { How: Reading.Unknown, Why: KnownValues<AccountId>.NotKnown }) unknown.Add(name);
        }

        if (unknown.Count == 0 || (_nearLookups += unknown.Count) > MostNearLookups) return;
        var near = new KnownValues<AccountId>(await NearAsync(unknown, ct));
        foreach (var name in unknown) _met[name] = near.Find(name);
        foreach (var name in unknown.Where(n => _met[n].How == Reading.Mended)) _aliases[CompanyNames.Tight(name)] = (_met[name].Value, name);
    }

    // A merge is rare; what the names mean after one is asked anew.
    private async Task ForgetMergedAsync(CancellationToken ct)
    {
        var last = await work.Db.Set<AccountMerge>().AsNoTracking().OrderByDescending(m => m.Id).Select(m => (MergeId?)m.Id).FirstOrDefaultAsync(ct);
        if (last != _lastMerge) _met.Clear();
        _lastMerge = last;
    }

    /// <summary>Keeps the other spellings that were met since the last call.</summary>
    public async Task KeepAliasesAsync(CancellationToken ct)
    {
        if (_aliases.Count == 0) return;
        var keys = _aliases.Keys.ToList();
        var there = await work.Db.Set<Alias>().Where(a => EF.Parameter(keys).Contains(a.NameKey)).Select(a => a.NameKey).ToListAsync(ct);
        foreach (var (key, (account, written)) in _aliases.Where(a => !there.Contains(a.Key)))
            work.Db.Add(new Alias { TenantId = work.Tenant, AccountId = account, NameKey = key, Name = written });
        _aliases.Clear();
    }

    private async Task<List<(string, AccountId)>> SameAsync(List<string> names, CancellationToken ct)
    {
        var keys = names.Select(CompanyNames.Tight).Distinct().ToList();
        var rows = await work.Db.Set<Account>().AsNoTracking().Where(a => EF.Parameter(keys).Contains(a.NameKey)).Select(a => new { a.Name, a.Id }).ToListAsync(ct);
        return [.. rows.Select(r => (r.Name, r.Id))];
    }

    private async Task<List<(string, string, AccountId)>> AliasesAsync(List<string> names, CancellationToken ct)
    {
        var keys = names.Select(CompanyNames.Tight).Distinct().ToList();
        var rows = await (from alias in work.Db.Set<Alias>().AsNoTracking()
                          join account in work.Db.Set<Account>() on new { alias.TenantId, Id = alias.AccountId } equals new { account.TenantId, account.Id }
                          where EF.Parameter(keys).Contains(alias.NameKey)
                          select new { Alias = alias.Name, account.Name, account.Id }).ToListAsync(ct);
        return [.. rows.Select(r => (r.Alias, r.Name, r.Id))];
    }

    private async Task<List<(string, AccountId)>> NearAsync(List<string> names, CancellationToken ct)
    {
        var keys = names.SelectMany(n => CompanyKeys.Asked(new CompanyRecord(n)).Near).Where(k => k[0] is 'h' or 'e' or 'c').Distinct().ToList();
        var rows = await (from key in work.Db.Set<AccountKey>().AsNoTracking()
                          join account in work.Db.Set<Account>() on new { key.TenantId, Id = key.AccountId } equals new { account.TenantId, account.Id }
                          where EF.Parameter(keys).Contains(key.Key)
                          select new { account.Name, account.Id }).Distinct().Take(50_000).ToListAsync(ct);
        return [.. rows.Select(r => (r.Name, r.Id))];
    }
}
