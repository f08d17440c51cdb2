using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Deals.Rules;

/// <summary>What the use cases on one draft share.</summary>
internal static class DraftMoves
{
    public static async Task<Result<RuleDraft>> RuleDraftAsync(this Work work, RuleDraftId id, long? version, CancellationToken ct)
    {
        var draft = await work.Db.Set<RuleDraft>().SingleOrDefaultAsync(d => d.Id == id, ct);
        if (draft is null) return RulesProblems.MissingDraft();
        return version is { } expected && expected != draft.Version ? Problem.Stale() : draft;
    }

    public static Result<RuleDraft> Move(this Work work, RuleDraft draft, RuleDraftTrigger on, string? reason = null)
    {
        var moved = work.Move(RuleDraftLifecycle.Machine, draft.Id.ToString(), draft.State, on, reason);
        if (!moved.Ok) return moved.Problem;
        draft.Enter(moved.Value, work.Now, work.Actor.Name);
        return draft;
    }
}
