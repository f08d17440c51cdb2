using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Partners;

/// <summary>Finds partners, and through their people the partner, for the vendor's people.</summary>
internal sealed class PartnerSearch(Work work) : ISearchSource
{
    public async Task<IReadOnlyList<Hit>> FindAsync(string folded, int limit, CancellationToken ct)
    {
        if (work.Actor.IsPartner || !work.Actor.May(PartnersPermissions.View)) return [];
        var partners = await work.Db.Set<Partner>().AsNoTracking().Matching(work.Db, folded)
            .Take(ISearchSource.Candidates).Select(p => new { p.Id, p.Name, p.MainType, p.State, p.Country }).ToListAsync(ct);
        List<Hit> hits = [.. partners.Best(folded, limit, p => p.Name).Select(p => new Hit("Partner", p.Name, $"{PartnerWords.Label(p.MainType)} in {Countries.Name(p.Country)}, {Words.Label(p.State).ToLowerInvariant()}", $"/app/partners/{p.Id}"))];
        if (hits.Count >= limit) return hits;
        var people = await (
            from c in work.Db.Set<Contact>().Matching(work.Db, folded)
            join p in work.Db.Set<Partner>() on new { c.TenantId, Id = c.PartnerId } equals new { p.TenantId, p.Id }
            orderby c.Name
            select new { c.Name, c.Function, p.Id, Partner = p.Name }).Take(limit - hits.Count).ToListAsync(ct);
        hits.AddRange(people.Select(c => new Hit("Partner contact", c.Name, $"{Words.Label(c.Function)} at {c.Partner}", $"/app/partners/{c.Id}#people")));
        return hits;
    }
}
