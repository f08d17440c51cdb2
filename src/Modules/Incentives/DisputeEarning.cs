using Microsoft.EntityFrameworkCore;
using Trellis.Incentives.Published;
using Trellis.Kernel;

namespace Trellis.Incentives;

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
