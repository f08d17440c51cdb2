using Trellis.Kernel;

namespace Trellis.Identity.Published;

/// <summary>A person has accepted an invitation and may act for a partner from now on.</summary>
[WireName("identity.member_joined.v1")]
public sealed record MemberJoined(PartnerId Partner, PersonId Person, string Name, string Email, DateTime At) : IEvent;

/// <summary>A person does not belong to a partner any more.</summary>
[WireName("identity.member_left.v1")]
public sealed record MemberLeft(PartnerId Partner, PersonId Person, DateTime At) : IEvent;
