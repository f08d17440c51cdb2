using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Insights;

/// <summary>Partners that did something for a deal, their own or another's.</summary>
internal sealed class TouchActivity : IPartnerActivity
{
    public IEnumerable<IQueryable<ActivePartner>> Since(Db db, DateTime since) =>
        [db.Set<Touch>().IgnoreQueryFilters([Db.PartnerFilter]).Where(t => t.At >= since).Select(t => new ActivePartner { TenantId = t.TenantId, PartnerId = t.PartnerId, At = t.At })];
}
