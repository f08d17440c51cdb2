namespace Trellis.Accounts.Values;

/// <summary>Countries by name (ISO 3166-1, short names in use) and by other names in use.</summary>
internal static class CountryNames
{
    private const string List =
        "AF Afghanistan|AL Albania|DZ Algeria|AD Andorra|AO Angola|AG Antigua and Barbuda|AR Argentina|AM Armenia|AU Australia|AT Austria|" +
        "AZ Azerbaijan|BS Bahamas|BH Bahrain|BD Bangladesh|BB Barbados|BY Belarus|BE Belgium|BZ Belize|BJ Benin|BT Bhutan|BO Bolivia|" +
        "BA Bosnia and Herzegovina|BW Botswana|BR Brazil|BN Brunei|BG Bulgaria|BF Burkina Faso|BI Burundi|KH Cambodia|CM Cameroon|CA Canada|" +
        "CV Cabo Verde|CF Central African Republic|TD Chad|CL Chile|CN China|CO Colombia|KM Comoros|CG Congo|CD Democratic Republic of the Congo|" +
        "CR Costa Rica|CI Côte d’Ivoire|HR Croatia|CU Cuba|CY Cyprus|CZ Czechia|DK Denmark|DJ Djibouti|DM Dominica|DO Dominican Republic|EC Ecuador|" +
        "EG Egypt|SV El Salvador|GQ Equatorial Guinea|ER Eritrea|EE Estonia|SZ Eswatini|ET Ethiopia|FJ Fiji|FI Finland|FR France|GA Gabon|GM Gambia|" +
        "GE Georgia|DE Germany|GH Ghana|GR Greece|GD Grenada|GT Guatemala|GN Guinea|GW Guinea-Bissau|GY Guyana|HT Haiti|HN Honduras|HK Hong Kong|" +
        "HU Hungary|IS Iceland|IN India|ID Indonesia|IR Iran|IQ Iraq|IE Ireland|IL Israel|IT Italy|JM Jamaica|JP Japan|JO Jordan|KZ Kazakhstan|" +
        "KE Kenya|KI Kiribati|KP North Korea|KR South Korea|KW Kuwait|KG Kyrgyzstan|LA Laos|LV Latvia|LB Lebanon|LS Lesotho|LR Liberia|LY Libya|" +
        "LI Liechtenstein|LT Lithuania|LU Luxembourg|MO Macao|MG Madagascar|MW Malawi|MY Malaysia|MV Maldives|ML Mali|MT Malta|MH Marshall Islands|" +
        "MR Mauritania|MU Mauritius|MX Mexico|FM Micronesia|MD Moldova|MC Monaco|MN Mongolia|ME Montenegro|MA Morocco|MZ Mozambique|MM Myanmar|" +
        "NA Namibia|NR Nauru|NP Nepal|NL Netherlands|NZ New Zealand|NI Nicaragua|NE Niger|NG Nigeria|MK North Macedonia|NO Norway|OM Oman|PK Pakistan|" +
        "PW Palau|PS Palestine|PA Panama|PG Papua New Guinea|PY Paraguay|PE Peru|PH Philippines|PL Poland|PT Portugal|PR Puerto Rico|QA Qatar|" +
        "RO Romania|RU Russia|RW Rwanda|KN Saint Kitts and Nevis|LC Saint Lucia|VC Saint Vincent and the Grenadines|WS Samoa|SM San Marino|" +
        "ST São Tomé and Príncipe|SA Saudi Arabia|SN Senegal|RS Serbia|SC Seychelles|SL Sierra Leone|SG Singapore|SK Slovakia|SI Slovenia|" +
        "SB Solomon Islands|SO Somalia|ZA South Africa|SS South Sudan|ES Spain|LK Sri Lanka|SD Sudan|SR Suriname|SE Sweden|CH Switzerland|SY Syria|" +
        "TW Taiwan|TJ Tajikistan|TZ Tanzania|TH Thailand|TL Timor-Leste|TG Togo|TO Tonga|TT Trinidad and Tobago|TN Tunisia|TR Türkiye|TM Turkmenistan|" +
        "TV Tuvalu|UG Uganda|UA Ukraine|AE United Arab Emirates|GB United Kingdom|US United States|UY Uruguay|UZ Uzbekistan|VU Vanuatu|" +
        "VA Vatican City|VE Venezuela|VN Vietnam|YE Yemen|ZM Zambia|ZW Zimbabwe";

    private static readonly Dictionary<string, string> NameOf = List.Split('|').ToDictionary(c => c[..2], c => string.Intern(c[3..]));

    private static readonly (string Written, string Code)[] Others =
    [
        ("USA", "US"), ("United States of America", "US"), ("America", "US"), ("UK", "GB"), ("Great Britain", "GB"), ("England", "GB"), ("Scotland", "GB"), ("Wales", "GB"),
        ("Deutschland", "DE"), ("España", "ES"), ("Italia", "IT"), ("Österreich", "AT"), ("Schweiz", "CH"), ("Suisse", "CH"), ("Nederland", "NL"), ("Holland", "NL"),
        ("The Netherlands", "NL"), ("Czech Republic", "CZ"), ("Turkey", "TR"), ("Republic of Korea", "KR"), ("Korea, Republic of", "KR"), ("Russian Federation", "RU"),
        ("Viet Nam", "VN"), ("Ivory Coast", "CI"), ("Swaziland", "SZ"), ("Macedonia", "MK"), ("UAE", "AE"), ("Emirates", "AE"), ("Brasil", "BR"), ("México", "MX"),
        ("Polska", "PL"), ("Sverige", "SE"), ("Norge", "NO"), ("Danmark", "DK"), ("Suomi", "FI"), ("Belgique", "BE"), ("België", "BE"), ("Republic of Ireland", "IE"),
    ];

    private static readonly KnownValues<string> Known = new(
        NameOf.Select(c => (c.Value, c.Key)).Concat(NameOf.Keys.Select(k => (k, k))),
        Others.Select(o => (o.Written, NameOf[o.Code], o.Code)));

    // One word for two countries: only a person can say which is meant.
    private static readonly Dictionary<string, string> Ambiguous = new() { ["korea"] = "may be South Korea or North Korea", ["guiana"] = "may be French Guiana or Guyana" };

    /// <summary>All codes with their names, by name.</summary>
    public static IReadOnlyList<(string Code, string Name)> All { get; } = [.. NameOf.Select(c => (c.Key, c.Value)).OrderBy(c => c.Value, StringComparer.InvariantCulture)];

    public static bool IsCode(string code) => NameOf.ContainsKey(code);

    public static string Name(string code) => NameOf.GetValueOrDefault(code, code);

    public static Understood<string> Find(string written) =>
        Ambiguous.TryGetValue(CompanyNames.Tight(written), out var why) ? new(Reading.Unknown, "", null, why) : Known.Find(written);
}
