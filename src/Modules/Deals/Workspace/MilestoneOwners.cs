using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Workspace;

/// <summary>In whose hands a milestone may be: the vendor, a partner on the deal that reads the plan, one of their people, or the customer.</summary>
internal static class MilestoneOwners
{
    public static async Task<IReadOnlyList<TaskOwner>> FindAsync(Work work, Deal deal, CancellationToken ct)
    {
        var id = deal.Id;
        var places = await work.Db.Set<DealMember>().IgnoreQueryFilters([Db.PartnerFilter]).AsNoTracking().Where(m => m.DealId == id && m.State == MemberState.Accepted).ToListAsync(ct);
        return await AmongAsync(work, deal, places, ct);
    }

    /// <summary>The same where the team is known.</summary>
    public static Task<IReadOnlyList<TaskOwner>> AmongAsync(Work work, Deal deal, IEnumerable<DealMember> places, CancellationToken ct) => TaskOwners.AmongAsync(work, deal.Id,
        [.. new[] { deal.PartnerId, deal.DistributorId ?? deal.PartnerId }.Concat(places.Where(m => m.State == MemberState.Accepted && m.Sight.Reads(DealPart.Plan)).Select(m => m.PartnerId)).Distinct()], ct, DealPart.Plan);

    /// <summary>The owner as a form posts it: a person, a partner, or a side.</summary>
    public static string Key(Milestone milestone) => milestone.OwnerPerson is { } person ? person.ToString() : milestone.OwnerPartner is { } partner ? partner.ToString() : Words.Of(milestone.Owner);

    /// <summary>Puts it into somebody's hands; null where it is done. Without a key it goes to a side, as it did before companies were named.</summary>
    public static async Task<Problem?> GiveAsync(Work work, Deal deal, Milestone milestone, DealSide? side, string? key, CancellationToken ct)
    {
        var wanted = Kernel.Text.OrNull(key);
        if (wanted is null)
        {
            if (side is { } given && given != milestone.Owner) Take(milestone, given, null, null, "");
            return null;
        }

        // Whoever has left the deal keeps what it has until somebody else is chosen.
        if (wanted == Key(milestone) && milestone.OwnerName.Length > 0) return null;
        if (wanted == Words.Of(DealSide.Customer) || wanted == Words.Of(DealSide.Partner))
        {
            Take(milestone, wanted == Words.Of(DealSide.Customer) ? DealSide.Customer : DealSide.Partner, null, null, "");
            return null;
        }

        if ((await FindAsync(work, deal, ct)).FirstOrDefault(o => o.Key == wanted) is not { } owner) return WorkspaceProblems.NoOwner();
        Take(milestone, owner.Partner is null ? DealSide.Vendor : DealSide.Partner, owner.Partner, owner.Person, owner.Person is null && owner.Partner is null ? Coalitions.Agreeing.Vendor(work) : owner.Name);
        return null;
    }

    /// <summary>
    /// What a partner had in its hands when it left falls to the one that holds the deal; the titles of it, for who is told. Removed ones may come back, so they go along.
    /// </summary>
    public static async Task<IReadOnlyList<string>> FallBackAsync(Work work, DealId deal, PartnerId leaver, PartnerId holder, CancellationToken ct)
    {
        var all = await work.Db.Set<Milestone>().IgnoreQueryFilters([Db.PartnerFilter, Db.RemovedFilter]).Where(m => m.DealId == deal && m.OwnerPartner == leaver && m.DoneAt == null).OrderBy(m => m.Place).ToListAsync(ct);
        if (all.Count == 0) return [];
        var name = (await DealList.PartnerNamesAsync(work, [holder], ct)).GetValueOrDefault(holder, "");
        foreach (var milestone in all) Take(milestone, DealSide.Partner, holder, null, name);
        return [.. all.Where(m => m.RemovedAt is null).Select(m => m.Title)];
    }

    private static void Take(Milestone milestone, DealSide side, PartnerId? partner, PersonId? person, string name) =>
        (milestone.Owner, milestone.OwnerPartner, milestone.OwnerPerson, milestone.OwnerName, milestone.RemindedAt) = (side, partner, person, name, null);
}
