using System.Globalization;
using Microsoft.AspNetCore.Http;
using Trellis.Deals.Published;
using Trellis.Deals.Rules;
using Trellis.Kernel;

namespace Trellis.Deals.Web;

/// <summary>A row of the table as it is typed.</summary>
internal sealed class RuleRow
{
    public string Id { get; set; } = "";
    public Dictionary<string, string> When { get; init; } = [];
    public string Outcome { get; init; } = "";
    public string Who { get; init; } = "";
    public string Days { get; init; } = "";
    public string Limit { get; init; } = "";
    public string Credit { get; init; } = "";
    public string Pays { get; init; } = "";
    public string Partner { get; init; } = "";
    public string Vendor { get; init; } = "";

    /// <summary>The sentence for the partner in further languages, one a line: <c>de: …</c>.</summary>
    public string Says { get; init; } = "";

    /// <summary>The same row with one thing that it gives.</summary>
    public RuleRow With(string days = "", string limit = "", string credit = "", string pays = "") =>
        new() { Id = Id, Outcome = Outcome, Partner = Partner, Vendor = Vendor, Days = days, Limit = limit, Credit = credit, Pays = pays };
}

/// <summary>A test as it is typed.</summary>
internal sealed class TestRow
{
    public string Name { get; init; } = "";

    /// <summary>One fact a line: <c>amount: 5000</c>.</summary>
    public string Given { get; init; } = "";

    public string Expect { get; init; } = "";
    public string By { get; init; } = "";

    /// <summary>One thing a line: <c>protection days: 90</c>.</summary>
    public string Then { get; init; } = "";
}

/// <summary>
/// The table as a form: text as it was typed, so that nothing is lost whatever was typed. It reads the posted fields, applies the buttons that move
/// things, and becomes rules with a message at each place that cannot be read.
/// </summary>
internal sealed class RuleForm
{
    private const int MostRows = 500;

    public string Name { get; private init; } = "";
    public string Note { get; private init; } = "";
    public string HitPolicy { get; private init; } = "";
    public string DecideWithin { get; private init; } = "";
    public string ExtensionLimit { get; private init; } = "";
    public string ExtensionDays { get; private init; } = "";
    public Dictionary<string, string> Protection { get; private init; } = [];
    public List<string> Columns { get; private init; } = [];
    public List<RuleRow> Rules { get; private init; } = [];

    /// <summary>The company's own facts, to choose from and to name columns by.</summary>
    public IReadOnlyList<OwnFact> Own { get; set; } = [];

    /// <summary>A fact by its name.</summary>
    public FactKind? Fact(string name) => Vocabulary.ByName.GetValueOrDefault(name) ?? Own.FirstOrDefault(f => f.Name == name)?.Kind;
    public List<TestRow> Tests { get; private init; } = [];

    public static RuleForm Of(RuleSetText set, string note) => new()
    {
        Name = set.Name,
        Note = note,
        HitPolicy = Words.Of(set.HitPolicy),
        DecideWithin = Number(set.DecideWithin),
        ExtensionLimit = Number(set.ExtensionLimit),
        ExtensionDays = Number(set.ExtensionDays),
        Protection = set.Protection.ToDictionary(p => p.Key, p => Number(p.Value)),
        // A cell without a column is shown too, or it could not be mended.
        Columns = [.. set.Columns.Concat(set.Rules.SelectMany(r => r.When.Keys)).Distinct()],
        Rules = [.. set.Rules.Select(Row)],
        Tests = [.. set.Tests.Select(t => new TestRow { Name = t.Name, Given = string.Join("\n", t.Given.Select(g => $"{g.Key}: {g.Value}")), Expect = Words.Of(t.Expect), By = t.By ?? "", Then = string.Join("\n", (t.Then ?? new Dictionary<string, string>()).Select(f => $"{RuleTests.Shown(f.Key)}: {f.Value}")) })],
    };

    private static RuleRow Row(RuleText rule) => new()
    {
        Id = rule.Id,
        When = rule.When.Where(w => w.Value is not "-").ToDictionary(w => w.Key, w => w.Value),
        Outcome = Words.Of(rule.Outcome),
        Who = rule.Reviewer ?? (rule.Reason is { } reason ? Words.Of(reason) : ""),
        Days = Number(rule.ProtectionDays),
        Limit = Number(rule.ExtensionLimit),
        Credit = rule.CreditBasisPoints is { } points ? (points / 100m).ToString("0.##", CultureInfo.InvariantCulture) : "",
        Pays = rule.Compensation ?? "",
        Partner = rule.ForPartner,
        Vendor = rule.ForVendor,
        Says = RuleWords.Write(rule.Says),
    };

    public static RuleForm Read(IFormCollection form)
    {
        string Said(string name) => form[name].ToString().Trim();
        List<string> columns = [.. Said("columns").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct().Take(100)];
        return new RuleForm
        {
            Name = Said("name"),
            Note = Said("note"),
            HitPolicy = Said("hit_policy"),
            DecideWithin = Said("decide_within"),
            ExtensionLimit = Said("extension_limit"),
            ExtensionDays = Said("extension_days"),
            Protection = Vocabulary.Tiers.ToDictionary(t => t, t => Said($"protection.{t}")),
            Columns = columns,
            Rules = [.. Count(Said("rules")).Select(i => new RuleRow
            {
                Id = Said($"r{i}.id"),
                When = columns.Select(c => (c, Cell: Said($"r{i}.when.{c}"))).Where(c => c.Cell is not ("" or "-")).ToDictionary(c => c.c, c => c.Cell),
                Outcome = Said($"r{i}.outcome"),
                Who = Said($"r{i}.who"),
                Days = Said($"r{i}.days"),
                Limit = Said($"r{i}.limit"),
                Credit = Said($"r{i}.credit"),
                Pays = Said($"r{i}.pays"),
                Partner = Lines(Said($"r{i}.partner")),
                Vendor = Lines(Said($"r{i}.vendor")),
                Says = Lines(Said($"r{i}.says")),
            })],
            Tests = [.. Count(Said("tests")).Select(i => new TestRow { Name = Said($"t{i}.name"), Given = Lines(Said($"t{i}.given")), Expect = Said($"t{i}.expect"), By = Said($"t{i}.by"), Then = Lines(Said($"t{i}.then")) })],
        };
    }

    private static IEnumerable<int> Count(string said) => Enumerable.Range(0, int.TryParse(said, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? Math.Min(count, MostRows) : 0);

    private static string Lines(string text) => text.Replace("\r\n", "\n", StringComparison.Ordinal);

    /// <summary>Does what a button says, and names the place to show next; null where it is no button of the table.</summary>
    public string? Act(string act, string? column)
    {
        var colon = act.IndexOf(':', StringComparison.Ordinal);
        var (verb, of) = colon < 0 ? (act, "") : (act[..colon], act[(colon + 1)..]);
        var place = int.TryParse(of, NumberStyles.None, CultureInfo.InvariantCulture, out var at) ? at : -1;
        switch (verb)
        {
            case "add-rule" when place >= -1 && place <= Rules.Count && Rules.Count < MostRows:
                Rules.Insert(place < 0 ? Rules.Count : place, new RuleRow { Id = Fresh(), Outcome = Words.Of(Trellis.Deals.Rules.Outcome.Review) });
                return $"rule-{(place < 0 ? Rules.Count - 1 : place)}";
            case "up" when place > 0 && place < Rules.Count:
                (Rules[place - 1], Rules[place]) = (Rules[place], Rules[place - 1]);
                return $"rule-{place - 1}";
            case "down" when place >= 0 && place < Rules.Count - 1:
                (Rules[place + 1], Rules[place]) = (Rules[place], Rules[place + 1]);
                return $"rule-{place + 1}";
            case "remove" when place >= 0 && place < Rules.Count:
                Rules.RemoveAt(place);
                return $"rule-{Math.Max(0, place - 1)}";
            case "add-column" when column is not null && (Vocabulary.ByName.ContainsKey(column) || OwnFact.IsName(column)):
                if (!Columns.Contains(column)) Columns.Add(column);
                return "table";
            case "remove-column" when Columns.Remove(of):
                foreach (var row in Rules) row.When.Remove(of);
                return "table";
            case "add-test" when Tests.Count < RuleTests.MostTests:
                Tests.Add(new TestRow { Name = $"Case {Tests.Count + 1}", Expect = Words.Of(Trellis.Deals.Rules.Outcome.Approve) });
                return $"test-{Tests.Count - 1}";
            case "remove-test" when place >= 0 && place < Tests.Count:
                Tests.RemoveAt(place);
                return "tests";
            default:
                return null;
        }
    }

    /// <summary>The rules, and the messages of what cannot be read at all.</summary>
    public (RuleSetText Rules, Check Unread) ToRules()
    {
        var check = new Check();
        var set = new RuleSetText
        {
            Name = Name,
            HitPolicy = Words.Parse<HitPolicy>(HitPolicy) ?? Trellis.Deals.Rules.HitPolicy.First,
            DecideWithin = Whole(DecideWithin, "decideWithin", check) ?? 0,
            ExtensionLimit = Whole(ExtensionLimit, "extensionLimit", check) ?? 0,
            ExtensionDays = Whole(ExtensionDays, "extensionDays", check) ?? 0,
            Protection = Protection.Where(p => p.Value.Length > 0).ToDictionary(p => p.Key, p => Whole(p.Value, "protection", check) ?? 0),
            Columns = Columns,
            Rules = [.. Rules.Select((r, i) => ToRule(r, $"rules[{i}]", check))],
            Tests = [.. Tests.Select((t, i) => ToTest(t, $"tests[{i}]", check))],
        };
        return (set, check);
    }

    public static RuleText ToRule(RuleRow row, string place, Check check)
    {
        var reason = Words.Parse<ReasonCode>(row.Who);
        check.That(decimal.TryParse(row.Credit.Length == 0 ? "0" : row.Credit, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var credit) && credit * 100 == decimal.Truncate(credit * 100) && credit <= 100,
            place + ".creditBasisPoints", "Credit is 0 to 100 % with at most two decimals.");
        return new RuleText
        {
            Id = row.Id,
            When = row.When,
            Outcome = Words.Parse<Outcome>(row.Outcome) ?? Trellis.Deals.Rules.Outcome.Review,
            ProtectionDays = Whole(row.Days, place + ".protectionDays", check),
            Reviewer = reason is null ? Text.OrNull(row.Who) : null,
            Reason = reason,
            ExtensionLimit = Whole(row.Limit, place + ".extensionLimit", check),
            CreditBasisPoints = row.Credit.Length == 0 ? null : (int)Math.Clamp(credit * 100, 0, 10_000),
            Compensation = Text.OrNull(row.Pays),
            ForPartner = row.Partner,
            ForVendor = row.Vendor,
            Says = RuleWords.Read(row.Says, (line, twice) => check.That(false, place + ".says", twice ? $"“{line}”: this language stands here twice." : $"“{line}”: write one language a line, as in “de: …”.")),
        };
    }

    public static RuleTestText ToTest(TestRow row, string place, Check check)
    {
        var given = Pairs(row.Given, (line, twice) => check.That(false, place + ".given", twice ? $"“{line}”: this fact stands here twice." : $"“{line}”: write one fact a line, as in “amount: 5000”."));
        var then = Pairs(row.Then, (line, twice) => check.That(false, place + ".then", twice ? $"“{line}”: this stands here twice." : $"“{line}”: write one thing a line, as in “protection days: 90”."))
            .ToDictionary(t => t.Key.Replace(' ', '_'), t => t.Value);
        return new RuleTestText { Name = row.Name, Given = given, Expect = Words.Parse<Outcome>(row.Expect) ?? Trellis.Deals.Rules.Outcome.Review, By = Text.OrNull(row.By), Then = then.Count == 0 ? null : then };
    }

    private static Dictionary<string, string> Pairs(string lines, Action<string, bool> wrong)
    {
        Dictionary<string, string> pairs = [];
        foreach (var line in lines.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0 || !pairs.TryAdd(line[..colon].Trim(), line[(colon + 1)..].Trim())) wrong(line, colon > 0);
        }

        return pairs;
    }

    private static int? Whole(string text, string place, Check check)
    {
        if (text.Length == 0) return null;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return number;
        check.That(false, place, $"“{text}” is no whole number.");
        return null;
    }

    private string Fresh()
    {
        for (var i = Rules.Count + 1; ; i++)
            if (Rules.All(r => r.Id != $"rule-{i}")) return $"rule-{i}";
    }

    private static string Number(int? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";
}
