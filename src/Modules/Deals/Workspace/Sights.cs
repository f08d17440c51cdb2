using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Identity.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Workspace;

/// <summary>What the vendor's direct team may see of one deal. Without a row it sees everything.</summary>
internal sealed class DirectSight : ITenantOwned, IVersioned, IWatched
{
    public TenantId TenantId { get; init; }
    public DealId DealId { get; init; }
    public DealVisibility Level { get; set; }

    /// <summary>The parts that the level stood for when it was set; null in rows of before.</summary>
    public int? Reads { get; set; }

    public string SetByName { get; set; } = "";
    public DateTime SetAt { get; set; }
    public long Version { get; set; }

    public string Watched => DealId.ToString();

    /// <summary>Rows of deals of which the direct team does not read these parts, all of which a summary shows as delivered; for queries that leave them out.</summary>
    public static IQueryable<DirectSight> Without(Db db, int bits) => db.Set<DirectSight>()
        .Where(s => (s.Reads == null && (s.Level == DealVisibility.None || s.Level == DealVisibility.Counts)) || (s.Reads != null && (s.Reads.Value & bits) == 0));
}

/// <summary>Who sees how much of a deal. Pages, API, lists and files ask here; the portal's query filters say the same in SQL.</summary>
internal static class Sights
{
    /// <summary>
    /// The holder, and the vendor's people who answer for the program, see all. The direct team sees what was set for it. A team member sees its
    /// level; as long as it is only invited no more than what it is about, or a summary of a registration that shall be its own, too. Others see nothing.
    /// </summary>
    public static Sight Of(SightTable table, Actor actor, bool holds, DealMember? mine, Sight? direct)
    {
        if (!actor.IsPartner) return actor.May(DealsPermissions.SeeAll) ? Sight.Whole : direct ?? Sight.Whole;
        var sight = holds ? Sight.Whole : mine?.State switch
        {
            MemberState.Accepted => mine.Sight,
            MemberState.Invited when mine.Joint => mine.Visibility < DealVisibility.Summary ? mine.Sight : new Sight(DealVisibility.Summary, mine.Sight.Parts & SightTable.Delivered.Parts(DealVisibility.Summary)),
            _ => new Sight(DealVisibility.None, 0),
        };
        return sight with { Parts = sight.Parts & table.Left(actor) };
    }

    /// <summary>What this actor sees of a deal that it may find.</summary>
    public static async Task<Sight> OfAsync(Work work, Deal deal, CancellationToken ct)
    {
        var table = work.Db.Sights();
        if (work.Actor.Partner is { } partner)
        {
            var (id, holds) = (deal.Id, deal.IsHeldBy(partner));
            var mine = holds ? null : await work.Db.Set<DealMember>().AsNoTracking().SingleOrDefaultAsync(m => m.DealId == id && m.PartnerId == partner, ct);
            return Of(table, work.Actor, holds, mine, null);
        }

        return work.Actor.May(DealsPermissions.SeeAll) ? Sight.Whole : Of(table, work.Actor, false, null, await DirectAsync(work, deal.Id, ct));
    }

    /// <summary>What the direct team sees of a deal, whoever acts: a partner on the team does not read it, and its acts are told by it.</summary>
    public static Task<Sight?> DirectAsync(Work work, DealId deal, CancellationToken ct) => work.Kept<ShownTwice>().Directs.OrReadAsync(deal, () =>
        ReadDirectAsync(work, deal, ct));

    private static async Task<Sight?> ReadDirectAsync(Work work, DealId deal, CancellationToken ct) =>
        await work.Db.Set<DirectSight>().IgnoreQueryFilters([Db.PartnerFilter]).Where(s => s.DealId == deal).Select(s => new { s.Level, s.Reads }).SingleOrDefaultAsync(ct) is { } row ? Sight.Kept(row.Level, row.Reads) : null;

    /// <summary>The vendor's people that read a part of a deal: of the direct team nobody to whom the partner does not show it.</summary>
    public static async Task<IQueryable<PersonRow>> StaffAsync(Work work, DealId deal, DealPart part, CancellationToken ct) => await DirectAsync(work, deal, ct) is { } direct && !direct.Reads(part)
        ? People.WithRole(work.Db, [.. Roles.Staff.Where(r => r != Roles.DirectSeller)]) : People.OfVendor(work.Db);

    /// <summary>Whether lists must leave out amounts for this actor on some deals.</summary>
    public static bool IsLimited(Actor actor) => actor.Partner is not null || !actor.May(DealsPermissions.SeeAll);

    public static string Label(DealVisibility level) => level switch
    {
        DealVisibility.None => "Basics",
        DealVisibility.Counts => "Basics and numbers",
        DealVisibility.Summary => "Summary",
        _ => "All that is shared",
    };
}

/// <summary>Checks that all use cases of the workspace share.</summary>
internal static class WorkspaceGuard
{
    /// <summary>
    /// The deal, for somebody who works on it and reads this part of it, where one is named. What lies beyond an actor's sight is answered as if it
    /// were not there.
    /// </summary>
    public static async Task<Result<Deal>> WorkingOnAsync(this Work work, DealId id, DealPart? part, long? version, CancellationToken ct)
    {
        var found = await work.DealAsync(id, version, ct);
        if (!found.Ok) return found;
        var deal = found.Value;
        if (deal.State == DealState.Draft) return work.Actor.IsPartner ? WorkspaceProblems.NotYet() : DealsProblems.Missing();
        if (work.Actor.Partner is not { } partner || deal.IsHeldBy(partner)) return part is not { } own || (await Sights.OfAsync(work, deal, ct)).Reads(own) ? deal : WorkspaceProblems.OutOfSight();
        var mine = await work.Db.Set<DealMember>().AsNoTracking().SingleOrDefaultAsync(m => m.DealId == id && m.PartnerId == partner, ct);
        if (mine?.State != MemberState.Accepted) return DealsProblems.NotInvited();
        if (part is { } needed && !Sights.Of(work.Db.Sights(), work.Actor, false, mine, null).Reads(needed)) return WorkspaceProblems.OutOfSight();
        return SightTable.MemberWrites(deal.State, part) ? deal : WorkspaceProblems.OnlyReads(deal.State);
    }
}
