using System.CommandLine;
using Trellis.Identity;
using Trellis.Identity.Published;
using Trellis.Kernel;

namespace Trellis.Host;

/// <summary>The commands for those who run the program.</summary>
internal static class Operations
{
    public static Command Migrate()
    {
        var command = new Command("migrate", "Bring the database's schema up to date, once, before new nodes start.");
        command.SetAction(async (_, ct) =>
        {
            await using var app = Serve.Build([]);
            await Schema.MigrateAsync(app.Services, ct);
            Console.WriteLine("The schema is up to date.");
            return 0;
        });
        return command;
    }

    public static Command Audit()
    {
        var verify = new Command("verify", "Check that no entry of the audit was changed, removed, swapped or cut off. Ends with 1 where one was.");
        verify.SetAction(async (_, ct) =>
        {
            await using var app = Serve.Build([]);
            var verdicts = await app.Services.GetRequiredService<VerifyAudits>().RunAsync(ct);
            foreach (var verdict in verdicts)
            {
                Console.WriteLine($"{verdict.Tenant}: {(verdict.Whole ? "whole" : "BROKEN")}");
                foreach (var line in verdict.Lines) Console.WriteLine($"  {line}");
            }

            return verdicts.All(v => v.Whole) ? 0 : 1;
        });
        return new Command("audit", "Work on the audit.") { verify };
    }

    public static Command Backup()
    {
        var file = new Argument<string>("file") { Description = "The file to write, for example trellis-2026-11-21.zip." };
        var command = new Command("backup", "Copy database, files and keys into one file, while the program runs.") { file };
        command.SetAction((parsed, ct) => TellAsync(async () =>
        {
            var path = Path.GetFullPath(parsed.GetRequiredValue(file));
            await Host.Backup.SaveAsync(Settings(), path, ct);
            return $"{path}: {new FileInfo(path).Length / 1e6:0.0} MB";
        }));
        return command;
    }

    public static Command Restore()
    {
        var file = new Argument<string>("file") { Description = "A file that “trellis backup” wrote." };
        var replace = new Option<bool>("--replace") { Description = "Put the backup in the place of what is there. The program must not run." };
        var command = new Command("restore", "Bring an installation back from a backup.") { file, replace };
        command.SetAction((parsed, ct) => TellAsync(async () =>
        {
            var label = await Host.Backup.RestoreAsync(Settings(), Path.GetFullPath(parsed.GetRequiredValue(file)), parsed.GetValue(replace), ct);
            return $"Restored as of {label.At:yyyy-MM-dd HH:mm} UTC, from Trellis {label.Version} on {label.Engine}.";
        }));
        return command;
    }

    public static Command Reindex()
    {
        var command = new Command("reindex", "Fill the indexes for search anew, after other tools have rewritten the database.");
        command.SetAction(async (_, ct) =>
        {
            await using var app = Serve.Build([]);
            await using var scope = app.Services.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<Db>();
            await db.Engine.PrepareSearchAsync(db, ct);
            await db.Engine.RebuildSearchAsync(db, ct);
            Console.WriteLine("The indexes for search are new.");
            return 0;
        });
        return command;
    }

    // Without the host: nothing may be created in an empty place, and nothing may run meanwhile.
    private static Settings Settings()
    {
        var settings = Host.Settings.From(new ConfigurationBuilder().AddEnvironmentVariables().Build());
        Directory.CreateDirectory(settings.DataFolder);
        return settings;
    }

    private static async Task<int> TellAsync(Func<Task<string>> act)
    {
        try
        {
            Console.WriteLine(await act());
            return 0;
        }
        catch (OperatorException exception)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return 1;
        }
    }

    public static Command Token()
    {
        var email = new Argument<string>("email") { Description = "The person's e-mail address." };
        var command = new Command("token", "Print an API token of a person, valid for 90 days.") { email };
        command.SetAction(async (parsed, ct) =>
        {
            await using var app = Serve.Build([]);
            await using var scope = app.Services.CreateAsyncScope();
            var token = await scope.ServiceProvider.GetRequiredService<TokenOfPerson>().IssueAsync(parsed.GetRequiredValue(email), ct);
            if (token is null)
            {
                Console.Error.WriteLine("Nobody signs in with this address. Start the server once, so that the demo company exists.");
                return 1;
            }

            Console.WriteLine(token);
            return 0;
        });
        return command;
    }
}
