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
        await db.Database.MigrateAsync(ct);
        await db.Engine.PrepareSearchAsync(db, ct);
    }
}
