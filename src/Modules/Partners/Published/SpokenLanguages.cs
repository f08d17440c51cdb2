using System.Collections.Frozen;
using Trellis.Kernel;

namespace Trellis.Partners.Published;

/// <summary>The languages in which business is done in a country, by the words in which partners declare what they speak.</summary>
public static class SpokenLanguages
{
    // Code, the English name, the language's own name; the countries.
    private static readonly (string Words, string Countries)[] All =
    [
        ("ar Arabic العربية", "AE BH DJ DZ EG EH IQ JO KM KW LB LY MA MR OM PS QA SA SD SO SY TD TN YE"),
        ("az Azerbaijani Azərbaycanca", "AZ"),
        ("bg Bulgarian Български", "BG"),
        ("bn Bengali বাংলা", "BD"),
        ("bs Bosnian Bosanski", "BA"),
        ("cs Czech Čeština", "CZ"),
        ("da Danish Dansk", "DK FO GL"),
        ("de German Deutsch", "AT CH DE LI LU BE"),
        ("el Greek Ελληνικά", "CY GR"),
        ("en English", "AG AI AS AU BB BM BS BW BZ CA CK CX DM FJ FK FM GB GD GG GH GI GM GU GY HK IE IM IN IO JE JM KE KI KN KY LC LR LS MH MP MS MT MU MW NA NF NG NR NU NZ PG PH PK PN PR PW RW SB SC SG SL SS SZ TC TO TT TV TZ UG US VC VG VI VU WS ZA ZM ZW"),
        ("es Spanish Español", "AR BO CL CO CR CU DO EC ES GQ GT HN MX NI PA PE PR PY SV UY VE"),
        ("et Estonian Eesti", "EE"),
        ("fa Persian فارسی", "IR"),
        ("fi Finnish Suomi", "FI AX"),
        ("fr French Français", "BE BF BI BJ BL CA CD CF CG CH CI CM DJ DZ FR GA GF GN GP HT LU MA MC MF MG ML MQ NC NE PF PM RE SC SN TD TG TN VU WF YT"),
        ("he Hebrew עברית", "IL"),
        ("hi Hindi हिन्दी", "IN"),
        ("hr Croatian Hrvatski", "HR BA"),
        ("hu Hungarian Magyar", "HU"),
        ("hy Armenian Հայերեն", "AM"),
        ("id Indonesian Bahasa", "ID"),
        ("is Icelandic Íslenska", "IS"),
        ("it Italian Italiano", "IT CH SM VA"),
        ("ja Japanese 日本語", "JP"),
        ("ka Georgian ქართული", "GE"),
        ("kk Kazakh Қазақша", "KZ"),
        ("km Khmer ខ្មែរ", "KH"),
        ("ko Korean 한국어", "KR KP"),
        ("lo Lao ລາວ", "LA"),
        ("lt Lithuanian Lietuvių", "LT"),
        ("lv Latvian Latviešu", "LV"),
        ("mk Macedonian Македонски", "MK"),
        ("mn Mongolian Монгол", "MN"),
        ("ms Malay Melayu", "MY BN SG"),
        ("mt Maltese Malti", "MT"),
        ("my Burmese မြန်မာ", "MM"),
        ("ne Nepali नेपाली", "NP"),
        ("nl Dutch Nederlands", "NL BE SR AW CW SX BQ"),
        ("no Norwegian Norsk", "NO SJ"),
        ("pl Polish Polski", "PL"),
        ("pt Portuguese Português", "PT BR AO MZ CV GW ST TL MO"),
        ("ro Romanian Română", "RO MD"),
        ("ru Russian Русский", "RU BY KZ KG"),
        ("si Sinhala සිංහල", "LK"),
        ("sk Slovak Slovenčina", "SK"),
        ("sl Slovenian Slovenščina", "SI"),
        ("sq Albanian Shqip", "AL"),
        ("sr Serbian Srpski", "RS ME BA"),
        ("sv Swedish Svenska", "SE FI AX"),
        ("sw Swahili Kiswahili", "KE TZ"),
        ("th Thai ไทย", "TH"),
        ("tr Turkish Türkçe", "TR CY"),
        ("uk Ukrainian Українська", "UA"),
        ("ur Urdu اردو", "PK"),
        ("uz Uzbek Oʻzbekcha", "UZ"),
        ("vi Vietnamese Tiếng", "VN"),
        ("zh Chinese 中文 Mandarin", "CN TW HK MO SG"),
    ];

    private static readonly FrozenDictionary<string, string[]> ByCountry = All.SelectMany(l => l.Countries.Split(' ').Select(c => (Country: c, Words: l.Words.Split(' '))))
        .GroupBy(l => l.Country).ToFrozenDictionary(g => g.Key, g => g.SelectMany(l => l.Words).Select(w => Text.Fold(w)).ToArray());

    /// <summary>Every word, as it is compared, by which a partner may have declared a language of this country; none where it is not known.</summary>
    public static IReadOnlyList<string> WordsOf(string? country) => country is not null && ByCountry.TryGetValue(country.ToUpperInvariant(), out var words) ? words : [];
}
