using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Deals;

/// <summary>Registrations and leads carry amounts: from the first on, the main currency stays.</summary>
internal sealed class HasAmounts(Db db) : IMoneyRows
{
    public async Task<bool> AnyAsync(CancellationToken ct) =>
        await db.Set<Deal>().IgnoreQueryFilters([Db.PartnerFilter]).AnyAsync(ct) || await db.Set<Passing.Lead>().IgnoreQueryFilters([Db.PartnerFilter]).AnyAsync(ct);
}
