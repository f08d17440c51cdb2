using System.Diagnostics;
using System.IO.Compression;
using System.Reflection;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Npgsql;
using Trellis.Kernel;

namespace Trellis.Host;

/// <summary>What a backup says about itself.</summary>
internal sealed record BackupLabel(int Format, string Engine, string Version, DateTime At);

/// <summary>
/// The whole installation in one file, a ZIP archive: the database as its engine copies it while people work (SQLite's online backup, pg_dump),
/// then the files, so that no row names a file that the copy lacks, and the keys that protect sessions and links.
/// </summary>
internal static class Backup
{
    private const string Label = "trellis-backup.json";
    private const string SqliteEntry = "trellis.db";
    private const string PostgresEntry = "trellis.dump";
    private static readonly string[] Folders = ["files", "keys"];

    public static async Task SaveAsync(Settings settings, string file, CancellationToken ct)
    {
        if (File.Exists(file)) throw new OperatorException($"{file} is there already. Name a new file.");
        var work = Directory.CreateDirectory(Path.Combine(settings.DataFolder, $"backup-{Guid.CreateVersion7():N}")).FullName;
        var unfinished = file + ".part";
        try
        {
            var database = Path.Combine(work, settings.Postgres is null ? SqliteEntry : PostgresEntry);
            if (settings.Postgres is { } connection) await PostgresTools.DumpAsync(connection, database, ct);
            else CopySqlite(Path.Combine(settings.DataFolder, "trellis.db"), database);
            await using (var zip = await ZipFile.OpenAsync(unfinished, ZipArchiveMode.Create, ct))
            {
                await WriteLabelAsync(zip, settings, ct);
                await zip.CreateEntryFromFileAsync(database, Path.GetFileName(database), CompressionLevel.Fastest, ct);
                foreach (var path in Folders.Select(f => Path.Combine(settings.DataFolder, f)).Where(Directory.Exists).SelectMany(f => Directory.EnumerateFiles(f, "*", SearchOption.AllDirectories)))
                    await zip.CreateEntryFromFileAsync(path, Path.GetRelativePath(settings.DataFolder, path).Replace('\\', '/'), CompressionLevel.Fastest, ct);
            }

            File.Move(unfinished, file);
        }
        finally
        {
            Directory.Delete(work, recursive: true);
            File.Delete(unfinished);
        }
    }

    public static async Task<BackupLabel> RestoreAsync(Settings settings, string file, bool replace, CancellationToken ct)
    {
        if (!File.Exists(file)) throw new OperatorException($"There is no file {file}.");
        var work = Directory.CreateDirectory(Path.Combine(settings.DataFolder, $"restore-{Guid.CreateVersion7():N}")).FullName;
        try
        {
            await using var zip = await OpenAsync(file, ct);
            var label = await ReadLabelAsync(zip, file, ct);
            var engine = settings.Postgres is null ? "SQLite" : "PostgreSQL";
            if (label.Engine != engine) throw new OperatorException($"This backup is of {label.Engine} and this installation runs on {engine}. Set TRELLIS_DATABASE accordingly.");
            if (!replace && await InUseAsync(settings, ct)) throw new OperatorException("There is an installation here already. Stop the program and say --replace to put the backup in its place.");
            // Everything is unpacked and checked before anything that is there is touched.
            await zip.ExtractToDirectoryAsync(work, ct);
            if (settings.Postgres is { } connection) await PostgresTools.RestoreAsync(connection, Path.Combine(work, PostgresEntry), ct);
            else ReplaceSqlite(Path.Combine(work, SqliteEntry), Path.Combine(settings.DataFolder, "trellis.db"));
            foreach (var folder in Folders) ReplaceFolder(Path.Combine(work, folder), Path.Combine(settings.DataFolder, folder));
            return label;
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }
    }

    private static async Task<ZipArchive> OpenAsync(string file, CancellationToken ct)
    {
        try
        {
            return await ZipFile.OpenReadAsync(file, ct);
        }
        catch (InvalidDataException)
        {
            throw new OperatorException($"{file} is no backup of Trellis, or it was cut off.");
        }
    }

    private static async Task WriteLabelAsync(ZipArchive zip, Settings settings, CancellationToken ct)
    {
        var version = Assembly.GetExecutingAssembly().GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";
        await using var stream = await zip.CreateEntry(Label).OpenAsync(ct);
        await JsonSerializer.SerializeAsync(stream, new BackupLabel(1, settings.Postgres is null ? "SQLite" : "PostgreSQL", version, TimeProvider.System.GetUtcNow().UtcDateTime), Json.Options, ct);
    }

    private static async Task<BackupLabel> ReadLabelAsync(ZipArchive zip, string file, CancellationToken ct)
    {
        if (zip.GetEntry(Label) is not { } entry) throw new OperatorException($"{file} is no backup of Trellis.");
        await using var stream = await entry.OpenAsync(ct);
        var label = await JsonSerializer.DeserializeAsync<BackupLabel>(stream, Json.Options, ct);
        return label is { Format: 1 } ? label : throw new OperatorException("This backup was made by a newer Trellis. Restore it with that version.");
    }

    private static async Task<bool> InUseAsync(Settings settings, CancellationToken ct)
    {
        if (settings.Postgres is null) return File.Exists(Path.Combine(settings.DataFolder, "trellis.db"));
        await using var source = NpgsqlDataSource.Create(settings.Postgres);
        await using var command = source.CreateCommand("SELECT EXISTS (SELECT 1 FROM information_schema.tables WHERE table_name = 'identity_tenant')");
        return await command.ExecuteScalarAsync(ct) is true;
    }

    private static void CopySqlite(string from, string to)
    {
        if (!File.Exists(from)) throw new OperatorException("There is no database here yet.");
        using var source = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = from, Mode = SqliteOpenMode.ReadWrite, Pooling = false }.ConnectionString);
        using var target = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = to, Pooling = false }.ConnectionString);
        source.Open();
        target.Open();
        source.BackupDatabase(target);
    }

    private static void ReplaceSqlite(string from, string to)
    {
        using (var check = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = from, Pooling = false }.ConnectionString))
        {
            check.Open();
            using var command = check.CreateCommand();
            command.CommandText = "PRAGMA quick_check(1)";
            if (command.ExecuteScalar() as string != "ok") throw new OperatorException("The database in this backup is damaged.");
        }

        foreach (var rest in new[] { to + "-wal", to + "-shm" }) File.Delete(rest);
        File.Move(from, to, overwrite: true);
    }

    private static void ReplaceFolder(string from, string to)
    {
        var before = to + ".before";
        if (Directory.Exists(to)) Directory.Move(to, before);
        if (Directory.Exists(from)) Directory.Move(from, to);
        if (Directory.Exists(before)) Directory.Delete(before, recursive: true);
    }
}

/// <summary>What an operator did wrong or can mend; told without a stack.</summary>
internal sealed class OperatorException(string message) : Exception(message);

/// <summary>PostgreSQL's own programs for copying a database.</summary>
internal static class PostgresTools
{
    public static Task DumpAsync(string connection, string file, CancellationToken ct) => RunAsync("pg_dump", connection, ["--format=custom", "--no-owner", "--no-privileges", "--file", file], ct);

    public static Task RestoreAsync(string connection, string file, CancellationToken ct) =>
        RunAsync("pg_restore", connection, ["--clean", "--if-exists", "--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction", "--dbname", new NpgsqlConnectionStringBuilder(connection).Database!, file], ct);

    private static async Task RunAsync(string program, string connection, string[] arguments, CancellationToken ct)
    {
        var server = new NpgsqlConnectionStringBuilder(connection);
        var start = new ProcessStartInfo(program) { RedirectStandardError = true };
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        if (program == "pg_dump") start.ArgumentList.Add(server.Database!);
        // By the environment: a password among the arguments could be read by others on the machine.
        (start.Environment["PGHOST"], start.Environment["PGPORT"], start.Environment["PGUSER"]) = (server.Host, server.Port.ToString(System.Globalization.CultureInfo.InvariantCulture), server.Username);
        if (server.Password is { } password) start.Environment["PGPASSWORD"] = password;
        using var process = Begin(start, program);
        var error = await process.StandardError.ReadToEndAsync(ct);
        await process.WaitForExitAsync(ct);
        if (process.ExitCode != 0) throw new OperatorException($"{program} failed: {error.Trim()}");
    }

    private static Process Begin(ProcessStartInfo start, string program)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            throw new OperatorException($"{program} is needed and was not found. Install PostgreSQL's client programs (Debian: apt-get install postgresql-client), of the server's version or newer.");
        }
    }
}
