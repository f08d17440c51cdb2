using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Partners;

/// <summary>Every refusal of this module.</summary>
internal static class PartnersProblems
{
    public static Problem Missing() => Problem.Missing("partner");

    public static Problem Similar(PartnerId partner, string name) =>
        new(ProblemKind.Conflict, "partners.similar", $"“{name}” has the same name or web site. Open it, or say that this is another company.")
        { Facts = new Dictionary<string, object?> { ["partner"] = partner.ToString(), ["name"] = name } };

    public static Problem ReasonNeeded() => Problem.Invalid("reason", "Say why in one sentence: the partner and your colleagues will read it.");

    public static Problem SameTier(Tier tier) =>
        new(ProblemKind.Conflict, "partners.same_tier", $"The partner is {Words.Label(tier)} already.");

    public static Problem NoManager() => Problem.Invalid("manager", "Choose one of the vendor's people who may sign in.");

    public static Problem NoMotion() => Problem.Missing("motion");

    public static Problem MotionEnded() => new(ProblemKind.Conflict, "partners.motion_ended", "This motion has ended already.");

    public static Problem OwnFieldsOnly() =>
        new(ProblemKind.Denied, "partners.vendor_fields", "Name, country and type are part of the agreement. Ask your partner manager to change them.");

    public static Problem NotSettled(IReadOnlyList<string> open) =>
        new(ProblemKind.Conflict, "partners.not_settled", "Not everything is settled yet. Settle what is open, or waive it with a reason.")
        { Facts = new Dictionary<string, object?> { ["open"] = open } };

    public static Problem NotLeaving() => new(ProblemKind.Conflict, "partners.not_leaving", "Access is taken away from all at once only while the partner is leaving, suspended or gone.");

    public static Problem NotOffboarding() => new(ProblemKind.Conflict, "partners.not_offboarding", "The checklist can be changed only while the partner is off-boarding.");

    public static Problem ConsentIsTheirs() =>
        new(ProblemKind.Denied, "partners.consent", "Only the partner’s own people can say yes to the public directory. Ask its admin to do so under “My company”.");

    public static Problem NoNote() => Problem.Missing("note");

    public static Problem NoMessage() => new(ProblemKind.Conflict, "partners.no_message", "Only a message of the partner waits for an answer.");

    public static Problem NoContact() => Problem.Missing("contact");

    public static Problem NotYourNote() => new(ProblemKind.Denied, "partners.not_yours", "Only its author changes or removes this.");

    public static Problem StillSignsIn(string name) => new(ProblemKind.Conflict, "partners.still_signs_in", $"{name} can sign in. Take the access away first, then the contact.");

    public static Problem KnownContact(string name) => Problem.Invalid("email", $"{name} has this address already.");

    public static Problem TierNotYours() => new(ProblemKind.Denied, "partners.tier_not_yours", "Only who may assign tiers sets the tier of a motion.");

    public static Problem InvitedAlready() => new(ProblemKind.Conflict, "partners.invited_already", "This person has access already.");

    public static Problem Closed(PartnerState state) =>
        new(ProblemKind.Conflict, "partners.closed", $"Nobody can be invited while the partner is “{Words.Label(state)}”.")
        { Facts = new Dictionary<string, object?> { ["state"] = Words.Of(state) } };
}
