using Trellis.Kernel;

namespace Trellis.Deals.Plans;

internal sealed record TargetListEnd(TargetListId List, long? Version = null);

/// <summary>The vendor's people end a list: it is only read from then on, by both sides.</summary>
internal sealed class EndTargetList(Work work) : UseCase<TargetListEnd, TargetListId>(work)
{
    protected override Permission Permission => TargetPermissions.Edit;

    protected override async Task<Result<TargetListId>> HandleAsync(TargetListEnd input, CancellationToken ct)
    {
        if (Work.Actor.IsPartner) return TargetProblems.StaffOnly();
        var found = await Work.TargetListAsync(input.List, ct);
        if (!found.Ok) return found.Problem;
        if (input.Version is { } seen && seen != found.Value.Version) return Problem.Stale();
        found.Value.ArchivedAt = Work.Now;
        return input.List;
    }
}
