using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Kernel;

namespace Trellis.Accounts.Conflicts;

/// <summary>Keeps what people write by hand, and finds it for imports.</summary>
internal static class HandValues
{
    /// <summary>Inside the caller's transaction: the fields that now read differently were written by whoever acts.</summary>
    public static Task KeepAsync(Work work, Account account, IReadOnlyDictionary<HandField, string?> before, CancellationToken ct) => KeepAsync(work, [(account, before)], ct);

    /// <summary>A new account: what was typed, and not what was left empty.</summary>
    public static Task TypedAsync(Work work, Account account, CancellationToken ct) => KeepAsync(work, account, HandFields.All.ToDictionary(f => f, _ => (string?)null), ct);

    /// <summary>The same of several accounts.</summary>
    public static async Task KeepAsync(Work work, IReadOnlyCollection<(Account Account, IReadOnlyDictionary<HandField, string?> Before)> accounts, CancellationToken ct)
    {
        var changed = accounts.SelectMany(a => HandFields.All.Where(f => a.Before[f] != HandFields.Of(a.Account, f)).Select(f => (a.Account, Field: f))).ToList();
        if (changed.Count == 0) return;
        var person = work.Actor.Person == default ? (PersonId?)null : work.Actor.Person;
        var ids = changed.Select(c => c.Account.Id).Distinct().ToList();
        var kept = await work.Db.Set<HandValue>().Where(h => ids.Contains(h.AccountId)).ToDictionaryAsync(h => (h.AccountId, h.Field), ct);
        foreach (var (account, field) in changed)
        {
            if (!kept.TryGetValue((account.Id, field), out var row)) work.Db.Add(row = new HandValue { TenantId = work.Tenant, Id = work.NewId<HandValueId>(), AccountId = account.Id, Field = field });
            row.Write(HandFields.Of(account, field), person, work.Actor.Name, work.Now);
        }
    }

    /// <summary>Where accounts have got their old values back: what reads as it was written by hand is no conflict any more.</summary>
    public static async Task ReturnedAsync(Work work, IReadOnlyCollection<Account> accounts, CancellationToken ct)
    {
        var found = accounts.ToDictionary(a => a.Id);
        List<AccountId> ids = [.. found.Keys];
        foreach (var row in await work.Db.Set<HandValue>().Where(h => h.Since != null && ids.Contains(h.AccountId)).ToListAsync(ct))
            if (HandFields.Of(found[row.AccountId], row.Field) == row.Ours) row.Settle();
    }

    public static Dictionary<HandField, string?> Of(Account account) => HandFields.All.ToDictionary(f => f, f => HandFields.Of(account, f));
}

/// <summary>What was written by hand on the accounts of one batch of an import.</summary>
internal sealed class HandBatch(Work work, string? source)
{
    private ILookup<AccountId, HandValue> _rows = Array.Empty<HandValue>().ToLookup(h => h.AccountId);

    /// <summary>Learns of these accounts; most companies have no such row, and then it asks for no more than that. Somebody may write one while the file is read, so each batch asks anew.</summary>
    public async Task LearnAsync(IReadOnlyCollection<AccountId> accounts, bool tracked, CancellationToken ct)
    {
        _rows = Array.Empty<HandValue>().ToLookup(h => h.AccountId);
        if (accounts.Count == 0 || !await work.Db.Set<HandValue>().AnyAsync(ct)) return;
        var found = new List<HandValue>();
        foreach (var ids in accounts.Distinct().Chunk(1000))
        {
            var rows = work.Db.Set<HandValue>().Where(h => ids.Contains(h.AccountId));
            found.AddRange(await (tracked ? rows : rows.AsNoTracking()).ToListAsync(ct));
        }

        _rows = found.ToLookup(h => h.AccountId);
    }

    /// <summary>The facts that are taken over: without what was decided against before. What differs from a value written by hand is noted.</summary>
    /// <param name="account">The account.</param>
    /// <param name="facts">What the file says.</param>
    /// <param name="settled">Who owns which field: what the CRM owns, its file says without a conflict.</param>
    public AccountFacts Meet(Account account, AccountFacts facts, IReadOnlyDictionary<string, OwningSystem> settled)
    {
        foreach (var row in _rows[account.Id])
            if (settled.TryGetValue(Ownership.AccountOwners.Of(row.Field), out var system) && system == OwningSystem.Crm)
            {
                if (HandFields.Of(facts, row.Field) is not null) row.Yield();
            }
            else if (row.Meet(HandFields.Of(account, row.Field), HandFields.Of(facts, row.Field), source, work.Now)) facts = HandFields.With(facts, row.Field, null);
        return facts;
    }
}
