using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Accounts;

/// <summary>Opportunities and revenues carry amounts: from the first on, the main currency stays.</summary>
internal sealed class HasAmounts(Db db) : IMoneyRows
{
    public async Task<bool> AnyAsync(CancellationToken ct) =>
        await db.Set<Opportunity>().AnyAsync(o => o.Amount != null, ct) || await db.Set<Account>().AnyAsync(a => a.Revenue != null, ct);
}
