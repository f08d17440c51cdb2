using Trellis.Kernel;
using Trellis.Partners.Graph;
using Trellis.Partners.Records;

namespace Trellis.Partners;

/// <summary>Rows of a partner that two parts of its page show: its card, and the timeline.</summary>
internal sealed class ReadOnce
{
    public Dictionary<PartnerId, List<PartnerFile>> Files { get; } = [];
    public Dictionary<PartnerId, List<PartnerTie>> Ties { get; } = [];
    public Dictionary<PartnerId, List<PartnerId>> Merged { get; } = [];
}

/// <summary>A tie of two partners with their names.</summary>
internal sealed class PartnerTie
{
    public DateTime Since { get; init; }
    public PartnerId FromId { get; init; }
    public string FromName { get; init; } = "";
    public PartnerId ToId { get; init; }
    public string ToName { get; init; } = "";
    public RelationKind Kind { get; init; }
    public string? Note { get; init; }
}
