using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Trellis.Whole.Tests;

/// <summary>What the code maps is what the migrations make.</summary>
[Trait("Category", "Shape")]
public sealed class MigrationsTests
{
    [SkippableTheory, BothDatabases]
    public async Task The_migrations_make_the_tables_that_the_code_maps(Database database)
    {
        var app = await TestApp.SharedAsync(database);
        await using var scope = app.Services.CreateAsyncScope();
        var tables = scope.ServiceProvider.GetRequiredService<Db>().Database;
        tables.GetMigrations().ShouldNotBeEmpty("there are none: ./dev migrate Begin");
        tables.HasPendingModelChanges().ShouldBeFalse("the model has changed since the last migration: ./dev migrate NAME");
    }
}
