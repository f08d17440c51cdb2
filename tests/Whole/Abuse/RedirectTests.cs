using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Trellis.Identity;

namespace Trellis.Whole.Tests.Abuse;

/// <summary>Whatever stands in an address as the place to go next: nobody is sent to another site, and no page links there.</summary>
[Collection(Cast.WatchedOnSqlite)]
public sealed class RedirectTests
{
    private const string Host = "evil.example";

    private static readonly string[] Names = ["next", "to", "back", "return", "returnUrl", "ReturnUrl", "url", "redirect", "redirect_uri", "target", "RelayState"];

    private static readonly string[] Places =
    [
        $"https://{Host}", $"http://{Host}/", $"//{Host}", $"///{Host}", $"////{Host}/%2e%2e", $"/\\{Host}", $"\\\\{Host}", $"\\/{Host}", $"/\t/{Host}", $"\t//{Host}", $" //{Host}", $"/\r\n/{Host}", $"https:{Host}", $"https:/{Host}",
        $"https:\\\\{Host}", $"HTTPS://{Host}", $"/%2f{Host}", $"/%5c{Host}", $"%2f%2f{Host}", $"/.//{Host}", $"/..//{Host}", $"/app//{Host}", $"//{Host}@127.0.0.1", $"https://127.0.0.1@{Host}", $"http://127.0.0.1.{Host}",
        $"javascript:location='https://{Host}'", $"data:text/html,<script>location='https://{Host}'</script>", $"/\u0000/{Host}", $"/\u00a0/{Host}", $"／／{Host}", $"https://{Host}#/app", $"//{Host}%00/app", $"@{Host}", $".{Host}", $"?https://{Host}", $"//[::1]@{Host}",
        $"/app\r\nLocation: https://{Host}", $"/;//{Host}", $"/?//{Host}", $"x:y//{Host}",
    ];

    [Fact]
    public async Task No_place_to_go_next_leads_to_another_site()
    {
        var cast = await Cast.OnAsync(Database.Sqlite);
        using var handler = new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false };
        using var http = new HttpClient(handler) { BaseAddress = new Uri(cast.App.Address) };
        using var session = new PageClient(cast.App.Address);
        await session.SignInAsync("ada@northwind.example", DemoPeople.Password);
        var faults = new List<string>();
        var routes = Route.All(cast.App.Services).Where(r => r.Method == "GET" && !r.IsApi && r.Parameters.Count == 0).ToList();
        for (var i = 0; i < routes.Count; i++)
            // Doors try every place, in a brief run every third from another one on; of the others each tries one or two, all together all of them.
            foreach (var place in routes[i].Anonymous ? Places.Where((_, n) => !BriefRun.IsOn || (n + i) % 3 == 0) : BriefRun.IsOn ? [Places[i % Places.Length]] : [Places[i % Places.Length], Places[(i * 7 + 3) % Places.Length]])
                foreach (var cookies in routes[i].Anonymous ? (string?[])[null, session.Cookies] : [session.Cookies])
                {
                    using var request = new HttpRequestMessage(HttpMethod.Get, routes[i].Pattern + "?" + string.Join('&', Names.Select(n => $"{n}={Uri.EscapeDataString(place)}")));
                    if (cookies is not null) request.Headers.Add("Cookie", cookies);
                    using var answer = await http.SendAsync(request);
                    if (Leaves(answer)) faults.Add($"{routes[i]} with “{place}” leads to {answer.Headers.Location}");
                    if ((int)answer.StatusCode >= 500) faults.Add($"{routes[i]} with “{place}” fails");
                    if (answer.Content.Headers.ContentType?.MediaType == "text/html")
                        foreach (var link in (await Forms.ParseAsync(await answer.Content.ReadAsStringAsync())).QuerySelectorAll("[href], [action], [formaction]"))
                            foreach (var attribute in (string[])["href", "action", "formaction"])
                                if (link.GetAttribute(attribute) is { } there && Leaves(cast.App.Address, there)) faults.Add($"{routes[i]} with “{place}” links to {there}");
                }

        faults.Distinct().ShouldBeEmpty();
    }

    [Fact]
    public async Task Neither_signing_in_nor_choosing_light_or_dark_leads_to_another_site()
    {
        var cast = await Cast.OnAsync(Database.Sqlite);
        var faults = new List<string>();
        foreach (var place in Places)
        {
            using var visitor = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(cast.App.Address) };
            var address = $"/sign-in?next={Uri.EscapeDataString(place)}";
            // A NUL in the address is refused before there is a form.
            if (await Forms.ReadAsync(visitor, address) is not { } page) continue;
            foreach (var form in page.QuerySelectorAll<IHtmlFormElement>("form").Where(f => f.Method == "post").ToList())
            {
                var values = Forms.Fill(form, name => name.EndsWith("Email", StringComparison.Ordinal) ? "ada@northwind.example" : null)
                    .Select(v => v.Key.EndsWith("Password", StringComparison.Ordinal) ? new(v.Key, DemoPeople.Password) : v.Key is "back" or "next" or "Next" ? new(v.Key, place) : v).ToList();
                using var answer = await Forms.SendAsync(visitor, address, form, values);
                if (Leaves(answer)) faults.Add($"{form.GetAttribute("action") ?? "sign-in"} with “{place}” leads to {answer.Headers.Location}");
                if ((int)answer.StatusCode >= 500) faults.Add($"{form.GetAttribute("action") ?? "sign-in"} with “{place}” fails");
            }
        }

        faults.ShouldBeEmpty();
    }

    private static bool Leaves(HttpResponseMessage answer) => answer.Headers.TryGetValues("Location", out var places) && places.Any(p => Leaves(answer.RequestMessage!.RequestUri!.GetLeftPart(UriPartial.Authority), p));

    // As a browser reads it: a backslash is a slash, and blanks within are not there.
    private static bool Leaves(string home, string place)
    {
        var plain = new string([.. place.Where(c => c is not ('\t' or '\r' or '\n'))]).Trim().Replace('\\', '/');
        if (plain.StartsWith("javascript:", StringComparison.OrdinalIgnoreCase) || plain.StartsWith("data:text", StringComparison.OrdinalIgnoreCase)) return true;
        return Uri.TryCreate(new Uri(home), plain, out var there) && there.Host.EndsWith(Host, StringComparison.OrdinalIgnoreCase);
    }
}
