using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Deals.Published;
using Trellis.Deals.Workspace;
using Trellis.Kernel;

namespace Trellis.Deals;

/// <summary>
/// Whose deals one may link and close. Who answers for the program: all. One of the direct team: where it owns the opportunity, or the account as long as no opportunity is linked, and the partner shows it
/// at least a summary.
/// </summary>
internal static class Closing
{
    public static async Task<Problem?> RefusedAsync(Work work, Deal deal, CancellationToken ct) =>
        work.Actor.May(DealsPermissions.SeeAll) ? null : await RefusedAsync(work, deal, deal.OpportunityId is { } id ? await work.Db.Set<OpportunityRow>().AsNoTracking().SingleOrDefaultAsync(o => o.Id == id, ct) : null, ct);

    public static async Task<Problem?> RefusedAsync(Work work, Deal deal, OpportunityRow? opportunity, CancellationToken ct)
    {
        if (work.Actor.May(DealsPermissions.SeeAll)) return null;
        if (!(await Sights.OfAsync(work, deal, ct)).Reads(DealPart.Figures)) return DealsProblems.NotYourDeal();
        var owner = opportunity is not null ? opportunity.OwnerId
            : deal.AccountId is { } account ? await work.Db.Set<AccountRow>().Where(a => a.Id == account).Select(a => a.OwnerId).SingleOrDefaultAsync(ct) : null;
        return owner is { } person && person == work.Actor.Person ? null : DealsProblems.NotYourDeal();
    }
}
