using Trellis.Kernel;

namespace Trellis.Partners.Published;

/// <summary>A country of ISO 3166-1 with the program's region it belongs to.</summary>
/// <param name="Code">The alpha-2 code.</param>
/// <param name="Name">The English short name.</param>
/// <param name="Region">EMEA, AMER or APAC.</param>
public sealed record Country(string Code, string Name, string Region);

/// <summary>The countries of ISO 3166-1 alpha-2, each in one of the three sales regions.</summary>
public static class Countries
{
    public const string Emea = "EMEA";
    public const string Amer = "AMER";
    public const string Apac = "APAC";

    public static readonly string[] Regions = [Emea, Amer, Apac];

    private const string EmeaNames =
        "AD Andorra|AE United Arab Emirates|AL Albania|AM Armenia|AO Angola|AT Austria|AX Åland Islands|AZ Azerbaijan|BA Bosnia and Herzegovina|BE Belgium|BF Burkina Faso|BG Bulgaria|BH Bahrain|BI Burundi|BJ Benin|BW Botswana|BY Belarus|CD Congo (Democratic Republic)|CF Central African Republic|CG Congo|CH Switzerland|CI Côte d’Ivoire|CM Cameroon|CV Cabo Verde|CY Cyprus|CZ Czechia|DE Germany|DJ Djibouti|DK Denmark|DZ Algeria|EE Estonia|EG Egypt|EH Western Sahara|ER Eritrea|ES Spain|ET Ethiopia|FI Finland|FO Faroe Islands|FR France|GA Gabon|GB United Kingdom|GE Georgia|GG Guernsey|GH Ghana|GI Gibraltar|GL Greenland|GM Gambia|GN Guinea|GQ Equatorial Guinea|GR Greece|GW Guinea-Bissau|HR Croatia|HU Hungary|IE Ireland|IL Israel|IM Isle of Man|IQ Iraq|IR Iran|IS Iceland|IT Italy|JE Jersey|JO Jordan|KE Kenya|KM Comoros|KW Kuwait|KZ Kazakhstan|LB Lebanon|LI Liechtenstein|LR Liberia|LS Lesotho|LT Lithuania|LU Luxembourg|LV Latvia|LY Libya|MA Morocco|MC Monaco|MD Moldova|ME Montenegro|MG Madagascar|MK North Macedonia|ML Mali|MR Mauritania|MT Malta|MU Mauritius|MW Malawi|MZ Mozambique|NA Namibia|NE Niger|NG Nigeria|NL Netherlands|NO Norway|OM Oman|PL Poland|PS Palestine|PT Portugal|QA Qatar|RE Réunion|RO Romania|RS Serbia|RU Russia|RW Rwanda|SA Saudi Arabia|SC Seychelles|SD Sudan|SE Sweden|SI Slovenia|SJ Svalbard and Jan Mayen|SK Slovakia|SL Sierra Leone|SM San Marino|SN Senegal|SO Somalia|SS South Sudan|ST São Tomé and Príncipe|SY Syria|SZ Eswatini|TD Chad|TG Togo|TN Tunisia|TR Türkiye|TZ Tanzania|UA Ukraine|UG Uganda|UZ Uzbekistan|VA Holy See|YE Yemen|YT Mayotte|ZA South Africa|ZM Zambia|ZW Zimbabwe";

    private const string AmerNames =
        "AG Antigua and Barbuda|AI Anguilla|AR Argentina|AW Aruba|BB Barbados|BL Saint Barthélemy|BM Bermuda|BO Bolivia|BQ Bonaire, Sint Eustatius and Saba|BR Brazil|BS Bahamas|BZ Belize|CA Canada|CL Chile|CO Colombia|CR Costa Rica|CU Cuba|CW Curaçao|DM Dominica|DO Dominican Republic|EC Ecuador|FK Falkland Islands|GD Grenada|GF French Guiana|GP Guadeloupe|GT Guatemala|GY Guyana|HN Honduras|HT Haiti|JM Jamaica|KN Saint Kitts and Nevis|KY Cayman Islands|LC Saint Lucia|MF Saint Martin|MQ Martinique|MS Montserrat|MX Mexico|NI Nicaragua|PA Panama|PE Peru|PM Saint Pierre and Miquelon|PR Puerto Rico|PY Paraguay|SR Suriname|SV El Salvador|SX Sint Maarten|TC Turks and Caicos Islands|TT Trinidad and Tobago|US United States|UY Uruguay|VC Saint Vincent and the Grenadines|VE Venezuela|VG British Virgin Islands|VI US Virgin Islands";

    private const string ApacNames =
        "AF Afghanistan|AS American Samoa|AU Australia|BD Bangladesh|BN Brunei|BT Bhutan|CC Cocos Islands|CK Cook Islands|CN China|CX Christmas Island|FJ Fiji|FM Micronesia|GU Guam|HK Hong Kong|ID Indonesia|IN India|IO British Indian Ocean Territory|JP Japan|KG Kyrgyzstan|KH Cambodia|KI Kiribati|KP North Korea|KR South Korea|LA Laos|LK Sri Lanka|MH Marshall Islands|MM Myanmar|MN Mongolia|MO Macao|MP Northern Mariana Islands|MV Maldives|MY Malaysia|NC New Caledonia|NF Norfolk Island|NP Nepal|NR Nauru|NU Niue|NZ New Zealand|PF French Polynesia|PG Papua New Guinea|PH Philippines|PK Pakistan|PN Pitcairn|PW Palau|SB Solomon Islands|SG Singapore|TH Thailand|TJ Tajikistan|TK Tokelau|TL Timor-Leste|TM Turkmenistan|TO Tonga|TV Tuvalu|TW Taiwan|VN Viet Nam|VU Vanuatu|WF Wallis and Futuna|WS Samoa";

    /// <summary>All countries by name.</summary>
    public static readonly IReadOnlyList<Country> All =
        [.. Read(EmeaNames, Emea).Concat(Read(AmerNames, Amer)).Concat(Read(ApacNames, Apac)).OrderBy(c => c.Name, StringComparer.InvariantCulture)];

    private static readonly Dictionary<string, Country> ByCode = All.ToDictionary(c => c.Code);

    /// <summary>The country with this code, or null.</summary>
    public static Country? Find(string? code) => code is not null && ByCode.TryGetValue(code, out var country) ? country : null;

    /// <summary>The country's name, or the code where it is unknown.</summary>
    public static string Name(string code) => Find(code)?.Name ?? code;

    /// <summary>The country's name in the language of the moment; the code where it is unknown.</summary>
    public static string Said(string code) => Find(code) is { } known ? Say(known) : code;

    /// <summary>All countries by their names in the language of the moment.</summary>
    public static IReadOnlyList<(string Code, string Name)> InLanguage() => ByLanguage.GetOrAdd(Languages.Current?.Code ?? Languages.English, _ =>
        [.. All.Select(c => (c.Code, Name: Say(c))).OrderBy(c => c.Name, StringComparer.CurrentCulture)]);

    private static readonly System.Collections.Concurrent.ConcurrentDictionary<string, IReadOnlyList<(string Code, string Name)>> ByLanguage = [];

    // The names in other languages are those of the Unicode project (CLDR 48, territories), taken over into the catalogues.
    private static string Say(Country country) => T(country.Name);

    private static IEnumerable<Country> Read(string names, string region) => names.Split('|').Select(n => new Country(n[..2], n[3..], region));
}
