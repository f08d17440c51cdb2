using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Insights;

internal static class PartnerNames
{
    public static async Task<Dictionary<PartnerId, string>> OfAsync(Work work, IEnumerable<PartnerId> partners, CancellationToken ct)
    {
        var ids = partners.Distinct().ToList();
        return await work.Db.Set<PartnerRow>().Where(p => ids.Contains(p.Id)).Select(p => new { p.Id, p.Name }).ToDictionaryAsync(p => p.Id, p => p.Name, ct);
    }
}
