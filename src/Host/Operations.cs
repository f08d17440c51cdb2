using System.CommandLine;
using Trellis.Identity;
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
