using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Deals.Workspace;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Deals.Distributors;

/// <summary>One company whose deals another one above it may see.</summary>
/// <param name="Distributor">The one above: a distributor, or a parent.</param>
/// <param name="Reseller">The one below: a reseller that it supplies, or a subsidiary.</param>
/// <param name="Kind">How they are tied.</param>
/// <param name="Sight">How much of the deals is seen; at no level: not even that there are any.</param>
/// <param name="Through">Where the reseller is supplied by another one that this one supplies: that one.</param>
internal sealed record ResellerTie(PartnerId Distributor, PartnerId Reseller, ResellerTieKind Kind, Sight Sight, PartnerId? Through = null)
{
    public DealVisibility Level => Sight.Level;
}

/// <summary>How a company is tied to the one that looks on.</summary>
internal enum ResellerTieKind
{
    /// <summary>It is supplied by it.</summary>
    Supplied,

    /// <summary>It is supplied by a distributor that this one supplies: two steps.</summary>
    SuppliedThrough,

    /// <summary>It belongs to its group of companies.</summary>
    Subsidiary,
}

/// <summary>
/// Deals of the resellers of a distributor, which it may read and nothing else: use cases find deals by the query filter of the table, and that knows nothing of this. So what is
/// read here must itself name the tie and the level, and leave out drafts and what is internal.
/// </summary>
internal static class ResellerDeals
{
    /// <summary>The words for what a level shows of a reseller's deals.</summary>
    public static string Words(Sight sight) => sight.Level switch
    {
        DealVisibility.None => "Not even that there are deals",
        DealVisibility.Counts when sight.Parts == PartBits.Of(DealPart.Numbers) => "Customer, product and status, and how many tasks, messages, files and people at the customer there are",
        _ => SightWords.Shows(sight.Parts),
    };

    public static string Label(DealVisibility level) => level == DealVisibility.None ? "Nothing" : Workspace.Sights.Label(level);

    public static string Label(ResellerTieKind kind) => kind switch
    {
        ResellerTieKind.Supplied => "Supplied reseller",
        ResellerTieKind.SuppliedThrough => "Supplied through another distributor",
        _ => "Subsidiary",
    };

    /// <summary>
    /// The level that holds: what was set, or else a summary of those that it supplies itself. A distributor's resellers are its own business, so the one above it sees them only where the vendor
    /// has opened them, as with subsidiaries.
    /// </summary>
    public static DealVisibility Level(ResellerTieKind kind, DealVisibility? set) => set ?? (kind == ResellerTieKind.Supplied ? DealVisibility.Summary : DealVisibility.None);

    // What was set keeps the parts that it stood for then; what nobody has set goes by the table of now.
    private static Sight SightOf(Db db, ResellerTieKind kind, DealVisibility? set, int? reads) => set is { } level ? Sight.Kept(level, reads) : db.Sights().At(Level(kind, null));

    /// <summary>The deals of those below this partner, as far as it may know of them at all.</summary>
    public static IQueryable<Deal> Of(Work work, PartnerId distributor)
    {
        var seen = Seen(work.Db, distributor);
        return work.Db.Set<Deal>().IgnoreQueryFilters([Db.PartnerFilter]).AsNoTracking()
            .Where(d => d.State != DealState.Draft && d.PartnerId != distributor && seen.Contains(d.PartnerId));
    }

    private static IQueryable<PartnerId> Seen(Db db, PartnerId distributor)
    {
        var set = db.Set<ResellerSight>().Where(s => s.DistributorId == distributor);
        var supplied = db.Set<SupplyRow>().Where(s => s.FromId == distributor && s.Kind == SupplyRow.Supplies && !set.Any(x => x.ResellerId == s.ToId && x.Level == DealVisibility.None)).Select(s => s.ToId);
        var through = Through(db).Where(t => t.DistributorId == distributor && set.Any(x => x.ResellerId == t.ResellerId && x.Level != DealVisibility.None)).Select(t => t.ResellerId);
        var group = db.Set<PartnerLineageRow>().Where(l => l.AncestorId == distributor && set.Any(x => x.ResellerId == l.DescendantId && x.Level != DealVisibility.None)).Select(l => l.DescendantId);
        return supplied.Union(through).Union(group);
    }

    // Two steps: one supplies a distributor, and that one supplies the reseller. The second tie is not the first one's own, so whoever reads this leaves the partner's filter aside.
    private static IQueryable<Tie> Through(Db db) =>
        from a in db.Set<SupplyRow>()
        join b in db.Set<SupplyRow>() on new { a.TenantId, Id = a.ToId } equals new { b.TenantId, Id = b.FromId }
        where a.Kind == SupplyRow.Supplies && b.Kind == SupplyRow.Supplies && a.FromId != b.ToId
        select new Tie { TenantId = a.TenantId, DistributorId = a.FromId, ResellerId = b.ToId, ThroughId = a.ToId, Kind = ResellerTieKind.SuppliedThrough };

    /// <summary>Leaves the partner's filter aside where the sight of a reseller's deal has been decided; the query itself must then name what is shared.</summary>
    public static IQueryable<T> Below<T>(this IQueryable<T> rows, bool below) where T : class => below ? rows.IgnoreQueryFilters([Db.PartnerFilter]) : rows;

    /// <summary>Whether there is anybody below this partner whose deals it may see.</summary>
    public static Task<bool> AnyAsync(Work work, PartnerId distributor, CancellationToken ct)
    {
        var seen = Seen(work.Db, distributor);
        return work.Db.Set<PartnerRow>().IgnoreQueryFilters([Db.PartnerFilter]).AnyAsync(p => seen.Contains(p.Id), ct);
    }

    /// <summary>A deal of a reseller for an actor that is above it, with its level; null for anybody else.</summary>
    public static async Task<(Deal Deal, Sight Sight)?> FindAsync(Work work, DealId id, CancellationToken ct)
    {
        if (work.Actor.Partner is not { } distributor) return null;
        if (await Of(work, distributor).SingleOrDefaultAsync(d => d.Id == id, ct) is not { } deal) return null;
        var ties = await TiesAsync(work, t => t.DistributorId == distributor && t.ResellerId == deal.PartnerId, ct);
        return ties is [{ Level: > DealVisibility.None } tie] ? (deal, tie.Sight with { Parts = tie.Sight.Parts & work.Db.Sights().Left(work.Actor) }) : null;
    }

    /// <summary>Those below this partner, each with what is seen of its deals.</summary>
    public static Task<List<ResellerTie>> BelowAsync(Work work, PartnerId distributor, CancellationToken ct) => TiesAsync(work, t => t.DistributorId == distributor, ct);

    /// <summary>Those above this partner, each with what it sees of the partner's deals.</summary>
    public static async Task<List<ResellerTie>> AboveAsync(Work work, PartnerId reseller, CancellationToken ct)
    {
        var known = work.Kept<KnownAbove>().Ties;
        return known.TryGetValue(reseller, out var ties) ? ties : known[reseller] = await TiesAsync(work, t => t.ResellerId == reseller, ct);
    }

    private static async Task<List<ResellerTie>> TiesAsync(Work work, System.Linq.Expressions.Expression<Func<Tie, bool>> which, CancellationToken ct)
    {
        // Whoever asks has said whose ties these are; the other end's own filter would hide the levels that were set.
        var db = work.Db;
        var all = db.Set<SupplyRow>().Where(s => s.Kind == SupplyRow.Supplies).Select(s => new Tie { TenantId = s.TenantId, DistributorId = s.FromId, ResellerId = s.ToId, ThroughId = s.FromId, Kind = ResellerTieKind.Supplied })
            .Concat(Through(db))
            .Concat(db.Set<PartnerLineageRow>().Select(l => new Tie { TenantId = l.TenantId, DistributorId = l.AncestorId, ResellerId = l.DescendantId, ThroughId = l.AncestorId, Kind = ResellerTieKind.Subsidiary }));
        var rows = await (
            from t in all.Where(which)
            join s in db.Set<ResellerSight>() on new { t.TenantId, t.DistributorId, t.ResellerId } equals new { s.TenantId, s.DistributorId, s.ResellerId } into sights
            from s in sights.DefaultIfEmpty()
            select new { t.DistributorId, t.ResellerId, t.ThroughId, t.Kind, Level = (DealVisibility?)s.Level, s.Reads }).IgnoreQueryFilters([Db.PartnerFilter]).ToListAsync(ct);
        // Of several ties between the same two, the nearest counts.
        return [.. rows.GroupBy(r => (r.DistributorId, r.ResellerId)).Select(g => (g.Key, Tie: g.OrderBy(r => r.Kind).ThenBy(r => r.ThroughId.Value).First()))
            .Select(g => new ResellerTie(g.Key.DistributorId, g.Key.ResellerId, g.Tie.Kind, SightOf(db, g.Tie.Kind, g.Tie.Level, g.Tie.Reads), g.Tie.Kind == ResellerTieKind.SuppliedThrough ? g.Tie.ThroughId : null))];
    }

    private sealed class Tie
    {
        public TenantId TenantId { get; init; }
        public PartnerId DistributorId { get; init; }
        public PartnerId ResellerId { get; init; }
        public PartnerId ThroughId { get; init; }
        public ResellerTieKind Kind { get; init; }
    }
}

/// <summary>Those above a partner, as a page has read them already.</summary>
internal sealed class KnownAbove
{
    public Dictionary<PartnerId, List<ResellerTie>> Ties { get; } = [];
}
