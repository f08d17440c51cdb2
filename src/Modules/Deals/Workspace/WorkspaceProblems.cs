using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Workspace;

/// <summary>Every refusal of the workspace.</summary>
internal static class WorkspaceProblems
{
    public static Problem OutOfSight() => Problem.Missing("part of this deal for you");

    public static Problem NotYet() => new(ProblemKind.Conflict, "deals.workspace_draft", "Register the deal first; then both sides can work on it.");

    public static Problem OnlyReads(DealState state) =>
        new(ProblemKind.Conflict, "deals.only_reads", "This deal is over. Your company still reads what it could read, and writes nothing more.") { Facts = new Dictionary<string, object?> { ["state"] = Words.Of(state) } };

    public static Problem NoTask() => Problem.Missing("task");

    public static Problem NothingNext(DealState state) =>
        new(ProblemKind.Conflict, "deals.nothing_next", "The deal is over; there is no next step any more.") { Facts = new Dictionary<string, object?> { ["state"] = Words.Of(state) } };

    public static Problem NoMilestone() => Problem.Missing("milestone");

    public static Problem NoPerson() => Problem.Missing("person of the buying committee");

    public static Problem NoFile() => Problem.Missing("file");

    public static Problem NoOwner() => Problem.Invalid("owner", "Choose somebody of the vendor or of a partner on this deal.");

    public static Problem InternalTask() => new(ProblemKind.Denied, "deals.internal_task", "Internal tasks are for the vendor's own people.");

    public static Problem NotYours() => new(ProblemKind.Denied, "deals.not_your_task", "Only its owner's side, or who wrote it, can change this.");

    public static Problem PlanThere() => new(ProblemKind.Conflict, "deals.plan_there", "There is a plan already. Remove its open milestones first, or add to it.");

    public static Problem NoTemplate() => Problem.Invalid("template", "Choose a plan of the list.");

    public static Problem TooMany(string what, int most) => new(ProblemKind.Conflict, "deals.workspace_full", $"A deal has at most {most} {what}.") { Facts = new Dictionary<string, object?> { ["most"] = most } };

    public static Problem WrongFile(string message) => Problem.Invalid("file", message);

    public static Problem NotYourFile() => new(ProblemKind.Denied, "deals.not_your_file", "Only the side that added a file can remove it.");

    public static Problem SightIsHolders() => new(ProblemKind.Denied, "deals.sight_holder", "Only the partner that registered the deal, or the vendor's program team, decides who sees what.");

    public static Problem SightAgreed() =>
        new(ProblemKind.Conflict, "deals.sight_agreed", "What this partner sees stands in its agreement. End the agreement and invite the partner anew, with another level.");

    public static Problem TooManyStreams() => new(ProblemKind.Busy, "deals.live_busy", "Too many open pages are being kept up to date. This one shows changes when you load it again.");
}
