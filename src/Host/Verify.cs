using System.CommandLine;
using Trellis.Receipts.Published;

namespace Trellis.Host;

/// <summary>
/// <c>verify</c>: checks receipt files on any computer, without server, database or network. Exit codes: 0 genuine, 1 changed or forged, 2 unreadable,
/// 3 nothing wrong, but a step is still open: no fingerprint was given, or the day's root is not in the file yet.
/// </summary>
internal static class Verify
{
    private const int Genuine = 0, Broken = 1, Unreadable = 2, Open = 3;

    public static Command Command()
    {
        var files = new Argument<string[]>("files") { Description = "Receipt files as they were downloaded.", Arity = ArgumentArity.OneOrMore };
        var fingerprints = new Option<string[]>("--fingerprint") { Description = "The fingerprint of a key that you trust, noted earlier from the vendor's page of keys, a mail or a contract. May be repeated.", DefaultValueFactory = _ => [] };
        var command = new Command("verify", "Check receipt files without a server: signature, names, place in the chain, proof of the day, key.") { files, fingerprints };
        command.SetAction((result, ct) => RunAsync(result.GetValue(files)!, result.GetValue(fingerprints)!, result.InvocationConfiguration.Output, ct));
        return command;
    }

    private static async Task<int> RunAsync(string[] files, string[] fingerprints, TextWriter output, CancellationToken ct)
    {
        var trusted = fingerprints.Select(f => f.Replace(":", "", StringComparison.Ordinal).Trim().ToLowerInvariant()).ToHashSet();
        List<string> texts = [];
        var worst = Genuine;
        foreach (var file in files)
        {
            output.WriteLine(file);
            if (await ReadAsync(file, output, ct) is not { } text)
            {
                worst = Worse(worst, Unreadable);
                continue;
            }

            texts.Add(text);
            foreach (var (name, value) in OfflineCheck.SaysOf(text)) output.WriteLine($"  {Plain(name)}: {Plain(value)}");
            worst = Worse(worst, Tell(OfflineCheck.Of(text, trusted), output));
        }

        if (texts.Count < 2) return worst;
        output.WriteLine("All files together");
        return Worse(worst, Tell(new CheckReport(OfflineCheck.Together(texts)), output, "They do not contradict each other.", "They contradict each other: keep them all."));
    }

    private static async Task<string?> ReadAsync(string file, TextWriter output, CancellationToken ct)
    {
        const int largest = 1_000_000;
        if (!File.Exists(file)) output.WriteLine("  There is no such file.");
        else if (new FileInfo(file).Length > largest) output.WriteLine("  A receipt is never that large.");
        else return await File.ReadAllTextAsync(file, ct);
        return null;
    }

    private static int Tell(CheckReport report, TextWriter output, string? good = null, string? bad = null)
    {
        foreach (var step in report.Steps) output.WriteLine($"  {Mark(step.Outcome)}  {step.Title}: {step.Words}");
        output.WriteLine($"  => {(report.Verdict == Verdict.Genuine ? good : report.Verdict == Verdict.Broken ? bad : null) ?? report.Words}");
        output.WriteLine();
        return report.Verdict switch { Verdict.Genuine => Genuine, Verdict.Open => Open, Verdict.Broken => Broken, _ => Unreadable };
    }

    // A file of a stranger says nothing to the terminal itself.
    private static string Plain(string text) => string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));

    private static string Mark(StepOutcome outcome) => outcome switch { StepOutcome.Passed => "right", StepOutcome.Open => "open ", _ => "WRONG" };

    private static int Worse(int a, int b) => a == Broken || b == Broken ? Broken : a == Unreadable || b == Unreadable ? Unreadable : Math.Max(a, b);
}
