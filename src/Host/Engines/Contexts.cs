using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Trellis.Kernel;

namespace Trellis.Host.Engines;

/// <summary>The model on SQLite, with its migrations.</summary>
internal sealed class SqliteDb(DbContextOptions<SqliteDb> options, ModuleList modules, CurrentActor current, Engine engine) : Db(options, modules, current, engine);

/// <summary>The model on PostgreSQL, with its migrations.</summary>
internal sealed class PostgresDb(DbContextOptions<PostgresDb> options, ModuleList modules, CurrentActor current, Engine engine) : Db(options, modules, current, engine);

/// <summary>Lets the migration tool build a context without starting the host.</summary>
internal sealed class SqliteDesign : IDesignTimeDbContextFactory<SqliteDb>
{
    public SqliteDb CreateDbContext(string[] args)
    {
        var engine = new SqliteEngine(":memory:");
        return new SqliteDb(new DbContextOptionsBuilder<SqliteDb>().UseSqlite(engine.ConnectionString).Options, Installed.Modules(), new CurrentActor(), engine);
    }
}

/// <summary>Lets the migration tool build a context without starting the host.</summary>
internal sealed class PostgresDesign : IDesignTimeDbContextFactory<PostgresDb>
{
    public PostgresDb CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<PostgresDb>().UseNpgsql(Nowhere).Options, Installed.Modules(), new CurrentActor(), new PostgresEngine(Npgsql.NpgsqlDataSource.Create(Nowhere)));

    private const string Nowhere = "Host=design";
}
