namespace Trellis.Identity.Published;

/// <summary>The roles that a new tenant has. A role is a set of permissions; each permission names its first roles by these codes.</summary>
public static class Roles
{
    public const string Administrator = "administrator";
    public const string ChannelOperations = "channel_operations";
    public const string PartnerManager = "partner_manager";
    public const string Marketing = "marketing";
    public const string Finance = "finance";
    public const string Executive = "executive";
    public const string DirectSeller = "direct_seller";
    public const string PartnerAdmin = "partner_admin";
    public const string PartnerSales = "partner_sales";
    public const string PartnerFinance = "partner_finance";

    /// <summary>Every role of the vendor's own people.</summary>
    public static readonly string[] Staff = [Administrator, ChannelOperations, PartnerManager, Marketing, Finance, Executive, DirectSeller];

    /// <summary>Every role of a partner's people.</summary>
    public static readonly string[] Portal = [PartnerAdmin, PartnerSales, PartnerFinance];

    /// <summary>Everybody.</summary>
    public static readonly string[] All = [.. Staff, .. Portal];

    /// <summary>The name that people read.</summary>
    public static string Label(string code) => code switch
    {
        Administrator => "Administrator",
        ChannelOperations => "Channel operations",
        PartnerManager => "Partner manager",
        Marketing => "Partner marketing",
        Finance => "Finance",
        Executive => "Executive",
        DirectSeller => "Direct seller",
        PartnerAdmin => "Partner admin",
        PartnerSales => "Partner sales",
        PartnerFinance => "Partner finance",
        _ => code,
    };
}
