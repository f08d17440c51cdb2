using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Workspace;

internal sealed record CommitteeRemoval(DealId Deal, CommitteePersonId Person);

/// <summary>Takes a person off the buying committee.</summary>
internal sealed class RemoveCommitteePerson(Work work) : UseCase<CommitteeRemoval, Done>(work)
{
    protected override Permission Permission => DealsPermissions.WorkOn;

    protected override async Task<Result<Done>> HandleAsync(CommitteeRemoval input, CancellationToken ct)
    {
        var found = await Work.WorkingOnAsync(input.Deal, DealPart.Committee, null, ct);
        if (!found.Ok) return found.Problem;
        var person = await Db.Set<CommitteePerson>().SingleOrDefaultAsync(p => p.Id == input.Person && p.DealId == input.Deal, ct);
        if (person is null) return WorkspaceProblems.NoPerson();
        Db.Remove(person);
        return default(Done);
    }
}
