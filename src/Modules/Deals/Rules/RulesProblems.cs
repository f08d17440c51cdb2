using Trellis.Kernel;

namespace Trellis.Deals.Rules;

/// <summary>Every refusal of the rules of engagement.</summary>
internal static class RulesProblems
{
    public const int LongestContent = 1_000_000;

    public static Problem MissingDraft() => Problem.Missing("draft of the rules");

    public static Problem MissingRun() => Problem.Missing("run of the rules");

    public static Problem MissingVersion() => Problem.Missing("version of the rules");

    public static Problem InPast() => Problem.Invalid("effectiveFrom", "Rules take effect today or later; decisions of the past stay as they are.");

    public static Problem TooLarge() => Problem.Invalid("text", "The rules are larger than a megabyte.");

    public static Problem HasBegun(int number) =>
        new(ProblemKind.Conflict, "rules.has_begun", $"Version {number} has begun to decide. Publish another version instead.") { Facts = new Dictionary<string, object?> { ["version"] = number } };

    public static Problem Withdrawn(int number) =>
        new(ProblemKind.Conflict, "rules.withdrawn", $"Version {number} was taken back already.") { Facts = new Dictionary<string, object?> { ["version"] = number } };

    public static Problem ChangedSince(int basedOn, int last) =>
        new(ProblemKind.Conflict, "rules.changed_since", $"Version {last} was published after this draft had begun with version {basedOn}. Look at the changes between them, take over what you want to keep, and say that you have seen it.")
        { Facts = new Dictionary<string, object?> { ["basedOn"] = basedOn, ["last"] = last } };
}
