using System.Net;
using System.Text.RegularExpressions;
using Trellis.Identity;

namespace Trellis.Whole.Tests;

/// <summary>
/// No other site can act for a person who is signed in: every page and every post behind a button, found by reflection, is posted to without the
/// form's token, with somebody else's, and from a foreign page with the right one.
/// </summary>
public abstract class ForgeryTests(Database database)
{
    /// <summary>Posts that no cookie decides about, each with the reason: the secret in the address is the proof, so there is nothing to forge.</summary>
    private static readonly Dictionary<string, string> WithoutCookies = new()
    {
        ["POST /unsubscribe/one-click"] = "sent by mail programs, which know the signed link and no form (RFC 8058)",
    };

    private static readonly (string Name, string Header, string Value)[] Foreign =
    [
        ("a foreign origin", "Origin", "https://evil.example"),
        ("no origin of its own", "Origin", "null"),
        ("our name with another port", "Origin", "http://127.0.0.1:1"),
        ("a foreign page", "Sec-Fetch-Site", "cross-site"),
        ("a neighbour's page", "Sec-Fetch-Site", "same-site"),
    ];

    [SkippableFact]
    public async Task No_post_is_taken_without_the_own_token_or_from_a_foreign_page()
    {
        BriefRun.AsksOnlySqlite(database);
        var cast = await Cast.OnAsync(database);
        using var http = new HttpClient(new HttpClientHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = new Uri(cast.App.Address) };
        var (vendor, partner) = (await TicketAsync(cast, "ada@northwind.example"), await TicketAsync(cast, "rosa@brightpath.example"));
        var routes = Route.All(cast.App.Services).Where(r => !r.IsApi && (r.IsPage || r.Method is not ("GET" or "HEAD")) && !WithoutCookies.ContainsKey(r.ToString())).ToList();
        routes.Count.ShouldBeGreaterThan(40);
        var before = await Tables.DigestAsync(cast);
        var faults = new List<string>();
        foreach (var route in routes)
        {
            var own = route.Pattern.StartsWith("/portal", StringComparison.Ordinal) ? partner : vendor;
            var other = own == vendor ? partner : vendor;
            var address = route.Address([.. route.Parameters.Select(p => p.Name.Contains("code", StringComparison.OrdinalIgnoreCase) ? "404" : "x")]);
            await ExpectAsync("without a token", 400, own.Cookies, null);
            await ExpectAsync("with somebody else's token", 400, $"{own.Session}; {other.Form}", other.Token);
            foreach (var (name, header, value) in Foreign) await ExpectAsync(name, 403, own.Cookies, own.Token, (header, value));

            async Task ExpectAsync(string what, int status, string cookies, string? token, (string Name, string Value)? header = null)
            {
                using var request = new HttpRequestMessage(new HttpMethod(route.IsPage ? "POST" : route.Method), address);
                request.Headers.Add("Cookie", cookies);
                if (header is { } extra) request.Headers.TryAddWithoutValidation(extra.Name, extra.Value);
                request.Content = new FormUrlEncodedContent(token is null ? [] : new Dictionary<string, string> { ["__RequestVerificationToken"] = token });
                using var answer = await http.SendAsync(request);
                if ((int)answer.StatusCode != status) faults.Add($"{route} {what}: {(int)answer.StatusCode} instead of {status}");
            }
        }

        faults.ShouldBeEmpty();
        (await Tables.DigestAsync(cast)).Except(before).ShouldBeEmpty("a refused post has changed these tables");
    }

    [SkippableFact]
    public async Task The_same_post_is_taken_with_the_own_token_and_a_refused_one_is_explained()
    {
        BriefRun.AsksOnlySqlite(database);
        var cast = await Cast.OnAsync(database);
        using var http = new HttpClient(new HttpClientHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = new Uri(cast.App.Address) };
        var ticket = await TicketAsync(cast, "ada@northwind.example");
        foreach (var (header, value, status) in new[] { ("Origin", cast.App.Address, 303), ("Sec-Fetch-Site", "same-origin", 303), ("Accept", "*/*", 303), ("Origin", "https://evil.example", 403) })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/ui/theme");
            request.Headers.Add("Cookie", ticket.Cookies);
            request.Headers.TryAddWithoutValidation(header, value);
            request.Content = new FormUrlEncodedContent(new Dictionary<string, string> { ["__RequestVerificationToken"] = ticket.Token, ["theme"] = "dark", ["back"] = "/app" });
            using var answer = await http.SendAsync(request);
            ((int)answer.StatusCode).ShouldBe(status, $"{header}: {value}");
            if (status == 403) (await answer.Content.ReadAsStringAsync()).ShouldContain("Not for you");
        }
    }

    private sealed record Ticket(string Session, string Form, string Token)
    {
        public string Cookies => $"{Session}; {Form}";
    }

    private static async Task<Ticket> TicketAsync(Cast cast, string email)
    {
        using var pages = new PageClient(cast.App.Address);
        await pages.SignInAsync(email, DemoPeople.Password);
        var html = (await pages.GetAsync("/account/security")).Document.DocumentElement.OuterHtml;
        var cookies = pages.Cookies.Split("; ");
        return new Ticket(cookies.Single(c => c.StartsWith("trellis=", StringComparison.Ordinal)), cookies.Single(c => c.StartsWith("trellis-form=", StringComparison.Ordinal)),
            Regex.Match(html, "name=\"__RequestVerificationToken\" value=\"([^\"]+)\"").Groups[1].Value);
    }
}

[Collection(Cast.WatchedOnSqlite)]
public sealed class ForgeryOnSqliteTests() : ForgeryTests(Database.Sqlite);

[Collection(Cast.WatchedOnPostgres)]
public sealed class ForgeryOnPostgresTests() : ForgeryTests(Database.Postgres);
