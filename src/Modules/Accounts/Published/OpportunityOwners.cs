using Trellis.Kernel;

namespace Trellis.Accounts.Published;

/// <summary>The sellers whom the CRM names as owners of opportunities.</summary>
public static class OpportunityOwners
{
    /// <summary>Behind so many names the list ends.</summary>
    public const int Most = 500;

    /// <summary>Their names without doubles, in ordinal order. It steps through the index from one name to the next: DISTINCT would read every opportunity.</summary>
    public static async Task<IReadOnlyList<string>> NamesAsync(Work work, CancellationToken ct)
    {
        var asks = new Asks(work.Db);
        var names = asks.For($"""
            WITH RECURSIVE owners(name, place) AS (
                SELECT (SELECT min(owner_name) FROM accounts_opportunity WHERE tenant_id = $1 AND owner_name > ''), 1
                UNION ALL
                SELECT (SELECT min(owner_name) FROM accounts_opportunity WHERE tenant_id = $1 AND owner_name > o.name), place + 1 FROM owners AS o WHERE o.name IS NOT NULL AND place < {Most})
            SELECT name FROM owners WHERE trim(name) <> '' ORDER BY place
            """, row => row.Text(0));
        await asks.RunAsync(ct);
        return names;
    }
}
