using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Accounts.Merging;

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
