using Trellis.Kernel;

namespace Trellis.Deals.Published;

/// <summary>A partner submitted a registration.</summary>
/// <param name="OfLead">Whether it follows a lead that the partner has accepted.</param>
[WireName("deals.registered.v1")]
public sealed record DealRegistered(DealId Deal, PartnerId Partner, PersonId Person, DateTime At, bool OfLead = false) : IEvent;

/// <summary>A registration was decided: approved, or rejected with its reason code.</summary>
/// <param name="AtOnce">Whether by the rules as it was registered: <see cref="DealRegistered"/> tells of the same transaction.</param>
[WireName("deals.decided.v1")]
public sealed record DealDecided(DealId Deal, PartnerId Partner, DealState State, string? ReasonCode, DateTime At, bool AtOnce = false) : IEvent;

/// <summary>A partner accepted its place on a deal team.</summary>
[WireName("deals.member_joined.v1")]
public sealed record DealMemberJoined(DealId Deal, PartnerId Partner, DealRole Role, int ShareBasisPoints, DateTime At) : IEvent;

/// <summary>A deal was won.</summary>
[WireName("deals.won.v1")]
public sealed record DealWon(DealId Deal, long Amount, string Currency, DateTime At) : IEvent;

/// <summary>A deal was lost, withdrawn, expired or revoked: nothing more will come of it.</summary>
[WireName("deals.ended.v1")]
public sealed record DealEnded(DealId Deal, PartnerId Partner, DealState State, DateTime At) : IEvent;

/// <summary>A deal was linked to its opportunity, taken back into drafts, or changed in what it is expected to bring and when. No other event tells of it.</summary>
[WireName("deals.changed.v1")]
public sealed record DealChanged(DealId Deal, DateTime At) : IEvent;

/// <summary>A rate has changed, and a deal of another currency counts with another amount in the main one.</summary>
[WireName("deals.revalued.v1")]
public sealed record DealRevalued(DealId Deal, DateTime At) : IEvent;

/// <summary>A partner took a deal over from another one: what happens from now on is its own, protection and dates are as they were.</summary>
[WireName("deals.transferred.v1")]
public sealed record DealTransferred(DealId Deal, PartnerId From, PartnerId To, string Person, DateTime At) : IEvent;

/// <summary>The customer is protected for longer than before: an extension was granted, or one that was asked for in time waits for its answer beyond the last day.</summary>
[WireName("deals.extended.v1")]
public sealed record DealExtended(DealId Deal, DateOnly Until, DateTime At) : IEvent;
