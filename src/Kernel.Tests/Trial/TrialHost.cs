using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Trellis.Kernel.Tests.Trial;

/// <summary>Hosts with the trial module, and what the tests ask of them.</summary>
internal static class TrialHost
{
    private static readonly ConcurrentDictionary<Database, Lazy<Task<TestApp>>> Shared = new();
    private static readonly ConcurrentDictionary<(Type, Database), Lazy<Task<TestApp>>> PerClass = new();

    public static Task<TestApp> SharedAsync(Database database) =>
        Shared.GetOrAdd(database, d => new Lazy<Task<TestApp>>(() => OwnAsync(d))).Value;

    /// <summary>A host of one test class alone, whose tests run one after the other: they move its clock and count its deliveries.</summary>
    public static Task<TestApp> OfAsync<TClass>(Database database) =>
        PerClass.GetOrAdd((typeof(TClass), database), d => new Lazy<Task<TestApp>>(() => OwnAsync(d.Item2))).Value;

    public static Task<TestApp> OwnAsync(Database database, bool background = false) =>
        TestApp.StartAsync(database, background, null, new TrialModule());

    public static Task<Result<MadeThing>> MakeAsync(this TestPerson person, string name, long amount = 0, string? code = null, int events = 1) =>
        person.DoAsync<Make, Result<MadeThing>>(m => m.RunAsync(new NewThing(name, amount, code, events), default));

    public static Task<Result<long>> ChangeAsync(this TestPerson person, ThingChange change) =>
        person.DoAsync<Change, Result<long>>(c => c.RunAsync(change, default));

    /// <summary>All rows of a kind in the tenant, in the order of their keys.</summary>
    public static Task<List<T>> AllAsync<T>(this TestTenant tenant) where T : class, ITenantOwned =>
        tenant.AsSystemAsync<Db, List<T>>(db => db.Set<T>().AsNoTracking().ToListAsync());

    public static Script Script(this TestTenant tenant) => tenant.App.Services.GetRequiredService<Script>();

    /// <summary>A second dispatcher over the same database, as a second node has one.</summary>
    public static Dispatcher SecondDispatcher(this TestApp app) => ActivatorUtilities.CreateInstance<Dispatcher>(app.Services);

    public static JobRunner SecondRunner(this TestApp app) => ActivatorUtilities.CreateInstance<JobRunner>(app.Services);

    /// <summary>What a node has that is killed: its clock stands still from now on, so that it renews nothing.</summary>
    public static T Killed<T>(this TestApp app) where T : notnull => ActivatorUtilities.CreateInstance<T>(app.Services, new StoppedClock(app.Clock.GetUtcNow()));

    public static Task<int> DispatchAsync(this TestApp app) => app.Services.GetRequiredService<Dispatcher>().DrainAsync(default);
}

/// <summary>Stands still.</summary>
internal sealed class StoppedClock(DateTimeOffset now) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => base.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
}
