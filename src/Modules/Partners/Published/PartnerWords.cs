using Trellis.Kernel;

namespace Trellis.Partners.Published;

/// <summary>The words for partners that people read.</summary>
public static class PartnerWords
{
    /// <summary>The type of a partner.</summary>
    public static string Label(PartnerType type) => type switch
    {
        PartnerType.ValueAddedReseller => "Value-added reseller",
        PartnerType.SystemIntegrator => "System integrator",
        PartnerType.SoftwareVendor => "Software vendor",
        PartnerType.ManagedServiceProvider => "Managed service provider",
        PartnerType.Referral => "Referral partner",
        PartnerType.IndustryCloud => "Industry cloud",
        PartnerType.StrategicAlliance => "Strategic alliance",
        PartnerType.CloudConsultant => "Cloud consultant",
        PartnerType.Influencer => "Blogger or influencer",
        PartnerType.ServiceReseller => "Service reseller (telco)",
        PartnerType.DesignPartner => "Design partner",
        PartnerType.EsgPartner => "ESG partner",
        _ => Words.Label(type),
    };

    /// <summary>How partners of a type bring value.</summary>
    public static ValueFamily Family(PartnerType type) => type switch
    {
        PartnerType.Reseller or PartnerType.ValueAddedReseller or PartnerType.Distributor or PartnerType.ServiceReseller => ValueFamily.Transactional,
        PartnerType.SystemIntegrator or PartnerType.ManagedServiceProvider => ValueFamily.Retention,
        PartnerType.SoftwareVendor or PartnerType.DesignPartner or PartnerType.StrategicAlliance or PartnerType.EsgPartner => ValueFamily.CoInnovation,
        PartnerType.Hyperscaler => ValueFamily.HyperscalerAlliance,
        PartnerType.IndustryCloud => ValueFamily.IndustryCloud,
        _ => ValueFamily.Influence,
    };

    /// <summary>A family.</summary>
    public static string Label(ValueFamily family) => family switch
    {
        ValueFamily.Retention => "Retention (service partners)",
        ValueFamily.CoInnovation => "Co-innovation",
        ValueFamily.HyperscalerAlliance => "Hyperscaler alliance",
        ValueFamily.IndustryCloud => "Industry cloud",
        _ => Words.Label(family),
    };

    /// <summary>A motion.</summary>
    public static string Label(Motion motion) => motion switch
    {
        Motion.CoSell => "Co-sell",
        Motion.CoInnovate => "Co-innovate",
        _ => Words.Label(motion),
    };

    /// <summary>A band of yearly revenue.</summary>
    public static string Label(RevenueBand band) => band switch
    {
        RevenueBand.Micro => "Below USD 1 million",
        RevenueBand.Small => "USD 1 to 10 million",
        RevenueBand.Medium => "USD 10 to 50 million",
        RevenueBand.Large => "USD 50 to 250 million",
        _ => "Above USD 250 million",
    };
}
