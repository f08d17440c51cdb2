using System.Net;
using System.Text.RegularExpressions;

namespace Trellis.Whole.Tests;

/// <summary>How many requests a caller may send, and what a visitor behind TLS and a proxy gets.</summary>
public sealed class LimitsTests
{
    [Fact]
    public async Task A_token_has_its_allowance_and_is_told_when_to_come_back_and_others_go_on()
    {
        await using var app = await TestApp.StartAsync(Database.Sqlite, settings: ["--TRELLIS_LIMITS=on", "--TRELLIS_LIMIT_API=120", "--TRELLIS_LIMIT_API_UNKNOWN=30"]);
        var tenant = await app.TenantAsync();
        using var busy = await tenant.Administrator.ApiAsync();
        using var calm = await tenant.Administrator.ApiAsync();
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var answers = new List<HttpResponseMessage>();
        for (var i = 0; i < 200; i++) answers.Add(await busy.GetAsync("/api/v1/me"));
        // Two come back each second.
        answers.Count(a => a.IsSuccessStatusCode).ShouldBeInRange(120, 120 + (int)(watch.Elapsed.TotalSeconds * 2) + 2);
        var refused = answers.Last(a => a.StatusCode == HttpStatusCode.TooManyRequests);
        refused.Headers.RetryAfter!.Delta!.Value.ShouldBeInRange(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60));
        refused.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        (await refused.Content.ReadAsStringAsync()).ShouldContain("\"code\":\"busy\"");
        (await calm.GetAsync("/api/v1/me")).StatusCode.ShouldBe(HttpStatusCode.OK, "another token of the same person");

        using var nobody = new HttpClient { BaseAddress = new Uri(app.Address) };
        var unknown = new List<HttpStatusCode>();
        for (var i = 0; i < 40; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/me");
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer trl_guess{i}");
            unknown.Add((await nobody.SendAsync(request)).StatusCode);
        }

        unknown.Take(30).ShouldAllBe(s => s == HttpStatusCode.Unauthorized);
        unknown.ShouldContain(HttpStatusCode.TooManyRequests, "guessing at tokens is counted by address");
    }

    [Fact]
    public async Task An_address_that_posts_public_forms_without_end_reads_why_it_must_wait()
    {
        await using var app = await TestApp.StartAsync(Database.Sqlite, settings: ["--TRELLIS_LIMITS=on", "--TRELLIS_LIMIT_FORMS=10"]);
        var tenant = await app.TenantAsync();
        using var visitor = new PageClient(app.Address);
        var form = await visitor.GetAsync("/sign-in");
        VisitedPage page = form;
        for (var i = 0; i < 15 && page.Status != HttpStatusCode.TooManyRequests; i++)
            page = await visitor.SubmitAsync(form, "sign-in", ("Input.Email", $"nobody{i}@nowhere.example"), ("Input.Password", "wrong password here"));
        page.Status.ShouldBe(HttpStatusCode.TooManyRequests);
        page.Text.ShouldContain("Please wait a moment");
        (await visitor.GetAsync("/sign-in")).Status.ShouldBe(HttpStatusCode.OK, "looking is free");
    }

    [Fact]
    public async Task Behind_TLS_every_cookie_of_ours_is_bound_to_the_host_and_only_a_named_proxy_is_believed()
    {
        await using var app = await TestApp.StartAsync(Database.Sqlite, settings: ["--TRELLIS_PROXIES=127.0.0.1", "--TRELLIS_ADDRESS=https://partners.example"]);
        var tenant = await app.TenantAsync();
        using var http = new HttpClient(new HttpClientHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = new Uri(app.Address) };
        http.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");
        http.DefaultRequestHeaders.Add("X-Forwarded-For", "198.51.100.20");
        http.DefaultRequestHeaders.Add("X-Forwarded-Host", "partners.example");
        using var form = await http.GetAsync("/sign-in");
        form.Headers.GetValues("Strict-Transport-Security").Single().ShouldContain("max-age=31536000");
        var held = Set(form);
        using var post = new HttpRequestMessage(HttpMethod.Post, "/sign-in");
        post.Headers.Add("Cookie", string.Join("; ", held.Select(c => c.Split(';')[0])));
        post.Headers.Add("Origin", "https://partners.example");
        post.Content = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["_handler"] = "sign-in",
            ["__RequestVerificationToken"] = Regex.Match(await form.Content.ReadAsStringAsync(), "name=\"__RequestVerificationToken\" value=\"([^\"]+)\"").Groups[1].Value,
            ["Input.Email"] = tenant.Administrator.Email,
            ["Input.Password"] = TestPerson.Password,
        });
        using var entered = await http.SendAsync(post);
        entered.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        List<string> cookies = [.. held, .. Set(entered)];
        cookies.Select(c => c.Split('=')[0]).ShouldBe(["__Host-trellis-form", "__Host-trellis", "__Host-trellis-device"], ignoreOrder: true);
        foreach (var cookie in cookies.Select(c => c.ToLowerInvariant()))
        {
            cookie.ShouldContain("; secure");
            cookie.ShouldContain("; httponly");
            cookie.ShouldContain("; samesite=lax");
            cookie.ShouldContain("; path=/");
            cookie.ShouldNotContain("domain=");
        }

        using var home = new HttpRequestMessage(HttpMethod.Get, "/account/security");
        home.Headers.Add("Cookie", string.Join("; ", cookies.Select(c => c.Split(';')[0])));
        (await (await http.SendAsync(home)).Content.ReadAsStringAsync()).ShouldContain("198.51.100.20");

        await using var bare = await TestApp.StartAsync(Database.Sqlite);
        using var liar = new HttpRequestMessage(HttpMethod.Get, bare.Address + "/sign-in");
        liar.Headers.Add("X-Forwarded-Proto", "https");
        using var plain = await http.SendAsync(liar);
        plain.Headers.Contains("Strict-Transport-Security").ShouldBeFalse("nobody has named this proxy");
        Set(plain).Single().ShouldStartWith("trellis-form=");
    }

    private static List<string> Set(HttpResponseMessage response) => response.Headers.TryGetValues("Set-Cookie", out var values) ? [.. values] : [];
}
