using System.Globalization;
using Trellis.Kernel;

namespace Trellis.Deals.Rules;

internal enum ChangeKind
{
    Added,
    Removed,
    Changed,

    /// <summary>It stands at another place among those that both tables have.</summary>
    Moved,
}

/// <summary>One thing that is written differently.</summary>
internal sealed record FieldChange(string Field, string? From, string? To);

/// <summary>What differs at one rule, test or setting.</summary>
internal sealed record RuleChange(ChangeKind Kind, string What, string Name, IReadOnlyList<FieldChange> Fields);

/// <summary>What differs between two tables, rule by rule; rules are the same if they have the same name.</summary>
internal static class RuleDiff
{
    public static IReadOnlyList<RuleChange> Between(RuleSetText from, RuleSetText to) =>
    [
        .. Settings(from, to),
        .. Parts("rule", from.Rules, to.Rules, r => r.Id, RuleFields),
        .. Parts("test", from.Tests, to.Tests, t => t.Name, TestFields),
    ];

    private static IEnumerable<RuleChange> Settings(RuleSetText from, RuleSetText to)
    {
        var fields = Differences(SettingFields(from), SettingFields(to));
        if (fields.Count > 0) yield return new RuleChange(ChangeKind.Changed, "settings", "Settings", fields);
    }

    private static IEnumerable<RuleChange> Parts<T>(string what, IReadOnlyList<T> from, IReadOnlyList<T> to, Func<T, string> nameOf, Func<T, IEnumerable<(string, string?)>> fieldsOf)
    {
        // Two of the same name cannot be published, but a draft may have them: the first counts.
        var before = from.DistinctBy(nameOf).ToDictionary(nameOf);
        var after = to.DistinctBy(nameOf).ToDictionary(nameOf);
        foreach (var gone in before.Where(b => !after.ContainsKey(b.Key))) yield return new RuleChange(ChangeKind.Removed, what, gone.Key, Differences(fieldsOf(gone.Value), []));
        var kept = before.Keys.Where(after.ContainsKey).ToList();
        var stays = Stays([.. after.Keys.Where(before.ContainsKey).Select(n => kept.IndexOf(n))]);
        foreach (var (name, part) in after)
        {
            if (!before.TryGetValue(name, out var earlier))
            {
                yield return new RuleChange(ChangeKind.Added, what, name, Differences([], fieldsOf(part)));
                continue;
            }

            var fields = Differences(fieldsOf(earlier), fieldsOf(part));
            if (fields.Count > 0) yield return new RuleChange(ChangeKind.Changed, what, name, fields);
            if (!stays.Contains(kept.IndexOf(name))) yield return new RuleChange(ChangeKind.Moved, what, name, [new FieldChange("place", Place(from, nameOf, name), Place(to, nameOf, name))]);
        }
    }

    private static string Place<T>(IReadOnlyList<T> list, Func<T, string> nameOf, string name) => (list.Select(nameOf).ToList().IndexOf(name) + 1).ToString(CultureInfo.InvariantCulture);

    // The longest run of places that kept their order; whoever is not in it has moved.
    private static HashSet<int> Stays(int[] places)
    {
        var (length, before) = (new int[places.Length], new int[places.Length]);
        var last = -1;
        for (var i = 0; i < places.Length; i++)
        {
            (length[i], before[i]) = (1, -1);
            for (var j = 0; j < i; j++)
                if (places[j] < places[i] && length[j] + 1 > length[i]) (length[i], before[i]) = (length[j] + 1, j);
            if (last < 0 || length[i] > length[last]) last = i;
        }

        HashSet<int> stays = [];
        for (; last >= 0; last = before[last]) stays.Add(places[last]);
        return stays;
    }

    private static List<FieldChange> Differences(IEnumerable<(string Field, string? Value)> from, IEnumerable<(string Field, string? Value)> to)
    {
        Dictionary<string, string?> before = from.ToDictionary(f => f.Field, f => f.Value), after = to.ToDictionary(f => f.Field, f => f.Value);
        return [.. before.Keys.Union(after.Keys).Select(f => new FieldChange(f, before.GetValueOrDefault(f), after.GetValueOrDefault(f))).Where(f => f.From != f.To)];
    }

    private static IEnumerable<(string, string?)> SettingFields(RuleSetText set) =>
    [
        ("name", set.Name), ("hit policy", Words.Of(set.HitPolicy)), ("decide within", Number(set.DecideWithin)), ("extension limit", Number(set.ExtensionLimit)), ("extension days", Number(set.ExtensionDays)), ("columns", string.Join(", ", set.Columns)),
        .. set.Protection.Select(p => ($"protection {p.Key}", Number(p.Value))),
    ];

    private static IEnumerable<(string, string?)> RuleFields(RuleText rule) =>
    [
        .. rule.When.Where(w => w.Value is not ("-" or "")).OrderBy(w => w.Key, StringComparer.Ordinal).Select(w => ($"when {w.Key}", (string?)w.Value)),
        ("then", Words.Of(rule.Outcome)), ("protection days", Number(rule.ProtectionDays)), ("reviewer", rule.Reviewer), ("reason", rule.Reason is { } reason ? Words.Of(reason) : null),
        ("extension limit", Number(rule.ExtensionLimit)), ("credit percent", (rule.CreditBasisPoints / 100m)?.ToString("0.##", CultureInfo.InvariantCulture)), ("compensation", rule.Compensation),
        ("for partner", rule.ForPartner), ("for vendor", rule.ForVendor), .. (rule.Says ?? new Dictionary<string, string>()).OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => ($"says {s.Key}", (string?)s.Value)),
    ];

    private static IEnumerable<(string, string?)> TestFields(RuleTestText test) =>
        [.. test.Given.OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => ($"given {g.Key}", (string?)g.Value)), ("expect", Words.Of(test.Expect)), ("by", test.By), .. (test.Then ?? new Dictionary<string, string>()).OrderBy(t => t.Key, StringComparer.Ordinal).Select(t => ($"then {RuleTests.Shown(t.Key)}", (string?)t.Value))];

    private static string? Number(int? number) => number?.ToString(CultureInfo.InvariantCulture);
}
