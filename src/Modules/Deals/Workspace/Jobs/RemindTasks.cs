using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Deals.Workspace.Jobs;

/// <summary>Reminds the owners of tasks that are due today or were due before, once each, and forgets what was removed long ago.</summary>
internal sealed class RemindTasks(Db db, Work work, RemindTask remind, ForgetRemoved forget) : IRecurring
{
    private const int Batch = 200;

    public async Task<Result<Done>> RunAsync(CancellationToken ct)
    {
        var (today, oldest, refusals) = (work.Today, work.Today.AddDays(-14), new Refusals());
        var due = await db.Set<DealTask>().AsNoTracking().Where(t => t.DoneAt == null && t.RemindedAt == null && t.DueOn <= today && t.DueOn >= oldest)
            .OrderBy(t => t.DueOn).Select(t => t.Id).Take(Batch).ToListAsync(ct);
        foreach (var id in due) refusals.Note(await remind.RunAsync(id, ct));
        refusals.Note(await forget.RunAsync(work.Now.AddDays(-Removal.Days), ct));
        return refusals.End;
    }
}
