using Trellis.Kernel;

namespace Trellis.Insights;

/// <summary>The refusals of this module.</summary>
internal static class InsightsProblems
{
    public static Problem ConfirmedAlready() => new(ProblemKind.Conflict, "insights.confirmed", "This is confirmed already.");
}
