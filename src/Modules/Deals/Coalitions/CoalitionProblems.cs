using Trellis.Kernel;

namespace Trellis.Deals.Coalitions;

/// <summary>Every refusal of coalitions.</summary>
internal static class CoalitionProblems
{
    public static Problem WorkExceeded(int left) => Problem.Invalid("work", $"At most {left / 100m:0.##} % of the work are left to agree on.");

    public static Problem NoAgreement() => Problem.Missing("agreement");

    public static Problem NotTheHolder() => new(ProblemKind.Denied, "deals.consent_holder", "Only the partner that registered the deal can consent.");

    public static Problem NotTheInviter() => new(ProblemKind.Denied, "deals.counter_inviter", "Only the side that invited answers this; more credit than was offered is the registering partner’s to give.");

    public static Problem CounterEmpty() => Problem.Invalid("note", "Say what you want instead: a share, a part of the work, or in words.");

    public static Problem OtherTerms() => new(ProblemKind.Stale, "deals.terms_changed", "The terms have changed since you read them. Read them again, then answer.");

    public static Problem TermsUnread() => Problem.Invalid("hash", "Send the hash of the agreement that you have read: what you accept is its text.");

    public static Problem NotWon() => new(ProblemKind.Conflict, "deals.formation_not_won", "Only a team that has won can be saved as a template.");

    public static Problem NobodyToSave() => new(ProblemKind.Conflict, "deals.formation_empty", "This deal was won without another partner: there is no team to save.");

    public static Problem NoFormation() => Problem.Missing("team template");

    public static Problem NotRegistered() =>
        new(ProblemKind.Conflict, "deals.leave_draft", "This deal is not registered yet. Decline the invitation; or take your proposal back, if the draft is yours.");

    public static Problem CannotLeave() => new(ProblemKind.Denied, "deals.leave_others", "Only the partner itself, the partner that registered the deal, or the vendor can end this.");
}
