using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Deals.Passing;

/// <summary>Every refusal about leads.</summary>
internal static class PassingProblems
{
    public static Problem Missing() => Problem.Missing("lead");

    public static Problem VendorOnly() => new(ProblemKind.Denied, "leads.vendor_only", "Only the vendor’s people can do this.");

    public static Problem DecidersOnly() => new(ProblemKind.Denied, "leads.deciders_only", "Only who decides on leads can take an accepted one back.");

    public static Problem NotYours() => new(ProblemKind.Denied, "leads.not_yours", "Only the side that has received the lead can answer it.");

    public static Problem NoTaker() => Problem.Invalid("partner", "There is no active partner with this identifier.");

    public static Problem ReceiverNotActive(PartnerState state) =>
        new(ProblemKind.Conflict, "leads.partner_not_active", "This partner takes no leads at the moment. Refuse it, and offer it to another one.") { Facts = new Dictionary<string, object?> { ["state"] = Words.Of(state) } };

    public static Problem NotFree(LeadState state) =>
        new(ProblemKind.Conflict, "leads.not_free", "This lead is with somebody. It can go to the next partner once it was declined, has lapsed, or came back.") { Facts = new Dictionary<string, object?> { ["state"] = Words.Of(state) } };

    public static Problem PassedOn() => new(ProblemKind.Conflict, "leads.passed_on", "This lead has gone to the next partner already.");

    public static Problem AlreadyPassed(LeadId open) =>
        new(ProblemKind.Conflict, "leads.already_passed", "Your company has passed this customer and product to us before; that lead is open.") { Facts = new Dictionary<string, object?> { ["lead"] = open.ToString() } };

    public static Problem AlreadyOffered(LeadId open) =>
        new(ProblemKind.Conflict, "leads.already_offered", "A lead of this customer is open already. Take it back, or wait for the answer.") { Facts = new Dictionary<string, object?> { ["lead"] = open.ToString() } };

    public static Problem HasDeal() => new(ProblemKind.Conflict, "leads.has_deal", "A deal is linked to this opportunity already. Bring a partner in there.");

    public static Problem TooLate() => new(ProblemKind.Conflict, "leads.too_late", "The time for the answer is over: the lead goes back.");

    public static Problem Taken() => new(ProblemKind.Conflict, "leads.taken", "This customer can no longer be taken. Ask your partner manager.");

    public static Problem RulesRefuse(string said, string? rule, Trellis.Deals.Published.ReasonCode? code, int version) => new(ProblemKind.Conflict, "leads.rules_refuse", said)
    {
        Facts = new Dictionary<string, object?> { ["rule"] = rule, ["rulesVersion"] = version, ["reason"] = code is { } reason ? Words.Of(reason) : null },
    };
}
