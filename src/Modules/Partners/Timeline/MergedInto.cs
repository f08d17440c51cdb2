using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Partners.Timeline;

/// <summary>Records that were merged into a partner: what the kernel keeps under their ids is this partner's past.</summary>
internal static class MergedInto
{
    private const int Most = 20;

    public static Task<List<PartnerId>> OfAsync(Work work, PartnerId partner, CancellationToken ct) => work.Kept<ReadOnce>().Merged.OrReadAsync(partner,
        () => work.Db.Set<Partner>().AsNoTracking().Where(p => p.MergedInto == partner).OrderBy(p => p.Id).Select(p => p.Id).Take(Most).ToListAsync(ct));
}
