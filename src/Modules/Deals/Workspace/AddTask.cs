using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Workspace;

/// <summary>A task to write down.</summary>
/// <param name="Deal">The deal.</param>
/// <param name="Title">What is to be done.</param>
/// <param name="Owner"><c>vendor</c>, the id of a partner on the deal, or the id of a person; null for the writer.</param>
/// <param name="DueOn">Until when.</param>
/// <param name="Internal">Whether it is the vendor's own.</param>
/// <param name="Version">The version of the deal that the caller has seen.</param>
internal sealed record NewTask(DealId Deal, string? Title, string? Owner = null, DateOnly? DueOn = null, bool Internal = false, long? Version = null);

/// <summary>Writes down a task with its owner on one of the sides, and tells the owner.</summary>
internal sealed class AddTask(Work work, WorkspaceMail mail) : UseCase<NewTask, DealTaskId>(work)
{
    public const int Most = 200;

    protected override Permission Permission => DealsPermissions.WorkOn;

    protected override async Task<Result<DealTaskId>> HandleAsync(NewTask input, CancellationToken ct)
    {
        var found = await Work.WorkingOnAsync(input.Deal, DealPart.Tasks, input.Version, ct);
        if (!found.Ok) return found.Problem;
        if (Work.Actor.IsPartner && input.Internal) return WorkspaceProblems.InternalTask();
        var check = new Check().Text(input.Title, "title", "The task")
            .That(WorkspaceDays.Fits(Work, input.DueOn), "dueOn", WorkspaceDays.Words);
        if (check.Problem is { } problem) return problem;
        var owners = await TaskOwners.FindAsync(Work, input.Deal, found.Value.PartnerId, ct);
        var key = Kernel.Text.OrNull(input.Owner) ?? Work.Actor.Person.ToString();
        if (owners.FirstOrDefault(o => o.Key == key) is not { } owner || (input.Internal && owner.Partner is not null)) return WorkspaceProblems.NoOwner();
        if (await FullAsync(Work, input.Deal, ct)) return WorkspaceProblems.TooMany("tasks", Most);
        var task = new DealTask
        {
            TenantId = Work.Tenant,
            Id = Work.NewId<DealTaskId>(),
            DealId = input.Deal,
            Audience = input.Internal ? CommentAudience.Internal : CommentAudience.Shared,
            Title = input.Title!.Trim(),
            OwnerPartner = owner.Partner,
            OwnerPerson = owner.Person,
            OwnerName = owner.Name,
            DueOn = input.DueOn,
            CreatedAt = Work.Now,
            CreatedBy = Work.Actor.Person,
            CreatedByName = Work.Actor.Name,
            CreatedByPartner = Work.Actor.Partner,
            SearchText = Kernel.Text.Fold(input.Title, found.Value.CustomerName),
        };
        Db.Add(task);
        await mail.TaskGivenAsync(found.Value, task, ct);
        return task.Id;
    }

    /// <summary>Whether the deal has as many tasks as it may have.</summary>
    public static async Task<bool> FullAsync(Work work, DealId deal, CancellationToken ct) =>
        await work.Db.Set<DealTask>().IgnoreQueryFilters([Db.PartnerFilter]).CountAsync(t => t.DealId == deal, ct) >= Most;
}
