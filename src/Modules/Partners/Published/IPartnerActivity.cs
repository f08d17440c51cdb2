using Trellis.Kernel;

namespace Trellis.Partners.Published;

/// <summary>A partner with which something has happened, in a query.</summary>
public sealed class ActivePartner
{
    /// <summary>The tenant.</summary>
    public TenantId TenantId { get; init; }

    /// <summary>The partner.</summary>
    public PartnerId PartnerId { get; init; }

    /// <summary>When.</summary>
    public DateTime At { get; init; }
}

/// <summary>A plug: what another module knows of partners' activity, for all partners in one statement. Register it as a singleton.</summary>
public interface IPartnerActivity
{
    /// <summary>Queries for the partners with which something has happened since then, each answered by an index that begins with tenant and partner.</summary>
    IEnumerable<IQueryable<ActivePartner>> Since(Db db, DateTime since);
}

/// <summary>What all modules know.</summary>
internal sealed class PartnerActivities(IEnumerable<IPartnerActivity> sources)
{
    public IEnumerable<IQueryable<ActivePartner>> Since(Db db, DateTime since) => sources.SelectMany(s => s.Since(db, since));
}
