using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Deals.Life.Intake.Mailboxes;

/// <summary>What was found in a mailbox that could be opened.</summary>
/// <param name="Waiting">How many unread messages there are that came since it was switched on.</param>
internal sealed record MailboxTrial(string Folder, int Waiting);

/// <summary>Opens the mailbox now and takes nothing, so that whoever sets it up sees at once whether all of it is right.</summary>
internal sealed class TryMailbox(Work work, Outbound outbound, TimeProvider clock, MailboxKeys keys)
{
    public async Task<Result<MailboxTrial>> RunAsync(CancellationToken ct)
    {
        if (!work.Actor.May(LifePermissions.ConnectMailbox)) return Problem.Denied(LifePermissions.ConnectMailbox);
        if (work.Actor.ViewedBy is not null) return Problem.OnlyLooking();
        if (await work.Db.Set<Mailbox>().AsNoTracking().SingleOrDefaultAsync(ct) is not { } box) return MailboxProblems.NotSet();
        if (keys.Open(box) is not { } door) return MailboxProblems.SealedElsewhere();
        var opened = await ImapSession.OpenAsync(outbound, clock, door, ct);
        if (!opened.Ok) return opened.Problem;
        await using var session = opened.Value;
        var unseen = await session.UnseenAsync(ReadMailbox.From(box.IsOn ? box.Since : work.Now), ct);
        return unseen.Ok ? new MailboxTrial(box.Folder, unseen.Value.Count) : unseen.Problem;
    }
}
