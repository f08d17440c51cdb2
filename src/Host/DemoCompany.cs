using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Trellis.Identity;
using Trellis.Kernel;

namespace Trellis.Host;

/// <summary>The demo company: one tenant that every module fills, from the lowest to the highest.</summary>
internal static class DemoCompany
{
    private const int Seed = 20260101;

    public static async Task LoadIfEmptyAsync(IServiceProvider services, CancellationToken ct)
    {
        await using (var scope = services.CreateAsyncScope())
        {
            if ((await scope.ServiceProvider.GetRequiredService<ITenants>().AllAsync(ct)).Count > 0) return;
        }

        var watch = Stopwatch.StartNew();
        await LoadAsync(services, DemoPeople.Tenant, ct);
        Console.WriteLine($"The demo company is loaded ({watch.Elapsed.TotalSeconds:0.0} s).");
    }

    /// <summary>Loads the demo into a tenant, in one transaction: all of it or nothing.</summary>
    public static async Task LoadAsync(IServiceProvider services, TenantId tenant, CancellationToken ct)
    {
        await using var scope = services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentActor>().Actor = Actor.System(tenant, "Demo");
        var work = scope.ServiceProvider.GetRequiredService<Work>();
        var demo = new Demo(work, Seed);
        var loaded = await work.TransactAsync<Done>("demo.load", async () =>
        {
            var modules = services.GetRequiredService<ModuleList>().Modules;
            foreach (var module in modules) await module.DemoAsync(demo, ct);
            // What comes last counts over all that stands: the planner must know how much that is.
            await work.Db.Engine.AnalyseAsync(work.Db, ct);
            foreach (var module in modules) await module.DemoLastAsync(demo, scope.ServiceProvider, ct);
            return default(Done);
        }, ct);
        if (!loaded.Ok) throw new InvalidOperationException($"The demo company could not be loaded: {loaded.Problem.Message}");
        await work.Db.Engine.AnalyseAsync(work.Db, ct);
    }

    public static void Announce(Settings settings, ITenantSettings tenants)
    {
        // Where another company was founded first, the demo was never loaded.
        if (!settings.Demo || tenants.Of(DemoPeople.Tenant).Name.Length == 0) return;
        Console.WriteLine();
        Console.WriteLine($"Demo people (password for all: {DemoPeople.Password}):");
        foreach (var person in DemoPeople.All) Console.WriteLine($"  {person.Email,-34} {person.Roles}");
    }
}
