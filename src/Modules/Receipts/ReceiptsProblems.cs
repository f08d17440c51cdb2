using Trellis.Kernel;

namespace Trellis.Receipts;

/// <summary>The refusals of this module.</summary>
internal static class ReceiptsProblems
{
    public static Problem Missing() => Problem.Missing("receipt");

    public static Problem NothingPersonal() => new(ProblemKind.Conflict, "receipts.nothing_personal", "There is nothing personal here any more.");

    public static Problem ReasonNeeded() => Problem.Invalid("reason", "Say why; the reason stays in the audit, and that of a changed key on the public page.");

    public static Problem NoFile() => Problem.Invalid("file", "Choose a receipt file, or paste its text.");

    public static Problem TooLarge() => Problem.Invalid("file", "A receipt has at most 200 kB; this is something else.");
}
