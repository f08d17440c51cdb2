using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Incentives;

/// <summary>Plans and earnings carry amounts: from the first on, the main currency stays.</summary>
internal sealed class HasAmounts(Db db) : IMoneyRows
{
    public async Task<bool> AnyAsync(CancellationToken ct) =>
        await db.Set<Plan>().AnyAsync(ct) || await db.Set<Earning>().IgnoreQueryFilters([Db.PartnerFilter]).AnyAsync(ct);
}
