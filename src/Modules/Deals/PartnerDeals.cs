using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Deals;

/// <summary>A partner's deals in three figures.</summary>
internal static class PartnerDeals
{
    public static async Task<(int Open, int Protected, int Won, long WonAmount)> FindAsync(Work work, PartnerId partner, CancellationToken ct)
    {
        var groups = await work.Db.Set<Deal>().Where(d => d.PartnerId == partner)
            .GroupBy(d => d.State).Select(g => new { g.Key, Count = g.Count(), Amount = g.Sum(d => d.MainAmount) }).ToListAsync(ct);
        int Of(params DealState[] states) => groups.Where(g => states.Contains(g.Key)).Sum(g => g.Count);
        return (Of(DealLifecycle.Pending), Of(DealLifecycle.Claiming), Of(DealState.Won), groups.Where(g => g.Key == DealState.Won).Sum(g => g.Amount));
    }
}

/// <summary>Shows them on the partner's page.</summary>
internal sealed class PartnerDealsPanel : IPartnerPanel
{
    public string Title => "Deals";

    public int Order => 20;

    public Permission? Permission => DealsPermissions.View;

    public Type Component => typeof(Web.DealsPanel);
}
