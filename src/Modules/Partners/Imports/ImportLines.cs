using Trellis.Kernel;
using Trellis.Partners.Merging;
using Trellis.Partners.Published;

namespace Trellis.Partners.Imports;

/// <summary>Pure: what a row would do, in lines of <c>label: value</c> that pages translate part by part.</summary>
internal static class ImportLines
{
    /// <summary>Behind a label: what stands in the file is for new partners only.</summary>
    public const string NotTaken = "only new partners get it from a file; it stays as it is.";

    private const int Longest = 200;

    // Of these the values are words of the program, not of people.
    private static readonly string[] Worded = ["Kind of company", "Yearly revenue", "Status", "Tier", "Motions"];

    /// <summary>Everything that a new partner gets.</summary>
    public static List<string> New(Profile profile, PartnerLine line, ImportDefaults otherwise, IReadOnlyList<CustomField> own, IReadOnlyDictionary<PersonId, string> managers) =>
    [
        .. MergeFields.All.Where(f => !string.IsNullOrEmpty(f.Read(profile))).Select(f => $"{f.Label}: {Said(f.Read(profile))}"),
        $"Status: {Words.Label(line.State ?? otherwise.State ?? PartnerState.Prospect)}",
        .. line.Motions.Count > 0 ? [$"Motions: {string.Join(", ", line.Motions.Distinct().Select(PartnerWords.Label))}"] : Array.Empty<string>(),
        .. line.Tier is { } tier ? [$"Tier: {Words.Label(tier)}"] : Array.Empty<string>(),
        .. line.Manager is { } manager ? [$"Manager: {managers.GetValueOrDefault(manager)}"] : Array.Empty<string>(),
        .. own.Where(f => line.Own.ContainsKey(f.Key)).Select(f => $"{f.Label}: {Said(line.Own[f.Key])}"),
    ];

    /// <summary>The cells that are not taken, because the partner is there already.</summary>
    public static List<string> Ignored(Partner there, PartnerLine line) =>
    [
        .. new[]
        {
            (Label: "Status", Told: line.State is { } state && state != there.State), (Label: "Motions", Told: line.Motions.Count > 0),
            (Label: "Tier", Told: line.Tier is { } tier && tier != there.Tier), (Label: "Manager", Told: line.Manager is { } manager && manager != there.ManagerId),
        }.Where(f => f.Told).Select(f => $"{f.Label}: {NotTaken}"),
    ];

    public static string Said(string? text)
    {
        if (string.IsNullOrEmpty(text)) return "–";
        var line = text.ReplaceLineEndings(" ");
        return line.Length > Longest ? line[..Longest] + "…" : line;
    }

    /// <summary>A line in the reader's language: the label, and the values where they are words of the program.</summary>
    public static string Retold(string line, Func<string, string> say)
    {
        var at = line.IndexOf(": ", StringComparison.Ordinal);
        if (at < 0) return say(line);
        var (label, value) = (line[..at], line[(at + 2)..]);
        if (value == NotTaken) return $"{say(label)}: {say(value)}";
        if (!Worded.Contains(label)) return $"{say(label)}: {value}";
        return $"{say(label)}: {string.Join(" → ", value.Split(" → ").Select(v => string.Join(", ", v.Split(", ").Select(say))))}";
    }
}
