using Microsoft.Playwright;

namespace Trellis.Server.Bench;

/// <summary>Pictures of the pages of the demo company: desktop and phone, light and dark.</summary>
internal static class Shots
{
    private static readonly (string? Email, string Face, string Name)[] People =
    [
        (null, "", "public"),
        ("paula@northwind.example", "/app", "manager"),
        ("omar@northwind.example", "/app", "operations"),
        ("elena@northwind.example", "/app", "executive"),
        ("noah@brightpath.example", "/portal", "partner"),
    ];

    public static async Task<int> RunAsync(string program, string data, string folder)
    {
        await using var server = await Server.StartAsync(program, data, TimeSpan.FromMinutes(3));
        await using var window = await Window.OpenAsync(server.Address);
        if (window is null)
        {
            Console.Error.WriteLine("Chromium is not here, so no picture can be taken.");
            return 1;
        }

        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        Directory.CreateDirectory(folder);
        var taken = new HashSet<string>();
        foreach (var (email, face, name) in People)
        {
            var pages = email is null ? ["/sign-in"] : await PagesAsync(server.Address, email, face);
            pages = [.. pages.Where(p => taken.Add(Visitor.Kind(p)) || p == face)];
            foreach (var (width, height) in ((int, int)[])[(1280, 800), (390, 844)])
                foreach (var scheme in (ColorScheme[])[ColorScheme.Light, ColorScheme.Dark])
                    await TakeAsync(window, email, pages, width, height, scheme, Path.Combine(folder, name));
        }

        Console.WriteLine($"{Directory.GetFiles(folder).Length} pictures in {folder}");
        return 0;
    }

    private static async Task<List<string>> PagesAsync(string address, string email, string face)
    {
        using var visitor = await Visitor.SignInAsync(address, email, face);
        return await visitor.PagesAsync();
    }

    private static async Task TakeAsync(Window window, string? email, List<string> pages, int width, int height, ColorScheme scheme, string prefix)
    {
        var page = await window.PageAsync(width, height, scheme, email);
        foreach (var path in pages)
        {
            await page.GotoAsync(path, new PageGotoOptions { WaitUntil = WaitUntilState.NetworkIdle });
            await page.EvaluateAsync("document.fonts.ready");
            var words = Visitor.Kind(path).Trim('/').Replace("…", "record").Replace('/', '-');
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = $"{prefix}-{words}-{width}-{scheme.ToString().ToLowerInvariant()}.png", FullPage = true });
        }

        await page.Context.CloseAsync();
    }
}
