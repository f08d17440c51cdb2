using System.Globalization;
using System.Text.Json;
using Npgsql;
using Trellis.Scale.Bench;
using Trellis.Server.Bench;

var options = Options.Of(args);
Directory.CreateDirectory(options.Output);
foreach (var engine in options.Engines)
{
    if (engine == "postgres" && options.Postgres is null)
    {
        Console.WriteLine("PostgreSQL is not here; its figures are left out.");
        continue;
    }

    Console.WriteLine($"{engine}, {options.Accounts:N0} accounts; load {Load()}");
    var data = options.Keep is { } keep ? Path.Combine(keep, $"{engine}-{options.Accounts}") : Directory.CreateTempSubdirectory("trellis-scale-").FullName;
    Directory.CreateDirectory(data);
    var name = $"trellis_scale_{options.Accounts}";
    var database = engine == "postgres" ? $"{options.Postgres};Database={name}" : null;
    try
    {
        var kept = Path.Combine(data, "filled.json");
        Environment.SetEnvironmentVariable("TRELLIS_DATA", data);
        Environment.SetEnvironmentVariable("TRELLIS_DATABASE", database);
        if (!File.Exists(kept))
        {
            if (database is not null) await SqlAsync(options.Postgres!, $"DROP DATABASE IF EXISTS {name} WITH (FORCE)", $"CREATE DATABASE {name}");
            await File.WriteAllTextAsync(kept, JsonSerializer.Serialize(await Filler.RunAsync(new Sizes(options.Accounts), CancellationToken.None)));
        }

        var filled = JsonSerializer.Deserialize<Filled>(await File.ReadAllTextAsync(kept))!;
        var recall = options.Wants("recall") ? await Recall.RunAsync(filled.Sizes, options.Samples * 10, CancellationToken.None) : [];
        foreach (var figure in recall) Console.WriteLine(figure.Row);
        await using var server = await Server.StartAsync(options.Program, data, TimeSpan.FromMinutes(2), database);
        var began = $"{DateTime.UtcNow:yyyy-MM-dd HH:mm} UTC";
        List<Figure> figures = [.. recall, .. await new Measure(server, filled, options).RunAsync()];
        var measured = new Measured(engine, options.Accounts, filled.Sizes.Deals, filled.Sizes.Partners, began, $"{Environment.ProcessorCount} processors, load {Load()}", figures);
        await Growth.KeepAsync(measured, options.Output);
        foreach (var line in server.Said.Where(l => l.Contains("fail", StringComparison.OrdinalIgnoreCase) || l.Contains("warn", StringComparison.OrdinalIgnoreCase)).Take(20)) Console.WriteLine(line);
    }
    finally
    {
        if (options.Keep is null)
        {
            Directory.Delete(data, recursive: true);
            NpgsqlConnection.ClearAllPools();
            if (database is not null) await SqlAsync(options.Postgres!, $"DROP DATABASE IF EXISTS {name} WITH (FORCE)");
        }
    }
}

await Growth.WriteAsync(options.Output);
return 0;

static string Load() => File.ReadAllText("/proc/loadavg").Split(' ')[0].ToString(CultureInfo.InvariantCulture);

static async Task SqlAsync(string connection, params string[] statements)
{
    await using var open = new NpgsqlConnection(connection + ";Database=postgres");
    await open.OpenAsync();
    foreach (var sql in statements)
    {
        await using var command = new NpgsqlCommand(sql, open);
        await command.ExecuteNonQueryAsync();
    }
}
