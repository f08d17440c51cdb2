using Trellis.Kernel;

namespace Trellis.Identity;

internal static class MemberProblems
{
    public static Problem Yourself() => new(ProblemKind.Conflict, "identity.own_account", "You cannot suspend or remove yourself. You can leave the company, under “Your companies”.");

    public static Problem NoState() => Problem.Invalid("state", "A person is let in or suspended. Who is invited has to say yes.");

    public static Problem NotAccepted() => new(ProblemKind.Conflict, "identity.not_accepted", "This person has not accepted the invitation yet. Take the invitation back instead, or wait.");

    public static Problem NotYours() => new(ProblemKind.Conflict, "identity.hand_over", "Only an admin hands over, and only to a colleague.");

    public static Problem Suspended() => new(ProblemKind.Conflict, "identity.heir_suspended", "This person is suspended. Let them in first.");
}
