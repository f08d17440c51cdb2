using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Deals.Life.Intake.Mailboxes;

/// <summary>The unread messages that the mailbox has now.</summary>
internal sealed record MailboxLook(long Validity, IReadOnlyCollection<long> Unseen);

/// <summary>What is to be done: messages to take in, those begun before at the end, and messages to mark as done at once.</summary>
internal sealed record MailboxOrder(IReadOnlyList<long> Due, IReadOnlyList<(MailboxMessageId Id, long Uid)> Left);

/// <summary>Compares the mailbox with the book: what somebody has read, moved or deleted there is forgotten here.</summary>
internal sealed class SortMailbox(Work work) : UseCase<MailboxLook, MailboxOrder>(work)
{
    private const int Most = 5000;

    protected override Permission Permission => DealsPermissions.Clock;

    protected override async Task<Result<MailboxOrder>> HandleAsync(MailboxLook input, CancellationToken ct)
    {
        var unseen = input.Unseen.ToHashSet();
        var book = await Db.Set<MailboxMessage>().OrderBy(m => m.Id).Take(Most).ToListAsync(ct);
        Db.RemoveRange(book.Where(m => m.Validity != input.Validity || !unseen.Contains(m.Uid)));
        var known = book.Where(m => m.Validity == input.Validity && unseen.Contains(m.Uid)).ToDictionary(m => m.Uid);
        return new MailboxOrder([.. input.Unseen.Where(u => known.GetValueOrDefault(u) is null or { State: MailboxMessageState.InHand }).OrderBy(u => known.GetValueOrDefault(u)?.Attempts ?? 0).ThenBy(u => u)],
            [.. known.Values.Where(m => m.State == MailboxMessageState.Left).Select(m => (m.Id, m.Uid))]);
    }
}
