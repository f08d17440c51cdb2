using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Trellis.Journeys.Tests;

/// <summary>
/// One person in one window. Every page that the person comes to can be checked in all four looks (desktop and phone, light and dark); errors of
/// scripts, refused content and answers that failed are kept and count as faults at the end.
/// </summary>
internal sealed partial class Visit : IAsyncDisposable
{
    private static readonly (string Name, int Width, int Height)[] Sizes = [("desktop", 1280, 800), ("phone", 390, 844)];
    private static readonly Lazy<string> Axe = new(() => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "axe.min.js")));

    // Turbo swaps pages without loading them; each time that it has shown something, the page bears a new stamp.
    private const string Stamp = "for (const shown of ['turbo:load', 'turbo:render', 'turbo:frame-load']) document.addEventListener(shown, () => { window.shownStamp = Math.random(); })";
    private const string Quiet = "before => window.shownStamp !== undefined && window.shownStamp !== before && !document.querySelector('[aria-busy=true], html[data-turbo-preview]')";
    private readonly List<string> _faults = [];
    private readonly IBrowserContext _window;
    private readonly HashSet<string>? _looked;
    private readonly bool _looks;

    private Visit(IBrowserContext window, IPage page, HashSet<string>? looked, bool looks)
    {
        (_window, Page, _looked, _looks) = (window, page, looked, looks);
        page.Console += (_, message) =>
        {
            // A refused form is answered with 4xx, which the browser reports as an error of loading.
            if (message.Type == "error" && !message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal)) _faults.Add($"{page.Url}: console: {message.Text}");
        };
        page.PageError += (_, error) => _faults.Add($"{page.Url}: script: {error}");
        page.Response += (_, response) =>
        {
            if (response.Status >= 500 || (response.Status == 404 && response.Request.ResourceType is not "document")) _faults.Add($"{page.Url}: {response.Status} of {response.Url}");
        };
    }

    public IPage Page { get; }

    /// <summary>Opens a window. Visits of one story share <paramref name="looked"/>, so that each of its pages is checked once; without <paramref name="looks"/> none is.</summary>
    public static async Task<Visit> BeginAsync(string address, HashSet<string>? looked = null, bool looks = true)
    {
        var browser = await Browser.SharedAsync();
        var window = await browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = address,
            ViewportSize = new ViewportSize { Width = Sizes[0].Width, Height = Sizes[0].Height },
            Locale = "en-GB",
            TimezoneId = "Europe/Berlin",
            ReducedMotion = ReducedMotion.Reduce,
        });
        window.SetDefaultTimeout(30_000);
        var visit = new Visit(window, await window.NewPageAsync(), looked, looks);
        await visit.Page.AddInitScriptAsync(Stamp);
        await visit.Page.AddInitScriptAsync("document.addEventListener('securitypolicyviolation', e => console.error('content security policy: ' + e.violatedDirective + ' ' + e.blockedURI))");
        return visit;
    }

    /// <summary>Opens an address and waits until the page is shown.</summary>
    public async Task<Visit> GoAsync(string path)
    {
        await Page.GotoAsync(path);
        await Page.WaitForFunctionAsync(Quiet, null);
        return this;
    }

    public async Task SignInAsync(string email, string password)
    {
        await GoAsync("/sign-in");
        var form = Form("sign-in");
        await form.GetByLabel("E-mail address").FillAsync(email);
        await form.GetByLabel("Password").FillAsync(password);
        await PressAsync("Sign in", form);
    }

    /// <summary>The form with this name.</summary>
    public ILocator Form(string name) => Page.Locator($"form:has(input[name='_handler'][value='{name}'])");

    /// <summary>Presses a button and waits until what it leads to is shown.</summary>
    public Task PressAsync(string name, ILocator? within = null) =>
        ClickAsync((within ?? Page.Locator("body")).GetByRole(AriaRole.Button, new() { Name = name, Exact = true }));

    /// <summary>Follows a link and waits until the page is shown.</summary>
    public Task FollowAsync(string name, ILocator? within = null) => ClickAsync((within ?? Page.Locator("body")).GetByRole(AriaRole.Link, new() { Name = name }));

    /// <summary>Clicks something that leads to another page, or to the same one with messages.</summary>
    public async Task ClickAsync(ILocator what)
    {
        var before = await Page.EvaluateAsync<double?>("window.shownStamp");
        await what.First.ClickAsync();
        await Page.WaitForFunctionAsync(Quiet, before);
    }

    /// <summary>Fills fields by their names; an empty value chooses the first option of a list that is one.</summary>
    public async Task FillAsync(params (string Name, string Value)[] fields)
    {
        foreach (var (name, value) in fields)
        {
            var field = Page.Locator($"[name='{name}']").First;
            if (await field.EvaluateAsync<string>("f => f.tagName") != "SELECT") await field.FillAsync(value);
            else if (value.Length > 0) await field.SelectOptionAsync(value);
            else await field.SelectOptionAsync(await field.EvaluateAsync<string>("f => [...f.options].map(o => o.value).find(v => v)"));
        }
    }

    /// <summary>Waits until the main part says this; with <paramref name="reload"/> it looks again and again.</summary>
    public async Task WaitForAsync(string words, bool reload = false)
    {
        var patience = System.Diagnostics.Stopwatch.StartNew();
        while (!(await TextAsync()).Contains(words, StringComparison.OrdinalIgnoreCase))
        {
            if (patience.Elapsed > TimeSpan.FromSeconds(90)) Assert.Fail($"{Page.Url} does not say “{words}” but: {await TextAsync()}");
            await Task.Delay(300);
            if (reload) await GoAsync(new Uri(Page.Url).PathAndQuery);
        }
    }

    /// <summary>Waits until the work that the page shows is done: then it does not ask the server again.</summary>
    public Task FinishedAsync() => Page.WaitForFunctionAsync("() => !document.querySelector('trellis-refresh')", null, new PageWaitForFunctionOptions { Timeout = 90_000 });

    /// <summary>All words of the main part.</summary>
    public async Task<string> TextAsync() => string.Join(' ', (await Page.Locator("main").InnerTextAsync()).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>The figure of the card with this label, as it stands on the page.</summary>
    public ILocator Figure(string label) =>
        Page.Locator($".t-stat:has(.t-stat-label > span:text-is(\"{label}\")) .t-stat-value");

    /// <summary>The whole number of the card with this label.</summary>
    public async Task<int> CountAsync(string label) => int.Parse(await Figure(label).InnerTextAsync(), NumberStyles.AllowThousands, CultureInfo.InvariantCulture);

    /// <summary>
    /// Looks at the page in all four looks; what the checker of accessibility finds is a fault. A page that shows another side of itself is told apart
    /// by <paramref name="side"/>.
    /// </summary>
    public async Task LookAsync(string side = "")
    {
        if (!_looks) return;
        if (_looked is not null && !_looked.Add(RecordId().Replace(new Uri(Page.Url).AbsolutePath, "/{id}") + " " + side)) return;
        foreach (var (size, width, height) in Sizes)
        {
            await Page.SetViewportSizeAsync(width, height);
            // The colours do not hang on the width: a brief run asks for the dark ones once.
            foreach (var scheme in BriefRun.IsOn && size != Sizes[0].Name ? (ColorScheme[])[ColorScheme.Light] : [ColorScheme.Light, ColorScheme.Dark])
            {
                await Page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
                // Colours may fade from one scheme to the other; what is in between is nobody's design.
                await Page.WaitForFunctionAsync("scheme => document.documentElement.dataset.bsTheme === scheme", scheme.ToString().ToLowerInvariant());
                await Page.EvaluateAsync("document.getAnimations().filter(a => a instanceof CSSTransition).forEach(a => a.finish())");
                var look = $"{Page.Url} ({size}, {scheme.ToString().ToLowerInvariant()})";
                foreach (var violation in await LastingViolationsAsync(scheme)) _faults.Add($"{look}: {violation}");
                if (await Page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth") > 1) _faults.Add($"{look}: scrolls sideways");
            }
        }

        await Page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = ColorScheme.Light, ReducedMotion = ReducedMotion.Reduce });
        await Page.SetViewportSizeAsync(Sizes[0].Width, Sizes[0].Height);
    }

    /// <summary>Ends the visit: whatever went wrong on the way is told now.</summary>
    public void ShouldBeFaultless() => _faults.Distinct().ShouldBeEmpty();

    /// <summary>The faults so far, for a test of the harness itself.</summary>
    public IReadOnlyList<string> Faults => _faults;

    public async ValueTask DisposeAsync()
    {
        // A test that ends early still tells what it had found.
        foreach (var fault in _faults.Distinct()) await Console.Error.WriteLineAsync(fault);
        await _window.CloseAsync();
    }

    // Inherited colours begin to fade a frame later than the switch; what is a fault is still one when everything stands still.
    private async Task<List<string>> LastingViolationsAsync(ColorScheme scheme)
    {
        var found = await ViolationsAsync(scheme);
        if (found.Count == 0) return found;
        await Page.WaitForTimeoutAsync(600);
        return await ViolationsAsync(scheme);
    }

    // The dark page is the light one in other colours: of it only colours are asked.
    private async Task<List<string>> ViolationsAsync(ColorScheme scheme)
    {
        if (!await Page.EvaluateAsync<bool>("() => 'axe' in window")) await Page.EvaluateAsync(Axe.Value);
        var found = await Page.EvaluateAsync<JsonElement>(
            "async only => (await axe.run(document, { resultTypes: ['violations'], preload: false, iframes: false, ...(only ? { runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] } } : {}) })).violations.map(v => ({ id: v.id, help: v.help, where: v.nodes.slice(0, 3).map(n => n.target.join(' ') + ' ' + n.html.slice(0, 160)) }))", scheme == ColorScheme.Dark);
        return [.. found.EnumerateArray().Select(v => $"{v.GetProperty("id").GetString()}: {v.GetProperty("help").GetString()} {v.GetProperty("where")}")];
    }

    [GeneratedRegex("/[a-z]+_[0-9a-z]{20,}")]
    private static partial Regex RecordId();
}
