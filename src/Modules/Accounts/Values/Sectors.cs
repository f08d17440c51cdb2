namespace Trellis.Accounts.Values;

/// <summary>The sectors that Trellis tells apart, and other words for them.</summary>
internal static class Sectors
{
    public static readonly string[] All =
    [
        "agriculture", "automotive", "chemicals", "construction", "education", "employment", "energy", "entertainment", "finance", "food", "government", "hospitality",
        "insurance", "logistics", "manufacturing", "marketing", "media", "medical", "mining", "nonprofit", "pharmaceuticals", "professional services", "real estate",
        "retail", "services", "software", "technology", "telecommunications", "transport", "utilities",
    ];

    /// <summary>Other words for them.</summary>
    public static readonly (string Written, string Means)[] Others =
    [
        ("healthcare", "medical"), ("health care", "medical"), ("banking", "finance"), ("financial services", "finance"), ("telecom", "telecommunications"), ("telco", "telecommunications"),
        ("tech", "technology"), ("it", "technology"), ("public sector", "government"), ("pharma", "pharmaceuticals"), ("ngo", "nonprofit"), ("transportation", "transport"), ("staffing", "employment"),
    ];

    private static readonly KnownValues<string> Known = new(All.Select(s => (s, s)), Others.Select(o => (o.Written, o.Means, o.Means)));

    public static Understood<string> Find(string written) => Known.Find(written);

    // Kept as the program keeps its literals, so that pages say them in the reader's language.
    public static string Label(string sector) => string.Intern(char.ToUpperInvariant(sector[0]) + sector[1..]);
}
