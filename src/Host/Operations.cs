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
        OwnFiles.Make(settings.DataFolder);
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
        var company = new Option<string?>("--company") { Description = "The company's name, where the address is known in several." };
        var command = new Command("token", "Print an API token of a person, valid for 90 days.") { email, company };
        command.SetAction(async (parsed, ct) =>
        {
            await using var app = Serve.Build([]);
            await using var scope = app.Services.CreateAsyncScope();
            var token = await scope.ServiceProvider.GetRequiredService<TokenOfPerson>().IssueAsync(parsed.GetRequiredValue(email), parsed.GetValue(company), ct);
            return await SayAsync(token, t => t);
        });
        return command;
    }

    public static Command Found()
    {
        var name = new Argument<string>("name") { Description = "The company's name." };
        var adminName = new Option<string>("--admin-name") { Description = "The name of its first administrator.", Required = true };
        var adminEmail = new Option<string>("--admin-email") { Description = "The administrator's e-mail address; other companies may know it already.", Required = true };
        var currency = new Option<string>("--currency") { Description = "The currency in which it reports.", DefaultValueFactory = _ => "EUR" };
        var zone = new Option<string>("--time-zone") { Description = "The time zone of its people.", DefaultValueFactory = _ => "Europe/Berlin" };
        var language = new Option<string?>("--language") { Description = "The language of its pages and mails; without it each browser decides." };
        var command = new Command("found", "Found a company and print a link by which its administrator sets a password.") { name, adminName, adminEmail, currency, zone, language };
        command.SetAction(async (parsed, ct) =>
        {
            await using var app = Serve.Build([]);
            // In an empty place this is the first company, and no demo is loaded beside it.
            if (app.Services.GetRequiredService<Settings>().Migrate) await Schema.MigrateAsync(app.Services, ct);
            await using var scope = app.Services.CreateAsyncScope();
            var wanted = new NewCompany(parsed.GetRequiredValue(name), parsed.GetRequiredValue(adminName), parsed.GetRequiredValue(adminEmail), parsed.GetValue(currency), parsed.GetValue(zone), parsed.GetValue(language));
            var path = await scope.ServiceProvider.GetRequiredService<FoundCompany>().RunAsync(wanted, ct);
            return await SayAsync(path, p => $"{wanted.Name} is founded. By this link {wanted.AdminName} sets a password, once, within seven days:\n{Address(app.Configuration)}{p}");
        });
        return command;
    }

    // As the operator has named it, or as the server listens.
    private static string Address(IConfiguration configuration) =>
        (configuration["TRELLIS_ADDRESS"] is { Length: > 0 } named ? named : (configuration["ASPNETCORE_URLS"] ?? configuration["urls"] ?? "http://127.0.0.1:5080").Split(';')[0]).TrimEnd('/');

    private static async Task<int> SayAsync<T>(Result<T> result, Func<T, string> say)
    {
        if (result.Ok) Console.WriteLine(say(result.Value));
        else foreach (var message in result.Problem.Errors is { Count: > 0 } errors ? errors.SelectMany(e => e.Value) : [result.Problem.Message]) await Console.Error.WriteLineAsync(message);
        return result.Ok ? 0 : 1;
    }
}
