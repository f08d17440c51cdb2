using Trellis.Kernel;

namespace Trellis.Partners.Published;

/// <summary>
/// Two records turned out to be one partner. Every row that named the first names the second already when this is heard; what a module keeps outside its tables
/// (a cache, a remote system) it changes now.
/// </summary>
[WireName("partners.merged.v1")]
public sealed record PartnersMerged(PartnerId FromId, PartnerId IntoId, DateTime At) : IEvent;

/// <summary>A merge was taken back: the rows that had been moved name the first partner again.</summary>
[WireName("partners.merge_undone.v1")]
public sealed record PartnerMergeUndone(PartnerId FromId, PartnerId IntoId, DateTime At) : IEvent;
