using System.Net;
using System.Text.RegularExpressions;

namespace Trellis.Whole.Tests;

/// <summary>A list as somebody wants to find it again.</summary>
public sealed partial class SavedViewTests
{
    [SkippableTheory, BothDatabases]
    public async Task A_view_is_kept_found_shared_and_dropped_and_a_partner_sees_none_of_the_vendors(Database database)
    {
        var cast = await Cast.OfItsOwnAsync(database);
        await using var _ = cast.App;
        var name = "Northern approvals";
        await PostAsync(cast.Administrator.Pages, "/app/deals?state=approved&cursor=x", "/ui/views", ("path", "/app/deals"), ("query", "?state=approved"), ("name", name), ("shared", "true"));
        (await cast.Administrator.Pages.GetStringAsync("/app/deals")).ShouldContain(name);
        (await cast.Administrator.Pages.GetStringAsync("/app/partners")).ShouldNotContain(name, Case.Sensitive, "it belongs to another list");

        var colleague = cast.Vendors.First(v => v != cast.Administrator);
        var seen = await colleague.Pages.GetStringAsync("/app/deals");
        seen.ShouldContain(name, Case.Sensitive, "it is shared");
        var id = Found().Match(await cast.Administrator.Pages.GetStringAsync("/app/deals")).Groups[1].Value;
        await PostAsync(colleague.Pages, "/app/deals", "/ui/views/drop", ("id", id), ("back", "/app/deals"));
        (await cast.Administrator.Pages.GetStringAsync("/app/deals")).ShouldContain(name, Case.Sensitive, "only its owner may drop it");

        await PostAsync(cast.Brightpath.Pages, "/portal/deals", "/ui/views", ("path", "/portal/deals"), ("query", "?view=open"), ("name", "What waits"), ("shared", "true"));
        (await cast.Brightpath.Pages.GetStringAsync("/portal/deals")).ShouldContain("What waits");
        (await cast.Clearview.Pages.GetStringAsync("/portal/deals")).ShouldNotContain("What waits");

        await PostAsync(cast.Administrator.Pages, "/app/deals", "/ui/views/drop", ("id", id), ("back", "/app/deals"));
        (await colleague.Pages.GetStringAsync("/app/deals")).ShouldNotContain(name);
    }

    [SkippableTheory, BothDatabases]
    public async Task A_view_without_a_name_or_of_no_list_is_refused_and_a_foreign_address_is_never_returned_to(Database database)
    {
        var cast = await Cast.OfItsOwnAsync(database);
        await using var _ = cast.App;
        var pages = cast.Administrator.Pages;
        (await PostAsync(pages, "/app/deals", "/ui/views", ("path", "/app/deals"), ("query", ""), ("name", " "))).ShouldContain("name");
        (await PostAsync(pages, "/app/deals", "/ui/views", ("path", "//evil.example/app/"), ("query", ""), ("name", "x"))).ShouldContain("no list");
        (await PostAsync(pages, "/app/deals", "/ui/views", ("path", "/app/deals"), ("query", "evil"), ("name", "x"))).ShouldContain("no query");
    }

    private static async Task<string> PostAsync(HttpClient pages, string from, string to, params (string Name, string Value)[] fields)
    {
        var token = Token().Match(await pages.GetStringAsync(from)).Groups[1].Value;
        using var answer = await pages.PostAsync(to, new FormUrlEncodedContent([new("__RequestVerificationToken", token), .. fields.Select(f => KeyValuePair.Create(f.Name, f.Value))]));
        if (answer.Headers.Location is not { } next) return await answer.Content.ReadAsStringAsync();
        next.IsAbsoluteUri.ShouldBeFalse(next.ToString());
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        return await pages.GetStringAsync(next);
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();

    [GeneratedRegex("name=\"id\" value=\"(view_[^\"]+)\"")]
    private static partial Regex Found();
}
