using Microsoft.EntityFrameworkCore;
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
