using Trellis.Kernel;

namespace Trellis.Deals.Relations;

/// <summary>Every refusal about customer relations.</summary>
internal static class RelationProblems
{
    public static Problem NoAccount() => Problem.Missing("account");

    public static Problem NoClaim() => Problem.Missing("claim");

    public static Problem NothingChanges() => new(ProblemKind.Conflict, "relations.unchanged", "It is recorded like this already.");

    public static Problem ClaimOpen() => new(ProblemKind.Conflict, "relations.claim_open", "Your company has claimed this relation already; the claim waits for an answer.");

    public static Problem AlreadyHeld() => new(ProblemKind.Conflict, "relations.already_held", "Your company holds this relation already.");

    public static Problem AccountUnknown() => new(ProblemKind.Conflict, "relations.account_unknown", "Say first which account the customer of this deal is; then the claim can be confirmed.");

    public static Problem NoLongerHolder() => new(ProblemKind.Conflict, "relations.deal_moved", "The deal has gone to another partner since. Refuse the claim.");
}
