using Microsoft.EntityFrameworkCore;
using Trellis.Incentives.Published;
using Trellis.Kernel;

namespace Trellis.Incentives;

/// <summary>Confirms a line, or lifts a hold or a dispute. The plan's hold period still runs to its end, however long the hold was to last.</summary>
internal sealed class ApproveEarning(Work work) : UseCase<(EarningId Earning, string? Reason), EarningState>(work)
{
    protected override Permission Permission => IncentivesPermissions.Approve;

    protected override async Task<Result<EarningState>> HandleAsync((EarningId Earning, string? Reason) input, CancellationToken ct)
    {
        if (new Check().Text(input.Reason, "reason", "The reason", 1000, required: false).Problem is { } problem) return problem;
        var earning = await Db.Set<Earning>().SingleOrDefaultAsync(e => e.Id == input.Earning, ct);
        if (earning is null) return IncentivesProblems.NoEarning();
        var moved = earning.Move(Work, EarningTrigger.Approve, Text.OrNull(input.Reason));
        if (moved.Ok) earning.HoldTo(await HoldPeriod.EndAsync(Db, earning, ct));
        return moved;
    }
}

/// <summary>The plan's own hold period of a line: no hold by a person shortens it, and the end of one does not lengthen it.</summary>
internal static class HoldPeriod
{
    public static async Task<DateOnly> EndAsync(Db db, Earning earning, CancellationToken ct) =>
        AccrueDeal.HoldUntil(earning.WonAt, await db.Set<Plan>().Where(p => p.Id == earning.PlanId).Select(p => p.HoldDays).SingleAsync(ct));
}
