using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;
using Trellis.Partners.Graph;

namespace Trellis.Partners.Hears;

/// <summary>A partner's tie to a customer account that became part of another: what comes back when that is undone.</summary>
internal sealed class CustomerMove : ITenantOwned, IUnaudited
{
    public TenantId TenantId { get; init; }
    public required string Merge { get; init; }
    public PartnerId PartnerId { get; init; }
    public CustomerTieKind Kind { get; init; }
    public string? Note { get; init; }
    public string By { get; init; } = "";
    public DateTime Since { get; init; }

    /// <summary>The partner was tied to the account that stayed in the same way before.</summary>
    public bool HadTwin { get; init; }

    public static void Map(ModelBuilder model, Db db) => model.Owned<CustomerMove>("partners_customer_move", m => new { m.TenantId, m.Merge, m.PartnerId, m.Kind })
        .HasQueryFilter(Db.PartnerFilter, m => db.SeesAllPartners || m.PartnerId == db.Partner);
}
