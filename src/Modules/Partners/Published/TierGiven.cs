using Trellis.Kernel;

namespace Trellis.Partners.Published;

/// <summary>A partner's tier was changed; what it was, what it is and why stands in <see cref="TierChangeRow"/> at this instant.</summary>
[WireName("partners.tier_given.v1")]
public sealed record TierGiven(PartnerId Partner, DateTime At) : IEvent;
