using System.CommandLine;

namespace Trellis.Compute.Cli;

/// <summary>The <c>trellis compute …</c> command tree: each algorithm on files, without the server.</summary>
public static class ComputeCommand
{
    /// <summary>Builds the command with one subcommand per algorithm family.</summary>
    public static Command Create()
    {
        var command = new Command("compute", "Run an algorithm on files: CSV in, CSV or JSON out, progress on standard error.");
        foreach (var family in Families) command.Subcommands.Add(family());
        return command;
    }

    // One line per family; each lives in a file of its own.
    private static readonly Func<Command>[] Families =
    [
        MatchingCommands.Create, IntersectionCommands.Create,
        LearningCommands.Create,
        SeriesCommands.Create,
        AttributionCommands.Create,
        AssignmentCommands.Create,
        OptimisationCommands.Create,
    ];
}
