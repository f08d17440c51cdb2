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
        _ => Words.Label(type),
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
