using System.Globalization;
using Trellis.Kernel;

namespace Trellis.Deals;

/// <summary>The countries of ISO 3166-1 that the runtime knows, for the choice of a customer's country.</summary>
internal static class Countries
{
    private static readonly Lazy<IReadOnlyList<(string Code, string Name)>> List = new(() =>
        [.. CultureInfo.GetCultures(CultureTypes.SpecificCultures)
            .Select(c => c.Name).Where(n => n.Length >= 5).Select(n => n[^2..]).Where(c => c.All(char.IsAsciiLetterUpper)).Distinct()
            .Select(c => (c, new RegionInfo(c).EnglishName)).OrderBy(c => c.EnglishName, StringComparer.Ordinal)]);

    public static IReadOnlyList<(string Code, string Name)> All => List.Value;

    public static bool Known(string code) => All.Any(c => string.Equals(c.Code, code.Trim(), StringComparison.OrdinalIgnoreCase));

    public static string Name(string code) => All.FirstOrDefault(c => c.Code == code).Name ?? code;
}
