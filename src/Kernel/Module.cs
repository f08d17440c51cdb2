using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Trellis.Kernel;

/// <summary>The manifest of a module: what it adds to the system, on one screen.</summary>
public abstract class Module
{
    /// <summary>The lower-case name; every table of the module begins with it.</summary>
    public abstract string Name { get; }

    /// <summary>Maps the module's entities and published rows.</summary>
    public virtual void Tables(ModelBuilder model, Db db) { }

    /// <summary>Registers use cases and whatever else the module needs.</summary>
    public virtual void Services(IServiceCollection services) { }

    /// <summary>Maps the module's routes below <c>/api/v1</c>.</summary>
    public virtual void Api(IEndpointRouteBuilder api) { }

    /// <summary>Maps routes outside the API: posts of a layout, downloads.</summary>
    public virtual void Web(IEndpointRouteBuilder web) { }

    /// <summary>Names permissions, navigation, listeners, jobs and lifecycles.</summary>
    public abstract void Describe(Manifest manifest);

    /// <summary>Fills the demo company; modules below have already run.</summary>
    public virtual Task DemoAsync(Demo demo, CancellationToken ct) => Task.CompletedTask;

    /// <summary>Fills in what can only be known when every module has run: what others have handed over by <see cref="Demo.Gather{T}"/>.</summary>
    public virtual Task DemoLastAsync(Demo demo, IServiceProvider services, CancellationToken ct) => Task.CompletedTask;
}

/// <summary>An entry of the navigation.</summary>
/// <param name="Face"><c>app</c> or <c>portal</c>.</param>
/// <param name="Section">The heading it stands under; empty for the top.</param>
/// <param name="Label">The words.</param>
/// <param name="Href">Where it leads.</param>
/// <param name="Icon">The icon's name in the sprite.</param>
/// <param name="Permission">The permission without which it is not shown; null for everybody on that face.</param>
/// <param name="Order">Smaller comes first.</param>
/// <param name="Words">Other words under which people look for it; a catalogue says them in its language.</param>
public sealed record NavItem(string Face, string Section, string Label, string Href, string Icon, Permission? Permission, int Order, string Words = "");

/// <summary>Something that a person can begin, offered by the search palette: <c>Register a deal</c>.</summary>
/// <param name="Face"><c>app</c> or <c>portal</c>.</param>
/// <param name="Label">A verb and its object.</param>
/// <param name="Href">The page on which it is done.</param>
/// <param name="Icon">The icon's name in the sprite.</param>
/// <param name="Permission">The permission without which it is not offered; null for everybody on that face.</param>
/// <param name="Words">Other words under which people look for it.</param>
public sealed record Offer(string Face, string Label, string Href, string Icon, Permission? Permission, string Words = "");

/// <summary>What all modules declare, gathered once at start.</summary>
public sealed class Manifest
{
    private readonly List<Permission> _permissions = [];
    private readonly List<NavItem> _navigation = [];
    private readonly List<Offer> _offers = [];
    private readonly List<IMachine> _machines = [];
    private readonly Dictionary<Type, List<(Type Listener, Func<IEvent, bool>? When)>> _listeners = [];
    private readonly Dictionary<string, Type> _jobs = [];
    private readonly List<(string Name, TimeSpan Every, Type Job)> _schedule = [];

    public IReadOnlyList<Permission> Permissions => _permissions;
    public IReadOnlyList<NavItem> Navigation => _navigation;
    public IReadOnlyList<Offer> Actions => _offers;
    public IReadOnlyList<IMachine> Machines => _machines;
    public IReadOnlyList<(string Name, TimeSpan Every, Type Job)> Schedule => _schedule;

    /// <summary>All pairs of event and listener.</summary>
    public IEnumerable<(Type Event, Type Listener)> Listeners => _listeners.SelectMany(p => p.Value.Select(l => (p.Key, l.Listener)));

    public Manifest Permits(params Permission[] permissions)
    {
        _permissions.AddRange(permissions);
        return this;
    }

    public Manifest Shows(NavItem item)
    {
        _navigation.Add(item);
        return this;
    }

    /// <summary>Offers actions in the search palette.</summary>
    public Manifest Offers(params Offer[] offers)
    {
        _offers.AddRange(offers);
        return this;
    }

    public Manifest Lives(IMachine machine)
    {
        _machines.Add(machine);
        return this;
    }

    /// <summary>Delivers each <typeparamref name="TEvent"/> once to <typeparamref name="TListener"/>, or each of which <paramref name="when"/> holds.</summary>
    public Manifest Hears<TEvent, TListener>(Func<TEvent, bool>? when = null) where TEvent : IEvent where TListener : IHear<TEvent>
    {
        if (!_listeners.TryGetValue(typeof(TEvent), out var list)) _listeners[typeof(TEvent)] = list = [];
        list.Add((typeof(TListener), when is null ? null : happened => when((TEvent)happened)));
        return this;
    }

    /// <summary>A job that people start and whose progress they watch.</summary>
    public Manifest Runs<TJob>(string kind) where TJob : IJob
    {
        _jobs.Add(kind, typeof(TJob));
        return this;
    }

    /// <summary>A job that runs by the clock, once for each tenant.</summary>
    public Manifest Every<TJob>(string name, TimeSpan interval) where TJob : IRecurring
    {
        _schedule.Add((name, interval, typeof(TJob)));
        return this;
    }

    internal IEnumerable<Type> ListenersOf(IEvent happened) =>
        _listeners.TryGetValue(happened.GetType(), out var list) ? list.Where(l => l.When is null || l.When(happened)).Select(l => l.Listener) : [];

    internal Type JobOf(string kind) => _jobs[kind];
}

/// <summary>All modules, from the lowest to the highest.</summary>
public sealed class ModuleList
{
    /// <summary>Gathers the manifests; the order is the order of the arrows.</summary>
    public ModuleList(params Module[] modules)
    {
        Modules = modules;
        foreach (var module in modules) module.Describe(Manifest);
    }

    public IReadOnlyList<Module> Modules { get; }

    public Manifest Manifest { get; } = new();
}
