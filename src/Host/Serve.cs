using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Trellis.Kernel;

namespace Trellis.Host;

/// <summary>Starts the server: schema, demo company at the first start, then listen and say where.</summary>
internal static class Serve
{
    public static async Task<int> RunAsync(string[] args, CancellationToken ct)
    {
        await using var app = Build(args);
        try
        {
            await RunAsync(app, ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // Stopped while it was still starting: what had begun in the database is undone.
        }

        return 0;
    }

    private static async Task RunAsync(WebApplication app, CancellationToken ct)
    {
        // The tables of the routes and the model of the database take long and need nothing of each other.
        var routes = Task.Run(() => app.Services.GetRequiredService<EndpointDataSource>().Endpoints.Count, ct);
        var warming = Task.CompletedTask;
        if (Schema.Stands(app.Services)) warming = Task.Run(() => Schema.WarmAsync(app.Services, ct), ct);
        else await Schema.PrepareAsync(app.Services, ct);
        await routes;
        await app.StartAsync(ct);
        Announce(app);
        await app.WaitForShutdownAsync(ct);
        await warming;
    }

    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? adjust = null, params Module[] extra)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = args, ContentRootPath = ContentRoot(), ApplicationName = "trellis" });
        if (builder.Configuration["ASPNETCORE_URLS"] is null && builder.Configuration["urls"] is null) builder.WebHost.UseUrls("http://127.0.0.1:5080");
        builder.WebHost.UseStaticWebAssets();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(k =>
        {
            k.AddServerHeader = false;
            k.Limits.MaxRequestBodySize = 64 * 1024 * 1024;
        });
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.EntityFrameworkCore", LogLevel.Error);
        HostServices.Add(builder.Services, builder.Configuration, extra);
        adjust?.Invoke(builder);
        var app = builder.Build();
        WebPipeline.Use(app);
        return app;
    }

    // A published program finds its files beside itself, wherever it is started from.
    private static string ContentRoot() =>
        Directory.Exists(Path.Combine(AppContext.BaseDirectory, "wwwroot")) ? AppContext.BaseDirectory : Directory.GetCurrentDirectory();

    private static void Announce(WebApplication app)
    {
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        var settings = app.Services.GetRequiredService<Settings>();
        Console.WriteLine($"Trellis listens on {string.Join(", ", addresses)}");
        Console.WriteLine(settings.Postgres is null ? $"SQLite in {settings.DataFolder}" : "PostgreSQL");
        DemoCompany.Announce(settings, app.Services.GetRequiredService<ITenantSettings>());
    }
}
