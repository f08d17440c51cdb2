using Trellis.Kernel;

namespace Trellis.Identity;

internal static class KeyProblems
{
    public static Problem Wider() => new(ProblemKind.Conflict, "identity.wider_key", "A key cannot renew one that may do more, or lasts longer, than itself. Do it on the page.");

    public static Problem NoScopes() => Problem.Invalid("scopes", $"Name the permissions that the key is for, or “{KeyRing.Everything}” for all that the account may.");

    public static Problem NoService() => Problem.Missing("service account");
}
