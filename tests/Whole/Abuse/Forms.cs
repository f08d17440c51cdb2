using System.Globalization;
using System.Net.Http.Headers;
using AngleSharp;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace Trellis.Whole.Tests.Abuse;

/// <summary>Pages and their forms, as a browser without JavaScript has them, and what a hostile hand writes into them.</summary>
internal static class Forms
{
    private static readonly IBrowsingContext Parser = BrowsingContext.New(Configuration.Default);

    public static async Task<IHtmlDocument?> ReadAsync(HttpClient pages, string address)
    {
        using var response = await pages.GetAsync(address);
        if (!response.IsSuccessStatusCode || response.Content.Headers.ContentType?.MediaType != "text/html") return null;
        return await ParseAsync(await response.Content.ReadAsStringAsync());
    }

    public static async Task<IHtmlDocument> ParseAsync(string html) => (IHtmlDocument)await Parser.OpenAsync(r => r.Content(html));

    /// <summary>The forms of a page that post something of their own; light and dark, signing out and the search stand on every page.</summary>
    public static IEnumerable<IHtmlFormElement> Of(IDocument page) =>
        page.QuerySelectorAll<IHtmlFormElement>("form").Where(f => f.Method.Equals("post", StringComparison.OrdinalIgnoreCase) && f.GetAttribute("action")?.StartsWith("/ui/", StringComparison.Ordinal) != true
            && f.GetAttribute("action") is not ("/sign-out" or "/switch-partner" or "/switch-company"));

    public static IEnumerable<IHtmlInputElement> Files(IHtmlFormElement form) => form.Elements.OfType<IHtmlInputElement>().Where(i => i.Type == "file" && i.Name is not null);

    /// <summary>All fields as they stand, empty ones filled with something plausible, and each text for people by <paramref name="text"/>.</summary>
    public static List<KeyValuePair<string, string>> Fill(IHtmlFormElement form, Func<string, string?> text)
    {
        List<KeyValuePair<string, string>> values = [];
        void Add(string? name, string value)
        {
            if (name is not null) values.Add(new(name, value));
        }

        foreach (var input in form.Elements.OfType<IHtmlInputElement>().Where(i => i.Type is not ("file" or "submit" or "button") && (i.Type is not ("checkbox" or "radio") || i.IsChecked)))
            Add(input.Name, input.Type is "text" or "search" or "url" or "email" or "tel" ? text(input.Name ?? "") ?? Plausible(input) : input.Type == "hidden" || input.Value is { Length: > 0 } ? input.Value : Plausible(input));
        foreach (var area in form.Elements.OfType<IHtmlTextAreaElement>()) Add(area.Name, text(area.Name ?? "") ?? (area.Value.Length > 0 ? area.Value : "A plausible sentence."));
        foreach (var select in form.Elements.OfType<IHtmlSelectElement>())
            Add(select.Name, select.Value is { Length: > 0 } value ? value : select.Options.Select(o => o.Value).FirstOrDefault(v => v.Length > 0) ?? "");
        return values;
    }

    /// <summary>Sends a form; files travel as a browser sends them.</summary>
    public static Task<HttpResponseMessage> SendAsync(HttpClient pages, string address, IHtmlFormElement form, IReadOnlyList<KeyValuePair<string, string>> values, params (string Field, Upload File)[] files)
    {
        var action = form.GetAttribute("action") is { Length: > 0 } own ? own : address;
        if (files.Length == 0) return pages.PostAsync(action, new FormUrlEncodedContent(values));
        var parts = new MultipartFormDataContent();
        foreach (var (name, value) in values) parts.Add(new StringContent(value), name);
        foreach (var (field, file) in files)
        {
            var part = new ByteArrayContent(file.Content);
            part.Headers.ContentType = MediaTypeHeaderValue.Parse(file.Type);
            part.Headers.ContentDisposition = new ContentDispositionHeaderValue("form-data") { Name = $"\"{field}\"", FileName = $"\"{file.Name}\"" };
            parts.Add(part);
        }

        return pages.PostAsync(action, parts);
    }

    private static string Plausible(IHtmlInputElement input) => input.Value is { Length: > 0 } value ? value : input.Type switch
    {
        "email" => "kim@plausible.example",
        "url" => "https://plausible.example",
        "number" => input.Minimum is { Length: > 0 } least ? least : "1",
        "date" => DateTime.UtcNow.AddDays(30).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        "datetime-local" => DateTime.UtcNow.AddDays(30).ToString("yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture),
        "color" => "#336699",
        "password" => "a plausible long password",
        "checkbox" or "radio" => "true",
        _ => "Plausible",
    };
}

/// <summary>A file as somebody sends it.</summary>
internal sealed record Upload(string What, string Name, string Type, byte[] Content);
