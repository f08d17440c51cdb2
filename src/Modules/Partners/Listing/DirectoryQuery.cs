using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Partners.Listing;

/// <summary>What a stranger looks for.</summary>
internal sealed record DirectoryQuery(string? Search, PartnerType? Type, string? Country, string? Competency, string? Vertical, string? Language, int Page)
{
    public const int PageSize = 24;

    public static DirectoryQuery Read(string? q, string? type, string? country, string? competency, string? vertical, string? language, int? page) => new(
        Text.OrNull(q) is { } text && Text.IsClean(text) ? text : null, Words.Parse<PartnerType>(type), Clean(country), Clean(competency), Clean(vertical), Clean(language), Math.Clamp(page ?? 1, 1, 10_000));

    /// <summary>The partners that fit, in the order of the directory.</summary>
    public IReadOnlyList<PublicPartner> Among(IReadOnlyList<PublicPartner> partners)
    {
        if (Search is { Length: > Searching.Longest }) return [];
        var words = Search is null ? [] : Text.Fold(Search).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return [.. partners.Where(p => (Type is null || p.Type == Type) && (Country is null || p.Country == Country) && Has(p.Competencies, Competency) && Has(p.Verticals, Vertical) && Has(p.Languages, Language)
            && Array.TrueForAll(words, w => p.Folded.Contains(w, StringComparison.Ordinal)))];
    }

    private static bool Has(IReadOnlyList<string> words, string? wanted) => wanted is null || words.Contains(wanted, StringComparer.OrdinalIgnoreCase);

    private static string? Clean(string? text) => Text.OrNull(text) is { Length: <= 100 } clean && Text.IsClean(clean) ? clean : null;
}
