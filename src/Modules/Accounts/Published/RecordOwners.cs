using Microsoft.EntityFrameworkCore;
using Trellis.Identity.Published;
using Trellis.Kernel;

namespace Trellis.Accounts.Published;

/// <summary>The vendor's people who own an account or an opportunity.</summary>
public static class RecordOwners
{
    /// <summary>Behind so many people the list ends.</summary>
    public const int Most = 500;

    /// <summary>Who they are, by name. It steps through the index from one owner to the next: DISTINCT would read every record.</summary>
    public static async Task<IReadOnlyList<PersonRow>> PeopleAsync(Work work, CancellationToken ct)
    {
        var asks = new Asks(work.Db);
        var (accounts, opportunities) = (asks.For(Steps("accounts_account"), row => row.Id<PersonId>(0)), asks.For(Steps("accounts_opportunity"), row => row.Id<PersonId>(0)));
        await asks.RunAsync(ct);
        var ids = accounts.Union(opportunities).ToArray();
        if (ids.Length == 0) return [];
        return await work.Db.Set<PersonRow>().AsNoTracking().Where(p => ids.Contains(p.Id)).OrderBy(p => p.Name).ThenBy(p => p.Id).Take(Most).ToListAsync(ct);
    }

    private static string Steps(string table) => $"""
        WITH RECURSIVE owners(id, place) AS (
            SELECT (SELECT owner_id FROM {table} WHERE tenant_id = $1 AND owner_id IS NOT NULL ORDER BY owner_id LIMIT 1), 1
            UNION ALL
            SELECT (SELECT owner_id FROM {table} WHERE tenant_id = $1 AND owner_id IS NOT NULL AND owner_id > o.id ORDER BY owner_id LIMIT 1), place + 1 FROM owners AS o WHERE o.id IS NOT NULL AND place < {Most})
        SELECT id FROM owners WHERE id IS NOT NULL
        """;
}
