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

    /// <summary>Blogger or influencer of an industry: shapes decisions by what it publishes.</summary>
    Influencer,

    /// <summary>Telco or interconnect: wholesale over several tiers.</summary>
    ServiceReseller,

    /// <summary>A founding partner that shapes the joint value proposition.</summary>
    DesignPartner,

    /// <summary>Chosen for a sustainability solution, such as a provider of green energy.</summary>
    EsgPartner,
}

/// <summary>How partners of a type bring value; it follows from the type.</summary>
public enum ValueFamily
{
    /// <summary>Fulfils at the point of purchase.</summary>
    Transactional,

    /// <summary>Shapes the decision and does not transact.</summary>
    Influence,

    /// <summary>Service partners, who deploy and manage: adoption, usage and renewal after the sale.</summary>
    Retention,

    /// <summary>Builds on the product or integrates with it.</summary>
    CoInnovation,

    /// <summary>AWS, Microsoft, Google: a class of their own.</summary>
    HyperscalerAlliance,

    /// <summary>Specialists of one vertical.</summary>
    IndustryCloud,
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
