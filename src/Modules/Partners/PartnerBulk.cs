using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Primitives;
using Trellis.Kernel;

namespace Trellis.Partners;

/// <summary>Partners that can be changed many at once: the same filters as the list.</summary>
internal sealed class PartnerBulk(Work work, CustomFields fields) : IBulkRecords
{
    public string Record => "partners";

    public string Plural => "partners";

    public string List => "/app/partners";

    public Permission View => PartnersPermissions.View;

    public async Task<IReadOnlyList<BulkItem>> FindAsync(IReadOnlyDictionary<string, string?> query, IReadOnlyCollection<string>? ids, int most, CancellationToken ct)
    {
        var asked = new QueryCollection(query.ToDictionary(q => q.Key, q => new StringValues(q.Value)));
        var rows = ids is null
            ? await PartnerList.MatchingAsync(work, PartnerQuery.Of(asked).Read() with { Fields = await fields.ConditionsAsync(Record, FieldWish.Read(asked), ct) }, ct)
            : work.Db.Set<Partner>().AsNoTracking().Where(p => ids.Select(Ids.Parse<PartnerId>).OfType<PartnerId>().ToList().Contains(p.Id) && p.MergedInto == null);
        var found = await rows.OrderBy(p => p.Name).ThenBy(p => p.Id).Take(most).Select(p => new { p.Id, p.Name }).ToListAsync(ct);
        return [.. found.Select(p => new BulkItem(p.Id.ToString(), p.Name))];
    }
}
