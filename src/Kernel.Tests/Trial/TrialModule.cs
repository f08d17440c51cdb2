using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Trellis.Identity.Published;

namespace Trellis.Kernel.Tests.Trial;

/// <summary>A module that exists in these tests alone: it drives the kernel's mechanisms through the real host, as any module does.</summary>
public sealed class TrialModule : Module
{
    internal static readonly Permission Use = new("trial.use", "Use the trial", Roles.Administrator, Roles.PartnerManager, Roles.PartnerSales);
    internal static readonly Permission Rule = new("trial.rule", "Rule the trial", Roles.Finance);

    public override string Name => "trial";

    public override void Tables(ModelBuilder model, Db db)
    {
        var thing = model.Owned<Thing>("trial_thing", t => new { t.TenantId, t.Id });
        thing.HasIndex(t => new { t.TenantId, t.Name }).IsUnique();
        model.Owned<Effect>("trial_effect", e => new { e.TenantId, e.Id });
    }

    public override void Services(IServiceCollection services)
    {
        services.AddSingleton<Script>();
        services.AddScoped<Make>();
        services.AddScoped<Change>();
        services.AddScoped<MakeTwo>();
        services.AddScoped<MakeAnyway>();
        services.AddScoped<Govern>();
    }

    public override void Api(IEndpointRouteBuilder api)
    {
        api.MapPost("/trial/things", async (Make make, NewThing input, CancellationToken ct) => (await make.RunAsync(input, ct)).ToCreated(t => $"/api/v1/trial/things/{t.Id}")).Requires(Use);
        api.MapPost("/trial/nothing", () => Results.NoContent()).Requires(Use);
        api.MapPost("/trial/away", IResult () => throw new EngineBusyException("Nobody answers.")).Requires(Use);
    }

    public override void Describe(Manifest manifest) => manifest
        .Permits(Use, Rule)
        .Lives(Thing.Life)
        .Hears<ThingMade, NoteThing>()
        .Hears<ThingMade, Stumble>()
        .Runs<Count>("trial.count")
        .Every<Tick>("trial.tick", TimeSpan.FromMinutes(10));
}

/// <summary>What a test tells the listeners and jobs of its tenant to do.</summary>
internal sealed class Script
{
    /// <summary>Runs inside a listener, after its effect was written.</summary>
    public ConcurrentDictionary<TenantId, Func<ThingMade, Task>> WhenHeard { get; } = new();

    public ConcurrentDictionary<TenantId, Func<JobProgress, Task<Result<string>>>> Job { get; } = new();

    public ConcurrentDictionary<TenantId, Func<CancellationToken, Task<Result<Done>>>> Tick { get; } = new();
}

public readonly record struct ThingId(Guid Value) : ITypedId<ThingId>
{
    public static string Prefix => "thing";
    public static ThingId From(Guid value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out ThingId id) => Ids.TryParse(text, out id);
    public override string ToString() => Ids.Text(this);
}

internal enum ThingState
{
    Raw,
    Polished,
    Broken,
}

internal enum ThingTrigger
{
    Polish,
    Break,
}

internal sealed class Thing : ITenantOwned, IVersioned
{
    public static readonly Machine<ThingState, ThingTrigger> Life = new("trial",
        (ThingState.Raw, ThingTrigger.Polish, ThingState.Polished),
        (ThingState.Raw, ThingTrigger.Break, ThingState.Broken),
        (ThingState.Polished, ThingTrigger.Break, ThingState.Broken));

    public TenantId TenantId { get; init; }
    public ThingId Id { get; init; }
    public required string Name { get; set; }
    public long Amount { get; set; }
    public DateTime At { get; init; }
    public ThingState State { get; set; }

    [Secret]
    public string? Code { get; set; }

    public long Version { get; set; }
}

/// <summary>What a listener leaves behind.</summary>
internal sealed class Effect : ITenantOwned, IUnaudited
{
    public TenantId TenantId { get; init; }
    public ThingId Id { get; init; }
    public required string Name { get; init; }
    public ThingId Thing { get; init; }
}

[WireName("trial.thing_made.v1")]
internal sealed record ThingMade(ThingId Thing, string Name) : IEvent;

internal sealed record NewThing(string Name, long Amount = 0, string? Code = null, int Events = 1);

internal sealed record MadeThing(ThingId Id, string Name, long Version) : IHasVersion;

internal sealed class Make(Work work) : UseCase<NewThing, MadeThing>(work)
{
    protected override Permission Permission => TrialModule.Use;

    protected override Task<Result<MadeThing>> HandleAsync(NewThing input, CancellationToken ct)
    {
        var thing = new Thing { TenantId = Work.Tenant, Id = Work.NewId<ThingId>(), Name = input.Name ?? "", Amount = input.Amount, At = Work.Now, Code = input.Code };
        Db.Add(thing);
        for (var i = 0; i < input.Events; i++) Work.Publish(new ThingMade(thing.Id, $"{input.Name} {i}"));
        // The refusal comes last: nothing of what stands above may stay.
        if (new Check().Text(input.Name, "name", "The name", 50).Problem is { } problem) return Task.FromResult<Result<MadeThing>>(problem);
        return Task.FromResult<Result<MadeThing>>(new MadeThing(thing.Id, thing.Name, 1));
    }
}

internal sealed record ThingChange(ThingId Thing, string? Name = null, long? Amount = null, string? Code = null, ThingTrigger? Move = null);

internal sealed class Change(Work work) : UseCase<ThingChange, long>(work)
{
    protected override Permission Permission => TrialModule.Use;

    /// <summary>Runs between reading and saving, so that a test can come in between.</summary>
    public Func<Task>? Between { get; set; }

    protected override async Task<Result<long>> HandleAsync(ThingChange input, CancellationToken ct)
    {
        if (await Db.Set<Thing>().SingleOrDefaultAsync(t => t.Id == input.Thing, ct) is not { } thing) return Problem.Missing("thing");
        if (Between is not null) await Between();
        thing.Name = input.Name ?? thing.Name;
        thing.Amount = input.Amount ?? thing.Amount;
        thing.Code = input.Code ?? thing.Code;
        if (input.Move is { } on)
        {
            var moved = Work.Move(Thing.Life, thing.Id.ToString(), thing.State, on, "because");
            if (!moved.Ok) return moved.Problem;
            thing.State = moved.Value;
        }

        return thing.Version;
    }
}

/// <summary>A use case that calls another twice; the second refusal undoes the first.</summary>
internal sealed class MakeTwo(Work work, Make make) : UseCase<(string First, string Second), Done>(work)
{
    protected override Permission Permission => TrialModule.Use;

    protected override async Task<Result<Done>> HandleAsync((string First, string Second) input, CancellationToken ct)
    {
        Db.Add(new Effect { TenantId = Work.Tenant, Id = Work.NewId<ThingId>(), Name = "two" });
        var first = await make.RunAsync(new NewThing(input.First), ct);
        if (!first.Ok) return first.Problem;
        var second = await make.RunAsync(new NewThing(input.Second), ct);
        return second.Ok ? default(Done) : second.Problem;
    }
}

/// <summary>A use case that goes on although a part of it was refused: it must not save the refused part.</summary>
internal sealed class MakeAnyway(Work work, Make make) : UseCase<(string Own, string Other), Done>(work)
{
    protected override Permission Permission => TrialModule.Use;

    protected override async Task<Result<Done>> HandleAsync((string Own, string Other) input, CancellationToken ct)
    {
        Db.Add(new Thing { TenantId = Work.Tenant, Id = Work.NewId<ThingId>(), Name = input.Own, At = Work.Now });
        await make.RunAsync(new NewThing(input.Other), ct);
        return default(Done);
    }
}

internal sealed class Govern(Work work) : UseCase<string, Done>(work)
{
    protected override Permission Permission => TrialModule.Rule;

    protected override Task<Result<Done>> HandleAsync(string input, CancellationToken ct) => Task.FromResult<Result<Done>>(default(Done));
}

/// <summary>Leaves an effect in its own transaction and then does what the script says.</summary>
internal sealed class NoteThing(Work work, Script script) : IHear<ThingMade>
{
    public async Task HearAsync(ThingMade happened, CancellationToken ct)
    {
        work.Db.Add(new Effect { TenantId = work.Tenant, Id = work.NewId<ThingId>(), Thing = happened.Thing, Name = happened.Name });
        await work.SaveAsync(ct);
        if (script.WhenHeard.TryGetValue(work.Tenant, out var then)) await then(happened);
    }
}

/// <summary>A second listener of the same event, which stumbles over things named so.</summary>
internal sealed class Stumble(Work work) : IHear<ThingMade>
{
    public Task HearAsync(ThingMade happened, CancellationToken ct)
    {
        work.Db.Add(new Effect { TenantId = work.Tenant, Id = work.NewId<ThingId>(), Thing = happened.Thing, Name = "stumbled" });
        return happened.Name.StartsWith("stone", StringComparison.Ordinal) ? throw new InvalidOperationException("Stumbled over a stone\0.") : Task.CompletedTask;
    }
}

internal sealed class Count(CurrentActor current, Script script) : IJob
{
    public Task<Result<string>> RunAsync(string payload, JobProgress progress, CancellationToken ct) => script.Job[current.Actor.Tenant](progress);
}

internal sealed class Tick(CurrentActor current, Script script) : IRecurring
{
    public Task<Result<Done>> RunAsync(CancellationToken ct) => script.Tick.TryGetValue(current.Actor.Tenant, out var tick) ? tick(ct) : Task.FromResult<Result<Done>>(default(Done));
}
