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

    private static readonly KnownValues<string> Known = new(
        All.Select(s => (s, s)),
        [
            ("healthcare", "medical", "medical"), ("health care", "medical", "medical"), ("banking", "finance", "finance"), ("financial services", "finance", "finance"),
            ("telecom", "telecommunications", "telecommunications"), ("telco", "telecommunications", "telecommunications"), ("tech", "technology", "technology"),
            ("it", "technology", "technology"), ("public sector", "government", "government"), ("pharma", "pharmaceuticals", "pharmaceuticals"),
            ("ngo", "nonprofit", "nonprofit"), ("transportation", "transport", "transport"), ("staffing", "employment", "employment"),
        ]);

    public static Understood<string> Find(string written) => Known.Find(written);

    // Kept as the program keeps its literals, so that pages say them in the reader's language.
    public static string Label(string sector) => string.Intern(char.ToUpperInvariant(sector[0]) + sector[1..]);
}
