namespace Trellis.Identity.Published;

/// <summary>On which side a role stands.</summary>
public enum RoleSide
{
    /// <summary>The vendor's own people.</summary>
    Vendor,

    /// <summary>A partner's people.</summary>
    Partner,
}

/// <summary>A role that every tenant has from the start.</summary>
/// <param name="Code">Its stable code.</param>
/// <param name="Name">The name that people read, until a tenant renames it.</param>
/// <param name="Side">Whose people have it.</param>
/// <param name="Summary">What somebody with it comes to do.</param>
/// <param name="Like">Roles whose permissions it has as well, so that a module need not name every persona.</param>
public sealed record DefaultRole(string Code, string Name, RoleSide Side, string Summary, params string[] Like);

/// <summary>The roles that a new tenant has. A role is a set of permissions; each permission names its first roles by these codes.</summary>
public static class Roles
{
    public const string Administrator = "administrator";
    public const string ChannelOperations = "channel_operations";
    public const string PartnerManager = "partner_manager";
    public const string SalesDirector = "sales_director";
    public const string DealDesk = "deal_desk";
    public const string AllianceManager = "alliance_manager";
    public const string Specialist = "specialist";
    public const string Marketing = "marketing";
    public const string Enablement = "enablement";
    public const string DirectSeller = "direct_seller";
    public const string CustomerSuccess = "customer_success";
    public const string Finance = "finance";
    public const string Legal = "legal";
    public const string Executive = "executive";
    public const string Agent = "agent";
    public const string PartnerAdmin = "partner_admin";
    public const string PartnerSales = "partner_sales";
    public const string PartnerFinance = "partner_finance";
    public const string PartnerTechnical = "partner_technical";
    public const string PartnerMarketing = "partner_marketing";
    public const string ReferralPartner = "referral_partner";
    public const string Distributor = "distributor";
    public const string Developer = "developer";
    public const string Agency = "agency";

    /// <summary>All of them, in the order in which they are shown.</summary>
    public static readonly DefaultRole[] Defaults =
    [
        new(Administrator, "Administrator", RoleSide.Vendor, "Everything: people, roles, settings, operation."),
        new(ChannelOperations, "Channel operations", RoleSide.Vendor, "Sets up the program: rules, rates, workflow, data quality."),
        new(PartnerManager, "Partner manager", RoleSide.Vendor, "Works with a set of partners: answers registrations, prepares reviews, finds who needs help."),
        new(SalesDirector, "Partner sales director", RoleSide.Vendor, "Forecast, targets and coverage of all partners.", Executive),
        new(DealDesk, "Deal desk", RoleSide.Vendor, "Decides registrations, quickly and alike.", DirectSeller),
        new(AllianceManager, "Alliance manager", RoleSide.Vendor, "Strategic and hyperscaler alliances with joint plans.", PartnerManager),
        new(Specialist, "Co-sell specialist", RoleSide.Vendor, "One motion (co-sell, co-innovation, influence) across many partners.", DirectSeller),
        new(Marketing, "Partner marketing", RoleSide.Vendor, "Campaigns, funds and content."),
        new(Enablement, "Partner enablement", RoleSide.Vendor, "Training paths and certification.", Marketing),
        new(DirectSeller, "Direct seller", RoleSide.Vendor, "Closes deals together with partners."),
        new(CustomerSuccess, "Customer success", RoleSide.Vendor, "Adoption and renewal together with the partner who delivers.", DirectSeller),
        new(Finance, "Finance", RoleSide.Vendor, "Accruals, payouts, tax and audit."),
        new(Legal, "Legal and compliance", RoleSide.Vendor, "Agreements, vetting and privacy; reads the audit.", Executive),
        new(Executive, "Executive", RoleSide.Vendor, "Reads figures: is it worth it?"),
        new(Agent, "Assistant program", RoleSide.Vendor, "A program that reads and comments; people decide.", Executive),
        new(PartnerAdmin, "Partner admin", RoleSide.Partner, "Looks after the company's profile and its people."),
        new(PartnerSales, "Partner sales", RoleSide.Partner, "Registers deals and follows them to the money."),
        new(PartnerFinance, "Partner finance", RoleSide.Partner, "What was earned, and when it is paid."),
        new(PartnerTechnical, "Partner technical", RoleSide.Partner, "Consultants and engineers: documents, certification, support."),
        new(PartnerMarketing, "Marketing at the partner", RoleSide.Partner, "Co-branding, funds and claims."),
        new(ReferralPartner, "Referral partner", RoleSide.Partner, "Sends a name and gets credit or a fee.", PartnerFinance),
        new(Distributor, "Distributor", RoleSide.Partner, "Registers on behalf of resellers and hands out leads.", PartnerSales),
        new(Developer, "Software developer", RoleSide.Partner, "Integrates over the API and lists solutions."),
        new(Agency, "Concierge agency", RoleSide.Partner, "Runs funded campaigns for several partners."),
    ];

    /// <summary>Every role of the vendor's own people.</summary>
    public static readonly string[] Staff = [.. Defaults.Where(r => r.Side == RoleSide.Vendor).Select(r => r.Code)];

    /// <summary>Every role of a partner's people.</summary>
    public static readonly string[] Portal = [.. Defaults.Where(r => r.Side == RoleSide.Partner).Select(r => r.Code)];

    /// <summary>Everybody.</summary>
    public static readonly string[] All = [.. Staff, .. Portal];

    /// <summary>The name that people read where a tenant has not renamed it.</summary>
    public static string Label(string code) => Default(code)?.Name ?? code;

    /// <summary>The role with this code, or null for one that a tenant has made.</summary>
    public static DefaultRole? Default(string code) => Array.Find(Defaults, r => r.Code == code);
}
