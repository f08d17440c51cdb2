using System.CommandLine;

namespace Trellis.Compute.Cli;

/// <summary>The edge between commands and files: what is wrong with the input becomes one clear line and exit code 2.</summary>
internal static class CommandEdge
{
    public static int Run(ParseResult result, Func<int> work)
    {
        try
        {
            return work();
        }
        catch (Exception wrong) when (wrong is FormatException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            result.InvocationConfiguration.Error.WriteLine(wrong.Message);
            return 2;
        }
    }

    /// <summary>A CSV field, quoted where it must be.</summary>
    public static string Field(string text) =>
        text.AsSpan().IndexOfAny(",\"\n\r") < 0 ? text : '"' + text.Replace("\"", "\"\"", StringComparison.Ordinal) + '"';
}

/// <summary>Progress on standard error, each tenth once; silent for what is over at once.</summary>
internal sealed class ProgressLine(string what) : IProgress<double>
{
    private int shown;

    public void Report(double value)
    {
        var tenth = (int)(value * 10);
        if (tenth <= shown || tenth is < 1 or > 9) return;
        shown = tenth;
        Console.Error.WriteLine($"{what} {tenth * 10} %");
    }
}
