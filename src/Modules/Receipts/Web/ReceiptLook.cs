using Trellis.Kernel;
using Trellis.Receipts.Published;
using Trellis.Ui;

namespace Trellis.Receipts.Web;

/// <summary>Receipts as pages show them.</summary>
internal static class ReceiptLook
{
    public static readonly IReadOnlyList<Option> Kinds = [.. Enum.GetValues<ReceiptKind>().Select(k => new Option(Words.Of(k), Words.Label(k)))];

    public static Tone Tone(Verdict verdict) => verdict switch { Verdict.Genuine => Ui.Tone.Good, Verdict.Open => Ui.Tone.Info, _ => Ui.Tone.Bad };

    public static string Title(Verdict verdict) => verdict switch { Verdict.Genuine => "Genuine", Verdict.Open => "Nothing wrong so far", Verdict.Broken => "Not to be trusted", _ => "Not a receipt" };

    public static IReadOnlyList<WhyLine> Lines(CheckReport report) => [.. report.Steps.Select(s => new WhyLine(s.Title, s.Words, Outcome(s.Outcome), Tone(s.Outcome)))];

    /// <summary>The page of the record that a receipt is about, where there is one on this face.</summary>
    public static string? RecordHref(string subject, bool portal) => subject.Split('_')[0] switch
    {
        "deal" => $"/{(portal ? "portal" : "app")}/deals/{subject}",
        "earn" => portal ? $"/portal/earnings/{subject}" : $"/app/incentives/earnings/{subject}",
        "pay" => portal ? null : $"/app/incentives/payouts/{subject}",
        "par" => portal ? null : $"/app/partners/{subject}",
        _ => null,
    };

    public static string Number(long? sequence) => sequence is { } number ? number.ToString("N0", System.Globalization.CultureInfo.InvariantCulture) : "in a few seconds";

    private static Tone Tone(StepOutcome outcome) => outcome switch { StepOutcome.Passed => Ui.Tone.Good, StepOutcome.Open => Ui.Tone.Neutral, _ => Ui.Tone.Bad };

    private static string Outcome(StepOutcome outcome) => outcome switch { StepOutcome.Passed => "Right", StepOutcome.Open => "Not yet", _ => "Wrong" };
}
