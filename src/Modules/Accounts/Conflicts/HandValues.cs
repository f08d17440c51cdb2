using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Kernel;

namespace Trellis.Accounts.Conflicts;

/// <summary>Keeps what people write by hand, and finds it for imports.</summary>
internal static class HandValues
{
    /// <summary>Inside the caller's transaction: the fields that now read differently were written by whoever acts.</summary>
    public static async Task KeepAsync(Work work, Account account, IReadOnlyDictionary<HandField, string?> before, CancellationToken ct)
    {
        var changed = HandFields.All.Where(f => before[f] != HandFields.Of(account, f)).ToList();
        if (changed.Count == 0) return;
        var id = account.Id;
        var kept = await work.Db.Set<HandValue>().Where(h => h.AccountId == id).ToDictionaryAsync(h => h.Field, ct);
        foreach (var field in changed)
        {
            if (!kept.TryGetValue(field, out var row)) work.Db.Add(row = new HandValue { TenantId = work.Tenant, Id = work.NewId<HandValueId>(), AccountId = id, Field = field });
            row.Write(HandFields.Of(account, field), work.Actor.Name, work.Now);
        }
    }

    public static Dictionary<HandField, string?> Of(Account account) => HandFields.All.ToDictionary(f => f, f => HandFields.Of(account, f));
}

/// <summary>What was written by hand on the accounts of one batch of an import.</summary>
internal sealed class HandBatch(Work work, string? source)
{
    private bool? _any;
    private ILookup<AccountId, HandValue> _rows = Array.Empty<HandValue>().ToLookup(h => h.AccountId);

    /// <summary>Learns of these accounts; most companies have no such row, and then it asks once for the whole file.</summary>
    public async Task LearnAsync(IReadOnlyCollection<AccountId> accounts, bool tracked, CancellationToken ct)
    {
        _rows = Array.Empty<HandValue>().ToLookup(h => h.AccountId);
        if (accounts.Count == 0 || !(_any ??= await work.Db.Set<HandValue>().AnyAsync(ct))) return;
        var found = new List<HandValue>();
        foreach (var ids in accounts.Distinct().Chunk(500))
        {
            var rows = work.Db.Set<HandValue>().Where(h => ids.Contains(h.AccountId));
            found.AddRange(await (tracked ? rows : rows.AsNoTracking()).ToListAsync(ct));
        }

        _rows = found.ToLookup(h => h.AccountId);
    }

    /// <summary>The facts that are taken over: without what was decided against before. What differs from a value written by hand is noted.</summary>
    public AccountFacts Meet(Account account, AccountFacts facts)
    {
        foreach (var row in _rows[account.Id])
            if (row.Meet(HandFields.Of(account, row.Field), HandFields.Of(facts, row.Field), source, work.Now)) facts = HandFields.With(facts, row.Field, null);
        return facts;
    }
}
