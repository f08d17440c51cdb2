using Trellis.Kernel;

namespace Trellis.Accounts.Merging;

/// <summary>Why a merge, or its undoing, is refused.</summary>
internal static class MergeProblems
{
    public static Problem UndoneAlready() => new(ProblemKind.Conflict, "accounts.merge_undone", "This merge has been undone already.");

    public static Problem TooLate(DateTime until) =>
        new(ProblemKind.Conflict, "accounts.merge_final", $"A merge can be undone for 30 days; this one could until {until:yyyy-MM-dd}.") { Facts = new Dictionary<string, object?> { ["until"] = until } };

    public static Problem LaterMerge(string name) => new(ProblemKind.Conflict, "accounts.merged_again", $"{name} has itself become part of another account since. Undo that merge first.");

    public static Problem Decided() => new(ProblemKind.Conflict, "accounts.duplicate_decided", "Somebody has decided about these two already.");
}
