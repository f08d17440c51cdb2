using Trellis.Deals.Published;
using Trellis.Identity.Published;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Deals.Rules;

/// <summary>What the rules say about one case.</summary>
internal sealed record Ruling
{
    public required Outcome Outcome { get; init; }

    /// <summary>The rule that decided; null where none held, which goes to a person.</summary>
    public required string? RuleId { get; init; }

    public ReasonCode? Reason { get; init; }
    public string? Reviewer { get; init; }
    public int? ProtectionDays { get; init; }

    /// <summary>The last day of protection.</summary>
    public DateOnly? ProtectedUntil { get; init; }

    /// <summary>How often the protection may be extended.</summary>
    public int? ExtensionLimit { get; init; }

    /// <summary>The part of the credit that the registration gives.</summary>
    public int? CreditBasisPoints { get; init; }

    /// <summary>The compensation rule by which it is paid.</summary>
    public string? Compensation { get; init; }

    /// <summary>All rules that held, where several count together or stand against each other; separated by commas.</summary>
    public string? Held { get; init; }

    /// <summary>All roles that should look, where several rules asked for one; separated by commas.</summary>
    public string? Reviewers { get; init; }

    public required string ForPartner { get; init; }
    public required string ForVendor { get; init; }
}

/// <summary>One condition of a rule, as it came out.</summary>
internal sealed record TraceLine(FactKind Fact, Cell Cell, FactValue Given, bool Held);

/// <summary>The decision itself: pure, so that a stored case can be decided again and gives the same words.</summary>
internal static class Deciding
{
    /// <summary>
    /// What the table says by its hit policy. Where no rule holds, or several of a table whose rules should exclude each other, a person decides: a
    /// table with a fault must neither protect nor refuse.
    /// </summary>
    public static Ruling Decide(FactSet facts, DecisionTable table, DateOnly on, string currency)
    {
        var set = table.Text;
        int[] held = [.. Enumerable.Range(0, table.Rules.Count).Where(i => table.Rules[i].Conditions.All(c => c.Cell.Holds(facts[c.Fact])))];
        var verdict = Verdict.Settle(set, held, DaysOfTier(set, facts[Vocabulary.PartnerTier].Text));
        if (set.HitPolicy == HitPolicy.First || held.Length < 2) return Tell(verdict, [verdict.Rule == Verdict.Gap ? Gap : set.Rules[held[0]]], facts, set, on, currency);

        var all = string.Join(", ", held.Select(i => set.Rules[i].Id));
        if (set.HitPolicy == HitPolicy.Unique) return Tell(verdict, [Overlap(all)], facts, set, on, currency) with { Held = all };
        RuleText[] deciding = [.. held.Select(i => set.Rules[i]).Where(r => r.Outcome == verdict.Outcome)];
        string[] reviewers = [.. deciding.Select(r => r.Reviewer).OfType<string>().Distinct()];
        return Tell(verdict, deciding, facts, set, on, currency) with { Held = all, Reviewers = reviewers.Length > 1 ? string.Join(", ", reviewers) : null };
    }

    /// <summary>What an approval gives that names no days of its own.</summary>
    public static int DaysOfTier(RuleSetText set, string? tier) =>
        tier is not null && set.Protection.TryGetValue(tier, out var days) ? days : set.Protection[Words.Of(Tier.Registered)];

    /// <summary>Why a rule held or did not hold.</summary>
    public static IReadOnlyList<TraceLine> Trace(Rule rule, FactSet facts) =>
        [.. rule.Conditions.Select(c => new TraceLine(c.Fact, c.Cell, facts[c.Fact], c.Cell.Holds(facts[c.Fact])))];

    private static readonly RuleText Gap = new()
    {
        Id = "",
        When = new Dictionary<string, string>(),
        Outcome = Outcome.Review,
        Reviewer = Roles.ChannelOperations,
        ForPartner = "None of our rules fits this case, so a person looks at it.",
        ForVendor = "No rule of the table fits this case. Decide it, and consider a rule for it.",
    };

    private static RuleText Overlap(string names) => Gap with
    {
        ForPartner = "A person looks at this registration.",
        ForVendor = $"Several rules hold although only one should: {names}. Decide it, and tell the rules apart.",
    };

    // The same terms in the words of the rules that decide.
    private static Ruling Tell(Verdict verdict, RuleText[] rules, FactSet facts, RuleSetText set, DateOnly on, string currency)
    {
        DateOnly? until = verdict.Days is { } days ? on.AddDays(days) : null;
        string Value(string name) => name switch
        {
            "protection_days" => Phrases.Number(verdict.Days),
            "protected_until" => Phrases.Day(until),
            "reviewer" => verdict.Reviewer is null ? "" : Roles.Label(verdict.Reviewer).ToLowerInvariant(),
            "extension_limit" => Phrases.Number(verdict.ExtensionLimit),
            "credit" => verdict.CreditBasisPoints is { } points ? $"{Phrases.Number(points / 100m)} %" : "unknown",
            "answer_within" => Phrases.Number(rules[0].AnswerWithin ?? set.AnswerWithin),
            "decide_within" => Phrases.Count(set.DecideWithin, "business day"),
            "amount" => facts[Vocabulary.Amount].Number is { } amount ? $"{currency} {Phrases.Number(amount)}" : "unknown",
            _ => Phrases.Value(facts[name]),
        };
        string Say(Func<RuleText, string> sentence) => string.Join(" ", rules.Select(r => TableChecks.Fill(sentence(r), Value)).Distinct());
        return new Ruling
        {
            Outcome = verdict.Outcome,
            RuleId = verdict.Rule >= 0 ? set.Rules[verdict.Rule].Id : null,
            Reason = verdict.Reason,
            Reviewer = verdict.Reviewer,
            ProtectionDays = verdict.Days,
            ProtectedUntil = until,
            ExtensionLimit = verdict.ExtensionLimit,
            CreditBasisPoints = verdict.CreditBasisPoints,
            Compensation = verdict.Compensation,
            ForPartner = Say(r => r.ForPartner),
            ForVendor = Say(r => r.ForVendor),
        };
    }
}
