using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Rules;

/// <summary>
/// Reads a decision table of DMN 1.1 to 1.5. A file is somebody else's: no document type, no entities, nothing fetched, a megabyte at most. Total: any
/// bytes give rules or a problem, never an exception. What a foreign file does not say (days by tier, the promise) is taken from <paramref name="otherwise"/>.
/// </summary>
internal sealed class DmnReader(RuleSetText otherwise)
{
    private const int MostErrors = 20;
    private const int Deepest = 100;
    private const string Start = "https://www.omg.org/spec/DMN/";
    private const string StartBefore = "http://www.omg.org/spec/DMN/";

    private readonly Check _check = new();
    private int _errors;

    public static Result<RuleSetText> Read(string xml, RuleSetText otherwise)
    {
        if (xml.Length > RulesProblems.LongestContent) return RulesProblems.TooLarge();
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = RulesProblems.LongestContent, MaxCharactersFromEntities = 1024, IgnoreComments = true, IgnoreProcessingInstructions = true };
        try
        {
            if (IsTooDeep(xml, settings)) return Problem.Invalid("file", $"This XML nests deeper than {Deepest} elements; a decision table needs no more than ten.");
            using var reader = XmlReader.Create(new StringReader(xml.TrimStart('\ufeff')), settings);
            return new DmnReader(otherwise).Read(XDocument.Load(reader));
        }
        catch (XmlException exception)
        {
            return Problem.Invalid("file", $"This is no readable XML (line {exception.LineNumber}): a document without a document type and entities is expected.");
        }
    }

    // A tree of elements is built in time that grows with the square of its depth.
    private static bool IsTooDeep(string xml, XmlReaderSettings settings)
    {
        using var reader = XmlReader.Create(new StringReader(xml.TrimStart('\ufeff')), settings);
        while (reader.Read())
            if (reader.Depth > Deepest) return true;
        return false;
    }

    private Result<RuleSetText> Read(XDocument document)
    {
        var model = document.Root!.Name.Namespace;
        if (!model.NamespaceName.StartsWith(Start, StringComparison.Ordinal) && !model.NamespaceName.StartsWith(StartBefore, StringComparison.Ordinal))
            return Problem.Invalid("file", "This is no DMN: its root does not carry a namespace of the OMG's decision model.");
        List<XElement> tables = [.. document.Root.Elements(model + "decision").Elements(model + "decisionTable")];
        if (tables is not [var table]) return Problem.Invalid("file", $"One decision table is expected; the file has {tables.Count}.");

        var policy = Words.Parse<HitPolicy>(((string?)table.Attribute("hitPolicy") ?? "UNIQUE").ToLowerInvariant());
        if (policy is null || table.Attribute("aggregation") is not null) Fail("hitPolicy", "The hit policy is FIRST, UNIQUE or COLLECT without aggregation.");
        List<string> columns = [.. table.Elements(model + "input").Select(i => ((string?)i.Element(model + "inputExpression")?.Element(model + "text") ?? (string?)i.Attribute("label") ?? "").Trim())];
        List<string> outputs = [.. table.Elements(model + "output").Select(o => (string?)o.Attribute("name") ?? (string?)o.Attribute("label") ?? "")];
        foreach (var unknown in outputs.Where(o => Dmn.Outputs.All(k => k.Name != o))) Fail("outputs", $"There is no output “{unknown}”; there are {string.Join(", ", Dmn.Outputs.Select(o => o.Name))}.");
        if (!outputs.Contains("outcome")) Fail("outputs", "The output “outcome” is missing.");
        List<RuleText> rules = [.. table.Elements(model + "rule").Select((r, i) => Rule(r, model, i, columns, outputs))];
        var own = table.Parent!.Element(model + "extensionElements");
        foreach (var says in own?.Elements(Dmn.Own + "says").GroupBy(s => (string?)s.Attribute("rule") ?? "") ?? [])
        {
            var at = rules.FindIndex(r => r.Id == says.Key);
            if (at < 0) Fail("says", $"There is no rule “{says.Key}” that says something in another language.");
            else rules[at] = rules[at] with { Says = says.GroupBy(s => (string?)s.Attribute("language") ?? "").ToDictionary(s => s.Key, s => s.Last().Value) };
        }

        var set = new RuleSetText
        {
            Name = (string?)table.Parent.Attribute("name") ?? otherwise.Name,
            HitPolicy = policy ?? HitPolicy.First,
            Columns = columns,
            DecideWithin = own?.Element(Dmn.Own + "decideWithin") is { } within ? Whole(within.Value, "decideWithin") ?? 0 : otherwise.DecideWithin,
            ExtensionLimit = own?.Element(Dmn.Own + "extension") is { } times ? Whole((string?)times.Attribute("limit") ?? "", "extension") ?? 0 : otherwise.ExtensionLimit,
            ExtensionDays = own?.Element(Dmn.Own + "extension") is { } longer ? Whole((string?)longer.Attribute("days") ?? "", "extension") ?? 0 : otherwise.ExtensionDays,
            Protection = Protection(own) ?? otherwise.Protection,
            Rules = rules,
            Tests = own is null ? [] : [.. own.Elements(Dmn.Own + "test").Select(Test)],
        };
        return _check.Problem is { } problem ? problem : set;
    }

    private RuleText Rule(XElement rule, XNamespace model, int index, List<string> columns, List<string> outputs)
    {
        var place = $"rules[{index}]";
        List<string> cells = [.. rule.Elements(model + "inputEntry").Select(e => ((string?)e.Element(model + "text") ?? "").Trim())];
        List<XElement> said = [.. rule.Elements(model + "outputEntry")];
        if (cells.Count != columns.Count || said.Count != outputs.Count) Fail(place, $"Rule {index + 1} has {cells.Count} conditions and {said.Count} outputs; the table has {columns.Count} and {outputs.Count}.");
        Dictionary<string, string> when = [];
        for (var i = 0; i < Math.Min(cells.Count, columns.Count); i++)
            if (cells[i] is not ("-" or "") && !when.TryAdd(columns[i], cells[i])) Fail(place, $"The column “{columns[i]}” stands here twice.");

        FactValue Said(string output)
        {
            var at = outputs.IndexOf(output);
            var text = at < 0 || at >= said.Count ? "" : ((string?)said[at].Element(model + "text") ?? "").Trim();
            if (text is "" or "-") return FactValue.Unknown;
            if (RuleTests.Literal(text) is { } value) return value;
            Fail($"{place}.{output}", $"Rule {index + 1}: “{text}” is no plain value.");
            return FactValue.Unknown;
        }

        T? Choice<T>(string output) where T : struct, Enum
        {
            if (Said(output).Text is not { } word) return null;
            if (Words.Parse<T>(word) is { } known) return known;
            Fail($"{place}.{output}", $"Rule {index + 1}: “{word}” is none of {string.Join(", ", Enum.GetValues<T>().Select(Words.Of))}.");
            return null;
        }

        int? Number(string output, int times = 1)
        {
            if (Said(output).Number is not { } number) return null;
            if (number >= 0 && number <= 100_000 && number * times == decimal.Truncate(number * times)) return (int)(number * times);
            Fail($"{place}.{output}", $"Rule {index + 1}: {number} cannot stand for {output}.");
            return null;
        }

        var outcome = Choice<Outcome>("outcome");
        if (outcome is null) Fail(place + ".outcome", $"Rule {index + 1} has no outcome.");
        return new RuleText
        {
            Id = NameOf(rule, model, index),
            When = when,
            Outcome = outcome ?? Outcome.Review,
            ProtectionDays = Number("protection_days"),
            Reviewer = Said("reviewer").Text,
            Reason = Choice<ReasonCode>("reason"),
            ExtensionLimit = Number("extension_limit"),
            CreditBasisPoints = Number("credit_percent", 100),
            Compensation = Said("compensation").Text,
            ForPartner = Said("for_partner").Text ?? "",
            ForVendor = Said("for_vendor").Text ?? "",
        };
    }

    // Ours stands in the annotation; others have a label or an id.
    private static string NameOf(XElement rule, XNamespace model, int index) =>
        (string?)rule.Element(model + "annotationEntry")?.Element(model + "text") is { Length: > 0 } named ? named
            : (string?)rule.Attribute("label") ?? (string?)rule.Attribute("id") ?? $"rule-{index + 1}";

    private Dictionary<string, int>? Protection(XElement? own)
    {
        if (own?.Element(Dmn.Own + "protection") is null) return null;
        Dictionary<string, int> days = [];
        foreach (var element in own.Elements(Dmn.Own + "protection")) days[(string?)element.Attribute("tier") ?? ""] = Whole(element.Value, "protection") ?? 0;
        return days;
    }

    private RuleTestText Test(XElement test, int index)
    {
        var expect = Words.Parse<Outcome>((string?)test.Attribute("expect"));
        if (expect is null) Fail($"tests[{index}].expect", $"Test {index + 1} expects no known outcome.");
        Dictionary<string, string> given = [];
        foreach (var fact in test.Elements(Dmn.Own + "given")) given[(string?)fact.Attribute("fact") ?? ""] = fact.Value;
        Dictionary<string, string> then = [];
        foreach (var follows in test.Elements(Dmn.Own + "then")) then[(string?)follows.Attribute("name") ?? ""] = follows.Value;
        return new RuleTestText { Name = (string?)test.Attribute("name") ?? "", Given = given, Expect = expect ?? Outcome.Review, By = (string?)test.Attribute("by"), Then = then.Count == 0 ? null : then };
    }

    private int? Whole(string text, string place)
    {
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return number;
        Fail(place, $"“{text}” is no whole number.");
        return null;
    }

    private void Fail(string place, string message)
    {
        if (++_errors <= MostErrors) _check.That(false, place, message);
    }
}
