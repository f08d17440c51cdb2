using Trellis.Identity.Published;
using Trellis.Kernel;

namespace Trellis.Deals;

/// <summary>The permissions of this module; pages name them by code in <c>@attribute [Requires(...)]</c>.</summary>
internal static class DealsPermissions
{
    public const string ViewCode = "deals.view";
    public const string RegisterCode = Published.DealCodes.Register;
    public const string DecideCode = "deals.decide";
    public const string CloseCode = "deals.close";
    public const string TeamCode = "deals.team";
    public const string ViewRulesCode = "deals.view_rules";
    public const string EditRulesCode = "deals.edit_rules";
    public const string PublishRulesCode = "deals.publish_rules";

    public static readonly Permission View = new(ViewCode, "See deals", Roles.All);
    public static readonly Permission Register = new(RegisterCode, "Register deals and act on them for the partner", Roles.PartnerAdmin, Roles.PartnerSales);
    public static readonly Permission Decide = new(DecideCode, "Approve, refuse and return registrations", Roles.Administrator, Roles.ChannelOperations, Roles.PartnerManager, Roles.DealDesk, Roles.Executive);
    public static readonly Permission Revoke = new("deals.revoke", "Revoke a protection", Roles.Administrator, Roles.ChannelOperations);
    public static readonly Permission Close = new(CloseCode, "Link an opportunity, mark deals as won or lost", Roles.Administrator, Roles.ChannelOperations, Roles.PartnerManager, Roles.DirectSeller);
    public static readonly Permission Team = new(TeamCode, "Invite partners to a deal and agree shares", Roles.Administrator, Roles.ChannelOperations, Roles.PartnerManager, Roles.Specialist, Roles.PartnerAdmin, Roles.PartnerSales);
    public static readonly Permission Comment = new("deals.comment", "Comment on deals", Roles.Administrator, Roles.ChannelOperations, Roles.PartnerManager, Roles.DirectSeller, Roles.Executive, Roles.Marketing, Roles.PartnerAdmin, Roles.PartnerSales);
    public static readonly Permission Clock = new("deals.clock", "End protections whose time is over");
    public static readonly Permission ViewRules = new(ViewRulesCode, "Read the rules of engagement", Roles.All);
    public static readonly Permission PublishRules = new(PublishRulesCode, "Publish rules of engagement", Roles.Administrator, Roles.ChannelOperations);
    public static readonly Permission EditRules = new(EditRulesCode, "Draft and simulate rules of engagement", Roles.Administrator, Roles.ChannelOperations);

    public static readonly Permission PublishUnsimulated = new("deals.publish_unsimulated", "Publish rules of engagement that were not simulated, with a reason", Roles.Administrator);

    public static readonly Permission Correct = new("deals.correct", "Take back a win that was none; what was earned with it is taken back too", Roles.Administrator, Roles.ChannelOperations);

    public const string SetSightsCode = "deals.set_sights";
    public const string SellerCode = "deals.seller";
    public const string EvidenceCode = "deals.evidence";

    public static readonly Permission WorkOn = new("deals.work", "Work on deals: tasks, plan, buying committee and files", Roles.Administrator, Roles.ChannelOperations, Roles.PartnerManager, Roles.DirectSeller, Roles.PartnerAdmin, Roles.PartnerSales);
    public static readonly Permission SeeAll = new("deals.see_all", "See every deal in full; without it, what was set for the direct team", [.. Roles.Staff.Where(r => r != Roles.DirectSeller)]);
    public static readonly Permission SetSights = new(SetSightsCode, "Set what each level shows of deals, and what partners’ roles read", Roles.Administrator, Roles.ChannelOperations);
    public static readonly Permission Seller = new(SellerCode, "See what deals pay their direct sellers, with and without a partner", Roles.Administrator, Roles.ChannelOperations, Roles.Finance, Roles.Executive, Roles.DirectSeller);
    public static readonly Permission SetRepPlan = new("deals.rep_plan", "Set the direct sellers’ commission on partner deals", Roles.Administrator, Roles.Finance);
    public static readonly Permission Evidence = new(EvidenceCode, "Compare deals with a partner against deals without", Roles.Administrator, Roles.ChannelOperations, Roles.PartnerManager, Roles.Executive, Roles.Finance);

    public static readonly Permission[] All = [View, Register, Decide, Revoke, Close, Correct, Team, Comment, Clock, ViewRules, PublishRules, PublishUnsimulated, EditRules, WorkOn, SeeAll, SetSights, Seller, SetRepPlan, Evidence];
}
