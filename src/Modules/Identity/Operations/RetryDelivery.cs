using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Identity.Operations;

/// <summary>Puts a parked or failing delivery at the head of the queue, or all parked ones where none is named.</summary>
internal sealed class RetryDelivery(Work work, Wake wake) : UseCase<DeliveryId?, int>(work)
{
    private const int Most = 1000;

    protected override Permission Permission => IdentityPermissions.ViewOperations;

    protected override async Task<Result<int>> HandleAsync(DeliveryId? input, CancellationToken ct)
    {
        var rows = Db.Set<OutboxRow>().Where(o => o.State == DeliveryState.Parked || (o.State == DeliveryState.Waiting && o.LastError != null));
        var found = input is { } id
            ? await rows.Where(o => o.Id == id).ToListAsync(ct)
            : await rows.Where(o => o.State == DeliveryState.Parked).OrderBy(o => o.Id).Take(Most).ToListAsync(ct);
        if (input is not null && found.Count == 0) return Problem.Missing("delivery");
        foreach (var row in found)
        {
            (row.State, row.Attempts, row.NextAttemptAt, row.LeasedUntil) = (DeliveryState.Waiting, 0, Work.Now, null);
            Work.Note("identity.retry_delivery", "kernel_outbox", row.Id.ToString(), new { row.Event, row.Listener });
        }

        Work.Afterwards(wake.Outbox);
        return found.Count;
    }
}
