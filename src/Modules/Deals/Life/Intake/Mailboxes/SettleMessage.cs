using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Deals.Life.Intake.Mailboxes;

/// <summary>A message was taken in, is gone, or shall be begun anew: nothing of it stays in the book.</summary>
internal sealed class SettleMessage(Work work) : UseCase<MailboxMessageId, Done>(work)
{
    protected override Permission Permission => DealsPermissions.Clock;

    protected override async Task<Result<Done>> HandleAsync(MailboxMessageId id, CancellationToken ct)
    {
        if (await Db.Set<MailboxMessage>().SingleOrDefaultAsync(m => m.Id == id, ct) is { } message) Db.Remove(message);
        return default(Done);
    }
}
