using Microsoft.Playwright;

namespace Trellis.Server.Bench;

/// <summary>A real browser, where the machine has one.</summary>
internal sealed class Window : IAsyncDisposable
{
    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;
    private readonly string _address;

    private Window(IPlaywright playwright, IBrowser browser, string address) => (_playwright, _browser, _address) = (playwright, browser, address);

    public static async Task<Window?> OpenAsync(string address)
    {
        var program = Environment.GetEnvironmentVariable("TRELLIS_BROWSER") is { Length: > 0 } named ? named
            : new[] { "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome" }.FirstOrDefault(File.Exists);
        if (program is null) return null;
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = program,
            Args = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"],
        });
        return new Window(playwright, browser, address);
    }

    /// <summary>A page of its own at this width; signed in where an address is given.</summary>
    public async Task<IPage> PageAsync(int width, int height, ColorScheme scheme, string? email)
    {
        var context = await _browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = _address,
            ViewportSize = new ViewportSize { Width = width, Height = height },
            ColorScheme = scheme,
            ReducedMotion = ReducedMotion.Reduce,
            Locale = "en-GB",
        });
        var page = await context.NewPageAsync();
        if (email is null) return page;
        await page.GotoAsync("/sign-in");
        var form = page.Locator("form:has(input[name='_handler'][value='sign-in'])");
        await form.GetByLabel("E-mail address").FillAsync(email);
        await form.GetByLabel("Password").FillAsync(Visitor.Password);
        await form.GetByRole(AriaRole.Button).First.ClickAsync();
        await page.WaitForURLAsync(url => !url.Contains("/sign-in", StringComparison.Ordinal));
        return page;
    }

    /// <summary>Bytes on the wire and requests of a page with an empty cache.</summary>
    public async Task<(double Bytes, int Requests)> WeighAsync(string path)
    {
        var page = await PageAsync(1280, 800, ColorScheme.Light, null);
        return await WeighAsync(page, path);
    }

    /// <summary>The same for the home of somebody who has signed in.</summary>
    public async Task<(double Bytes, int Requests)> WeighHomeAsync(string email, string face) =>
        await WeighAsync(await PageAsync(1280, 800, ColorScheme.Light, email), face);

    public async ValueTask DisposeAsync()
    {
        await _browser.CloseAsync();
        _playwright.Dispose();
    }

    private static async Task<(double, int)> WeighAsync(IPage page, string path)
    {
        var (bytes, requests) = (0.0, 0);
        var wire = await page.Context.NewCDPSessionAsync(page);
        await wire.SendAsync("Network.enable");
        await wire.SendAsync("Network.setCacheDisabled", new Dictionary<string, object> { ["cacheDisabled"] = true });
        wire.Event("Network.loadingFinished").OnEvent += (_, e) =>
        {
            bytes += e!.Value.GetProperty("encodedDataLength").GetDouble();
            requests++;
        };
        await page.GotoAsync(path, new PageGotoOptions { WaitUntil = WaitUntilState.NetworkIdle });
        await page.Context.CloseAsync();
        return (bytes, requests);
    }
}
