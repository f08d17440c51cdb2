using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Partners.Agreements;

/// <summary>Agreements in the search of both faces, by number and kind; a partner’s people find their own signed ones.</summary>
internal sealed class AgreementSearch(Work work) : ISearchSource
{
    public async Task<IReadOnlyList<Hit>> FindAsync(string folded, int limit, CancellationToken ct)
    {
        if (!work.Actor.May(AgreementPermissions.View)) return [];
        var found = await work.Db.Set<PartnerAgreement>().AsNoTracking().Matching(work.Db, folded).Take(ISearchSource.Candidates).Select(a => new { a.Id, a.Number, a.Kind, a.PartnerId }).ToListAsync(ct);
        var best = found.Best(folded, limit, a => a.Number);
        PartnerId[] ids = [.. best.Select(a => a.PartnerId).Distinct()];
        var names = ids.Length == 0 ? [] : await work.Db.Set<Partner>().AsNoTracking().Where(p => ids.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.Name, ct);
        return [.. best.Select(a => new Hit("Agreement", a.Number, $"{Words.Label(a.Kind)}, {names.GetValueOrDefault(a.PartnerId, "")}", work.Actor.IsPartner ? "/portal/company/agreements" : $"/app/partners/{a.PartnerId}/agreements/{a.Id}"))];
    }
}
