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
