using Trellis.Kernel;

namespace Trellis.Identity.Published;

/// <summary>A person has accepted an invitation and may act for a partner from now on.</summary>
[WireName("identity.member_joined.v1")]
public sealed record MemberJoined(PartnerId Partner, PersonId Person, string Name, string Email, DateTime At) : IEvent;

/// <summary>A person does not belong to a partner any more.</summary>
[WireName("identity.member_left.v1")]
public sealed record MemberLeft(PartnerId Partner, PersonId Person, DateTime At) : IEvent;

/// <summary>A person may not act any more: for this partner, or, where none is named, at all. Who belongs to a partner no more is told by <see cref="MemberLeft"/>.</summary>
[WireName("identity.access_ended.v1")]
public sealed record AccessEnded(PersonId Person, PartnerId? Partner, DateTime At) : IEvent;

/// <summary>What has become of a partner's own sign-in.</summary>
public enum PartnerSignInStep
{
    /// <summary>The partner has entered its provider: the vendor decides.</summary>
    Proposed,
    Approved,
    Refused,

    /// <summary>The partner has turned it off.</summary>
    TurnedOff,
}

/// <summary>Somebody has changed how a partner's people sign in with the account of their own company.</summary>
/// <param name="By">The name of who did it.</param>
/// <param name="Reason">Why it was refused.</param>
[WireName("identity.partner_sign_in_changed.v1")]
public sealed record PartnerSignInChanged(PartnerId Partner, PartnerSignInStep Step, string By, string? Reason, DateTime At) : IEvent;
