using System.Net;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace Trellis.Server.Bench;

/// <summary>A demo person, signed in, without JavaScript.</summary>
internal sealed partial class Visitor : IDisposable
{
    /// <summary>The password of all demo people, as the start announces it.</summary>
    public const string Password = "grow-with-partners";

    private readonly HttpClient _http;

    private Visitor(string email, string face, HttpClient http) => (Email, Face, _http) = (email, face, http);

    public string Email { get; }

    /// <summary><c>/app</c> or <c>/portal</c>.</summary>
    public string Face { get; }

    public static async Task<Visitor> SignInAsync(string address, string email, string face)
    {
        // What a browser asks for, so that compression is part of the cost; nothing is unpacked while the clock runs.
        var http = new HttpClient(new HttpClientHandler { CookieContainer = new CookieContainer(), AutomaticDecompression = DecompressionMethods.None }) { BaseAddress = new Uri(address) };
        var visitor = new Visitor(email, face, http);
        var page = await visitor.ReadAsync("/sign-in");
        var form = page.QuerySelectorAll("form").Single(f => f.QuerySelector("input[name=_handler][value='sign-in']") is not null);
        var fields = form.QuerySelectorAll("input[type=hidden]").ToDictionary(i => i.GetAttribute("name")!, i => i.GetAttribute("value") ?? "");
        (fields["Input.Email"], fields["Input.Password"]) = (email, Password);
        using var answer = await http.PostAsync("/sign-in", new FormUrlEncodedContent(fields));
        if (answer.RequestMessage!.RequestUri!.AbsolutePath == "/sign-in") throw new InvalidOperationException($"{email} could not sign in.");
        http.DefaultRequestHeaders.AcceptEncoding.ParseAdd("br");
        return visitor;
    }

    public Task<HttpResponseMessage> GetAsync(string path) => _http.GetAsync(path);

    /// <summary>Every page of the navigation, and behind each the first record that it links to.</summary>
    public async Task<List<string>> PagesAsync()
    {
        var home = await ReadAsync(Face);
        var pages = new List<string> { Face };
        foreach (var link in Links(home, "nav a").Where(l => l.StartsWith(Face + "/", StringComparison.Ordinal)).Distinct())
        {
            if (!pages.Contains(link)) pages.Add(link);
            var record = Links(await ReadAsync(link), "main a").FirstOrDefault(l => Record().IsMatch(l) && l.StartsWith(Face + "/", StringComparison.Ordinal) && !pages.Any(p => Kind(p) == Kind(l)));
            if (record is not null) pages.Add(record);
        }

        return pages;
    }

    /// <summary>A page without the identifier in its address, as a name.</summary>
    public static string Kind(string path) => Id().Replace(path.Split('?')[0], "…");

    public void Dispose() => _http.Dispose();

    private async Task<IDocument> ReadAsync(string path)
    {
        using var plain = new HttpRequestMessage(HttpMethod.Get, path);
        plain.Headers.AcceptEncoding.ParseAdd("identity");
        using var response = await _http.SendAsync(plain);
        response.EnsureSuccessStatusCode();
        return await new HtmlParser().ParseDocumentAsync(await response.Content.ReadAsStringAsync());
    }

    private static IEnumerable<string> Links(IDocument page, string selector) =>
        page.QuerySelectorAll(selector).Select(a => a.GetAttribute("href")?.Split('#')[0]).OfType<string>().Where(h => h.Length > 0);

    [GeneratedRegex("/[a-z]+_[0-9a-f]{32}$")]
    private static partial Regex Record();

    [GeneratedRegex("[a-z]+_[0-9a-f]{32}")]
    private static partial Regex Id();
}
