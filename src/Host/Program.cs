using System.CommandLine;
using Trellis.Compute.Cli;
using Trellis.Host;

var root = new RootCommand("Trellis: the partner ecosystem platform. Without a command it serves.");
root.SetAction((_, ct) => Serve.RunAsync(args, ct));
// What follows in options belongs to the server; a word that begins is a command, and a mistyped one must not start a server.
root.TreatUnmatchedTokensAsErrors = false;
root.Validators.Add(asked =>
{
    if (args is [var word, ..] && !word.StartsWith('-')) asked.AddError($"There is no command “{word}”.");
});
root.Subcommands.Add(Operations.Migrate());
root.Subcommands.Add(Operations.Token());
root.Subcommands.Add(Operations.Found());
root.Subcommands.Add(Operations.Audit());
root.Subcommands.Add(Verify.Command());
root.Subcommands.Add(Operations.Backup());
root.Subcommands.Add(Operations.Restore());
root.Subcommands.Add(Operations.Reindex());
root.Subcommands.Add(ComputeCommand.Create());
return await root.Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });

/// <summary>Named so that tests can start the real host.</summary>
public partial class Program;
