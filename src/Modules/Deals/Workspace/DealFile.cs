using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Workspace;

/// <summary>A file that lies with a deal.</summary>
internal sealed class DealFile : ITenantOwned, IWatched
{
    public TenantId TenantId { get; init; }
    public FileId Id { get; init; }
    public DealId DealId { get; init; }
    public CommentAudience Audience { get; init; }
    public string Name { get; init; } = "";
    public string ContentType { get; init; } = "";
    public long Bytes { get; init; }

    /// <summary>SHA-256 of the content.</summary>
    public string Digest { get; init; } = "";

    public DateTime At { get; init; }
    public PersonId AddedBy { get; init; }
    public string AddedByName { get; init; } = "";

    /// <summary>The partner whose person added it; null for the vendor.</summary>
    public PartnerId? AddedByPartner { get; init; }

    public string Watched => DealId.ToString();
}
