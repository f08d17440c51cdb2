namespace Trellis.Receipts.Published;

/// <summary>How one step of a check came out.</summary>
public enum StepOutcome
{
    Passed,
    Failed,

    /// <summary>It cannot be said from what is at hand.</summary>
    Open,
}

/// <summary>One step of a check, in words for a person.</summary>
public sealed record CheckStep(string Title, StepOutcome Outcome, string Words);

/// <summary>What a check says as a whole.</summary>
public enum Verdict
{
    /// <summary>Every step passed.</summary>
    Genuine,

    /// <summary>Nothing is wrong, but a step could not be done yet.</summary>
    Open,

    /// <summary>A step failed.</summary>
    Broken,

    /// <summary>It is no receipt, or not as it was handed out.</summary>
    Unreadable,
}

/// <summary>A checked receipt: the steps, and what they say together.</summary>
public sealed record CheckReport(IReadOnlyList<CheckStep> Steps, bool Readable = true)
{
    public Verdict Verdict =>
        !Readable ? Verdict.Unreadable
        : Steps.Any(s => s.Outcome == StepOutcome.Failed) ? Verdict.Broken
        : Steps.Any(s => s.Outcome == StepOutcome.Open) ? Verdict.Open
        : Verdict.Genuine;

    /// <summary>The verdict in one sentence.</summary>
    public string Words => Verdict switch
    {
        Verdict.Genuine => "This receipt is genuine and complete.",
        Verdict.Open => "Nothing is wrong with this receipt, but not every step can be checked yet.",
        Verdict.Broken => "Do not trust this file: something in it has been changed, or it does not come from where it says.",
        _ => "This is not a receipt as it was handed out. Even one changed, added or missing character does this.",
    };
}

/// <summary>Checks receipts without a server and without a database: what the program's <c>verify</c> command calls.</summary>
public static class OfflineCheck
{
    /// <summary>Checks one file; <paramref name="trusted"/> are the fingerprints of keys that the reader got elsewhere.</summary>
    public static CheckReport Of(string text, IReadOnlyCollection<string> trusted)
    {
        if (ReceiptFile.Read(text) is not { } file) return new CheckReport([FileCheck.Unreadable], Readable: false);
        return new CheckReport([.. FileCheck.Steps(file), FileCheck.Trust(file, trusted)]);
    }

    /// <summary>What a file says, as a person reads it: what it is for, and every fact; empty where it cannot be read.</summary>
    public static IReadOnlyList<(string Name, string Value)> SaysOf(string text) =>
        ReceiptFile.Read(text) is { } file ? [("What for", FileCheck.Label(file.Kind)), .. ReceiptRecord.Read(file).Select(f => (f.Label, f.Value))] : [];

    /// <summary>Whether several files contradict each other: two receipts in one place, a broken sequence, two roots of one day.</summary>
    public static IReadOnlyList<CheckStep> Together(IEnumerable<string> texts) => FileCheck.Together([.. texts.Select(ReceiptFile.Read).OfType<ReceiptFile>()]);

    /// <summary>Name and fingerprint of the keys in a file; empty where it cannot be read.</summary>
    public static IReadOnlyList<(string Name, string Fingerprint)> KeysOf(string text) =>
        ReceiptFile.Read(text) is { } file ? [.. file.Keys.Where(k => Hashes.IsHex(k.Value, k.Value.Length) && k.Value.Length % 2 == 0).Select(k => (k.Key, Signatures.Fingerprint(k.Value)))] : [];
}
