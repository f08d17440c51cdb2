using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Host;

/// <summary>Brings the schema up to date and, in an empty database, loads the demo company.</summary>
internal static class Schema
{
    public static async Task PrepareAsync(IServiceProvider services, CancellationToken ct)
    {
        var settings = services.GetRequiredService<Settings>();
        if (settings.Migrate) await MigrateAsync(services, ct);
        if (settings.Demo) await DemoCompany.LoadIfEmptyAsync(services, ct);
    }

    public static async Task MigrateAsync(IServiceProvider services, CancellationToken ct)
    {
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<Db>();
        // Comparing the model with its last migration takes longer than the rest of a start; a test does that (MigrationsTests).
        if ((await db.Database.GetPendingMigrationsAsync(ct)).Any())
        {
            var filled = (await db.Database.GetAppliedMigrationsAsync(ct)).Any();
            await db.Database.MigrateAsync(ct);
            // Of an index that is new the engine knows nothing, and may take it for better than it is.
            if (filled) await db.Engine.AnalyseAsync(db, ct);
        }

        await db.Engine.PrepareSearchAsync(db, ct);
    }
}
