using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Partners.Graph;

/// <summary>A company of a group, or a reseller that a distributor supplies.</summary>
internal sealed record FamilyMember(PartnerId Id, string Name, string Country, PartnerState State, Tier Tier, int Depth)
{
    public IReadOnlyList<PartnerFigure> Figures { get; init; } = [];
}

/// <summary>A group as seen from one partner: those above it, those below it with their figures, and the sums over itself and all below.</summary>
internal sealed record FamilyView(IReadOnlyList<FamilyMember> Above, IReadOnlyList<FamilyMember> Below, IReadOnlyList<PartnerFigure> Own, IReadOnlyList<PartnerFigure> Together, IReadOnlyList<FamilyMember> Supplied);

/// <summary>Groups of companies. A partner has at most one parent, so a group is a tree and its lineage is exact.</summary>
internal static class Family
{
    private const int Deepest = 8;
    private const int MostShown = 200;

    /// <summary>Notes that a parent got a child, or says why it may not. The caller holds the lock on relations.</summary>
    public static async Task<Problem?> JoinAsync(Work work, PartnerId parent, PartnerId child, CancellationToken ct)
    {
        var lineage = work.Db.Set<Lineage>();
        if (await lineage.AnyAsync(l => l.DescendantId == child && l.Depth == 1, ct)) return Problem.Invalid("other", "This partner has a parent already.");
        if (await lineage.AnyAsync(l => l.AncestorId == child && l.DescendantId == parent, ct)) return Problem.Invalid("other", "This partner stands above the other one already.");
        var above = await lineage.Where(l => l.DescendantId == parent).Select(l => new { Id = l.AncestorId, l.Depth }).ToListAsync(ct);
        var below = await lineage.Where(l => l.AncestorId == child).Select(l => new { Id = l.DescendantId, l.Depth }).ToListAsync(ct);
        above.Add(new { Id = parent, Depth = 0 });
        below.Add(new { Id = child, Depth = 0 });
        if (above.Max(a => a.Depth) + below.Max(b => b.Depth) + 1 > Deepest) return Problem.Invalid("other", $"A group has at most {Deepest} levels.");
        work.Db.AddRange(from a in above from b in below select new Lineage { TenantId = work.Tenant, AncestorId = a.Id, DescendantId = b.Id, Depth = a.Depth + b.Depth + 1 });
        return null;
    }

    /// <summary>Notes that a child left its parent, with all below it.</summary>
    public static async Task PartAsync(Work work, PartnerId parent, PartnerId child, CancellationToken ct)
    {
        var lineage = work.Db.Set<Lineage>();
        var above = await lineage.Where(l => l.DescendantId == parent).Select(l => l.AncestorId).ToListAsync(ct);
        var below = await lineage.Where(l => l.AncestorId == child).Select(l => l.DescendantId).ToListAsync(ct);
        List<PartnerId> over = [.. above, parent], under = [.. below, child];
        work.Db.RemoveRange(await lineage.Where(l => over.Contains(l.AncestorId) && under.Contains(l.DescendantId)).ToListAsync(ct));
    }

    /// <summary>The group of a partner. A portal actor sees it where the vendor has opened it to its company and its role allows it.</summary>
    public static async Task<Result<FamilyView>> OfAsync(Work work, IEnumerable<IPartnerFigures> sources, PartnerId partner, CancellationToken ct)
    {
        if (await work.Db.Set<Partner>().Where(p => p.Id == partner).Select(p => (bool?)p.SeesFamily).SingleOrDefaultAsync(ct) is not { } open) return PartnersProblems.Missing();
        return await WithFiguresAsync(work, sources, partner, await MembersAsync(work, partner, open, ct), ct);
    }

    /// <summary>The same of a partner that was read already; null where nobody belongs to it. What it has alone is not asked for then.</summary>
    public static async Task<FamilyView?> OfAnyAsync(Work work, IEnumerable<IPartnerFigures> sources, PartnerId partner, bool open, CancellationToken ct)
    {
        var members = await MembersAsync(work, partner, open, ct);
        if (members.Count == 0) return null;
        return members.TrueForAll(m => m.Part == Above) ? View(partner, members, []) : await WithFiguresAsync(work, sources, partner, members, ct);
    }

    private const int Below = 0;
    private const int Supplied = 1;
    private const int Above = 2;

    private sealed record Member(int Part, FamilyMember Of);

    private static async Task<List<Member>> MembersAsync(Work work, PartnerId partner, bool open, CancellationToken ct)
    {
        var db = work.Db;
        // Otherwise its people see themselves alone.
        if (work.Actor.IsPartner && !(open && work.Actor.May(PartnersPermissions.ViewFamily))) return [];
        // The sight of the group is decided above; the lineage itself says who belongs to it.
        var partners = db.Set<Partner>().IgnoreQueryFilters([Db.PartnerFilter]).AsNoTracking().Where(p => p.MergedInto == null);
        var all = (from l in db.Set<Lineage>()
                   join p in partners on new { l.TenantId, Id = l.DescendantId } equals new { p.TenantId, p.Id }
                   where l.AncestorId == partner
                   orderby l.Depth, p.Name
                   select new { Part = Below, p.Id, p.Name, p.Country, p.State, p.Tier, l.Depth }).Take(MostShown)
            .Concat((from r in db.Set<Relation>()
                     join p in partners on new { r.TenantId, Id = r.ToId } equals new { p.TenantId, p.Id }
                     where r.FromId == partner && r.Kind == RelationKind.Supplies
                     orderby p.Name
                     select new { Part = Supplied, p.Id, p.Name, p.Country, p.State, p.Tier, Depth = 1 }).Take(MostShown));
        if (!work.Actor.IsPartner)
            all = all.Concat(from l in db.Set<Lineage>()
                             join p in partners on new { l.TenantId, Id = l.AncestorId } equals new { p.TenantId, p.Id }
                             where l.DescendantId == partner
                             select new { Part = Above, p.Id, p.Name, p.Country, p.State, p.Tier, Depth = -l.Depth });
        return [.. (await all.ToListAsync(ct)).OrderBy(m => m.Part).ThenBy(m => m.Depth).ThenBy(m => m.Name, StringComparer.Ordinal)
            .Select(m => new Member(m.Part, new FamilyMember(m.Id, m.Name, m.Country, m.State, m.Tier, m.Depth)))];
    }

    private static async Task<FamilyView> WithFiguresAsync(Work work, IEnumerable<IPartnerFigures> sources, PartnerId partner, List<Member> members, CancellationToken ct)
    {
        // What a distributor's resellers do elsewhere is not the distributor's to see.
        List<PartnerId> ids = [partner, .. members.Where(m => m.Part == Below || (m.Part == Supplied && !work.Actor.IsPartner)).Select(m => m.Of.Id)];
        List<PartnerFigure> figures = [];
        foreach (var source in sources) figures.AddRange(await source.OfAsync([.. ids.Distinct()], ct));
        return View(partner, members, figures);
    }

    private static FamilyView View(PartnerId partner, List<Member> members, List<PartnerFigure> figures)
    {
        var of = figures.ToLookup(f => f.Partner);
        IReadOnlyList<FamilyMember> Of(int part) => [.. members.Where(m => m.Part == part).Select(m => m.Of with { Figures = part == Above ? [] : [.. of[m.Of.Id]] })];
        return new FamilyView(Of(Above), Of(Below), [.. of[partner]], Sum(partner, Of(Below).Select(b => b.Id).Append(partner).SelectMany(id => of[id])), Of(Supplied));
    }

    /// <summary>Adds up what has the same name and currency; different currencies stay apart.</summary>
    public static IReadOnlyList<PartnerFigure> Sum(PartnerId partner, IEnumerable<PartnerFigure> figures) =>
        [.. figures.GroupBy(f => (f.Name, f.Currency)).Select(g => new PartnerFigure(partner, g.Key.Name, g.Sum(f => f.Count), g.Any(f => f.Amount is not null) ? g.Sum(f => f.Amount ?? 0) : null, g.Key.Currency))];
}
