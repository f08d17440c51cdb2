using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using Trellis.Kernel;

namespace Trellis.Deals.Rules;

/// <summary>
/// Writes rules as a decision table of DMN 1.3 (OMG formal/21-02-01): one decision, an input for each column, an output for each thing that follows.
/// What DMN has no place for (days by tier, the promise, sentences in further languages, tests) stands in its extension elements.
/// </summary>
internal static class Dmn
{
    public static readonly XNamespace Model = "https://www.omg.org/spec/DMN/20191111/MODEL/";
    public static readonly XNamespace Own = "urn:trellis:rules:1";
    public const string Feel = "https://www.omg.org/spec/DMN/20191111/FEEL/";

    /// <summary>The outputs in their order: name, FEEL type, how a rule says it.</summary>
    public static readonly (string Name, string Type, Func<RuleText, string?> Of)[] Outputs =
    [
        ("outcome", "string", r => Quote(Words.Of(r.Outcome))),
        ("protection_days", "number", r => Number(r.ProtectionDays)),
        ("reviewer", "string", r => Quote(r.Reviewer)),
        ("reason", "string", r => Quote(r.Reason is { } reason ? Words.Of(reason) : null)),
        ("extension_limit", "number", r => Number(r.ExtensionLimit)),
        ("credit_percent", "number", r => r.CreditBasisPoints is { } points ? (points / 100m).ToString("0.##", CultureInfo.InvariantCulture) : null),
        ("compensation", "string", r => Quote(r.Compensation)),
        ("for_partner", "string", r => Quote(r.ForPartner)),
        ("for_vendor", "string", r => Quote(r.ForVendor)),
    ];

    public static string Write(RuleSetText set)
    {
        var decision = new XElement(Model + "decision", new XAttribute("id", "rules_of_engagement"), new XAttribute("name", set.Name),
            new XElement(Model + "extensionElements", Extensions(set)),
            new XElement(Model + "variable", new XAttribute("id", "ruling"), new XAttribute("name", set.Name)),
            new XElement(Model + "decisionTable", new XAttribute("id", "table"), new XAttribute("hitPolicy", Words.Of(set.HitPolicy).ToUpperInvariant()), new XAttribute("preferredOrientation", "Rule-as-Row"),
                set.Columns.Select((c, i) => Input(c, set.Fact(c), i + 1)),
                Outputs.Select((o, i) => new XElement(Model + "output", new XAttribute("id", $"output_{i + 1}"), new XAttribute("name", o.Name), new XAttribute("typeRef", o.Type))),
                new XElement(Model + "annotation", new XAttribute("name", "rule")),
                set.Rules.Select((r, i) => Rule(set, r, i + 1))));
        var root = new XElement(Model + "definitions", new XAttribute(XNamespace.Xmlns + "trellis", Own.NamespaceName), new XAttribute("id", "definitions"), new XAttribute("name", set.Name),
            new XAttribute("namespace", Own.NamespaceName), new XAttribute("expressionLanguage", Feel), new XAttribute("exporter", "Trellis"), decision);
        foreach (var text in root.DescendantNodes().OfType<XText>()) text.Value = Clean(text.Value);
        foreach (var attribute in root.DescendantsAndSelf().Attributes().Where(a => !a.IsNamespaceDeclaration)) attribute.Value = Clean(attribute.Value);
        return Text(new XDocument(root));
    }

    private static XElement Input(string column, FactKind? fact, int number) => new(Model + "input", new XAttribute("id", $"input_{number}"), new XAttribute("label", column),
        new XElement(Model + "inputExpression", new XAttribute("id", $"expression_{number}"), new XAttribute("typeRef", TypeOf(fact)), new XElement(Model + "text", column)));

    private static XElement Rule(RuleSetText set, RuleText rule, int number) => new(Model + "rule", new XAttribute("id", $"rule_{number}"),
        set.Columns.Select((c, i) => Entry("inputEntry", $"rule_{number}_in_{i + 1}", rule.When.GetValueOrDefault(c, "-"))),
        Outputs.Select((o, i) => Entry("outputEntry", $"rule_{number}_out_{i + 1}", o.Of(rule) ?? "null")),
        new XElement(Model + "annotationEntry", new XElement(Model + "text", rule.Id)));

    private static XElement Entry(string name, string id, string text) => new(Model + name, new XAttribute("id", id), new XElement(Model + "text", text));

    private static IEnumerable<XElement> Extensions(RuleSetText set)
    {
        yield return new XElement(Own + "decideWithin", set.DecideWithin);
        yield return new XElement(Own + "extension", new XAttribute("limit", set.ExtensionLimit), new XAttribute("days", set.ExtensionDays));
        foreach (var (tier, days) in set.Protection) yield return new XElement(Own + "protection", new XAttribute("tier", tier), days);
        foreach (var (rule, language, sentence) in set.Rules.SelectMany(r => (r.Says ?? new Dictionary<string, string>()).OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => (r, s.Key, s.Value))))
            yield return new XElement(Own + "says", new XAttribute("rule", rule.Id), new XAttribute("language", language), sentence);
        foreach (var test in set.Tests)
            yield return new XElement(Own + "test", new XAttribute("name", test.Name), new XAttribute("expect", Words.Of(test.Expect)), test.By is null ? null : new XAttribute("by", test.By),
                test.Given.Select(g => new XElement(Own + "given", new XAttribute("fact", g.Key), g.Value)),
                (test.Then ?? new Dictionary<string, string>()).Select(t => new XElement(Own + "then", new XAttribute("name", t.Key), t.Value)));
    }

    private static string TypeOf(FactKind? fact) => fact?.Type switch
    {
        FactType.Number => "number",
        FactType.Boolean => "boolean",
        FactType.Date => "date",
        _ => "string",
    };

    private static string? Quote(string? text) => text is null ? null : FactValue.Of(text).ToString();

    // A few characters that text may have cannot stand in XML at all.
    private static string Clean(string text) => text.Any(c => !char.IsSurrogate(c) && !XmlConvert.IsXmlChar(c)) ? string.Concat(text.Select(c => char.IsSurrogate(c) || XmlConvert.IsXmlChar(c) ? c : '\ufffd')) : text;

    private static string? Number(int? number) => number?.ToString(CultureInfo.InvariantCulture);

    private static string Text(XDocument document)
    {
        using var text = new Utf8Writer();
        using (var xml = XmlWriter.Create(text, new XmlWriterSettings { Indent = true, NewLineHandling = NewLineHandling.Entitize })) document.Save(xml);
        return text.ToString();
    }

    private sealed class Utf8Writer() : StringWriter(CultureInfo.InvariantCulture)
    {
        public override System.Text.Encoding Encoding => new System.Text.UTF8Encoding(false);
    }
}
