using System.Collections.Concurrent;
using AngleSharp.Dom;

namespace Trellis.Whole.Tests.Abuse;

/// <summary>
/// Script in every text field of every form that a page has, posted by whoever may; then every page is read again. What was written is shown as text:
/// no element, attribute or address of it comes to life. The pages are the same on both engines, and are read on one.
/// </summary>
public sealed class ScriptTests
{
    private const string Element = "zqx-live";
    private const string Attribute = "onzqxlive";
    private const string Word = "zqxword";

    private static readonly string[] Payloads =
    [
        $"{Word} \"><{Element}></{Element}><script>alert('{Word}')</script>",
        $"' {Attribute}=alert(1) x=\" {Attribute}=alert(1) {Word}",
        $"{Word}--></style></title></textarea></script><{Element}>",
        $"javascript:alert('{Word}')//",
    ];

    [Fact]
    public async Task What_people_write_is_shown_as_text_everywhere()
    {
        var cast = await Cast.OfItsOwnAsync(Database.Sqlite);
        await using var app = cast.App;
        string[] writers = BriefRun.IsOn ? ["ada@", "rosa@"] : ["ada@", "omar@", "felix@", "rosa@", "ines@"];
        var visitors = cast.Visitors.Where(v => writers.Any(w => v.Name.StartsWith(w, StringComparison.Ordinal))).ToList();
        var (taken, faults) = (0, new ConcurrentBag<string>());
        foreach (var visitor in visitors)
            await EachPageAsync(cast, visitor, 1, async (address, page) =>
            {
                foreach (var form in Forms.Of(page).Where(HasText).Where(f => !Locks(address, f)))
                    for (var i = 0; i < Payloads.Length; i++)
                    {
                        var payload = Payloads[i];
                        using var answer = await Forms.SendAsync(visitor.Pages, address, form, Forms.Fill(form, name => Wants(name) ? null : payload));
                        var html = await answer.Content.ReadAsStringAsync();
                        if ((int)answer.StatusCode >= 500) faults.Add($"{visitor}: {address} ({form.GetAttribute("action")}) fails with {(int)answer.StatusCode}");
                        if ((int)answer.StatusCode < 400) Interlocked.Increment(ref taken);
                        foreach (var fault in Live(await Forms.ParseAsync(html))) faults.Add($"{visitor}: the answer of {address}: {fault}");
                    }
            });

        cast.LookAgain();
        var shown = 0;
        foreach (var visitor in visitors)
            await EachPageAsync(cast, visitor, BriefRun.IsOn ? 2 : 3, (address, page) =>
            {
                if (page.DocumentElement.TextContent.Contains(Word, StringComparison.Ordinal)) shown++;
                foreach (var fault in Live(page)) faults.Add($"{visitor}: {address}: {fault}");
                return Task.CompletedTask;
            });

        faults.Distinct().Order().ShouldBeEmpty();
        taken.ShouldBeGreaterThan(20, "hardly any form took the text, so nothing was tried");
        shown.ShouldBeGreaterThan(10, "hardly any page shows what was written, so nothing was tried");
    }

    [Fact]
    public async Task The_search_for_what_lives_finds_it()
    {
        Live(await Forms.ParseAsync($"<p>{Payloads[0]}</p>")).ShouldNotBeEmpty();
        Live(await Forms.ParseAsync($"<p title='{Payloads[1]}\">x</p>")).ShouldNotBeEmpty();
        Live(await Forms.ParseAsync($"<a href=\"{Payloads[3]}\">x</a>")).ShouldNotBeEmpty();
        Live(await Forms.ParseAsync($"<p title=\"{System.Net.WebUtility.HtmlEncode(Payloads[1])}\">{System.Net.WebUtility.HtmlEncode(Payloads[0])}</p>")).ShouldBeEmpty();
    }

    private static IEnumerable<string> Live(IDocument page)
    {
        foreach (var element in page.All)
        {
            if (element.LocalName == Element) yield return $"an element of what was written lives: {Around(element)}";
            if (element.LocalName == "script" && element.TextContent.Contains(Word, StringComparison.Ordinal)) yield return $"a script of what was written lives: {Around(element)}";
            foreach (var attribute in element.Attributes)
                if (attribute.Name == Attribute) yield return $"an attribute of what was written lives: {Around(element)}";
                else if (attribute.Name is "href" or "src" or "action" or "formaction" && attribute.Value.TrimStart().StartsWith("javascript:", StringComparison.OrdinalIgnoreCase))
                    yield return $"an address of what was written lives: {Around(element)}";
        }
    }

    private static string Around(IElement element) => element.ParentElement?.OuterHtml is { } html ? html[..Math.Min(html.Length, 300)] : element.LocalName;

    private static bool HasText(IElement form) => form.QuerySelector("textarea, input[type=text], input:not([type]), input[type=search], input[type=url]") is not null;

    // These texts must be of a form of their own, or nothing of the post is taken.
    private static bool Wants(string name) => new[] { "email", "domain", "country", "currency", "amount", "code", "password", "url", "website", "cidr", "date", "taxnumber" }
        .Any(word => name.Contains(word, StringComparison.OrdinalIgnoreCase));

    // Nobody who writes may be locked out on the way.
    private static bool Locks(string address, IElement form) =>
        address.Contains("/security", StringComparison.Ordinal) || address.Contains("/viewing", StringComparison.Ordinal) || address.Contains("/sign-in", StringComparison.Ordinal)
        || address.Contains("/roles", StringComparison.Ordinal) || address.Contains("/people", StringComparison.Ordinal) && form.QuerySelector("input[name=_handler]")?.GetAttribute("value") is "suspend" or "erase" or "roles";

    /// <summary>Every page that this visitor may see: those of records for the newest few.</summary>
    private static async Task EachPageAsync(Cast cast, Visitor visitor, int most, Func<string, IDocument, Task> look)
    {
        foreach (var route in Route.All(cast.App.Services).Where(r => r.IsPage && !r.Anonymous && visitor.May(r) && !visitor.IsStrangerTo(r)))
            foreach (var address in await cast.OwnAddressesAsync(route, visitor, most))
                if (await Forms.ReadAsync(visitor.Pages, address) is { } page) await look(address, page);
    }
}
