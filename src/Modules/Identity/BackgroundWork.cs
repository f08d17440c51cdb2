using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Identity;

/// <summary>What an operator sees of the work behind the pages.</summary>
internal static class BackgroundWork
{
    public static async Task<(List<OutboxRow> Parked, List<JobRow> Jobs)> ReadAsync(Work work, CancellationToken ct) => (
        await work.Db.Set<OutboxRow>().AsNoTracking().Where(o => o.State == DeliveryState.Parked).OrderBy(o => o.Id).Take(200).ToListAsync(ct),
        await work.Db.Set<JobRow>().AsNoTracking().OrderByDescending(j => j.Id).Take(50).ToListAsync(ct));
}

/// <summary>Puts a parked delivery back into the queue.</summary>
internal sealed class RetryDelivery(Work work, Wake wake) : UseCase<DeliveryId, Done>(work)
{
    protected override Permission Permission => IdentityPermissions.ViewOperations;

    protected override async Task<Result<Done>> HandleAsync(DeliveryId input, CancellationToken ct)
    {
        if (await Db.Set<OutboxRow>().SingleOrDefaultAsync(o => o.Id == input && o.State == DeliveryState.Parked, ct) is not { } row) return Problem.Missing("delivery");
        (row.State, row.Attempts, row.NextAttemptAt) = (DeliveryState.Waiting, 0, Work.Now);
        Work.Note("identity.retry_delivery", "kernel_outbox", row.Id.ToString(), new { row.Event, row.Listener });
        Work.Afterwards(wake.Outbox);
        return default(Done);
    }
}
