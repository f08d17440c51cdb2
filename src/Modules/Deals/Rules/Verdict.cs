using Trellis.Deals.Published;
using Trellis.Identity.Published;

namespace Trellis.Deals.Rules;

/// <summary>What follows from the rules that hold, without its sentences.</summary>
/// <param name="Outcome">What happens.</param>
/// <param name="Rule">The place of the rule that decides, or <see cref="Gap"/> or <see cref="Overlap"/>.</param>
/// <param name="Reason">Of a refusal.</param>
/// <param name="Reviewer">Of a review: who decides.</param>
/// <param name="Days">Of an approval: days of protection.</param>
/// <param name="ExtensionLimit">How often it may be extended.</param>
/// <param name="CreditBasisPoints">The part of the credit that the registration gives.</param>
/// <param name="Compensation">The compensation rule by which it is paid.</param>
internal readonly record struct Verdict(Outcome Outcome, int Rule, ReasonCode? Reason, string? Reviewer, int? Days, int? ExtensionLimit, int? CreditBasisPoints, string? Compensation)
{
    /// <summary>No rule holds: a person decides.</summary>
    public const int Gap = -1;

    /// <summary>Several rules hold of a table in which only one should: a person decides.</summary>
    public const int Overlap = -2;

    /// <summary>Settles the rules that hold, given by their places in the order of the table. It allocates nothing.</summary>
    /// <param name="set">The table.</param>
    /// <param name="held">The rules that hold; under the hit policy first only the first counts.</param>
    /// <param name="daysOfTier">What an approval gives that names no days.</param>
    public static Verdict Settle(RuleSetText set, ReadOnlySpan<int> held, int daysOfTier)
    {
        if (held.Length == 0) return Undecided(Gap);
        if (held.Length == 1 || set.HitPolicy == HitPolicy.First) return One(set.Rules[held[0]], held[0], daysOfTier);
        return set.HitPolicy == HitPolicy.Unique ? Undecided(Overlap) : Together(set, held, daysOfTier);
    }

    private static Verdict Undecided(int why) => new(Outcome.Review, why, null, Roles.ChannelOperations, null, null, null, null);

    private static Verdict One(RuleText rule, int place, int daysOfTier) => new(
        rule.Outcome, place, rule.Reason, rule.Reviewer, rule.Outcome == Outcome.Approve ? rule.ProtectionDays ?? daysOfTier : null,
        rule.ExtensionLimit, rule.CreditBasisPoints, rule.Compensation);

    // The strictest outcome decides: refuse before review before approve; among equals the first in the table gives rule, reason and reviewer.
    // Days, limits and credit are the lowest of those given, and the first compensation rule that is named pays.
    private static Verdict Together(RuleSetText set, ReadOnlySpan<int> held, int daysOfTier)
    {
        var verdict = One(set.Rules[held[0]], held[0], daysOfTier);
        foreach (var place in held[1..])
        {
            var next = One(set.Rules[place], place, daysOfTier);
            var stricter = next.Outcome > verdict.Outcome ? next : verdict;
            verdict = stricter with
            {
                Days = stricter.Outcome == Outcome.Approve ? Lowest(verdict.Days, next.Days) : null,
                ExtensionLimit = stricter.Outcome == Outcome.Refuse ? null : Lowest(verdict.ExtensionLimit, next.ExtensionLimit),
                CreditBasisPoints = stricter.Outcome == Outcome.Refuse ? null : Lowest(verdict.CreditBasisPoints, next.CreditBasisPoints),
                Compensation = stricter.Outcome == Outcome.Refuse ? null : verdict.Compensation ?? next.Compensation,
            };
        }

        return verdict;
    }

    private static int? Lowest(int? a, int? b) => (a, b) switch { (null, _) => b, (_, null) => a, _ => Math.Min(a.Value, b.Value) };
}
