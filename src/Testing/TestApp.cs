using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Trellis.Host;
using Trellis.Identity;
using Trellis.Identity.Published;
using Trellis.Kernel;
using Xunit;

namespace Trellis.Testing;

/// <summary>
/// The real host on a free loopback port, over a database of its own. Outbox and jobs run when the test says so (<see cref="DrainAsync"/>),
/// unless it asks for them to run by themselves.
/// </summary>
public sealed class TestApp : IAsyncDisposable
{
    private static readonly ConcurrentDictionary<Database, Lazy<Task<TestApp>>> Shared = new();
    private static readonly ConcurrentDictionary<Database, Lazy<Task<(string Folder, string? Name)>>> Demos = new();
    private static readonly ConcurrentDictionary<Database, Lazy<Task<(string Folder, string? Name)>>> Founded = new();
    private static readonly ConcurrentDictionary<Database, int> Starts = new();
    private const string Data = "--TRELLIS_DATA=";
    private readonly SemaphoreSlim _draining = new(1);
    private readonly string _folder;
    private readonly WebApplication _app;

    static TestApp() => Passwords.CostLittle();

    private TestApp(Database database, WebApplication app, string folder, MovableClock clock)
    {
        (Database, _app, _folder, Clock) = (database, app, folder, clock);
        Address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
    }

    public Database Database { get; }

    public string Address { get; }

    public MovableClock Clock { get; }

    public IServiceProvider Services => _app.Services;

    /// <summary>The host that all tests of this process share on this database; each class uses a tenant of its own.</summary>
    public static Task<TestApp> SharedAsync(Database database)
    {
        SkipWithoutServer(database);
        return Shared.GetOrAdd(database, d => new Lazy<Task<TestApp>>(() => StartAsync(d))).Value;
    }

    /// <summary>
    /// A host of the test's own: to move the clock, to let outbox and jobs run by themselves, with other settings (<c>--TRELLIS_DEMO=on</c>), or
    /// with a module that exists in the test alone.
    /// </summary>
    public static async Task<TestApp> StartAsync(Database database, bool background = false, string[]? settings = null, params Module[] extra)
    {
        SkipWithoutServer(database);
        if (extra.Length > 0 || settings?.Any(IsPlace) == true || (KeptDatabases.Folder is null && Starts.AddOrUpdate(database, 1, (_, n) => n + 1) == 1))
            return await StartInAsync(TestFolders.New("trellis-test-"), database, background, settings, extra);
        return await StartOnCopyAsync(await Founded.GetOrAdd(database, d => new Lazy<Task<(string, string?)>>(() => KeptDatabases.OfAsync($"founded-{d}", folder => KeepAsync(d, folder, _ => Task.CompletedTask)))).Value, database, background, settings ?? []);
    }

    private static bool IsPlace(string setting) => new[] { Data, "--TRELLIS_DATABASE=", "--TRELLIS_MIGRATE=" }.Any(s => setting.StartsWith(s, StringComparison.Ordinal));

    /// <summary>A host of the test's own with the demo company, all its events delivered. It is loaded once for each engine, and each test gets a copy.</summary>
    /// <param name="database">The engine.</param>
    /// <param name="settings">Others than usual; a data folder that is named here gets the copy and is left to the caller.</param>
    public static async Task<TestApp> StartWithDemoAsync(Database database, params string[] settings)
    {
        SkipWithoutServer(database);
        var filled = Demos.GetOrAdd(database, d => new Lazy<Task<(string, string?)>>(() => KeptDatabases.OfAsync($"demo-{d}", folder => KeepAsync(d, folder, async app =>
        {
            await app.LoadDemoAsync(DemoPeople.Tenant);
            await app.DrainAsync();
        }))));
        return await StartOnCopyAsync(await filled.Value, database, false, settings);
    }

    /// <summary>Making some hundred tables takes longer than copying them, so they are made once, and all other hosts get a copy.</summary>
    private static async Task<TestApp> StartOnCopyAsync((string Folder, string? Name) kept, Database database, bool background, string[] settings)
    {
        var folder = TestFolders.New("trellis-test-");
        CopyAll(kept.Folder, settings.FirstOrDefault(s => s.StartsWith(Data, StringComparison.Ordinal))?[Data.Length..] ?? folder);
        return await StartInAsync(folder, database, background, kept.Name is null ? settings : [.. settings, $"--TRELLIS_DATABASE={await NewDatabaseAsync(kept.Name)}"]);
    }

    private static async Task<string?> KeepAsync(Database database, string kept, Func<TestApp, Task> fill)
    {
        string? name;
        await using (var app = await StartInAsync(TestFolders.New("trellis-test-"), database, false, null))
        {
            await fill(app);
            CopyAll(app._folder, kept);
            name = database == Database.Postgres ? new NpgsqlConnectionStringBuilder(app.Services.GetRequiredService<IConfiguration>()["TRELLIS_DATABASE"]).Database : null;
        }

        // PostgreSQL copies no database that somebody is connected to.
        if (name is not null) await SqlAsync($"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'");
        return name;
    }

    private static void CopyAll(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    private static async Task<TestApp> StartInAsync(string folder, Database database, bool background, string[]? settings, params Module[] extra)
    {
        List<string> args = [$"--TRELLIS_DATA={folder}", "--TRELLIS_DEMO=off", "--TRELLIS_LIMITS=off", "--urls=http://127.0.0.1:0", .. settings ?? []];
        if (database == Database.Postgres && settings?.Any(s => s.StartsWith("--TRELLIS_DATABASE=", StringComparison.Ordinal)) != true) args.Add($"--TRELLIS_DATABASE={await NewDatabaseAsync()}");
        if (extra.Length > 0) args.Add("--TRELLIS_MIGRATE=off");
        var clock = new MovableClock();
        var app = Serve.Build([.. args], builder =>
        {
            builder.Services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock));
            builder.Logging.SetMinimumLevel(LogLevel.Error);
            // A unique index that refuses a twin is part of the game, and EF tells it at length.
            builder.Logging.AddFilter("Microsoft.EntityFrameworkCore", LogLevel.None);
            if (!background) builder.Services.RemoveAll<IHostedService>();
        }, extra);
        if (extra.Length > 0) await CreateTablesAsync(app);
        await Schema.PrepareAsync(app.Services, CancellationToken.None);
        await app.StartAsync();
        return new TestApp(database, app, folder, clock);
    }

    // No migration knows the tables of a module that exists in a test alone.
    private static async Task CreateTablesAsync(WebApplication app)
    {
        await using var scope = app.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<Db>().Database.EnsureCreatedAsync();
    }

    /// <summary>A new tenant with its administrator.</summary>
    public Task<TestTenant> TenantAsync(string currency = "USD") => TestTenant.FoundAsync(this, currency);

    /// <summary>A new person of a partner of the actor's tenant, with the password of all test persons; returns the mail address.</summary>
    public Task<string> EmployAsync(Actor by, PartnerId partner, string partnerName, string role = Roles.PartnerAdmin) =>
        HireAsync(by, $"partner-{Guid.CreateVersion7():N}@people.example", email => new NewPerson("Pat Partner", email, [], partner, partnerName, [role]));

    /// <summary>Somebody of the vendor, with a role and the password of tests; returns the address.</summary>
    public Task<string> EmployAsync(Actor by, string role) => HireAsync(by, $"staff-{Guid.CreateVersion7():N}@people.example", email => new NewPerson("Sasha Staff", email, [role]));

    private async Task<string> HireAsync(Actor by, string email, Func<string, NewPerson> person)
    {
        await using var scope = Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentActor>().Actor = by;
        var hired = (await scope.ServiceProvider.GetRequiredService<CreatePerson>().RunAsync(person(email), default)).Value;
        await TestPerson.GivePasswordAsync(scope.ServiceProvider.GetRequiredService<Db>(), hired);
        return email;
    }

    /// <summary>Everybody of a tenant has just proved who they are, and has for a day: a walk may take longer than that holds.</summary>
    public async Task ConfirmAllAsync(TenantId tenant)
    {
        await using var scope = Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentActor>().Actor = Actor.System(tenant);
        var tomorrow = Clock.GetUtcNow().UtcDateTime.AddDays(1);
        await scope.ServiceProvider.GetRequiredService<Db>().Set<Session>().ExecuteUpdateAsync(s => s.SetProperty(x => x.ConfirmedAt, tomorrow));
    }

    /// <summary>Delivers all events and runs all jobs until nothing is left. One test at a time: what another has in hand is not due, and not done either.</summary>
    public async Task DrainAsync()
    {
        await _draining.WaitAsync();
        try
        {
            while (await Services.GetRequiredService<Dispatcher>().DrainAsync(default) + await Services.GetRequiredService<JobRunner>().DrainAsync(default) > 0)
            {
            }
        }
        finally
        {
            _draining.Release();
        }
    }

    /// <summary>Runs a recurring job now, for all tenants; returns the first refusal.</summary>
    public Task<Result<Done>> RunAsync<TJob>() where TJob : IRecurring => Services.GetRequiredService<Schedule>().RunRecurringAsync(typeof(TJob), default);

    /// <summary>Another host over the same database, as a second node is one.</summary>
    public Task<TestApp> SecondAsync(params Module[] extra)
    {
        var configuration = Services.GetRequiredService<IConfiguration>();
        return StartAsync(Database, false, [$"--TRELLIS_DATABASE={configuration["TRELLIS_DATABASE"]}"], extra);
    }

    /// <summary>Writes a backup of this host while it runs.</summary>
    public Task BackupAsync(string file) => Backup.SaveAsync(Services.GetRequiredService<Settings>(), file, default);

    /// <summary>Restores a backup into a new place and returns the settings of a host there; null with the reason where it is refused.</summary>
    public static async Task<(string[]? Settings, string? Refusal)> RestoreAsync(Database database, string file, string? folder = null, string? connection = null, bool replace = false)
    {
        folder ??= TestFolders.New("trellis-restored-");
        if (database == Database.Postgres) connection ??= await NewDatabaseAsync();
        try
        {
            await Backup.RestoreAsync(new Settings(folder, connection, false, true), file, replace, default);
            string[] settings = [$"--TRELLIS_DATA={folder}", .. connection is null ? Array.Empty<string>() : [$"--TRELLIS_DATABASE={connection}"]];
            return (settings, null);
        }
        catch (OperatorException refusal)
        {
            return (null, refusal.Message);
        }
    }

    /// <summary>Whether a start on this database would listen at once.</summary>
    public bool Stands() => Schema.Stands(Services);

    /// <summary>Loads the demo company into a tenant.</summary>
    public Task LoadDemoAsync(TenantId tenant) => DemoCompany.LoadAsync(Services, tenant, default);

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        TestFolders.Delete(_folder);
    }

    private static void SkipWithoutServer(Database database) =>
        Skip.If(database == Database.Postgres && Server is null, "PostgreSQL is not here: ./dev test installs and starts it, or set TRELLIS_TEST_POSTGRES.");

    private static string? Server => Environment.GetEnvironmentVariable("TRELLIS_TEST_POSTGRES") is { Length: > 0 } server ? server : null;

    private static async Task<string> NewDatabaseAsync(string? template = null)
    {
        var name = $"trellis_{Guid.CreateVersion7():N}";
        await SqlAsync($"CREATE DATABASE {name}" + (template is null ? "" : $" TEMPLATE {template}"));
        return new NpgsqlConnectionStringBuilder(Server) { Database = name, MaxPoolSize = 20 }.ConnectionString;
    }

    private static async Task SqlAsync(string statement)
    {
        await using var source = NpgsqlDataSource.Create(Server!);
        await using var command = source.CreateCommand(statement);
        command.CommandTimeout = 120;
        await command.ExecuteNonQueryAsync();
    }
}
