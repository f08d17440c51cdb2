using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Workspace;

/// <summary>A task as it shall be.</summary>
/// <param name="Deal">The deal.</param>
/// <param name="Task">The task.</param>
/// <param name="Title">What is to be done.</param>
/// <param name="Owner"><c>vendor</c>, the id of a partner on the deal, or the id of a person; null leaves the owner.</param>
/// <param name="DueOn">Until when.</param>
/// <param name="Version">The version of the task that the caller has seen.</param>
internal sealed record TaskChange(DealId Deal, DealTaskId Task, string? Title, string? Owner, DateOnly? DueOn, long? Version = null);

/// <summary>Changes the words, the owner or the day of a task; a new owner is told. Who may finish it may change it.</summary>
internal sealed class EditTask(Work work, WorkspaceMail mail) : UseCase<TaskChange, DealTaskId>(work)
{
    protected override Permission Permission => DealsPermissions.WorkOn;

    protected override async Task<Result<DealTaskId>> HandleAsync(TaskChange input, CancellationToken ct)
    {
        var found = await Work.WorkingOnAsync(input.Deal, DealPart.Tasks, null, ct);
        if (!found.Ok) return found.Problem;
        var deal = found.Value;
        var task = await Db.Set<DealTask>().SingleOrDefaultAsync(t => t.Id == input.Task && t.DealId == input.Deal, ct);
        if (task is null) return WorkspaceProblems.NoTask();
        if (input.Version is { } seen && seen != task.Version) return Problem.Stale();
        if (!FinishTask.May(Work.Actor, deal.IsHeldBy(Work.Actor.Partner), task)) return WorkspaceProblems.NotYours();
        var check = new Check().Text(input.Title, "title", "The task").That(WorkspaceDays.Fits(Work, input.DueOn, task.DueOn), "dueOn", WorkspaceDays.Words);
        if (check.Problem is { } problem) return problem;
        var before = (task.OwnerPartner, task.OwnerPerson);
        // Whoever has left the deal keeps what it has until somebody else is chosen.
        if (Kernel.Text.OrNull(input.Owner) is { } key && key != Key(task))
        {
            var owners = await TaskOwners.FindAsync(Work, input.Deal, deal.PartnerId, ct);
            if (owners.FirstOrDefault(o => o.Key == key) is not { } owner || (task.Audience == CommentAudience.Internal && owner.Partner is not null)) return WorkspaceProblems.NoOwner();
            (task.OwnerPartner, task.OwnerPerson, task.OwnerName) = (owner.Partner, owner.Person, owner.Name);
        }

        if (task.DueOn != input.DueOn) (task.DueOn, task.RemindedAt) = (input.DueOn, null);
        (task.Title, task.SearchText) = (input.Title!.Trim(), Kernel.Text.Fold(input.Title, deal.CustomerName));
        if (before != (task.OwnerPartner, task.OwnerPerson) && task.DoneAt is null) await mail.TaskGivenAsync(deal, task, ct);
        return task.Id;
    }

    /// <summary>The owner as a form posts it.</summary>
    public static string Key(DealTask task) => new TaskOwner(task.OwnerPartner, task.OwnerPerson, task.OwnerName).Key;
}

/// <summary>Which days tasks and milestones may have.</summary>
internal static class WorkspaceDays
{
    public const string Words = "Choose a day within the next years.";

    /// <summary>Any day of the near past and the next years, and the one that stands there.</summary>
    public static bool Fits(Work work, DateOnly? day, DateOnly? now = null) => day is null || day == now || (day >= work.Today.AddYears(-1) && day <= work.Today.AddYears(5));
}
