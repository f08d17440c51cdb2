using Trellis.Deals.Published;
using Trellis.Identity.Published;
using Trellis.Kernel;
using Trellis.Notifications.Published;

namespace Trellis.Deals.Transfers;

/// <summary>What stands in the way of handing a deal to another partner.</summary>
internal static class TransferProblems
{
    public static Problem Missing() => Problem.Missing("transfer");

    public static Problem NotTransferable(DealState state) =>
        new(ProblemKind.Conflict, "deals.not_transferable", "Only an approved registration that has not ended can go to another partner.")
        { Facts = new Dictionary<string, object?> { ["state"] = Words.Of(state) } };

    public static Problem AlreadyProposed(TransferId open) =>
        new(ProblemKind.Conflict, "deals.transfer_open", "A partner has been asked already and has not answered. Take that back first.")
        { Facts = new Dictionary<string, object?> { ["transfer"] = open.ToString() } };

    public static Problem ConflictOpen() =>
        new(ProblemKind.Conflict, "deals.transfer_in_conflict", "There is an open conflict about this deal. Settle it first.");

    public static Problem WhichPartner() => Problem.Invalid("partner", "Which partner shall take the deal over? Name it by its identifier or its web address.");

    public static Problem NoTaker() => Problem.Invalid("partner", "There is no active partner with this identifier or web address.");

    public static Problem HolderItself() => Problem.Invalid("partner", "This partner holds the deal already.");

    public static Problem NotAsked() =>
        new(ProblemKind.Denied, "deals.transfer_not_yours", "Only the partner that is asked to take the deal over can answer.");
}

internal static class TransferPermissions
{
    public const string ProposeCode = "deals.transfer";

    public static readonly Permission Propose = new(ProposeCode, "Propose to hand a deal to another partner", Roles.Administrator, Roles.ChannelOperations, Roles.PartnerManager);
}

/// <summary>What people are told about transfers.</summary>
internal static class TransferNews
{
    public static readonly NotificationKind Offered = new("deals.transfer_offered", "Deals", "A deal is offered to us to take over", null, ByMail.AtOnce);
    public static readonly NotificationKind Moved = new("deals.transfer", "Deals", "A deal goes to another partner", ByMail.Digest, ByMail.AtOnce);

    public static readonly NotificationKind[] All = [Offered, Moved];
}
