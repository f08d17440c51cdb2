using Trellis.Kernel;

namespace Trellis.Identity;

internal static class PrivacyProblems
{
    public static Problem Yourself() => new(ProblemKind.Conflict, "identity.erase_yourself", "You cannot erase yourself. A colleague has to do it.");
}
