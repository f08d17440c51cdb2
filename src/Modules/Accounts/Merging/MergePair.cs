using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Kernel;

namespace Trellis.Accounts.Merging;

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
