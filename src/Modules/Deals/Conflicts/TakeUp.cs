using Trellis.Kernel;

namespace Trellis.Deals.Conflicts;

/// <summary>A conflict to mediate.</summary>
internal sealed record TakeUpInput(ConflictId Conflict, long? Version = null);

/// <summary>Somebody of the vendor takes a conflict up and talks to both sides.</summary>
internal sealed class TakeUp(Work work) : UseCase<TakeUpInput, ConflictId>(work)
{
    protected override Permission Permission => ConflictsPermissions.Settle;

    protected override async Task<Result<ConflictId>> HandleAsync(TakeUpInput input, CancellationToken ct)
    {
        var found = await Work.ConflictAsync(input.Conflict, input.Version, ct);
        if (!found.Ok) return found.Problem;
        var conflict = found.Value;
        if (await Deciders.WasAsync(Work, conflict, ct)) return ConflictsProblems.SameDecider();
        var moved = await Work.MoveAsync(conflict, ConflictTrigger.Mediate, null, ct);
        if (!moved.Ok) return moved.Problem;
        conflict.TakeUp(Work.Actor.Person, Work.Actor.Name);
        return conflict.Id;
    }
}
