using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Deals.Life.Intake.Mailboxes;

/// <summary>A message that cannot be taken in, and why.</summary>
internal sealed record MessageToPark(MailboxMessageId Id, string? From, string Subject, string Reason);

/// <summary>Puts a message aside until a person has looked; it stays unread in the mailbox.</summary>
internal sealed class ParkMessage(Work work, MailboxMail mail) : UseCase<MessageToPark, Done>(work)
{
    protected override Permission Permission => DealsPermissions.Clock;

    protected override async Task<Result<Done>> HandleAsync(MessageToPark input, CancellationToken ct)
    {
        if (await Db.Set<MailboxMessage>().SingleOrDefaultAsync(m => m.Id == input.Id, ct) is not { } message) return default(Done);
        message.Park(input.From is { } from ? Text.Storable(from, 300) : null, Text.Storable(input.Subject, 300), Text.Storable(input.Reason, 500), Work.Now);
        await mail.ParkedAsync(message, ct);
        return default(Done);
    }
}
