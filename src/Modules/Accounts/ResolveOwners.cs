using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Accounts;

/// <summary>
/// Gives accounts and opportunities of a known name or address to their owner: sellers often come here after the CRM's data. What somebody owns already stays, however people are called. It steps
/// through the index of names without a person, so it costs little however many records there are. No import writes owners meanwhile.
/// </summary>
internal sealed class ResolveOwners(Work work) : IRecurring
{
    // As many as a company has sellers, and more.
    private const int MostNames = 20_000;

    public async Task<Result<Done>> RunAsync(CancellationToken ct)
    {
        var asks = new Asks(work.Db);
        var (accounts, opportunities) = (asks.For(Steps("accounts_account"), row => row.Text(0)), asks.For(Steps("accounts_opportunity"), row => row.Text(0)));
        await asks.RunAsync(ct);
        if (accounts.Count + opportunities.Count == 0) return default(Done);
        var owners = await Owners.LoadAsync(work, ct);
        foreach (var written in accounts.Union(opportunities, StringComparer.Ordinal))
        {
            if (owners.Of(written) is not { Person: { } person, Name: { } name }) continue;
            // Past the tracker: it follows from what is written, and a new version would look like somebody's change.
            var done = await work.TransactAsync<Done>("accounts.resolve_owners", async () =>
            {
                await work.LockAsync("accounts.import", ct);
                await work.Db.Set<Account>().Where(a => a.OwnerId == null && a.OwnerName == written).ExecuteUpdateAsync(s => s.SetProperty(a => a.OwnerId, person).SetProperty(a => a.OwnerName, name), ct);
                var (before, after) = (Text.Fold(written), Text.Fold(name));
                await work.Db.Set<Opportunity>().Where(o => o.OwnerId == null && o.OwnerName == written)
                    .ExecuteUpdateAsync(s => s.SetProperty(o => o.OwnerId, person).SetProperty(o => o.OwnerName, name).SetProperty(o => o.SearchText, o => o.SearchText.Replace(before, after)), ct);
                return default(Done);
            }, ct);
            if (!done.Ok) return done.Problem;
        }

        return default(Done);
    }

    private static string Steps(string table) => $"""
        WITH RECURSIVE owners(name, place) AS (
            SELECT (SELECT owner_name FROM {table} WHERE tenant_id = $1 AND owner_name IS NOT NULL AND owner_id IS NULL ORDER BY owner_name LIMIT 1), 1
            UNION ALL
            SELECT (SELECT owner_name FROM {table} WHERE tenant_id = $1 AND owner_name IS NOT NULL AND owner_id IS NULL AND owner_name > o.name ORDER BY owner_name LIMIT 1), place + 1 FROM owners AS o WHERE o.name IS NOT NULL AND place < {MostNames})
        SELECT name FROM owners WHERE name IS NOT NULL
        """;
}
