using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Deals.Life.Intake.Mailboxes;

/// <summary>
/// Reads the mailbox: each unread message is handed to <see cref="ReceiveMail"/>, and marked as done after that. Whoever is killed in between does it once more, and the message's own id keeps it from
/// becoming two drafts. What cannot be taken in is parked, and the next one has its turn. One node reads at a time (the schedule's claim), the network is asked outside of any transaction.
/// </summary>
internal sealed class ReadMailbox(Work work, Outbound outbound, TimeProvider clock, MailboxKeys keys, ReceiveMail receive, SortMailbox sort, HoldMessage hold, ParkMessage park, SettleMessage settle, NoteReading note) : IRecurring
{
    private const int MostMessages = 50;
    private const int Beginning = 16_384;
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(45);

    /// <summary>The day from which messages are taken: one more, since the server names days by a clock of its own.</summary>
    public static DateTime From(DateTime since) => since.Date.AddDays(-1);

    public async Task<Result<Done>> RunAsync(CancellationToken ct)
    {
        if (await work.Db.Set<Mailbox>().AsNoTracking().SingleOrDefaultAsync(b => b.IsOn, ct) is not { } box) return default(Done);
        var now = work.Now;
        if (await work.Db.Set<MailboxReading>().AnyAsync(r => r.NextAt > now, ct)) return default(Done);
        var read = await ReadAsync(box, ct);
        var noted = await note.RunAsync(read.Problem, ct);
        return read.Ok ? noted : read;
    }

    private async Task<Result<Done>> ReadAsync(Mailbox box, CancellationToken ct)
    {
        if (keys.Open(box) is not { } door) return MailboxProblems.SealedElsewhere();
        var opened = await ImapSession.OpenAsync(outbound, clock, door, ct);
        if (!opened.Ok) return opened.Problem;
        await using var session = opened.Value;
        var unseen = await session.UnseenAsync(From(box.Since), ct);
        if (!unseen.Ok) return unseen.Problem;
        var sorted = await sort.RunAsync(new MailboxLook(session.Validity, unseen.Value), ct);
        if (!sorted.Ok) return sorted.Problem;
        foreach (var (id, uid) in sorted.Value.Left)
            if (await FinishAsync(session, id, uid, ct) is { } problem) return problem;
        var due = sorted.Value.Due.Take(MostMessages).ToList();
        var sizes = await session.SizesAsync(due, ct);
        if (!sizes.Ok) return sizes.Problem;
        var began = clock.GetTimestamp();
        foreach (var uid in due)
        {
            if (clock.GetElapsedTime(began) > Turn) break;
            if (await TakeAsync(session, uid, sizes.Value.GetValueOrDefault(uid), ct) is { } problem) return problem;
        }

        return default(Done);
    }

    // Null where the next message may have its turn.
    private async Task<Problem?> TakeAsync(ImapSession session, long uid, long size, CancellationToken ct)
    {
        var held = await hold.RunAsync(new MessageToHold(session.Validity, uid, size), ct);
        if (!held.Ok) return held.Problem;
        if (held.Value is not { } id) return null;
        var large = size > MailText.Longest;
        var read = await session.ReadAsync(uid, large ? Beginning : MailText.Longest, ct);
        // The fault of the network, or of the server, is none of the message's.
        if (!read.Ok) return await SettleAsync(id, read.Problem, ct);
        if (read.Value.Length == 0) return await SettleAsync(id, null, ct);
        if (large) return await ParkAsync(id, read.Value, $"It is larger than {MailText.Longest / 1_000_000} MB.", ct);
        var taken = await receive.RunAsync(read.Value, ct);
        if (taken.Ok) return await FinishAsync(session, id, uid, ct);
        return taken.Problem.Kind == ProblemKind.Busy ? await SettleAsync(id, taken.Problem, ct) : await ParkAsync(id, read.Value, taken.Problem.Message, ct);
    }

    private async Task<Problem?> FinishAsync(ImapSession session, MailboxMessageId id, long uid, CancellationToken ct)
    {
        var finished = await session.FinishAsync(uid, ct);
        // Who has said that nothing shall be made of it need not say so again.
        return finished.Ok ? await SettleAsync(id, null, ct) : finished.Problem;
    }

    private async Task<Problem?> SettleAsync(MailboxMessageId id, Problem? problem, CancellationToken ct) => (await settle.RunAsync(id, ct)).Problem ?? problem;

    private async Task<Problem?> ParkAsync(MailboxMessageId id, byte[] message, string reason, CancellationToken ct)
    {
        var read = MailText.Read(message);
        return (await park.RunAsync(new MessageToPark(id, read?.From, read?.Subject ?? "", reason), ct)).Problem;
    }
}
