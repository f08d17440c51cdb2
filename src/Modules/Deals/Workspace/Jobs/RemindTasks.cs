using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Deals.Workspace.Jobs;

/// <summary>Reminds the owners of tasks and milestones that are due today or were due before, once each, and forgets what was removed long ago.</summary>
internal sealed class RemindTasks(Db db, Work work, RemindTask remind, RemindMilestone milestone, ForgetRemoved forget) : IRecurring
{
    private const int Batch = 200;

    public async Task<Result<Done>> RunAsync(CancellationToken ct)
    {
        var (today, oldest, refusals) = (work.Today, work.Today.AddDays(-14), new Refusals());
        var due = await db.Set<DealTask>().AsNoTracking().Where(t => t.DoneAt == null && t.RemindedAt == null && t.DueOn <= today && t.DueOn >= oldest)
            .OrderBy(t => t.DueOn).Select(t => t.Id).Take(Batch).ToListAsync(ct);
        foreach (var id in due) refusals.Note(await remind.RunAsync(id, ct));
        // Only what is in somebody's hands by name: of a side alone nobody is asked in person.
        var reached = await db.Set<Milestone>().AsNoTracking().Where(m => m.DoneAt == null && m.RemindedAt == null && m.DueOn <= today && m.DueOn >= oldest && m.OwnerName != "")
            .OrderBy(m => m.DueOn).Select(m => m.Id).Take(Batch).ToListAsync(ct);
        foreach (var id in reached) refusals.Note(await milestone.RunAsync(id, ct));
        refusals.Note(await forget.RunAsync(work.Now.AddDays(-Removal.Days), ct));
        return refusals.End;
    }
}
