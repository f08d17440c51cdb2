using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Kernel;

namespace Trellis.Accounts.Merging;

/// <summary>Two accounts that are probably one company, side by side.</summary>
internal sealed record DuplicateItem(
    DuplicateId Id, AccountId LeftId, string LeftName, string? LeftDomain, AccountId RightId, string RightName, string? RightDomain, double Probability, string[] Reasons, DuplicateState State,
    DateTime FoundAt, DateTime? DecidedAt, string? DecidedByName);

internal static class Duplicates
{
    public static async Task<Page<DuplicateItem>> PageAsync(Work work, DuplicateState state, Paging paging, CancellationToken ct)
    {
        var page = await work.Db.Set<DuplicatePair>().AsNoTracking().Where(d => d.State == state).PageAsync(d => d.Score, d => d.Id, true, paging, ct);
        var items = await NamedAsync(work, page.Items, ct);
        return new Page<DuplicateItem>([.. page.Items.Select(p => items.GetValueOrDefault(p.Id)).OfType<DuplicateItem>()], page.Next, page.Previous);
    }

    /// <summary>The open pairs of one account.</summary>
    public static async Task<List<DuplicateItem>> OfAsync(Work work, AccountId account, CancellationToken ct)
    {
        var left = work.Db.Set<DuplicatePair>().AsNoTracking().Where(d => d.LeftId == account && d.State == DuplicateState.Open);
        var right = work.Db.Set<DuplicatePair>().AsNoTracking().Where(d => d.RightId == account && d.State == DuplicateState.Open);
        var pairs = await left.Concat(right).Take(20).ToListAsync(ct);
        return [.. (await NamedAsync(work, pairs, ct)).Values.OrderByDescending(p => p.Probability)];
    }

    public static async Task<Result<DuplicateItem>> FindAsync(Work work, DuplicateId id, CancellationToken ct)
    {
        var pair = await work.Db.Set<DuplicatePair>().AsNoTracking().SingleOrDefaultAsync(d => d.Id == id, ct);
        if (pair is null) return Problem.Missing("pair");
        return (await NamedAsync(work, [pair], ct)).TryGetValue(id, out var item) ? item : Problem.Missing("pair");
    }

    // Merged pairs name the account that is gone by its merge.
    private static async Task<Dictionary<DuplicateId, DuplicateItem>> NamedAsync(Work work, IReadOnlyList<DuplicatePair> pairs, CancellationToken ct)
    {
        if (pairs.Count == 0) return [];
        var ids = pairs.SelectMany(p => new[] { p.LeftId, p.RightId }).Distinct().ToList();
        var names = await work.Db.Set<Account>().Where(a => ids.Contains(a.Id)).Select(a => new { a.Id, a.Name, a.Domain }).ToDictionaryAsync(a => a.Id, a => (a.Name, a.Domain), ct);
        var gone = ids.Where(i => !names.ContainsKey(i)).ToList();
        if (gone.Count > 0)
        {
            foreach (var m in await work.Db.Set<AccountMerge>().Where(m => gone.Contains(m.FromId)).Select(m => new { m.FromId, m.FromName }).ToListAsync(ct)) names.TryAdd(m.FromId, (m.FromName, null));
        }

        return pairs.Where(p => names.ContainsKey(p.LeftId) && names.ContainsKey(p.RightId)).ToDictionary(p => p.Id, p => new DuplicateItem(
            p.Id, p.LeftId, names[p.LeftId].Name, names[p.LeftId].Domain, p.RightId, names[p.RightId].Name, names[p.RightId].Domain, p.Score / 10_000.0,
            JsonSerializer.Deserialize<string[]>(p.Reasons, Json.Options)!, p.State, p.FoundAt, p.DecidedAt, p.DecidedByName));
    }
}
