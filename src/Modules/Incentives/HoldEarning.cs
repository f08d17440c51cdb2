using Microsoft.EntityFrameworkCore;
using Trellis.Incentives.Published;
using Trellis.Kernel;

namespace Trellis.Incentives;

/// <summary>Holds a line with a reason, until a day or until somebody approves it.</summary>
internal sealed class HoldEarning(Work work) : UseCase<(EarningId Earning, string? Reason, DateOnly? Until), EarningState>(work)
{
    protected override Permission Permission => IncentivesPermissions.Approve;

    protected override async Task<Result<EarningState>> HandleAsync((EarningId Earning, string? Reason, DateOnly? Until) input, CancellationToken ct)
    {
        if (Text.OrNull(input.Reason) is not { } reason) return IncentivesProblems.ReasonNeeded();
        if (new Check().Text(reason, "reason", "The reason", 1000).Problem is { } problem) return problem;
        if (input.Until <= Work.Today) return IncentivesProblems.HoldInPast();
        var earning = await Db.Set<Earning>().SingleOrDefaultAsync(e => e.Id == input.Earning, ct);
        if (earning is null) return IncentivesProblems.NoEarning();
        var moved = earning.Move(Work, EarningTrigger.Hold, reason);
        if (!moved.Ok) return moved;
        var plan = await HoldPeriod.EndAsync(Db, earning, ct);
        earning.HoldTo(input.Until > plan ? input.Until : input.Until is null ? null : plan);
        return moved;
    }
}
