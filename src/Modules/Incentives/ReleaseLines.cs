using Microsoft.EntityFrameworkCore;
using Trellis.Incentives.Published;
using Trellis.Kernel;

namespace Trellis.Incentives;

/// <summary>Makes lines payable whose hold has ended, unless somebody has moved them meanwhile. Returns how many.</summary>
internal sealed class ReleaseLines(Work work, EarningNews news) : UseCase<(DateOnly Today, EarningId[] Lines), int>(work)
{
    protected override Permission Permission => IncentivesPermissions.Accrue;

    public static IQueryable<Earning> Due(Db db, DateOnly today) =>
        db.Set<Earning>().Where(e => e.HoldUntil <= today && (e.State == EarningState.Accrued || e.State == EarningState.Approved || e.State == EarningState.OnHold));

    protected override async Task<Result<int>> HandleAsync((DateOnly Today, EarningId[] Lines) input, CancellationToken ct)
    {
        await Work.LockAsync("incentives.release", ct);
        var due = await Due(Db, input.Today).Where(e => input.Lines.Contains(e.Id)).OrderBy(e => e.HoldUntil).ThenBy(e => e.Id).ToListAsync(ct);
        foreach (var earning in due)
        {
            var moved = earning.Move(Work, EarningTrigger.Release);
            if (!moved.Ok) return moved.Problem;
            Ledger.Post(Work, $"earning:{earning.Id}:released", TransactionKind.Release, $"Hold ended: {earning.DealTitle}", Ledger.Release(earning));
        }

        await news.PayableAsync(due, ct);
        return due.Count;
    }
}
