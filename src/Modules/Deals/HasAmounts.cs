using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Deals;

/// <summary>Registrations carry amounts: from the first on, the main currency stays.</summary>
internal sealed class HasAmounts(Db db) : IMoneyRows
{
    public Task<bool> AnyAsync(CancellationToken ct) => db.Set<Deal>().IgnoreQueryFilters([Db.PartnerFilter]).AnyAsync(ct);
}
