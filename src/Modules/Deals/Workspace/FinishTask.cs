using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Workspace;

internal enum TaskAct
{
    Finish,
    Reopen,
    Remove,

    /// <summary>Puts back what was removed.</summary>
    Restore,
}

internal sealed record TaskInput(DealId Deal, DealTaskId Task, TaskAct Act, long? Version = null);

/// <summary>
/// The owner's side, or who wrote it, finishes a task, opens it again, takes it away or puts it back. The vendor's people may do so with every task. A partner on the team that does not read tasks, or whose
/// deal is won, finishes what it was given and no more.
/// </summary>
internal sealed class FinishTask(Work work, FreeLeft left) : UseCase<TaskInput, DealTaskId>(work)
{
    protected override Permission Permission => DealsPermissions.WorkOn;

    protected override async Task<Result<DealTaskId>> HandleAsync(TaskInput input, CancellationToken ct)
    {
        var found = await Work.WorkingOnAsync(input.Deal, Work.Actor.IsPartner && input.Act != TaskAct.Finish ? DealPart.Tasks : null, null, ct);
        if (!found.Ok) return found.Problem;
        if (!Work.Actor.IsPartner && !(await Sights.OfAsync(Work, found.Value, ct)).Reads(DealPart.Tasks)) return WorkspaceProblems.NoTask();
        var tasks = input.Act == TaskAct.Restore ? Db.Set<DealTask>().Removed(Work.Now) : Db.Set<DealTask>();
        var task = await tasks.SingleOrDefaultAsync(t => t.Id == input.Task && t.DealId == input.Deal, ct);
        if (task is null) return WorkspaceProblems.NoTask();
        if (input.Version is { } seen && seen != task.Version) return Problem.Stale();
        if (!May(Work.Actor, found.Value.IsHeldBy(Work.Actor.Partner), task)) return WorkspaceProblems.NotYours();
        switch (input.Act)
        {
            case TaskAct.Finish when task.DoneAt is null: (task.DoneAt, task.DoneByName, task.DoneByPartner) = (Work.Now, Work.Actor.Name, Work.Actor.Partner); break;
            case TaskAct.Reopen:
                (task.DoneAt, task.DoneByName, task.DoneByPartner, task.RemindedAt) = (null, null, null, null);
                await left.ReopenedAsync(task, ct);
                break;
            case TaskAct.Remove: task.TakeOff(Work); break;
            case TaskAct.Restore when await AddTask.FullAsync(Work, input.Deal, ct): return WorkspaceProblems.TooMany("tasks", AddTask.Most);
            case TaskAct.Restore: task.PutBack(); break;
        }

        return task.Id;
    }

    public static bool May(Actor actor, bool holds, DealTask task) =>
        actor.Partner is not { } partner || holds || task.OwnerPartner == partner || task.CreatedBy == actor.Person;
}
