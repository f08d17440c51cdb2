using Trellis.Kernel;

namespace Trellis.Deals.Conflicts;

/// <summary>Raises the level of a conflict that waits too long. One that is in time is left alone.</summary>
internal sealed class EscalateConflict(Work work, ConflictMail mail) : UseCase<ConflictId, bool>(work)
{
    protected override Permission Permission => ConflictsPermissions.Clock;

    protected override async Task<Result<bool>> HandleAsync(ConflictId id, CancellationToken ct)
    {
        var found = await Work.ConflictAsync(id, null, ct);
        if (!found.Ok) return found.Problem;
        var level = ConflictClock.Level(found.Value.State, found.Value.OpenedAt, found.Value.DisputedAt, Work.Now);
        if (level <= found.Value.Level) return false;
        found.Value.Escalate(level);
        await mail.EscalatedAsync(found.Value, ct);
        return true;
    }
}
