using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Life;

/// <summary>What stands in the way of extending, amending, resubmitting and the rest of a registration's life.</summary>
internal static class LifeProblems
{
    public static Problem NoSuchRequest() => Problem.Missing("request");

    public static Problem MailChosen() => new(ProblemKind.Conflict, "deals.mail_chosen", "A draft of this mail was made for another of your partners already.");

    public static Problem MailForgotten() => new(ProblemKind.Conflict, "deals.mail_forgotten", "This mail is not kept any more. Forward it again.");

    public static Problem NotProtected(DealState state) =>
        new(ProblemKind.Conflict, "deals.not_extendable", "Only a protection that stands can be extended. What has ended is registered again.")
        { Facts = new Dictionary<string, object?> { ["state"] = Words.Of(state) } };

    public static Problem ExtensionsUsedUp(int limit) =>
        new(ProblemKind.Conflict, "deals.extensions_used_up", limit == 0 ? "The rules of engagement do not extend protections." : $"This protection was extended {Rules.Phrases.Count(limit, "time")}; more is not possible.")
        { Facts = new Dictionary<string, object?> { ["limit"] = limit } };

    public static Problem RequestOpen(RequestKind kind) =>
        new(ProblemKind.Conflict, "deals.request_open", kind == RequestKind.Extension ? "You have asked for an extension already; it waits for an answer." : "A change of this registration waits for an answer. Withdraw it first, or wait.");

    public static Problem NotAmendable(DealState state) =>
        new(ProblemKind.Conflict, "deals.not_amendable", "Only a registration that waits for a decision or is approved can be changed.")
        { Facts = new Dictionary<string, object?> { ["state"] = Words.Of(state) } };

    public static Problem NothingChanged() => Problem.Invalid("reason", "Nothing is different from how it stands now.");

    public static Problem NoMoreResubmissions(int limit) =>
        new(ProblemKind.Conflict, "deals.no_more_resubmissions", $"A registration can be corrected and sent again {Rules.Phrases.Count(limit, "time")}. Ask your partner manager, or register anew.")
        { Facts = new Dictionary<string, object?> { ["limit"] = limit } };

    public static Problem NotRenewable() =>
        new(ProblemKind.Conflict, "deals.not_renewable", "Only a deal that your company has won can be renewed.");

    public static Problem AlreadyRenewed(DealId renewal) =>
        new(ProblemKind.Conflict, "deals.already_renewed", "The renewal of this deal is registered already.")
        { Facts = new Dictionary<string, object?> { ["renewal"] = renewal.ToString() } };

    public static Problem OtherCustomer() => Problem.Invalid("customerName", "A renewal is of the same customer. Register another customer as a new deal.");

    public static Problem OtherProduct() => Problem.Invalid("product", "A renewal is of the same product. Register another product as a new deal.");

    public static Problem TooLateToRenew(int months) =>
        new(ProblemKind.Conflict, "deals.too_late_to_renew", $"A deal is renewed within {Rules.Phrases.Count(months, "month")} of its win. Register it as a new deal.")
        { Facts = new Dictionary<string, object?> { ["months"] = months } };

    public static Problem NotSupplied() => Problem.Invalid("for", "Choose one of the resellers that your company supplies.");

    public static Problem SupplyEnded() =>
        new(ProblemKind.Conflict, "deals.supply_ended", "The distributor that proposed this does not supply the reseller any more. It can only be declined.");

    public static Problem AccountChecked() =>
        new(ProblemKind.Conflict, "deals.account_checked", "The account of this registration is settled.");

    public static Problem AwaitsPartner() =>
        new(ProblemKind.Conflict, "deals.awaits_partner", "This joint registration waits for the second partner. Take the proposal back to change it.");

    public static Problem NotProposed() =>
        new(ProblemKind.Conflict, "deals.not_proposed", "This registration is not proposed to a second partner.");
}
