using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;
using Trellis.Notifications.Published;

namespace Trellis.Receipts;

/// <summary>Mails the root of a day to some of those who want it; each gets it once, however often this is tried.</summary>
internal sealed class TellRoot(Work work, Notify notify, Links links) : UseCase<(DateOnly Day, IReadOnlyCollection<PersonId> People), Done>(work)
{
    protected override Permission Permission => ReceiptsPermissions.Seal;

    protected override async Task<Result<Done>> HandleAsync((DateOnly Day, IReadOnlyCollection<PersonId> People) input, CancellationToken ct)
    {
        var day = input.Day;
        if (await Db.Set<DayRoot>().AsNoTracking().SingleOrDefaultAsync(r => r.Day == day, ct) is not { } root) return Problem.Missing("root");
        await Work.LockAsync("receipts.tell_roots", ct);
        await notify.TellPartnersPeopleAsync(input.People, RootNews.Of(root, links), ct);
        return default(Done);
    }
}
