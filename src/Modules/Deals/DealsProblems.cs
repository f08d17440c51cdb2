using Trellis.Accounts.Published;
using Trellis.Deals.Published;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Deals;

/// <summary>Every refusal of this module.</summary>
internal static class DealsProblems
{
    public static Problem Missing() => Problem.Missing("deal");

    public static Problem PartnerNotActive(PartnerState state) =>
        new(ProblemKind.Conflict, "deals.partner_not_active", "Your company cannot register deals at the moment. Ask your partner manager.")
        { Facts = new Dictionary<string, object?> { ["state"] = Words.Of(state) } };

    public static Problem MotionNotActive() => Problem.Invalid("motion", "The partner does not sell in this way, or not at the moment. Choose another, or leave it open.");

    public static Problem NoPartner() =>
        new(ProblemKind.Denied, "deals.no_partner", "Only a partner's person can register a deal.");

    public static Problem HolderOnly() =>
        new(ProblemKind.Denied, "deals.holder_only", "Only the partner that registered the deal can do this.");

    /// <summary>For the vendor's people, who may know the rival.</summary>
    public static Problem Protected(DealId rival, DateOnly? until) =>
        new(ProblemKind.Conflict, "deals.protected", "Another registration of this customer and product is protected. Revoke that one first, or refuse this one.")
        { Facts = new Dictionary<string, object?> { ["rival"] = rival.ToString(), ["protectedUntil"] = until } };

    public static Problem NoPartnerNamed(string field) => Problem.Invalid(field, "There is no partner with this name or web address.");

    public static Problem SeveralPartnersNamed(string field) => Problem.Invalid(field, "Several partners have this name. Write the web address of the one that is meant.");

    public static Problem NotDraft() =>
        new(ProblemKind.Conflict, "deals.not_draft", "Only a draft can be changed freely. Withdraw this registration and register again, or answer what was asked.");

    public static Problem NoSuchProduct() => Problem.Invalid("product", "Choose a product of the list.");

    public static Problem ChooseAccount() => Problem.Invalid("account", "Say which account in our records this is, or that it is a new customer.");

    public static Problem NoSuchAccount() => Problem.Invalid("account", "There is no such account.");

    public static Problem NoSuchOpportunity() => Problem.Invalid("opportunity", "There is no such opportunity.");

    public static Problem OtherCustomersOpportunity() => Problem.Invalid("opportunity", "This opportunity belongs to another customer.");

    public static Problem OpportunityTaken(OpportunityId opportunity) =>
        new(ProblemKind.Conflict, "deals.opportunity_taken", "This opportunity is linked to another deal.")
        { Facts = new Dictionary<string, object?> { ["opportunity"] = opportunity.ToString() } };

    public static Problem NoSuchPartner() => Problem.Invalid("partner", "There is no active partner with this name or domain.");

    public static Problem HolderAsMember() => Problem.Invalid("partner", "This partner registered the deal; it holds what the others do not.");

    public static Problem AlreadyOnTeam(MemberState state) =>
        new(ProblemKind.Conflict, "deals.already_on_team", "This partner is already invited to the deal.")
        { Facts = new Dictionary<string, object?> { ["state"] = Words.Of(state) } };

    public static Problem SharesExceeded(int left) => Problem.Invalid("share", $"At most {left / 100m:0.##} % are left to agree on.");

    /// <summary>To the invited partner, which is not told what the others have.</summary>
    public static Problem ShareGone() =>
        new(ProblemKind.Conflict, "deals.share_gone", "What you were offered is no longer free: others have agreed meanwhile. Ask for other terms.");

    public static Problem NotYourDeal() => new(ProblemKind.Denied, "deals.not_yours", "Only the owner of the customer or the opportunity links and closes this deal, or somebody who answers for the program.");

    public static Problem NotInvited() => Problem.Missing("invitation");

    public static Problem AlreadyAnswered(MemberState state) =>
        new(ProblemKind.Conflict, "deals.already_answered", "This invitation has been answered.")
        { Facts = new Dictionary<string, object?> { ["state"] = Words.Of(state) } };

    public static Problem Over(DealState state) =>
        new(ProblemKind.Conflict, "deals.over", "The deal is over; its team cannot change any more.")
        { Facts = new Dictionary<string, object?> { ["state"] = Words.Of(state) } };

    public static Problem InternalByPartner() =>
        new(ProblemKind.Denied, "deals.internal_note", "Internal notes are for the vendor's own people.");

    public static Problem NoRate(string currency, string main) =>
        new(ProblemKind.Invalid, "deals.no_rate", $"There is no exchange rate of {currency} in {main} for today. Register in another currency, or ask the vendor to enter a rate.") { Errors = new Dictionary<string, string[]> { ["currency"] = [$"There is no exchange rate of {currency} in {main}."] } };
}
