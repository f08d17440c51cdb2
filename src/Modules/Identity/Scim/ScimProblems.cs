using Trellis.Kernel;

namespace Trellis.Identity;

internal static class ScimProblems
{
    public static Problem InvalidFilter(string why) => new(ProblemKind.Invalid, "scim.invalidFilter", $"The filter cannot be read: {why}");

    public static Problem InvalidPath(string path) => new(ProblemKind.Invalid, "scim.invalidPath", $"There is no attribute at “{path}”.");

    public static Problem InvalidSyntax(string why) => new(ProblemKind.Invalid, "scim.invalidSyntax", why);

    public static Problem InvalidValue(string why) => new(ProblemKind.Invalid, "scim.invalidValue", why);

    public static Problem NoTarget(string path) => new(ProblemKind.Invalid, "scim.noTarget", $"Nothing is there at “{path}”.");

    public static Problem Uniqueness(string what) => new(ProblemKind.Conflict, "scim.uniqueness", what);

    public static Problem Mutability(string what) => new(ProblemKind.Conflict, "scim.mutability", what);
}
