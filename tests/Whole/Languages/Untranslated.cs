using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace Trellis.Whole.Tests.LanguagesOfPeople;

/// <summary>
/// Finds text of the program that no catalogue can reach. A page is asked for in a language in which every look-up answers ⟦text⟧; what stands
/// outside of such brackets is either data, or it was forgotten.
/// </summary>
internal sealed partial class Untranslated(IReadOnlySet<string> data)
{
    private static readonly string[] Spoken = ["aria-label", "title", "placeholder", "data-label", "alt"];
    private static readonly char[] Edges = [' ', '.', ',', '(', ')', '“', '”', '·', ':', ';', '…', '–'];
    private static readonly HtmlParser Parser = new();

    /// <summary>Each text that is neither in brackets nor data, with the element it stands in.</summary>
    public IEnumerable<string> In(string html)
    {
        var document = Parser.ParseDocument(html);
        foreach (var element in document.All)
            foreach (var name in Spoken)
                if (element.GetAttribute(name) is { } value && Forgotten(value) is { } text) yield return $"{element.LocalName}[{name}]: {text}";
        if (document.Body is null) yield break;
        foreach (var node in document.Body.Descendants().OfType<IText>().Where(n => !IsUnread(n)))
            if (Forgotten(Around(node)) is { } text) yield return $"{node.ParentElement!.LocalName}: {text}";
    }

    // A sentence with a link in it opens its bracket before the link and closes it behind.
    private static string Around(IText node)
    {
        // The middle of a sentence with several links stands in a bracket that was opened before the first.
        var before = string.Concat(node.ParentElement!.ChildNodes.TakeWhile(n => n != node).Select(n => n.TextContent));
        var text = new string('⟦', Math.Max(0, before.Count(c => c == '⟦') - before.Count(c => c == '⟧'))) + Blanks().Replace(node.Text, " ").Trim();
        var (opens, closes) = (text.Count(c => c == '⟦'), text.Count(c => c == '⟧'));
        if (opens > closes) return text + new string('⟧', opens - closes);
        if (closes > opens) return new string('⟦', closes - opens) + text;
        return text;
    }

    private string? Forgotten(string text)
    {
        var rest = text;
        for (var before = ""; before != rest;)
        {
            before = rest;
            rest = Bracketed().Replace(rest, " ");
        }

        if (!Letters().IsMatch(rest) || IsData(text.Trim()) || IsData(rest.Trim(Edges))) return null;
        // A name may have a comma in it, so what is between the other signs is looked at as a whole first.
        var parts = Unknown(Borders().Split(rest)).SelectMany(p => Unknown(p.Split(", ")));
        return parts.Any() ? text.Trim() : null;
    }

    private IEnumerable<string> Unknown(IEnumerable<string> parts) => parts.Where(p => Letters().IsMatch(p) && !IsData(p.Trim()) && !IsData(p.Trim(Edges)));

    private bool IsData(string text) => data.Contains(text) || Figure().IsMatch(text) || Figures().Replace(text, "").Trim() is { } bare && bare != text && (data.Contains(bare) || !Letters().IsMatch(bare));

    private static bool IsUnread(INode node)
    {
        for (var element = node.ParentElement; element is not null; element = element.ParentElement)
            if (element.LocalName is "script" or "style" or "noscript" or "code" or "pre" or "textarea" or "kbd" or "text" || element.HasAttribute("lang") && element.LocalName != "html" || element.ClassList.Contains("t-avatar") || IsLongList(element)) return true;
        return false;
    }

    // Countries, time zones and currencies: their names are those of a standard, not of a catalogue.
    private static bool IsLongList(IElement element) => element.LocalName == "option" && element.ParentElement?.GetAttribute("name") is { } name && (name.EndsWith("Country", StringComparison.Ordinal) || name.EndsWith("TimeZone", StringComparison.Ordinal) || name.EndsWith("Currency", StringComparison.Ordinal));

    [GeneratedRegex("⟦[^⟦⟧]*⟧")]
    private static partial Regex Bracketed();

    [GeneratedRegex(@"\p{L}{2}")]
    private static partial Regex Letters();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();

    [GeneratedRegex(" · |: |; |[“”()→]| – ")]
    private static partial Regex Borders();

    // A postcode before a town, a share behind a name.
    [GeneratedRegex(@"^\S*\d\S*( \d\S*)* |\s*\(?[+-]?\d[\d.,]*\s?%\)?$")]
    private static partial Regex Figures();

    // Days, times, amounts, codes, addresses, names of zones and of kinds of file: the same in every language, or written by the culture.
    [GeneratedRegex(@"^([A-Z]{3}[\s\u00a0]?[-−]?[\d.,\u00a0\s]*[KMB]?|\d{1,2} [A-Z][a-z]{2,3}( \d{4}(, .*)?)?|[A-Z]{3}, \w.*|[A-Z][a-z]{2,3} \d{4}|[\d.,:\s\u00a0\u202f]+(am|pm|kB|MB)?|[A-Z]\w+(/[\w+ -]+)+|[a-z]{2,6}_[0-9a-z]{10,}|[0-9a-f]{8,}…?|Trellis|CSV|Excel|JSON|UTC|EMEA|AMER|APAC|OpenAPI [\d.]+|SHA-256.*|Ctrl K|\d+[dh])$")]
    private static partial Regex Figure();
}
