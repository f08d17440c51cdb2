using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Conflicts;

/// <summary>Every refusal about conflicts.</summary>
internal static class ConflictsProblems
{
    public static Problem Missing() => Problem.Missing("conflict");

    public static Problem AlreadyRaised(ConflictId conflict) =>
        new(ProblemKind.Conflict, "conflicts.already_raised", "This has been raised already. Say what is new there.")
        { Facts = new Dictionary<string, object?> { ["conflict"] = conflict.ToString() } };

    public static Problem NothingToRaise(DealState state) =>
        new(ProblemKind.Conflict, "conflicts.nothing_to_raise", "There is nothing to dispute on this deal as it stands.")
        { Facts = new Dictionary<string, object?> { ["state"] = Words.Of(state) } };

    public static Problem AppealUsed() =>
        new(ProblemKind.Conflict, "conflicts.appeal_used", "Your company has appealed once; the second decision stands. Your partner manager can explain it.");

    public static Problem SameDecider() =>
        new(ProblemKind.Denied, "conflicts.same_decider", "You took the decision that is appealed against. Somebody else decides on the appeal.");

    public static Problem Settled() =>
        new(ProblemKind.Conflict, "conflicts.settled", "The conflict is settled. It can be appealed once.");

    public static Problem NoSuchDeal() => Problem.Invalid("other", "There is no other registration like this.");

    public static Problem NotOfThisKind() => Problem.Invalid("outcome", "This decision does not fit this kind of conflict.");

    public static Problem NamesOneSide(string name, string field = "reason") => Problem.Invalid(field, $"“{name}” names a side to the other one, which reads this. Say it without the name; what is for your own people goes into a note.");

    public static Problem OverrideUnexplained() => Problem.Invalid("because", "Our rules had refused this registration. Choose why it is approved all the same.");
}
