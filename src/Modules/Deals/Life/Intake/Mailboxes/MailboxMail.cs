using Microsoft.EntityFrameworkCore;
using Trellis.Identity.Published;
using Trellis.Kernel;
using Trellis.Notifications.Published;

namespace Trellis.Deals.Life.Intake.Mailboxes;

/// <summary>What channel operations are told of the mailbox.</summary>
internal sealed class MailboxMail(Work work, Notify notify)
{
    private const int Told = 5;

    public static readonly NotificationKind Kind = new("deals.mailbox", "Deals", "Forwarded mail could not be taken in", ByMail.Digest, null);

    /// <summary>A message waits for a person.</summary>
    public async Task ParkedAsync(MailboxMessage message, CancellationToken ct) => await notify.TellAsync(await PeopleAsync(ct), new News(Kind, "A forwarded mail could not be taken in", $"""
        It is still unread in the mailbox: {(message.Subject.Length > 0 ? message.Subject : "no subject")}
        {message.Reason}
        """, "/app/deals/mail", "Try again, or leave it:"), ct);

    /// <summary>The mailbox itself cannot be read.</summary>
    public async Task ClosedAsync(Problem problem, CancellationToken ct) =>
        await notify.TellAsync(await PeopleAsync(ct), new News(Kind, "The mailbox for forwarded mail cannot be read", problem.Message, "/app/deals/mail/mailbox", "Look at its settings:"), ct);

    private Task<List<PersonId>> PeopleAsync(CancellationToken ct) => People.WithRole(work.Db, Roles.ChannelOperations).OrderBy(p => p.Id).Select(p => p.Id).Take(Told).ToListAsync(ct);
}
