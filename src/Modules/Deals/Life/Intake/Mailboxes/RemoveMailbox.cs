using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Deals.Life.Intake.Mailboxes;

/// <summary>Nothing is read any more, and no password is kept.</summary>
internal sealed class RemoveMailbox(Work work) : UseCase<long?, Done>(work)
{
    protected override Permission Permission => LifePermissions.ConnectMailbox;

    protected override async Task<Result<Done>> HandleAsync(long? version, CancellationToken ct)
    {
        await Work.LockAsync(SetMailbox.Lock, ct);
        if (await Db.Set<Mailbox>().SingleOrDefaultAsync(ct) is not { } known) return default(Done);
        if (version is { } seen && seen != known.Version) return Problem.Stale();
        Db.Remove(known);
        if (await Db.Set<MailboxReading>().SingleOrDefaultAsync(ct) is { } reading) Db.Remove(reading);
        await SetMailbox.ForgetAsync(Work, ct);
        return default(Done);
    }
}
