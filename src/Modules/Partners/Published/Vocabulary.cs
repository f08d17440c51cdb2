namespace Trellis.Partners.Published;

/// <summary>Where a partner stands in its lifecycle with the vendor.</summary>
public enum PartnerState
{
    Prospect,
    Applicant,
    Onboarding,
    Activated,
    Active,
    AtRisk,
    Dormant,
    Suspended,
    Offboarding,
    Former,
}

/// <summary>What kind of company a partner is, for one of its motions; a partner holds several at once.</summary>
public enum PartnerType
{
    Reseller,
    ValueAddedReseller,
    Distributor,
    SystemIntegrator,
    SoftwareVendor,
    ManagedServiceProvider,
    Referral,
    Consultant,
    Analyst,
    Hyperscaler,
    IndustryCloud,
    Agency,
    StrategicAlliance,
    CloudConsultant,
}

/// <summary>A way of working with the vendor that a partner opts into; each has its own status, dates and tier.</summary>
public enum Motion
{
    Resell,
    Referral,
    Influence,
    CoSell,
    Deliver,
    Retain,
    CoInnovate,
    Marketplace,
}

/// <summary>Where one motion of a partner stands, independently of the others.</summary>
public enum MotionState
{
    Applied,
    Onboarding,
    Active,
    Paused,
    Ended,
}

/// <summary>The sample ladder. The tier a partner has is a fact; which it should have is decided elsewhere.</summary>
public enum Tier
{
    Registered,
    Silver,
    Gold,
    Platinum,
}
