using System.Globalization;
using System.Text;
using Trellis.Kernel;

namespace Trellis.Deals.Rules;

/// <summary>
/// Writes rules as a plain text file: one thing a line, in the order of the table, so that a version control system shows what changed
/// (docs/guide/rules-of-engagement.md). <see cref="RuleFileReader"/> reads it again.
/// </summary>
internal static class RuleFile
{
    public const string Extension = "rules";

    public static string Write(RuleSetText set)
    {
        var text = new StringBuilder();
        void Line(string key, string? value)
        {
            if (value is not null) text.Append(key).Append(": ").Append(Escape(value)).Append('\n');
        }

        Line("name", set.Name);
        if (set.Kind != RuleKind.Engagement) Line("kind", Words.Of(set.Kind));
        Line("hit policy", Words.Of(set.HitPolicy));
        Line("decide within", Number(set.DecideWithin));
        Line("answer hours", Number(set.AnswerWithin));
        Line("extension limit", Number(set.ExtensionLimit));
        Line("extension days", Number(set.ExtensionDays));
        foreach (var (tier, days) in set.Protection.OrderBy(p => Array.IndexOf(Vocabulary.Tiers, p.Key))) Line($"protection {tier}", Number(days));
        foreach (var column in set.Columns) Line("column", column);
        foreach (var rule in set.Rules)
        {
            text.Append("\nrule ").Append(Escape(rule.Id)).Append('\n');
            foreach (var (fact, cell) in InOrder(set, rule)) Line($"  when {fact}", cell);
            Line("  then", Words.Of(rule.Outcome));
            Line("  protection days", Number(rule.ProtectionDays));
            Line("  answer hours", Number(rule.AnswerWithin));
            Line("  reviewer", rule.Reviewer);
            Line("  reason", rule.Reason is { } reason ? Words.Of(reason) : null);
            Line("  extension limit", Number(rule.ExtensionLimit));
            Line("  credit percent", rule.CreditBasisPoints is { } points ? (points / 100m).ToString("0.##", CultureInfo.InvariantCulture) : null);
            Line("  compensation", rule.Compensation);
            Line("  for partner", rule.ForPartner);
            foreach (var (language, sentence) in (rule.Says ?? new Dictionary<string, string>()).OrderBy(s => s.Key, StringComparer.Ordinal)) Line($"  says {language}", sentence);
            Line("  for vendor", rule.ForVendor);
        }

        foreach (var test in set.Tests)
        {
            text.Append("\ntest ").Append(Escape(test.Name)).Append('\n');
            foreach (var (fact, value) in test.Given.OrderBy(g => g.Key, StringComparer.Ordinal)) Line($"  given {fact}", value);
            Line("  expect", Words.Of(test.Expect));
            Line("  by", test.By);
            foreach (var (name, value) in (test.Then ?? new Dictionary<string, string>()).OrderBy(t => t.Key, StringComparer.Ordinal)) Line($"  then {RuleTests.Shown(name)}", value);
        }

        return text.ToString();
    }

    /// <summary>The cells of a rule in the order of the columns; cells without a column come last, so that nothing is lost.</summary>
    public static IEnumerable<KeyValuePair<string, string>> InOrder(RuleSetText set, RuleText rule) =>
        set.Columns.Where(rule.When.ContainsKey).Select(c => new KeyValuePair<string, string>(c, rule.When[c])).Concat(rule.When.Where(w => !set.Columns.Contains(w.Key)).OrderBy(w => w.Key, StringComparer.Ordinal));

    // A line is a line: what would break it, or be trimmed away at an end, is written out.
    private static string Escape(string text)
    {
        var escaped = text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal).Replace("\r", "\\r", StringComparison.Ordinal).Replace("\t", "\\t", StringComparison.Ordinal);
        if (escaped.Length > 0 && char.IsWhiteSpace(escaped[0])) escaped = "\\" + escaped;
        return escaped.Length > 0 && char.IsWhiteSpace(escaped[^1]) ? escaped[..^1] + "\\" + escaped[^1] + "\\e" : escaped;
    }

    private static string? Number(int? number) => number?.ToString(CultureInfo.InvariantCulture);
}
