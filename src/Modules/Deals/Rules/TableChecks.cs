using System.Text.RegularExpressions;
using Trellis.Kernel;

namespace Trellis.Deals.Rules;

/// <summary>What must hold before a table is published: every cell readable and of its column's type, every sentence free of foreign facts.</summary>
internal static partial class TableChecks
{
    private const int MostRules = 500;
    private const int LongestSentence = 600;
    private const int MostHours = 240;

    /// <summary>Roles that may decide; the table names one of them in a review.</summary>
    public static readonly string[] Reviewers = ReviewRoles.Upwards;

    /// <summary>Words in braces that every sentence may use, besides facts.</summary>
    public static readonly string[] Results = ["protection_days", "protected_until", "reviewer", "decide_within", "extension_limit", "credit"];

    /// <summary>What sentences of a table about leads may use besides.</summary>
    private static readonly string[] PassingResults = ["answer_within"];

    public static void Head(RuleSetText text, Check check)
    {
        check.Text(text.Name, "name", "The name")
            .That(text.Rules.Count is > 0 and <= MostRules, "rules", $"A table has 1 to {MostRules} rules.")
            .That(text.Columns.Count > 0, "columns", "A table has at least one column.")
            .That(text.Columns.Distinct().Count() == text.Columns.Count, "columns", "A column stands here twice.")
            .That(text.DecideWithin is > 0 and <= 30, "decideWithin", "A decision takes 1 to 30 business days.")
            .That(text.ExtensionLimit is >= 0 and <= 12 && text.ExtensionDays is > 0 and <= 365, "extension", "An extension adds 1 to 365 days, at most 12 times.");
        if (text.Kind == RuleKind.Passing) check.That(text.AnswerWithin is > 0 and <= MostHours, "answerWithin", $"A lead is answered within 1 to {MostHours} hours.");
        foreach (var column in text.Columns.Where(c => text.Fact(c) is null)) check.That(false, "columns", $"There is no fact “{column}”.");
        foreach (var gone in (text.Facts ?? []).Where(f => f.Gone)) check.That(false, "columns", Gone(gone));
        foreach (var tier in Vocabulary.Tiers) check.That(text.Protection.TryGetValue(tier, out var days) && days is > 0 and <= 730, "protection", $"The days of protection for {tier} (1 to 730) are missing.");
        foreach (var id in text.Rules.GroupBy(r => r.Id).Where(g => g.Count() > 1)) check.That(false, "rules", $"Two rules are named “{id.Key}”.");
    }

    public static Rule Read(RuleSetText text, int index, Check check)
    {
        var rule = text.Rules[index];
        var place = $"rules[{index}]";
        check.Text(rule.Id, place + ".id", "The rule's name", 80);
        List<(FactKind, Cell)> conditions = [];
        foreach (var (name, written) in rule.When)
        {
            if (!text.Columns.Contains(name) || text.Fact(name) is not { } fact)
            {
                check.That(false, $"{place}.{name}", $"The table has no column “{name}”.");
                continue;
            }

            var (cell, error) = CellReader.Read(written);
            check.That(error is null, $"{place}.{name}", $"“{written}”, character {error?.Position + 1}: {error?.Message}");
            if (cell is null) continue;
            Types(fact, cell, $"{place}.{name}", check);
            if (!cell.IsIrrelevant) conditions.Add((fact, cell));
        }

        Follows(rule, place, check);
        check.That(rule.AnswerWithin is null || (text.Kind == RuleKind.Passing && rule is { Outcome: Outcome.Approve, AnswerWithin: > 0 and <= MostHours }), place + ".answerWithin", $"Only a lead that is passed on has hours for the answer, 1 to {MostHours}.");
        Sentence(text, rule.ForPartner, place + ".forPartner", true, check);
        Sentence(text, rule.ForVendor, place + ".forVendor", false, check);
        check.That(text.Kind != RuleKind.Passing || rule.Says is not { Count: > 0 }, place + ".says", "Of a lead the partner reads the sentence as it is written; there are none for further languages.");
        foreach (var (language, sentence) in rule.Says ?? new Dictionary<string, string>())
        {
            check.That(RuleWords.Languages.Contains(language), place + ".says", $"“{language}” is no further language of the portal; there are {string.Join(", ", RuleWords.Languages)}.");
            Sentence(text, sentence, place + ".says", true, check);
        }

        // In the table's order, whatever the order in which the cells were written.
        return new Rule(rule, [.. text.Columns.SelectMany(c => conditions.Where(p => p.Item1.Name == c))]);
    }

    /// <summary>One cell by itself, as it is typed: what it says in plain words, or what is wrong with it.</summary>
    public static CellCheck Cell(string? name, FactKind? fact, string? written)
    {
        if (fact is null) return new CellCheck(false, Retell($"There is no fact “{name}”."));
        var (cell, error) = CellReader.Read(written);
        if (cell is null) return new CellCheck(false, Retell($"Character {error!.Position + 1}: {error.Message}"));
        var check = new Check();
        Types(fact, cell, "cell", check);
        return check.Problem is { } problem ? new CellCheck(false, string.Join(" ", problem.Errors["cell"].Select(e => Retell(e)))) : new CellCheck(true, Phrases.Condition(fact, cell));
    }

    private static string Gone(OwnFact fact) => fact.IsSegment
        ? $"The segment “{fact.Label}” is no more. Take the column {fact.Name} out, or make the segment again."
        : $"The custom field “{fact.Label}” was put away. Take the column {fact.Name} out, or restore the field among the custom fields.";

    private static void Types(FactKind fact, Cell cell, string place, Check check)
    {
        foreach (var test in cell.AnyOf)
        {
            var ordered = test is Between or Compared { Order: not Order.Equal };
            check.That(!ordered || fact.Type is FactType.Number or FactType.Date, place, $"“{test}” asks for an order, which {Noun(fact.Type)} does not have.");
            foreach (var literal in test.Literals)
            {
                var known = literal.Type is { } type;
                check.That(known || !ordered, place, "An unknown value has no order.");
                check.That(!known || literal.Type == fact.Type, place, $"“{literal}” does not fit: {Noun(fact.Type)} is expected.");
                if (literal.Text is { } value && fact.Allowed is { } allowed)
                    check.That(allowed.Contains(value), place, $"{literal} never occurs; {fact.Label} is one of {string.Join(", ", allowed)}.");
            }
        }
    }

    /// <summary>What follows from a rule fits its outcome and lies within its bounds.</summary>
    public static void Follows(RuleText rule, string place, Check check) => check
        .That(rule.ProtectionDays is null || (rule.Outcome == Outcome.Approve && rule.ProtectionDays is > 0 and <= 730), place + ".protectionDays", "Only an approval has days of protection, 1 to 730.")
        .That(rule.Outcome != Outcome.Review || Reviewers.Contains(rule.Reviewer), place + ".reviewer", $"A review names who decides: {string.Join(", ", Reviewers)}.")
        .That(rule.Outcome == Outcome.Review || rule.Reviewer is null, place + ".reviewer", "Only a review names who decides.")
        .That(rule.Outcome != Outcome.Refuse || rule.Reason is not null, place + ".reason", "A refusal has a reason.")
        .That(rule.Outcome == Outcome.Refuse || rule.Reason is null, place + ".reason", "Only a refusal has a reason.")
        .That(rule.ExtensionLimit is null or (>= 0 and <= 12), place + ".extensionLimit", "A protection is extended 0 to 12 times.")
        .That(rule.CreditBasisPoints is null or (>= 0 and <= 10_000), place + ".creditBasisPoints", "Credit is 0 to 100 %.")
        .That(rule.Compensation is null || CompensationName().IsMatch(rule.Compensation), place + ".compensation", "A compensation rule is named by lower-case letters, digits and underscores, at most 60.")
        .That(rule.Outcome != Outcome.Refuse || (rule.ExtensionLimit, rule.CreditBasisPoints, rule.Compensation) is (null, null, null), place + ".compensation", "A refusal brings neither extensions nor credit nor compensation.");

    /// <summary>A sentence names only what exists, and for the partner only what it knows.</summary>
    public static void Sentence(RuleSetText text, string sentence, string place, bool forPartner, Check check)
    {
        check.Text(sentence, place, "The sentence", LongestSentence);
        foreach (var name in Placeholders(sentence))
        {
            var fact = text.Fact(name);
            check.That(fact is not null || Results.Contains(name) || (text.Kind == RuleKind.Passing && PassingResults.Contains(name)), place, $"There is nothing named {{{name}}}.");
            check.That(!forPartner || fact is null or { Own: true }, place, $"{{{name}}} comes from records that the partner may not see.");
        }
    }

    public static IEnumerable<string> Placeholders(string sentence) => Placeholder().Matches(sentence ?? "").Select(m => m.Groups[1].Value);

    public static string Fill(string sentence, Func<string, string> valueOf) => Placeholder().Replace(sentence, m => valueOf(m.Groups[1].Value));

    public static string Noun(FactType type) => type switch
    {
        FactType.Number => "a number",
        FactType.Date => "a date",
        FactType.Boolean => "true or false",
        _ => "text",
    };

    [GeneratedRegex("^[a-z][a-z0-9_]{0,59}$")]
    private static partial Regex CompensationName();

    // Names of the company's own facts have digits; ours have none.
    [GeneratedRegex(@"\{([a-z_]+|(?:partner_field|account_field|partner_segment)_[a-z0-9_]+)\}")]
    private static partial Regex Placeholder();
}
