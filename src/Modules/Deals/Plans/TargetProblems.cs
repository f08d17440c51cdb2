using Trellis.Kernel;

namespace Trellis.Deals.Plans;

/// <summary>Every refusal about target lists.</summary>
internal static class TargetProblems
{
    public static Problem NoList() => Problem.Missing("target list");

    public static Problem NoTarget() => Problem.Missing("company on this list");

    public static Problem NoContact() => Problem.Missing("person on this plan");

    public static Problem StaffOnly() => new(ProblemKind.Denied, "targets.vendor_only", "The vendor’s people begin and end target lists; ask your partner manager.");

    public static Problem Ended() => new(ProblemKind.Conflict, "targets.ended", "This list has ended and is only read.");

    public static Problem AlreadyThere() => new(ProblemKind.Conflict, "targets.already_there", "This company stands on the list already.");

    public static Problem Full() => new(ProblemKind.Conflict, "targets.full", $"A list holds at most {AddTarget.Most} companies. Begin another one.");

    public static Problem NotYourDeal() => Problem.Invalid("deal", "Choose a registration of the partner for this company.");
}
