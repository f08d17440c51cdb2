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

    public required string ForPartner { get; init; }
    public required string ForVendor { get; init; }
}

/// <summary>One condition of a rule, as it came out.</summary>
internal sealed record TraceLine(FactKind Fact, Cell Cell, FactValue Given, bool Held);

/// <summary>The decision itself: pure, so that a stored case can be decided again and gives the same words.</summary>
internal static class Deciding
{
    /// <summary>
    /// The first rule whose conditions all hold decides. Where none holds, a person decides: a table with a gap must neither protect nor refuse.
    /// </summary>
    public static Ruling Decide(FactSet facts, DecisionTable table, DateOnly on, string currency)
    {
        foreach (var rule in table.Rules)
        {
            if (rule.Conditions.All(c => c.Cell.Holds(facts[c.Fact]))) return Follow(rule.Text, facts, table.Text, on, currency);
        }

        return Follow(Gap, facts, table.Text, on, currency) with { RuleId = null };
    }

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

    private static Ruling Follow(RuleText rule, FactSet facts, RuleSetText set, DateOnly on, string currency)
    {
        int? days = rule.Outcome == Outcome.Approve ? rule.ProtectionDays ?? set.Protection[facts[Vocabulary.PartnerTier].Text ?? Words.Of(Tier.Registered)] : null;
        DateOnly? until = days is { } d ? on.AddDays(d) : null;
        string Value(string name) => name switch
        {
            "protection_days" => Phrases.Number(days),
            "protected_until" => Phrases.Day(until),
            "reviewer" => rule.Reviewer is null ? "" : Roles.Label(rule.Reviewer).ToLowerInvariant(),
            "decide_within" => Phrases.Count(set.DecideWithin, "business day"),
            "amount" => facts[Vocabulary.Amount].Number is { } amount ? $"{currency} {Phrases.Number(amount)}" : "unknown",
            _ => Phrases.Value(facts[name]),
        };
        return new Ruling
        {
            Outcome = rule.Outcome,
            RuleId = rule.Id,
            Reason = rule.Reason,
            Reviewer = rule.Reviewer,
            ProtectionDays = days,
            ProtectedUntil = until,
            ForPartner = TableChecks.Fill(rule.ForPartner, Value),
            ForVendor = TableChecks.Fill(rule.ForVendor, Value),
        };
    }
}
