using System.IO.Compression;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;
using Trellis.Host.Engines;
using Trellis.Kernel;
using Trellis.Ui;

namespace Trellis.Host;

/// <summary>Registers the kernel, the engine and every module.</summary>
internal static class HostServices
{
    public static void Add(IServiceCollection services, IConfiguration configuration, params Module[] extra)
    {
        var settings = Settings.From(configuration);
        var modules = Installed.Modules(extra);
        OwnFiles.Make(settings.DataFolder);
        Languages.Load([typeof(Languages).Assembly, typeof(UiOptions).Assembly, .. modules.Modules.Select(m => m.GetType().Assembly), typeof(HostServices).Assembly], pseudo: configuration["TRELLIS_PSEUDO"] == "on");
        services.AddSingleton(settings);
        services.AddSingleton(modules);
        services.AddSingleton(modules.Manifest);
        services.AddSingleton(TimeProvider.System);
        AddEngine(services, settings);
        AddKernel(services, settings);
        foreach (var module in modules.Modules) module.Services(services);
        AddWeb(services, configuration, settings, modules);
    }

    /// <summary>
    /// Queries that were compiled and their statements, for all hosts of this process. Left to itself, EF Core keeps some five hundred, and compiles again
    /// what it has thrown away; the pages and the API ask some two thousand. Each counts ten, and so does each form of its statement.
    /// </summary>
    private static readonly MemoryCache Compiled = new(new MemoryCacheOptions { SizeLimit = 200_000 });

    private static void AddEngine(IServiceCollection services, Settings settings)
    {
        if (settings.Postgres is { } connection)
        {
            // A statement that comes again is planned once; our sessions carry no state of their own that would have to be put back.
            var prepared = new Npgsql.NpgsqlConnectionStringBuilder(connection) { NoResetOnClose = true };
            // A pooler between us and the database may not bear it: "Max Auto Prepare=0" in the connection string leaves it out.
            // The second time already: a page asks fifty statements, and each connection of the pool begins anew.
            if (!connection.Replace(" ", "", StringComparison.Ordinal).Contains("MaxAutoPrepare=", StringComparison.OrdinalIgnoreCase)) (prepared.MaxAutoPrepare, prepared.AutoPrepareMinUsages) = (300, 2);
            var source = PostgresSessions.Open(prepared.ConnectionString);
            services.AddSingleton(source);
            services.AddSingleton<Engine>(new PostgresEngine(source));
            services.AddDbContext<Db, PostgresDb>(o => o.UseNpgsql(source).UseMemoryCache(Compiled));
            services.AddHostedService(s => ActivatorUtilities.CreateInstance<PostgresSignals>(s, connection));
            return;
        }

        var engine = new SqliteEngine(Path.Combine(settings.DataFolder, "trellis.db"));
        services.AddSingleton<Engine>(engine);
        var pragmas = new SqlitePragmas();
        services.AddDbContext<Db, SqliteDb>(o => o.UseSqlite(engine.ConnectionString).AddInterceptors(pragmas).UseMemoryCache(Compiled));
    }

    private static void AddKernel(IServiceCollection services, Settings settings)
    {
        services.AddScoped<CurrentActor>();
        services.AddScoped<Work>();
        services.AddScoped<Jobs>();
        services.AddScoped<Post>();
        services.AddScoped<Links>();
        services.AddScoped<Rates>();
        services.AddSingleton<RateShelf>();
        services.AddSingleton<Wake>();
        services.AddSingleton<Signals>();
        services.AddSingleton<Outbound>();
        services.AddSingleton(s => S3Shelf.From(settings.Files, s.GetRequiredService<TimeProvider>()) is { } bucket ? new FileStore(bucket) : new FileStore(Path.Combine(settings.DataFolder, "files")));
        services.AddSingleton<Dispatcher>();
        services.AddSingleton<Schedule>();
        services.AddSingleton<JobRunner>();
        services.AddHostedService(s => s.GetRequiredService<Dispatcher>());
        services.AddHostedService(s => s.GetRequiredService<JobRunner>());
        services.AddHostedService(s => s.GetRequiredService<Schedule>());
        services.AddSingleton<MailSender>();
        services.AddHostedService(s => s.GetRequiredService<MailSender>());
        services.AddHostedService<GiveBack>();
    }

    private static void AddWeb(IServiceCollection services, IConfiguration configuration, Settings settings, ModuleList modules)
    {
        // The slim host knows no patterns in routes.
        services.AddRouting();
        services.ConfigureHttpJsonOptions(o => Json.ConfigureWeb(o.SerializerOptions));
        // Else the framework answers a body that it cannot read by itself, everywhere but in development, and nobody learns what is wrong with it.
        services.Configure<RouteHandlerOptions>(o => o.ThrowOnBadRequest = true);
        services.AddDataProtection().SetApplicationName("Trellis").PersistKeysToFileSystem(new DirectoryInfo(Path.Combine(settings.DataFolder, "keys")));
        services.AddAuthorizationBuilder().SetFallbackPolicy(new Microsoft.AspNetCore.Authorization.AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        services.AddAntiforgery(o =>
        {
            // The framework wants one name for all connections: the strict one where the operator has named an address behind TLS.
            var tls = configuration["TRELLIS_ADDRESS"]?.StartsWith("https://", StringComparison.Ordinal) == true;
            o.Cookie.Name = tls ? "__Host-trellis-form" : "trellis-form";
            o.Cookie.SecurePolicy = tls ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
            o.Cookie.SameSite = SameSiteMode.Lax;
            o.SuppressXFrameOptionsHeader = true;
        });
        services.AddTrellisUi(o =>
        {
            o.AssetManifest = Path.Combine(AppContext.BaseDirectory, "trellis.staticwebassets.endpoints.json");
            foreach (var module in modules.Modules) o.Pages.Add(module.GetType().Assembly);
            o.Pages.Add(typeof(HostServices).Assembly);
        });
        services.AddResponseCompression(o =>
        {
            o.EnableForHttps = true;
            o.Providers.Add<BrotliCompressionProvider>();
            o.Providers.Add<GzipCompressionProvider>();
            o.MimeTypes = [.. ResponseCompressionDefaults.MimeTypes, "image/svg+xml", "application/problem+json"];
        });
        services.Configure<BrotliCompressionProviderOptions>(o => o.Level = CompressionLevel.Fastest);
        services.Configure<GzipCompressionProviderOptions>(o => o.Level = CompressionLevel.Fastest);
        services.AddHealthChecks().AddCheck<DatabaseHealth>("database");
        RateLimits.Add(services, configuration);
        Origins.Add(services, configuration);
        ApiDocument.Add(services);
        services.AddScoped<ApiReference>();
    }
}
