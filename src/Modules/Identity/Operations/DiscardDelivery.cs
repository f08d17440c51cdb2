using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Identity.Operations;

/// <summary>A delivery and why it shall not be delivered any more.</summary>
internal sealed record DiscardInput(DeliveryId Delivery, string? Reason);

/// <summary>Gives a parked delivery up, with a reason that stands in the audit.</summary>
internal sealed class DiscardDelivery(Work work) : UseCase<DiscardInput, Done>(work)
{
    protected override Permission Permission => IdentityPermissions.ManageOperations;

    protected override async Task<Result<Done>> HandleAsync(DiscardInput input, CancellationToken ct)
    {
        if (new Check().Text(input.Reason, "reason", "The reason", 500).Problem is { } problem) return problem;
        if (await Db.Set<OutboxRow>().SingleOrDefaultAsync(o => o.Id == input.Delivery && o.State == DeliveryState.Parked, ct) is not { } row) return Problem.Missing("parked delivery");
        row.State = DeliveryState.Discarded;
        Work.Note("identity.discard_delivery", "kernel_outbox", row.Id.ToString(), new { row.Event, row.Listener, row.LastError, reason = input.Reason!.Trim() });
        return default(Done);
    }
}
