using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Deals.Life.Intake.Mailboxes;

/// <summary>The mailbox as people and programs read it; never its password.</summary>
/// <param name="Set">Whether there is one.</param>
/// <param name="Since">Since when it is read: older mails are left as they are.</param>
/// <param name="Read">When it was read last.</param>
/// <param name="Problem">Why it could not be read; null where it could.</param>
/// <param name="Next">When it is tried again, after a fault.</param>
/// <param name="Parked">How many messages could not be taken in; counted to a limit.</param>
internal sealed record MailboxState(bool Set, string? Host, int Port, MailboxSecurity Security, string? User, string Folder, string? DoneFolder, bool On, DateTime? Since, DateTime? Read, string? Problem, DateTime? Next, int Parked, long Version) : IHasVersion
{
    public static async Task<MailboxState> ReadAsync(Work work, CancellationToken ct)
    {
        var box = await work.Db.Set<Mailbox>().AsNoTracking().SingleOrDefaultAsync(ct);
        var reading = await work.Db.Set<MailboxReading>().AsNoTracking().SingleOrDefaultAsync(ct);
        var parked = await work.Db.Set<MailboxMessage>().Where(m => m.State == MailboxMessageState.Parked).CountCappedAsync(ct);
        return new MailboxState(box is not null, box?.Host, box?.Port ?? 993, box?.Security ?? MailboxSecurity.Tls, box?.UserName, box?.Folder ?? Mailbox.Inbox, box?.DoneFolder, box?.IsOn ?? false, box is { IsOn: true } ? box.Since : null,
            reading?.At, reading?.Problem, reading?.NextAt, parked, box?.Version ?? 0);
    }
}

/// <summary>A message that could not be taken in.</summary>
internal sealed record ParkedLine(MailboxMessageId Id, string? From, string Subject, long Bytes, string? Reason, DateTime At);

/// <summary>What is asked of the list.</summary>
internal sealed record ParkedQuery(string? Cursor = null, int? Size = null);

/// <summary>The messages that could not be taken in, the newest first: page and API.</summary>
internal static class ParkedList
{
    public static async Task<Page<ParkedLine>> PageAsync(Work work, ParkedQuery query, CancellationToken ct) =>
        (await work.Db.Set<MailboxMessage>().AsNoTracking().Where(m => m.State == MailboxMessageState.Parked).PageAsync(m => m.Id, m => m.Id, true, new Paging(query.Cursor, query.Size ?? 20), ct))
            .Select(m => new ParkedLine(m.Id, m.FromAddress, m.Subject, m.Bytes, m.Reason, m.At));
}
