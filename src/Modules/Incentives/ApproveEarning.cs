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

/// <summary>The plan's own hold period of a line: no hold by a person shortens it, and the end of one does not lengthen it.</summary>
internal static class HoldPeriod
{
    public static async Task<DateOnly> EndAsync(Db db, Earning earning, CancellationToken ct) =>
        AccrueDeal.HoldUntil(earning.WonAt, await db.Set<Plan>().Where(p => p.Id == earning.PlanId).Select(p => p.HoldDays).SingleAsync(ct));
}

/// <summary>The partner says that a line is wrong. It waits until somebody at the vendor has looked at it.</summary>
internal sealed class DisputeEarning(Work work) : UseCase<(EarningId Earning, string? Reason), EarningState>(work)
{
    protected override Permission Permission => IncentivesPermissions.Dispute;

    protected override async Task<Result<EarningState>> HandleAsync((EarningId Earning, string? Reason) input, CancellationToken ct)
    {
        var check = new Check().Text(input.Reason, "reason", "What is wrong", 1000);
        if (check.Problem is { } problem) return problem;
        var earning = await Db.Set<Earning>().SingleOrDefaultAsync(e => e.Id == input.Earning, ct);
        return earning is null ? IncentivesProblems.NoEarning() : earning.Move(Work, EarningTrigger.Dispute, input.Reason!.Trim());
    }
}
