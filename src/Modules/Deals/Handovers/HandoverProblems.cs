using Trellis.Identity.Published;
using Trellis.Kernel;
using Trellis.Notifications.Published;

namespace Trellis.Deals.Handovers;

internal static class HandoverProblems
{
    public static Problem Missing() => Problem.Missing("handover");

    public static Problem WhichSystem() => Problem.Invalid("system", "Name the system: crm or erp.");

    public static Problem NotConnected(ConnectedKind system) =>
        new(ProblemKind.Conflict, "deals.not_connected", "This system is not connected. Switch it on under “Handovers” first.")
        { Facts = new Dictionary<string, object?> { ["system"] = Words.Of(system) } };

    public static Problem Address() =>
        Problem.Invalid("address", "Name an address that begins with https:// and lies on the open internet.");

    public static Problem NoAddress(ConnectedKind system) =>
        new(ProblemKind.Conflict, "deals.no_address", "Nothing is sent to this system. Say first where to.")
        { Facts = new Dictionary<string, object?> { ["system"] = Words.Of(system) } };

    public static Problem OtherNumber(string number) =>
        new(ProblemKind.Conflict, "deals.handed_over", "This deal is there already, under another number.")
        { Facts = new Dictionary<string, object?> { ["number"] = number } };
}

internal static class HandoverPermissions
{
    public const string ViewCode = "deals.view_handovers";
    public const string WorkCode = "deals.hand_over";
    public const string ConnectCode = "deals.connect";

    public static readonly Permission View = new(ViewCode, "See which deals go over into CRM and ERP", Roles.Administrator, Roles.ChannelOperations, Roles.PartnerManager, Roles.DealDesk, Roles.Finance);
    public static readonly Permission Work = new(WorkCode, "Fetch deals for CRM and ERP and say where they are there", Roles.Administrator, Roles.ChannelOperations, Roles.DealDesk);
    public static readonly Permission Connect = new(ConnectCode, "Connect CRM and ERP", Roles.Administrator, Roles.ChannelOperations);
}

/// <summary>What people are told about handovers.</summary>
internal static class HandoverNews
{
    public static readonly NotificationKind Failed = new("deals.handover_failed", "Deals", "A deal could not go over into CRM or ERP", ByMail.Digest, null);
}
