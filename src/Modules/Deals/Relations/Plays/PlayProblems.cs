using Trellis.Kernel;

namespace Trellis.Deals.Relations.Plays;

internal static class PlayProblems
{
    public static Problem NoPlay() => Problem.Missing("suggestion");

    public static Problem NotYours() => new(ProblemKind.Denied, "plays.not_yours", "You cannot carry this out; leave it to the partner manager.");

    public static Problem Reviewed() => new(ProblemKind.Conflict, "plays.reviewed", "Somebody has reviewed this suggestion already.");
}
