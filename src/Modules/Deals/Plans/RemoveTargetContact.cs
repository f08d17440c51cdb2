using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Deals.Plans;

internal sealed record TargetContactRemoval(TargetId Target, TargetContactId Contact);

/// <summary>Takes a person off the plan for a company; nothing of them stays.</summary>
internal sealed class RemoveTargetContact(Work work) : UseCase<TargetContactRemoval, Done>(work)
{
    protected override Permission Permission => TargetPermissions.Edit;

    protected override async Task<Result<Done>> HandleAsync(TargetContactRemoval input, CancellationToken ct)
    {
        var found = await Work.TargetToWriteAsync(input.Target, ct);
        if (!found.Ok) return found.Problem;
        if (await Db.Set<TargetContact>().SingleOrDefaultAsync(c => c.Id == input.Contact && c.TargetId == input.Target, ct) is not { } contact) return TargetProblems.NoContact();
        Db.Remove(contact);
        return default(Done);
    }
}
