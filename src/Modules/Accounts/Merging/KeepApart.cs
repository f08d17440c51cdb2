using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Accounts.Merging;

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
