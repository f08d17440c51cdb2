using System.Data.Common;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Trellis.Host.Engines;
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

    /// <summary>
    /// Whether the newest schema and a company stand already, so that the server can listen at once. It is asked past the model, which takes a second to build.
    /// </summary>
    public static bool Stands(IServiceProvider services)
    {
        var settings = services.GetRequiredService<Settings>();
        if (!settings.Migrate) return false;
        using var scope = services.CreateScope();
        try
        {
            HashSet<string> applied = [];
            services.GetRequiredService<Engine>().Look(new Ask("SELECT \"MigrationId\" FROM \"__EFMigrationsHistory\"", [], row => applied.Add(row.Text(0))));
            return Known(settings.Postgres is null ? typeof(SqliteDb) : typeof(PostgresDb)).All(applied.Contains) && scope.ServiceProvider.GetRequiredService<ITenants>().Any();
        }
        catch (DbException)
        {
            // There is no database, or nothing in it: preparing says what is wrong, if something is.
            return false;
        }
    }

    /// <summary>What a standing schema needs while the server listens already: the model, which everybody waits for, and indexes for search that are missing.</summary>
    public static async Task WarmAsync(IServiceProvider services, CancellationToken ct)
    {
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<Db>();
        try
        {
            _ = db.Model;
            await db.Engine.PrepareSearchAsync(db, ct);
        }
        catch (Exception exception) when (exception is DbException or EngineBusyException)
        {
            services.GetRequiredService<ILogger<Program>>().LogError(exception, "The indexes for search could not be checked; the next start tries again");
        }
    }

    // The migrations of a context are classes that carry its type and their name.
    private static IEnumerable<string> Known(Type context) =>
        from type in context.Assembly.GetTypes()
        where type.GetCustomAttribute<DbContextAttribute>()?.ContextType == context
        let migration = type.GetCustomAttribute<MigrationAttribute>()
        where migration is not null
        select migration.Id;

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
