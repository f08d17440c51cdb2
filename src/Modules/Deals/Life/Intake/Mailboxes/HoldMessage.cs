using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Deals.Life.Intake.Mailboxes;

/// <summary>A message that is about to be read.</summary>
internal sealed record MessageToHold(long Validity, long Uid, long Bytes);

/// <summary>Writes down that a message is begun; null where it was begun too often, or somebody else has it parked.</summary>
internal sealed class HoldMessage(Work work, MailboxMail mail) : UseCase<MessageToHold, MailboxMessageId?>(work)
{
    protected override Permission Permission => DealsPermissions.Clock;

    protected override async Task<Result<MailboxMessageId?>> HandleAsync(MessageToHold input, CancellationToken ct)
    {
        await Work.LockAsync(SetMailbox.Lock, ct);
        var message = await Db.Set<MailboxMessage>().SingleOrDefaultAsync(m => m.Validity == input.Validity && m.Uid == input.Uid, ct);
        if (message is null) Db.Add(message = new MailboxMessage { TenantId = Work.Tenant, Id = Work.NewId<MailboxMessageId>(), Validity = input.Validity, Uid = input.Uid, Bytes = input.Bytes });
        if (message.State != MailboxMessageState.InHand) return (MailboxMessageId?)null;
        if (message.Attempts < MailboxMessage.MostAttempts)
        {
            message.Begin(Work.Now);
            return message.Id;
        }

        message.Park(null, "", "It was begun three times, and reading it never came to an end.", Work.Now);
        await mail.ParkedAsync(message, ct);
        return (MailboxMessageId?)null;
    }
}
