using System.Collections.Frozen;
using Trellis.Kernel;

namespace Trellis.Partners.Published;

/// <summary>Territories as partners write them: a country, one of its towns, a part of the world, a sales region.</summary>
public static class Territories
{
    // Parts of the world under the names that the field uses, by the codes of their countries.
    private static readonly FrozenDictionary<string, string[]> Parts = new Dictionary<string, string>
    {
        ["dach"] = "DE AT CH",
        ["d a ch"] = "DE AT CH",
        ["benelux"] = "BE NL LU",
        ["nordics"] = "DK FI IS NO SE",
        ["nordic countries"] = "DK FI IS NO SE",
        ["scandinavia"] = "DK NO SE",
        ["baltics"] = "EE LT LV",
        ["iberia"] = "ES PT",
        ["uk"] = "GB",
        ["great britain"] = "GB",
        ["uk and ireland"] = "GB IE",
        ["uki"] = "GB IE",
        ["european union"] = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK",
        ["eu"] = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK",
        ["western europe"] = "AD AT BE CH DE ES FR GB IE IT LI LU MC NL PT",
        ["central europe"] = "AT CH CZ DE HU LI PL SI SK",
        ["eastern europe"] = "BG BY CZ HU MD PL RO RU SK UA",
        ["southern europe"] = "AD CY ES GR IT MT PT SM",
        ["europe"] = "AD AL AT BA BE BG BY CH CY CZ DE DK EE ES FI FO FR GB GI GR HR HU IE IS IT LI LT LU LV MC MD ME MK MT NL NO PL PT RO RS RU SE SI SK SM UA VA",
        ["gulf"] = "AE BH KW OM QA SA",
        ["gcc"] = "AE BH KW OM QA SA",
        ["middle east"] = "AE BH EG IL IQ IR JO KW LB OM PS QA SA SY TR YE",
        ["north africa"] = "DZ EG LY MA TN",
        ["mena"] = "AE BH DZ EG IL IQ IR JO KW LB LY MA OM PS QA SA SY TN YE",
        ["africa"] = "AO BF BI BJ BW CD CF CG CI CM CV DJ DZ EG ER ET GA GH GM GN GQ GW KE KM LR LS LY MA MG ML MR MU MW MZ NA NE NG RW SC SD SL SN SO SS ST SZ TD TG TN TZ UG ZA ZM ZW",
        ["north america"] = "CA US MX",
        ["usa"] = "US",
        ["united states of america"] = "US",
        ["central america"] = "BZ CR GT HN NI PA SV",
        ["south america"] = "AR BO BR CL CO EC GY PE PY SR UY VE",
        ["latin america"] = "AR BO BR CL CO CR CU DO EC GT HN MX NI PA PE PR PY SV UY VE",
        ["latam"] = "AR BO BR CL CO CR CU DO EC GT HN MX NI PA PE PR PY SV UY VE",
        ["anz"] = "AU NZ",
        ["oceania"] = "AU FJ NZ PG",
        ["asean"] = "BN ID KH LA MM MY PH SG TH VN",
        ["south east asia"] = "BN ID KH LA MM MY PH SG TH TL VN",
        ["southeast asia"] = "BN ID KH LA MM MY PH SG TH TL VN",
        ["south asia"] = "BD BT IN LK MV NP PK",
        ["east asia"] = "CN HK JP KR MO TW",
        ["asia"] = "AF BD BN BT CN HK ID IN JP KG KH KP KR LA LK MM MN MO MV MY NP PH PK SG TH TJ TL TM TW UZ KZ VN",
    }.ToFrozenDictionary(p => p.Key, p => p.Value.Split(' '));

    private static readonly string[] Everywhere = ["worldwide", "global", "international", "everywhere"];

    private static readonly Dictionary<string, string[]> Regions = new()
    {
        [Countries.Emea] = ["emea"],
        [Countries.Amer] = ["amer", "americas", "the americas"],
        [Countries.Apac] = ["apac", "asia pacific"],
    };

    /// <summary>Every word, as it is compared, under which a partner may have declared that it works at this place; none where the country is not known.</summary>
    public static IReadOnlyList<string> WordsOf(string? country, string? town)
    {
        if (Countries.Find(country?.ToUpperInvariant()) is not { } known) return [];
        return
        [
            Text.Fold(known.Name), Text.Fold(known.Code), .. Text.OrNull(town) is { } city ? new[] { Text.Fold(city) } : [],
            .. Parts.Where(p => p.Value.Contains(known.Code)).Select(p => p.Key).Order(StringComparer.Ordinal), .. Regions[known.Region], .. Everywhere,
        ];
    }

    /// <summary>
    /// Whether a place lies outside of what a partner has declared; where it has declared nothing, outside of the region of its own country. Nothing lies outside where the country is not known.
    /// </summary>
    /// <param name="declared">The partner's words, as they are compared.</param>
    /// <param name="region">The region of the partner's own country.</param>
    /// <param name="country">The place.</param>
    /// <param name="town">The place's town, where it is known.</param>
    public static bool IsOutside(IReadOnlyCollection<string> declared, string region, string? country, string? town) =>
        Countries.Find(country?.ToUpperInvariant()) is { } known && (declared.Count == 0 ? known.Region != region : !WordsOf(country, town).Any(declared.Contains));
}
