using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Trellis.Kernel;

namespace Trellis.Identity.Tests;

public sealed class StartTests
{
    [SkippableTheory, Databases]
    public async Task The_server_listens_at_once_only_where_the_newest_schema_and_a_company_stand(Database database)
    {
        await using var app = await TestApp.StartAsync(database);
        app.Stands().ShouldBeFalse("no company has been founded, so the first start may have been cut off");

        var tenant = await app.TenantAsync();
        app.Stands().ShouldBeTrue();

        await tenant.Administrator.DoAsync<Db, int>(db => db.Database.ExecuteSqlRawAsync("""DELETE FROM "__EFMigrationsHistory" """));
        app.Stands().ShouldBeFalse("a migration is missing");

        await tenant.Administrator.DoAsync<Db, int>(db => db.Database.ExecuteSqlRawAsync("""DROP TABLE "__EFMigrationsHistory" """));
        app.Stands().ShouldBeFalse("there is no schema of ours");
    }

    [SkippableTheory, Databases]
    public async Task Signing_in_is_shown_before_the_model_of_the_database_stands(Database database)
    {
        await using var app = await TestApp.StartAsync(database);
        var tenant = await app.TenantAsync();
        using var http = new HttpClient { BaseAddress = new Uri(app.Address) };
        using var used = new ContextsUsed(app.Services.GetRequiredService<Engine>());

        // A host that nobody has proved asks whose it is as well.
        (await http.GetStringAsync("/sign-in")).ShouldContain("passkey");
        using var named = new HttpRequestMessage(HttpMethod.Get, "/sign-in") { Headers = { Host = "partners.example" } };
        (await http.SendAsync(named)).StatusCode.ShouldBe(System.Net.HttpStatusCode.OK);
        used.Count.ShouldBe(0, "the first use of a context builds the model, for which the page would wait");

        var administrator = await tenant.Administrator.PagesAsync();
        await administrator.GetAsync("/app");
        used.Count.ShouldBePositive("or this test sees no context at all");
    }

    // EF Core tells everybody in the process when a context is first used.
    private sealed class ContextsUsed : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
    {
        private readonly Engine _engine;
        private readonly List<IDisposable> _subscriptions = [];
        private int _count;

        public ContextsUsed(Engine engine)
        {
            _engine = engine;
            _subscriptions.Add(DiagnosticListener.AllListeners.Subscribe(this));
        }

        public int Count => _count;

        public void OnNext(DiagnosticListener value)
        {
            if (value.Name == DbLoggerCategory.Name) _subscriptions.Add(value.Subscribe(this));
        }

        public void OnNext(KeyValuePair<string, object?> value)
        {
            if (value.Value is ContextInitializedEventData { Context: Db db } && ReferenceEquals(db.Engine, _engine)) Interlocked.Increment(ref _count);
        }

        public void OnCompleted()
        {
        }

        public void OnError(Exception error)
        {
        }

        public void Dispose() => _subscriptions.ForEach(s => s.Dispose());
    }

    [Fact]
    public async Task An_empty_file_of_a_start_that_was_cut_off_is_filled()
    {
        var folder = Directory.CreateTempSubdirectory("trellis-test-").FullName;
        await File.WriteAllBytesAsync(Path.Combine(folder, "trellis.db"), []);
        await using (var app = await TestApp.StartAsync(Database.Sqlite, false, [$"--TRELLIS_DATA={folder}"]))
        {
            await app.TenantAsync();
            app.Stands().ShouldBeTrue();
        }

        Directory.Delete(folder, recursive: true);
    }
}
