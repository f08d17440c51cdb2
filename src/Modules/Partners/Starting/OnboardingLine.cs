using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Trellis.Kernel;
using Trellis.Partners.Leaving;
using Trellis.Partners.Published;
using Text = Trellis.Kernel.Text;

namespace Trellis.Partners.Starting;

/// <summary>A line of the list by which a partnership begins: whose turn it is, how many days it has, and for which motion and by which fact, if any.</summary>
internal sealed record OnboardingLine(StepSide Side, int Days, string Title, Motion? Motion = null, string? Fact = null)
{
    /// <summary>The same for the same words, so that a line that is there already is not made twice.</summary>
    public string Code => "on_" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text.Fold(Title))).AsSpan(0, 8));
}

/// <summary>The list as text: one line each, its parts with <c>|</c> between them, so that it can be edited, copied and compared.</summary>
internal static class OnboardingLines
{
    public const int Most = 40;
    public const int MostDays = 365;
    public const int LongestTitle = 200;

    /// <summary>What a tenant begins with.</summary>
    public static readonly IReadOnlyList<OnboardingLine> Usual =
    [
        new(StepSide.Partner, 7, "Sign in for the first time", null, SignedIn.Name),
        new(StepSide.Vendor, 14, "Have the agreement signed", null, "agreement_signed"),
        new(StepSide.Vendor, 14, "Meet for the kick-off"),
        new(StepSide.Partner, 14, "Complete the company profile"),
        new(StepSide.Partner, 30, "Send the first people to the training"),
        new(StepSide.Partner, 60, "Register the first deal", Motion.Resell, "first_registration"),
    ];

    public static string Write(IEnumerable<OnboardingLine> lines) =>
        string.Join('\n', lines.Select(l => string.Join(" | ", new[] { Words.Of(l.Side), l.Days.ToString(CultureInfo.InvariantCulture), l.Title, l.Motion is { } m ? Words.Of(m) : "", l.Fact ?? "" }).TrimEnd(' ', '|')));

    /// <summary>Reads what was typed; the first line that is wrong is named.</summary>
    public static Result<IReadOnlyList<OnboardingLine>> Read(string? text, IReadOnlyCollection<string> facts)
    {
        var lines = new List<OnboardingLine>();
        var number = 0;
        foreach (var raw in (text ?? "").Split('\n'))
        {
            number++;
            if (string.IsNullOrWhiteSpace(raw)) continue;
            var read = One(raw, number, facts);
            if (!read.Ok) return read.Problem;
            if (lines.Exists(l => l.Code == read.Value.Code)) return Wrong($"Line {number}: this step stands in the list already.");
            lines.Add(read.Value);
        }

        return lines.Count is > 0 and <= Most ? lines : Wrong($"A list has 1 to {Most} steps.");
    }

    private static Result<OnboardingLine> One(string raw, int number, IReadOnlyCollection<string> facts)
    {
        var parts = raw.Split('|', StringSplitOptions.TrimEntries);
        if (parts.Length is < 3 or > 5) return Wrong($"Line {number}: write owner, days and step, with | between them.");
        if (Words.Parse<StepSide>(parts[0].ToLowerInvariant()) is not { } side) return Wrong($"Line {number}: the owner is “vendor” or “partner”.");
        if (!int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var days) || days > MostDays) return Wrong($"Line {number}: the days are a number up to {MostDays}.");
        if (parts[2].Length is 0 or > LongestTitle || !Text.IsClean(parts[2])) return Wrong($"Line {number}: the step has 1 to {LongestTitle} characters.");
        Motion? motion = null;
        if (parts.Length > 3 && parts[3].Length > 0 && (motion = Words.Parse<Motion>(parts[3].ToLowerInvariant())) is null) return Wrong($"Line {number}: there is no motion “{Text.Storable(parts[3], 40)}”.");
        var fact = parts.Length > 4 && parts[4].Length > 0 ? parts[4].ToLowerInvariant() : null;
        return fact is not null && !facts.Contains(fact) ? Wrong($"Line {number}: there is no fact “{Text.Storable(fact, 40)}”.") : new OnboardingLine(side, days, parts[2], motion, fact);
    }

    private static Problem Wrong(string message) => Problem.Invalid("lines", message);
}

/// <summary>The list of a tenant, once it has one of its own.</summary>
internal sealed class OnboardingTemplate : ITenantOwned, IVersioned
{
    public TenantId TenantId { get; init; }
    public required string Lines { get; set; }
    public required string By { get; set; }
    public DateTime At { get; set; }
    public long Version { get; set; }
}
