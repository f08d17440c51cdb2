using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Deals.Life.Intake.Mailboxes;

/// <summary>Writes down how the mailbox was read. After a fault it is left alone for 1, 2, 4 … minutes, at most an hour; people are told of the third in a row.</summary>
internal sealed class NoteReading(Work work, MailboxMail mail) : UseCase<Problem?, Done>(work)
{
    private const int ToldAfter = 3;
    private const int LongestPause = 60;

    protected override Permission Permission => DealsPermissions.Clock;

    /// <summary>How long it is left alone after so many faults in a row.</summary>
    public static TimeSpan Pause(int faults) => TimeSpan.FromMinutes(Math.Min(LongestPause, 1 << Math.Clamp(faults - 1, 0, 6)));

    protected override async Task<Result<Done>> HandleAsync(Problem? problem, CancellationToken ct)
    {
        var reading = await Db.Set<MailboxReading>().SingleOrDefaultAsync(ct);
        if (reading is null) Db.Add(reading = new MailboxReading { TenantId = Work.Tenant });
        reading.At = Work.Now;
        reading.Problem = problem?.Message;
        reading.Faults = problem is null ? 0 : reading.Faults + 1;
        reading.NextAt = problem is null ? null : Work.Now + Pause(reading.Faults);
        if (reading.Faults == ToldAfter) await mail.ClosedAsync(problem!, ct);
        return default(Done);
    }
}
