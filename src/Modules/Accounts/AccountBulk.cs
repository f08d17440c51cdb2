using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Primitives;
using Trellis.Accounts.Published;
using Trellis.Kernel;

namespace Trellis.Accounts;

/// <summary>Accounts that can be changed many at once: the same filters as the list.</summary>
internal sealed class AccountBulk(Work work, CustomFields fields) : IBulkRecords
{
    public string Record => "accounts";

    public string Plural => "accounts";

    public string List => "/app/accounts";

    public Permission View => AccountsPermissions.View;

    public async Task<IReadOnlyList<BulkItem>> FindAsync(IReadOnlyDictionary<string, string?> query, IReadOnlyCollection<string>? ids, int most, CancellationToken ct)
    {
        string? At(string name) => query.GetValueOrDefault(name) is { } text && Text.IsClean(text) ? Text.OrNull(text) : null;
        var asked = FieldWish.Read(query.Select(q => KeyValuePair.Create(q.Key, new StringValues(q.Value))));
        var rows = ids is null
            ? AccountList.Filtered(work, new AccountQuery(At("q"), At("sector"), At("country"), await OwnerFilter.ReadAsync(work, At("owner"), ct), At("named") switch { "true" => true, "false" => false, _ => null }, At("lacks")) { Fields = await fields.ConditionsAsync(Record, asked, ct) })
            : work.Db.Set<Account>().AsNoTracking().Where(a => ids.Select(Ids.Parse<AccountId>).OfType<AccountId>().ToList().Contains(a.Id));
        var found = await rows.OrderBy(a => a.Name).ThenBy(a => a.Id).Take(most).Select(a => new { a.Id, a.Name }).ToListAsync(ct);
        return [.. found.Select(a => new BulkItem(a.Id.ToString(), a.Name))];
    }
}
