using Microsoft.Playwright;

namespace Trellis.Journeys.Tests;

/// <summary>The system's Chromium, started once for all journeys; where there is none, the test shows as skipped with the reason.</summary>
internal static class Browser
{
    private static readonly Lazy<Task<IBrowser>> Running = new(LaunchAsync);

    public static Task<IBrowser> SharedAsync()
    {
        Skip.If(Program is null, "Chromium is not here: ./dev test installs it, or set TRELLIS_BROWSER.");
        return Running.Value;
    }

    private static string? Program { get; } = Find();

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable("TRELLIS_BROWSER") is { Length: > 0 } named) return named;
        return new[] { "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome" }.FirstOrDefault(File.Exists);
    }

    private static async Task<IBrowser> LaunchAsync()
    {
        var playwright = await Playwright.CreateAsync();
        return await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Program,
            Args = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"],
        });
    }
}
