using Microsoft.EntityFrameworkCore;
using Trellis.Incentives.Published;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Incentives;

/// <summary>A partnership does not end while the partner has money to get.</summary>
internal sealed class UnpaidCheck(Work work) : IOffboardingCheck
{
    public string Code => "unpaid";

    public string Title => "Earnings paid out or settled";

    public int Order => 30;

    public async Task<OffboardingFinding> LookAsync(PartnerId partner, CancellationToken ct)
    {
        var count = await work.Db.Set<EarningRow>().CountAsync(e => e.PartnerId == partner && e.State != EarningState.Paid && e.State != EarningState.Reversed, ct);
        return count == 0 ? new(true, "Nothing is unpaid") : new(false, count == 1 ? "1 earning is not paid yet" : $"{count} earnings are not paid yet", $"/app/incentives/earnings?partner={partner}");
    }
}
