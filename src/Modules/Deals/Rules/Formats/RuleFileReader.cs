using System.Globalization;
using System.Text;
using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Rules;

/// <summary>
/// Reads the text file of <see cref="RuleFile"/>. Total: any text gives rules or a problem that names lines, never an exception. It knows the form
/// only; whether cells make sense is checked by <see cref="DecisionTable.Build"/>.
/// </summary>
internal sealed class RuleFileReader
{
    private const int MostErrors = 20;

    private sealed class Block
    {
        public required bool IsRule { get; init; }
        public required string Name { get; init; }
        public required int Line { get; init; }
        public Dictionary<string, string> Cells { get; } = [];
        public Dictionary<string, string> Fields { get; } = [];
        public Dictionary<string, string> Then { get; } = [];
        public Dictionary<string, string> Says { get; } = [];
    }

    private static readonly string[] RuleFields = ["then", "protection days", "answer hours", "reviewer", "reason", "extension limit", "credit percent", "compensation", "for partner", "for vendor"];
    private static readonly string[] TestFields = ["expect", "by"];
    private static readonly string[] HeadFields = ["name", "kind", "hit policy", "decide within", "answer hours", "extension limit", "extension days"];

    private readonly Check _check = new();
    private readonly Dictionary<string, string> _head = [];
    private readonly Dictionary<string, int> _protection = [];
    private readonly List<string> _columns = [];
    private readonly List<Block> _blocks = [];
    private int _line;
    private int _errors;

    private RuleFileReader() { }

    public static Result<RuleSetText> Read(string text)
    {
        if (text.Length > RulesProblems.LongestContent) return RulesProblems.TooLarge();
        if (!Text.IsClean(text)) return Problem.Invalid("text", "The text contains characters that cannot be stored.");
        var reader = new RuleFileReader();
        foreach (var line in text.AsSpan().TrimStart('\ufeff').ToString().Split('\n'))
        {
            reader._line++;
            reader.Take(line.TrimEnd('\r'));
        }

        return reader.Finish();
    }

    private void Take(string line)
    {
        var content = line.Trim();
        if (content.Length == 0 || content[0] == '#') return;
        if (!char.IsWhiteSpace(line[0]) && (Header(content, "rule ") ?? Header(content, "test ")) is { } block)
        {
            _blocks.Add(block);
            return;
        }

        var colon = content.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
        {
            Fail("“name: value” is expected here, or “rule …”, or “test …”.");
            return;
        }

        var (key, value) = (content[..colon].TrimEnd(), Plain(content[(colon + 1)..].TrimStart()));
        if (char.IsWhiteSpace(line[0])) Inside(key, value);
        else Head(key, value);
    }

    private Block? Header(string content, string word) =>
        content.StartsWith(word, StringComparison.Ordinal) ? new Block { IsRule = word[0] == 'r', Name = Plain(content[word.Length..].Trim()), Line = _line } : null;

    private void Head(string key, string value)
    {
        if (_blocks.Count > 0) Fail("A line of a rule or a test begins with blanks.");
        else if (key == "column") _columns.Add(value);
        else if (key.StartsWith("protection ", StringComparison.Ordinal)) Put(_protection, key[11..].Trim(), Whole(value) ?? 0);
        else if (HeadFields.Contains(key)) Put(_head, key, value);
        else Fail($"“{key}” is not known here; there are {string.Join(", ", HeadFields)}, protection TIER and column.");
    }

    private void Inside(string key, string value)
    {
        if (_blocks.Count == 0)
        {
            Fail("Only the lines of a rule or a test begin with blanks.");
            return;
        }

        var block = _blocks[^1];
        var (cell, fields) = block.IsRule ? ("when ", RuleFields) : ("given ", TestFields);
        if (key.StartsWith(cell, StringComparison.Ordinal)) Put(block.Cells, key[cell.Length..].Trim(), value);
        else if (!block.IsRule && key.StartsWith("then ", StringComparison.Ordinal)) Put(block.Then, key[5..].Trim().Replace(' ', '_'), value);
        else if (block.IsRule && key.StartsWith("says ", StringComparison.Ordinal)) Put(block.Says, key[5..].Trim(), value);
        else if (fields.Contains(key)) Put(block.Fields, key, value);
        else Fail($"“{key}” is not known here; there are {string.Join(", ", [cell + "FACT", .. fields, block.IsRule ? "says LANGUAGE" : "then …"])}.");
    }

    private Result<RuleSetText> Finish()
    {
        var rules = _blocks.Where(b => b.IsRule).Select(Rule).ToList();
        var tests = _blocks.Where(b => !b.IsRule).Select(Test).ToList();
        _line = 1;
        var policy = Words.Parse<HitPolicy>(_head.GetValueOrDefault("hit policy", "first"));
        var kind = Words.Parse<RuleKind>(_head.GetValueOrDefault("kind", "engagement"));
        if (kind is null) Fail("The kind is engagement or passing.");
        if (policy is null) Fail("The hit policy is first, unique or collect.");
        var set = new RuleSetText
        {
            Name = _head.GetValueOrDefault("name", ""),
            Kind = kind ?? RuleKind.Engagement,
            AnswerWithin = _head.TryGetValue("answer hours", out var hours) ? Whole(hours) ?? 0 : null,
            HitPolicy = policy ?? HitPolicy.First,
            DecideWithin = _head.TryGetValue("decide within", out var within) ? Whole(within) ?? 0 : 0,
            ExtensionLimit = _head.TryGetValue("extension limit", out var limit) ? Whole(limit) ?? 0 : 2,
            ExtensionDays = _head.TryGetValue("extension days", out var days) ? Whole(days) ?? 0 : 45,
            Protection = _protection,
            Columns = _columns,
            Rules = rules,
            Tests = tests,
        };
        return _check.Problem is { } problem ? problem : set;
    }

    private RuleText Rule(Block block)
    {
        _line = block.Line;
        var credit = block.Fields.GetValueOrDefault("credit percent");
        var percent = 0m;
        if (credit is not null && !(decimal.TryParse(credit, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out percent) && percent <= 100 && percent * 100 == decimal.Truncate(percent * 100)))
            Fail($"“{credit}” is no percentage of 0 to 100 with at most two decimals.");
        return new RuleText
        {
            Id = block.Name,
            When = block.Cells,
            Outcome = Choice<Outcome>(block, "then") ?? Outcome.Review,
            ProtectionDays = Whole(block, "protection days"),
            AnswerWithin = Whole(block, "answer hours"),
            Reviewer = block.Fields.GetValueOrDefault("reviewer"),
            Reason = block.Fields.ContainsKey("reason") ? Choice<ReasonCode>(block, "reason") : null,
            ExtensionLimit = Whole(block, "extension limit"),
            CreditBasisPoints = credit is null ? null : (int)Math.Clamp(percent * 100, 0, 10_000),
            Compensation = block.Fields.GetValueOrDefault("compensation"),
            ForPartner = block.Fields.GetValueOrDefault("for partner", ""),
            ForVendor = block.Fields.GetValueOrDefault("for vendor", ""),
            Says = block.Says.Count == 0 ? null : block.Says,
        };
    }

    private RuleTestText Test(Block block)
    {
        _line = block.Line;
        return new RuleTestText { Name = block.Name, Given = block.Cells, Expect = Choice<Outcome>(block, "expect") ?? Outcome.Review, By = block.Fields.GetValueOrDefault("by"), Then = block.Then.Count == 0 ? null : block.Then };
    }

    private T? Choice<T>(Block block, string field) where T : struct, Enum
    {
        var read = Words.Parse<T>(block.Fields.GetValueOrDefault(field));
        if (read is null) Fail($"“{field}” of “{block.Name}” is one of {string.Join(", ", Enum.GetValues<T>().Select(Words.Of))}.");
        return read;
    }

    private int? Whole(Block block, string field) => block.Fields.TryGetValue(field, out var value) ? Whole(value) : null;

    private int? Whole(string value)
    {
        if (int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return number;
        Fail($"“{value}” is no whole number.");
        return null;
    }

    private void Put<T>(Dictionary<string, T> to, string key, T value)
    {
        if (!to.TryAdd(key, value)) Fail($"“{key}” stands here twice.");
    }

    private string Plain(string written)
    {
        if (!written.Contains('\\', StringComparison.Ordinal)) return written;
        var plain = new StringBuilder();
        for (var i = 0; i < written.Length; i++)
        {
            if (written[i] != '\\')
            {
                plain.Append(written[i]);
                continue;
            }

            if (++i == written.Length)
            {
                Fail("A backslash at the end of a line says nothing; write \\\\ for one.");
                break;
            }

            // \e ends a line whose last blank matters.
            if (written[i] != 'e') plain.Append(written[i] switch { 'n' => '\n', 'r' => '\r', 't' => '\t', var c => c });
        }

        return plain.ToString();
    }

    private void Fail(string message)
    {
        if (++_errors <= MostErrors) _check.That(false, $"line[{_line}]", $"Line {_line}: {message}");
    }
}
