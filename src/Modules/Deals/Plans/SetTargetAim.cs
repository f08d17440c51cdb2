using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Deals.Plans;

internal sealed record TargetAim(TargetId Target, string? Aim, long? Version = null);

/// <summary>Either side writes down what both want to reach with a company.</summary>
internal sealed class SetTargetAim(Work work) : UseCase<TargetAim, TargetId>(work)
{
    protected override Permission Permission => TargetPermissions.Edit;

    protected override async Task<Result<TargetId>> HandleAsync(TargetAim input, CancellationToken ct)
    {
        var found = await Work.TargetToWriteAsync(input.Target, ct);
        if (!found.Ok) return found.Problem;
        if (input.Version is { } seen && seen != found.Value.Version) return Problem.Stale();
        if (new Check().Text(input.Aim, "aim", "The aim", 1000, required: false).Problem is { } problem) return problem;
        (found.Value.Aim, found.Value.ChangedAt, found.Value.ChangedByName) = (Text.OrNull(input.Aim), Work.Now, Work.Actor.Name);
        return input.Target;
    }
}

internal static class TargetsToWrite
{
    /// <summary>A company of a list that goes on, for somebody who may see it.</summary>
    public static async Task<Result<Target>> TargetToWriteAsync(this Work work, TargetId id, CancellationToken ct)
    {
        var target = await work.Db.Set<Target>().SingleOrDefaultAsync(t => t.Id == id, ct);
        if (target is null) return TargetProblems.NoTarget();
        var list = await work.TargetListAsync(target.ListId, ct);
        return list.Ok ? target : list.Problem;
    }
}
