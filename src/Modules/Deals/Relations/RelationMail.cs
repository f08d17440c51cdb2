using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Deals.Published;
using Trellis.Identity.Published;
using Trellis.Kernel;
using Trellis.Notifications.Published;
using Trellis.Partners.Published;

namespace Trellis.Deals.Relations;

/// <summary>The kinds of news about customer relations.</summary>
internal static class RelationNews
{
    public static readonly NotificationKind Claimed = new("deals.relation_claimed", "Deals", "A partner claims a customer relation", ByMail.AtOnce, null);
    public static readonly NotificationKind Answered = new("deals.relation_answered", "Deals", "Who holds a customer relation of ours", null, ByMail.AtOnce);

    public static readonly NotificationKind[] All = [Claimed, Answered];
}

/// <summary>What is said about customer relations. No partner reads who else holds one.</summary>
internal sealed class RelationMail(Work work, Notify notify)
{
    /// <summary>To the partner manager, or where there is none to channel operations: a claim waits.</summary>
    public async Task ClaimedAsync(RelationClaim claim, CancellationToken ct)
    {
        await notify.TellAsync(await AnsweringAsync(work, claim.PartnerId, ct), new News(RelationNews.Claimed, $"Claims the relation: {claim.CustomerName}", $"""
            {work.Actor.PartnerName} says that it holds the relation with {claim.CustomerName}:

            {claim.Basis}
            """, $"/app/deals/{claim.DealId}#relation", "Confirm or refuse:"), ct);
    }

    /// <summary>Who answers a partner for the vendor: its manager, or where there is none channel operations.</summary>
    public static async Task<List<PersonId>> AnsweringAsync(Work work, PartnerId partner, CancellationToken ct)
    {
        if (await work.Db.Set<PartnerRow>().IgnoreQueryFilters([Db.PartnerFilter]).Where(p => p.Id == partner).Select(p => p.ManagerId).SingleOrDefaultAsync(ct) is { } manager) return [manager];
        return await People.WithRole(work.Db, Roles.ChannelOperations).OrderBy(p => p.Id).Select(p => p.Id).Take(5).ToListAsync(ct);
    }

    /// <summary>To the person who claimed: the answer.</summary>
    public Task AnsweredAsync(RelationClaim claim, CancellationToken ct)
    {
        var confirmed = claim.State == RelationClaimState.Confirmed;
        return notify.TellAsync(claim.PartnerId, claim.ClaimedBy, new News(RelationNews.Answered, confirmed ? $"Confirmed: the relation with {claim.CustomerName}" : $"Not confirmed: the relation with {claim.CustomerName}",
            $"{(confirmed ? "Your company is recorded as holding the relation with this customer." : "Your claim to hold the relation with this customer was refused.")}\n{claim.Answer}".TrimEnd(), $"/portal/deals/{claim.DealId}#relation", "See your deal:"), ct);
    }

    /// <summary>To partners that hold a relation from now on or no longer, where they have a deal with the customer: the customer by the name that they have written.</summary>
    public async Task ChangedAsync(AccountId account, RelationChanged changed, PartnerId? except, CancellationToken ct)
    {
        foreach (var (partner, gained) in changed.Gained.Select(p => (p, true)).Concat(changed.Lost.Select(p => (p, false))).Where(p => p.Item1 != except))
        {
            var deal = await work.Db.Set<Deal>().IgnoreQueryFilters([Db.PartnerFilter]).AsNoTracking().Where(d => d.AccountId == account && d.PartnerId == partner && d.State != DealState.Draft)
                .OrderByDescending(d => d.CreatedAt).Select(d => new { d.Id, d.CustomerName }).FirstOrDefaultAsync(ct);
            if (deal is null) continue;
            var people = await People.OfPartner(work.Db, partner, Roles.PartnerAdmin, Roles.PartnerSales).OrderBy(p => p.Id).Select(p => p.Id).Take(5).ToListAsync(ct);
            await notify.TellAsync(partner, people, new News(RelationNews.Answered, gained ? $"Yours: the relation with {deal.CustomerName}" : $"No longer yours: the relation with {deal.CustomerName}",
                gained ? "Your company is recorded as holding the relation with this customer." : "Your company is no longer recorded as holding the relation with this customer. If you do not agree, claim it on your deal.",
                $"/portal/deals/{deal.Id}#relation", "See your deal:"), ct);
        }
    }
}
