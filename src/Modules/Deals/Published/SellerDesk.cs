using Trellis.Deals.Workspace;
using Trellis.Kernel;

namespace Trellis.Deals.Published;

/// <summary>An open deal with a partner, for its direct seller; no amount where the partner does not show one.</summary>
public sealed record SellerDeal(DealId Id, string Title, string PartnerName, Money? Amount, DateTime StateSince);

/// <summary>What a direct seller works on together with partners.</summary>
public static class SellerDesk
{
    /// <summary>Whether this actor is of the direct team, and not one of those who answer for the program.</summary>
    public static bool IsFor(Actor actor) => !actor.IsPartner && actor.May(DealsPermissions.Seller) && !actor.May(DealsPermissions.SeeAll);

    /// <summary>The newest open deals of the actor's own opportunities and accounts, and how many there are.</summary>
    public static async Task<(IReadOnlyList<SellerDeal> Newest, int Count)> OpenAsync(Work work, int most, CancellationToken ct)
    {
        var open = (await SellerDeals.FindAsync(work, work.Actor.Person, ct)).Where(l => l.State != DealState.Won).ToList();
        return ([.. open.Take(most).Select(l => new SellerDeal(l.Deal, l.Title, l.PartnerName, l.Amount, l.StateSince))], open.Count);
    }
}
