using Microsoft.EntityFrameworkCore;
using Trellis.Incentives.Published;
using Trellis.Kernel;

namespace Trellis.Incentives;

/// <summary>Makes lines payable whose hold has ended: at most <see cref="Chunk"/> in one transaction. Returns how many.</summary>
internal sealed class ReleaseDue(Work work, EarningNews news) : UseCase<DateOnly, int>(work)
{
    public const int Chunk = 200;

    protected override Permission Permission => IncentivesPermissions.Accrue;

    protected override async Task<Result<int>> HandleAsync(DateOnly today, CancellationToken ct)
    {
        await Work.LockAsync("incentives.release", ct);
        var due = await Db.Set<Earning>()
            .Where(e => e.HoldUntil <= today && (e.State == EarningState.Accrued || e.State == EarningState.Approved || e.State == EarningState.OnHold))
            .OrderBy(e => e.HoldUntil).ThenBy(e => e.Id).Take(Chunk).ToListAsync(ct);
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
