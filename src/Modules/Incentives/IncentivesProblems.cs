using Trellis.Kernel;

namespace Trellis.Incentives;

/// <summary>Every refusal of this module.</summary>
internal static class IncentivesProblems
{
    public static Problem NoPlan() => Problem.Missing("plan");

    public static Problem NoEarning() => Problem.Missing("earning");

    public static Problem NoPayout() => Problem.Missing("payout");

    public static Problem PlanIsFixed(int number, PlanState state) =>
        new(ProblemKind.Conflict, "incentives.plan_fixed", $"Plan {number} is {Words.Label(state).ToLowerInvariant()} and cannot change any more. Write a new plan that takes over from a date.");

    public static Problem PlanTooEarly(DateOnly earliest) =>
        new(ProblemKind.Conflict, "incentives.plan_too_early", $"This plan can begin on {earliest:d MMM yyyy} at the earliest: for each day there is one plan.")
        { Facts = new Dictionary<string, object?> { ["earliest"] = earliest } };

    public static Problem SegmentRewarded(int number) =>
        new(ProblemKind.Conflict, "incentives.segment_rewarded", $"Plan {number} pays by this segment, so its conditions stay and it cannot be dropped. Make another segment, and a new plan that rewards it.");

    public static Problem SelfDeclared(IReadOnlyCollection<string> segments) =>
        new(ProblemKind.Conflict, "incentives.self_declared", $"Partners could put themselves into these rewarded segments by what they tell of themselves: {string.Join(", ", segments)}. Reward segments that go by what you decide, such as tier, tags, motion, time or confirmed certifications.");

    public static Problem SegmentGone() => Problem.Invalid("rewards", "One of the segments is not there any more. Choose again.");

    public static Problem ReasonNeeded() => Problem.Invalid("reason", "Say why in one sentence: the partner will read it.");

    public static Problem HoldInPast() => Problem.Invalid("until", "The hold ends in the future, or it has no end.");

    public static Problem TakenBackAlready() =>
        new(ProblemKind.Conflict, "incentives.taken_back", "This line has been taken back already.");

    public static Problem NothingPayable(string currency) =>
        new(ProblemKind.Conflict, "incentives.nothing_payable", $"No partner has a payable amount in {currency} that reaches the smallest payout.");
}
