using Npgsql;

namespace Trellis.Host.Engines;

/// <summary>The connections to PostgreSQL, each with what its whole session shall keep to.</summary>
internal static class PostgresSessions
{
    // What is new waits in a list in front of an index of trigrams, and each search reads all of it. With the usual four megabytes the planner thinks a scan of the whole table cheaper, and stays with that plan.
    private const string Shortly = "SET gin_pending_list_limit = '256kB'";

    public static NpgsqlDataSource Open(string connection) => new NpgsqlDataSourceBuilder(connection).UsePhysicalConnectionInitializer(Begin, BeginAsync).Build();

    private static void Begin(NpgsqlConnection connection)
    {
        using var command = new NpgsqlCommand(Shortly, connection);
        command.ExecuteNonQuery();
    }

    private static async Task BeginAsync(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand(Shortly, connection);
        await command.ExecuteNonQueryAsync();
    }
}
