using Trellis.Kernel;

namespace Trellis.Partners.Imports;

internal static class ImportProblems
{
    public static Problem Missing() => Problem.Missing("import");

    public static Problem NoFile() => Problem.Invalid("file", "Choose a file.");

    public static Problem StillRunning() => new(ProblemKind.Conflict, "partners.import_running", "It is still under way. Wait until it is done, or stop it.");

    public static Problem NothingToWrite() => new(ProblemKind.Conflict, "partners.import_nothing", "No row would be written.");

    public static Problem Stopped(int done) => new(ProblemKind.Conflict, "partners.import_stopped", $"It was stopped after {done:N0} rows. What was written stays.");
}
