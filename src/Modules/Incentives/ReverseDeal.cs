using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Incentives.Published;
using Trellis.Kernel;
using Trellis.Receipts.Published;

namespace Trellis.Incentives;

/// <summary>Takes back everything that was earned from a deal; nothing where nothing was earned. Returns how many lines.</summary>
internal sealed class ReverseDeal(Work work, Issuer issuer) : UseCase<(DealId Deal, string Reason), int>(work)
{
    protected override Permission Permission => IncentivesPermissions.Approve;

    protected override async Task<Result<int>> HandleAsync((DealId Deal, string Reason) input, CancellationToken ct)
    {
        await Work.LockAsync($"deal:{input.Deal}:won", ct);
        var earnings = await Db.Set<Earning>().Where(e => e.DealId == input.Deal && e.Kind == EarningKind.Earning && e.State != EarningState.Reversed).ToListAsync(ct);
        var count = 0;
        foreach (var earning in earnings)
        {
            var reversed = await ReverseEarning.ReverseAsync(Work, issuer, earning, input.Reason, ct);
            if (reversed.Ok) count++;
            else if (reversed.Problem.Code != IncentivesProblems.TakenBackAlready().Code) return reversed.Problem;
        }

        return count;
    }
}
