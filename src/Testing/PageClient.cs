using System.Net;
using System.Net.Sockets;
using AngleSharp;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace Trellis.Testing;

/// <summary>A page as a visitor without JavaScript sees it.</summary>
public sealed record VisitedPage(HttpStatusCode Status, Uri Address, IDocument Document)
{
    /// <summary>All text of the page, blanks folded.</summary>
    public string Text => string.Join(' ', (Document.Body?.TextContent ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}

/// <summary>Visits pages and sends forms like a browser without JavaScript: cookies, hidden fields, redirects.</summary>
public sealed class PageClient : IDisposable
{
    private readonly HttpClient _http;
    private readonly IBrowsingContext _parser = BrowsingContext.New(Configuration.Default);

    private readonly CookieContainer _cookies = new();

    /// <param name="address">Where the server listens.</param>
    /// <param name="host">The name under which this visitor knows it, as if a name system led here; null for the address itself.</param>
    public PageClient(string address, string? host = null)
    {
        var server = new Uri(address);
        if (host is null) _http = new HttpClient(new HttpClientHandler { CookieContainer = _cookies }) { BaseAddress = server };
        else _http = new HttpClient(new SocketsHttpHandler { CookieContainer = _cookies, ConnectCallback = ConnectAsync }) { BaseAddress = new UriBuilder(server) { Host = host }.Uri };

        async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken ct)
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(server.Host, server.Port, ct);
            return new NetworkStream(socket, ownsSocket: true);
        }
    }

    public HttpClient Http => _http;

    /// <summary>The cookies that this visitor sends, as the header has them.</summary>
    public string Cookies => _cookies.GetCookieHeader(_http.BaseAddress!);

    public async Task<VisitedPage> GetAsync(string path) => await ReadAsync(await _http.GetAsync(path));

    /// <summary>Fills fields of the form with this name (or this action) and sends it, with everything else as it stands on the page.</summary>
    public async Task<VisitedPage> SubmitAsync(VisitedPage page, string form, params (string Name, string Value)[] fields)
    {
        var element = page.Document.QuerySelectorAll<IHtmlFormElement>("form").FirstOrDefault(f =>
                f.GetAttribute("action") == form || f.QuerySelector($"input[name=_handler][value='{form}']") is not null) ?? throw new InvalidOperationException($"There is no form {form} on {page.Address}: {page.Text}");
        var values = new Dictionary<string, string>();
        foreach (var input in element.Elements.OfType<IHtmlInputElement>().Where(i => i.Name is not null && (i.Type is not ("checkbox" or "radio") || i.IsChecked)))
            values[input.Name!] = input.Value;
        foreach (var area in element.Elements.OfType<IHtmlTextAreaElement>().Where(a => a.Name is not null)) values[area.Name!] = area.Value;
        foreach (var select in element.Elements.OfType<IHtmlSelectElement>().Where(s => s.Name is not null)) values[select.Name!] = select.Value ?? "";
        foreach (var (name, value) in fields) values[name] = value;
        var action = element.GetAttribute("action");
        var address = string.IsNullOrEmpty(action) ? page.Address : new Uri(page.Address, action);
        return await ReadAsync(await _http.PostAsync(address, new FormUrlEncodedContent(values)));
    }

    public async Task<VisitedPage> SignInAsync(string email, string password)
    {
        var page = await GetAsync("/sign-in");
        return await SubmitAsync(page, "sign-in", ("Input.Email", email), ("Input.Password", password));
    }

    public void Dispose() => _http.Dispose();

    private async Task<VisitedPage> ReadAsync(HttpResponseMessage response)
    {
        var html = await response.Content.ReadAsStringAsync();
        var address = response.RequestMessage!.RequestUri!;
        var document = await _parser.OpenAsync(r => r.Content(html).Address(address));
        return new VisitedPage(response.StatusCode, address, document);
    }
}
