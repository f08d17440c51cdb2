using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Primitives;
using Trellis.Deals.Published;
using Trellis.Deals.Rules;
using Trellis.Kernel;

namespace Trellis.Deals;

/// <summary>Deals that can be changed many at once: the same filters as the list.</summary>
internal sealed class DealBulk(Work work, CustomFields fields) : IBulkRecords
{
    public string Record => "deals";

    public string Plural => "deals";

    public string List => "/app/deals";

    public Permission View => DealsPermissions.View;

    public async Task<IReadOnlyList<BulkItem>> FindAsync(IReadOnlyDictionary<string, string?> query, IReadOnlyCollection<string>? ids, int most, CancellationToken ct)
    {
        string? At(string name) => query.GetValueOrDefault(name) is { } text && Text.IsClean(text) ? Text.OrNull(text) : null;
        var filter = new DealQuery(At("view"), At("state"), At("partner"), At("product"), At("account"), At("q"), null, null, null).Filter;
        var asked = FieldWish.Read(query.Select(q => KeyValuePair.Create(q.Key, new StringValues(q.Value))));
        var rows = ids is null
            ? DealList.Filtered(work, filter with { Fields = await fields.ConditionsAsync(Record, asked, ct) })
            : work.Db.Set<Deal>().AsNoTracking().Where(d => ids.Select(Ids.Parse<DealId>).OfType<DealId>().ToList().Contains(d.Id));
        var found = await rows.OrderByDescending(d => d.CreatedAt).ThenBy(d => d.Id).Take(most).Select(d => new { d.Id, d.Title }).ToListAsync(ct);
        return [.. found.Select(d => new BulkItem(d.Id.ToString(), d.Title))];
    }
}

/// <summary>Many at once are changed by Trellis for the person who asked for it: what that person may not decide is not decided in its name.</summary>
internal sealed class BulkDecider(Work work, IPeople people)
{
    public async Task<Problem?> RefusalAsync(string subject, string? handTo, CancellationToken ct)
    {
        if (work.Actor.Kind != ActorKind.System || work.Actor.Person == default || Ids.Parse<DealId>(subject) is not { } id) return null;
        var reviewer = await work.Db.Set<Deal>().Where(d => d.Id == id).Select(d => d.Reviewer).SingleOrDefaultAsync(ct);
        var person = await people.NowAsync(work.Tenant, work.Actor.Person, null, ct) ?? Actor.Anonymous;
        return handTo is not null ? ReviewRoles.MayHand(person, reviewer, handTo) ? null : ReviewRoles.OthersDecide(reviewer) : ReviewRoles.Refusal(person, reviewer);
    }
}
