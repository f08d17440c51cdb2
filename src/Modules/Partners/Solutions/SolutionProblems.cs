using Trellis.Kernel;

namespace Trellis.Partners.Solutions;

internal static class SolutionProblems
{
    public static Problem Missing() => Problem.Missing("solution");

    public static Problem Full() => Problem.Invalid("partner", $"A solution has at most {SaveSolution.MostParts} parts.");

    public static Problem InIt(PartState state) =>
        new(ProblemKind.Conflict, "partners.solution_part_there", "This partner is in the solution, or has been asked.") { Facts = new Dictionary<string, object?> { ["state"] = Words.Of(state) } };

    public static Problem Answered(PartState state) =>
        new(ProblemKind.Conflict, "partners.solution_answered", "This has been answered already.") { Facts = new Dictionary<string, object?> { ["state"] = Words.Of(state) } };
}
