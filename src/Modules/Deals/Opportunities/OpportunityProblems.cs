using Trellis.Kernel;

namespace Trellis.Deals.Opportunities;

internal static class OpportunityProblems
{
    public static Problem NoPlace() => Problem.Missing("planned place");

    public static Problem AlreadyPlanned() => new(ProblemKind.Conflict, "deals.already_planned", "This partner is planned for the opportunity already.");

    public static Problem NobodyRegistered() => new(ProblemKind.Conflict, "deals.nobody_registered", "No deal is linked to this opportunity yet. Once a partner has registered it and it is linked, the others can be invited.");
}
