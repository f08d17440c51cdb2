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

/// <summary>A person says that two accounts are two companies; the pair is not proposed again.</summary>
internal sealed class KeepApart(Work work) : UseCase<DuplicateId, Done>(work)
{
    protected override Permission Permission => AccountsPermissions.Merge;

    protected override async Task<Result<Done>> HandleAsync(DuplicateId input, CancellationToken ct)
    {
        var pair = await Db.Set<DuplicatePair>().SingleOrDefaultAsync(d => d.Id == input, ct);
        if (pair is null) return Problem.Missing("pair");
        if (pair.State != DuplicateState.Open) return MergeProblems.Decided();
        pair.Decide(DuplicateState.Different, Work.Now, Work.Actor.Name);
        return default(Done);
    }
}

/// <summary>A person was wrong: the two may be one company after all.</summary>
internal sealed class ReopenPair(Work work) : UseCase<DuplicateId, Done>(work)
{
    protected override Permission Permission => AccountsPermissions.Merge;

    protected override async Task<Result<Done>> HandleAsync(DuplicateId input, CancellationToken ct)
    {
        var pair = await Db.Set<DuplicatePair>().SingleOrDefaultAsync(d => d.Id == input, ct);
        if (pair is null) return Problem.Missing("pair");
        if (pair.State != DuplicateState.Different) return MergeProblems.Decided();
        pair.Reopen();
        return default(Done);
    }
}

/// <summary>Merges a pair: the account with more to say about itself stays, or the one that a person names.</summary>
internal sealed class MergePair(Work work, MergeAccounts merge) : UseCase<(DuplicateId Pair, AccountId? Into), MergeId>(work)
{
    protected override Permission Permission => AccountsPermissions.Merge;

    protected override async Task<Result<MergeId>> HandleAsync((DuplicateId Pair, AccountId? Into) input, CancellationToken ct)
    {
        var pair = await Db.Set<DuplicatePair>().AsNoTracking().SingleOrDefaultAsync(d => d.Id == input.Pair, ct);
        if (pair is null) return Problem.Missing("pair");
        if (pair.State != DuplicateState.Open) return MergeProblems.Decided();
        if (input.Into is { } named && named != pair.LeftId && named != pair.RightId) return Problem.Invalid("into", "Choose one of the two accounts.");
        var into = input.Into ?? await RicherAsync(pair, ct);
        return await merge.RunAsync(new MergeOrder(into == pair.LeftId ? pair.RightId : pair.LeftId, into), ct);
    }

    private async Task<AccountId> RicherAsync(DuplicatePair pair, CancellationToken ct)
    {
        var (left, right) = (pair.LeftId, pair.RightId);
        var counts = await Db.Set<Opportunity>().Where(o => o.AccountId == left || o.AccountId == right).GroupBy(o => o.AccountId).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(ct);
        var (ofLeft, ofRight) = (counts.Find(c => c.Key == left)?.Count ?? 0, counts.Find(c => c.Key == right)?.Count ?? 0);
        return ofRight > ofLeft ? right : left;
    }
}
