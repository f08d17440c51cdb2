using Trellis.Kernel;

namespace Trellis.Accounts.Imports;

/// <summary>Why a file is refused as a whole.</summary>
internal static class ImportProblems
{
    public static Problem Empty() => File("imports.empty", "The file is empty.");

    public static Problem HeaderOnly() => File("imports.header_only", "The file has a header and no rows.");

    public static Problem EmptySheet(string sheet, IReadOnlyList<string> others) => File("imports.empty_sheet", others.Count == 0
        ? $"The sheet “{sheet}” is empty." : $"The sheet “{sheet}” is empty. Name another one: {string.Join(", ", others.Take(20).Select(s => $"“{s}”"))}.");

    public static Problem CutOff(int row) => File("imports.cut_off", $"The file ends in the midst of row {row:N0}: it was cut off on its way. Export it again and upload the whole file.");

    public static Problem NotText(string what) => File("imports.not_text", $"This is {what}, not a table of text. Save it as CSV or XLSX and upload that.");

    public static Problem TooManyColumns(int columns, int most) => File("imports.too_many_columns", $"The file has {columns} columns; at most {most} can be read.");

    public static Problem UnclosedQuote(int row) => File("imports.unclosed_quote", $"A cell in or behind row {row:N0} is longer than any value of a table. Mostly a quotation mark is not closed there, so that everything behind it becomes one cell.");

    public static Problem NoFile() => File("imports.no_file", "Choose a file.");

    public static Problem UnknownKind() =>
        new(ProblemKind.Invalid, "imports.unknown_kind", "The columns do not tell what the file holds. Choose the kind.")
        { Errors = new Dictionary<string, string[]> { ["kind"] = ["The columns do not tell what the file holds. Choose the kind."] } };

    public static Problem FileGone() => new(ProblemKind.Conflict, "imports.file_gone", "The uploaded file is not here any more. Upload it again.");

    public static Problem StillRunning() => new(ProblemKind.Conflict, "imports.running", "It is still running. Wait for it, or stop it first.");

    public static Problem Cancelled(int done) => new(ProblemKind.Conflict, "imports.stopped", $"Stopped on request after {done:N0} rows.");

    public static Problem NothingToTakeBack() => new(ProblemKind.Conflict, "imports.nothing_written", "This import has written nothing that could be taken back.");

    public static Problem NothingKept() => new(ProblemKind.Conflict, "imports.nothing_kept", "All of this import has been taken back.");

    public static Problem NoTrace() => new(ProblemKind.Conflict, "imports.no_trace", "This import was written before Trellis remembered what an import changes, so it cannot be taken back.");

    private static Problem File(string code, string message) =>
        new(ProblemKind.Invalid, code, message) { Errors = new Dictionary<string, string[]> { ["file"] = [message] } };
}
