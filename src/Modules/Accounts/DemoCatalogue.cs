namespace Trellis.Accounts;

/// <summary>A country of the demo with its share of the accounts.</summary>
internal sealed record DemoCountry(string Code, string Office, int Weight, string[] Forms, string[] Places);

/// <summary>The words that the demo's CRM is made of.</summary>
internal static class DemoCatalogue
{
    public static readonly (string Name, string Series, int Price, int Weight)[] Products =
    [
        ("Northwind Compute", "Infrastructure", 18_000, 14), ("Northwind Storage", "Infrastructure", 9_600, 12), ("Northwind Network", "Infrastructure", 12_400, 7),
        ("Northwind Kubernetes", "Platform", 24_000, 9), ("Northwind Database", "Platform", 21_000, 12), ("Northwind Functions", "Platform", 7_200, 6),
        ("Northwind Analytics", "Data", 36_000, 10), ("Northwind Lakehouse", "Data", 48_000, 6), ("Northwind AI Studio", "Data", 62_000, 8),
        ("Northwind Shield", "Security", 15_500, 9), ("Northwind Identity", "Security", 11_000, 5), ("Northwind Backup", "Security", 5_400, 8),
    ];

    public static readonly (string Name, string Manager, string Office)[] Sellers =
    [
        ("Sam Carter", "Ruth Calloway", "Americas"), ("Dana Whitfield", "Ruth Calloway", "Americas"), ("Luis Herrera", "Ruth Calloway", "Americas"),
        ("Priya Raman", "Ruth Calloway", "Americas"), ("Marcus Boyd", "Ian Prescott", "Americas"), ("Heather Lund", "Ian Prescott", "Americas"),
        ("Tomás Aguilar", "Ian Prescott", "Americas"), ("Clara Beaumont", "Ian Prescott", "Americas"), ("Anke Vogel", "Henrik Dahl", "Europe"),
        ("Pieter de Wit", "Henrik Dahl", "Europe"), ("Sofia Lindgren", "Henrik Dahl", "Europe"), ("Giulia Conti", "Henrik Dahl", "Europe"),
        ("Mateusz Nowak", "Amélie Roux", "Europe"), ("Hugo Lambert", "Amélie Roux", "Europe"), ("Isabel Navarro", "Amélie Roux", "Europe"),
        ("Owen Hughes", "Amélie Roux", "Europe"), ("Leyla Demir", "Amélie Roux", "Europe"), ("Yuki Tanabe", "Mei Ling Tan", "Asia-Pacific"),
        ("Arjun Mehta", "Mei Ling Tan", "Asia-Pacific"), ("Chloe Barrett", "Mei Ling Tan", "Asia-Pacific"), ("Joon-ho Park", "Mei Ling Tan", "Asia-Pacific"),
        ("Siti Rahman", "Mei Ling Tan", "Asia-Pacific"),
    ];

    private static readonly DemoCountry[] Countries =
    [
        new("US", "Americas", 30, ["Inc.", "Corp.", "LLC", "Inc.", "Company"], ["Hudson", "Cascade", "Lakeshore", "Prairie", "Sierra", "Bluegrass", "Tidewater", "Piedmont", "Mesa", "Ozark", "Shoreline", "Keystone"]),
        new("CA", "Americas", 5, ["Inc.", "Ltd."], ["Laurentian", "Maple Ridge", "Superior", "Halton", "Okanagan", "Fraser"]),
        new("BR", "Americas", 4, ["Ltda.", "S.A."], ["Paulista", "Ipanema", "Cerrado", "Mineira", "Atlântica", "Guaíba"]),
        new("MX", "Americas", 3, ["S.A. de C.V."], ["Jalisco", "Anáhuac", "Sonora", "Yucateca"]),
        new("DE", "Europe", 10, ["GmbH", "AG", "GmbH", "SE", "KG"], ["Hanse", "Rhein", "Isar", "Schwarzwald", "Elbe", "Ruhr", "Allgäu", "Franken", "Harz"]),
        new("GB", "Europe", 8, ["Ltd", "plc", "Limited"], ["Thames", "Pennine", "Severn", "Cotswold", "Mersey", "Highland", "Ashford", "Kelham"]),
        new("FR", "Europe", 7, ["SAS", "S.A.", "SARL"], ["Loire", "Garonne", "Lyonnaise", "Armor", "Vauban", "Alsace"]),
        new("NL", "Europe", 4, ["B.V.", "N.V."], ["Zuiderzee", "Amstel", "Veluwe", "Maas", "Polder"]),
        new("ES", "Europe", 4, ["S.L.", "S.A."], ["Ebro", "Cantábrica", "Meseta", "Levante"]),
        new("IT", "Europe", 4, ["S.p.A.", "S.r.l."], ["Adriatica", "Lombarda", "Tirrena", "Dolomiti"]),
        new("SE", "Europe", 3, ["AB"], ["Mälar", "Norrland", "Vänern", "Skåne"]),
        new("PL", "Europe", 3, ["Sp. z o.o.", "S.A."], ["Wisła", "Bałtyk", "Mazovia", "Śląsk"]),
        new("CH", "Europe", 2, ["AG", "SA"], ["Säntis", "Jura", "Léman"]),
        new("JP", "Asia-Pacific", 5, ["K.K.", "Co., Ltd."], ["Hokuto", "Sakura", "Kansai", "Fuji", "Minato"]),
        new("IN", "Asia-Pacific", 4, ["Pvt. Ltd.", "Limited"], ["Deccan", "Ganga", "Nilgiri", "Malabar", "Konkan"]),
        new("AU", "Asia-Pacific", 4, ["Pty Ltd"], ["Coral", "Murray", "Southern Cross", "Kimberley"]),
        new("SG", "Asia-Pacific", 2, ["Pte. Ltd."], ["Merlion", "Straits", "Raffles"]),
        new("KR", "Asia-Pacific", 2, ["Co., Ltd."], ["Hangang", "Seorak", "Jeju"]),
    ];

    private static readonly (string Sector, int Weight, string[] Trades)[] Trades =
    [
        ("manufacturing", 16, ["Machinery", "Precision", "Tooling", "Castings", "Instruments", "Bearings", "Plastics"]),
        ("retail", 13, ["Stores", "Outfitters", "Markets", "Home", "Trading", "Wholesale"]),
        ("finance", 11, ["Capital", "Bank", "Asset Management", "Leasing", "Credit Union"]),
        ("medical", 10, ["Clinics", "Diagnostics", "Health", "Medical Devices", "Hospitals"]),
        ("technology", 9, ["Systems", "Robotics", "Semiconductors", "Sensors", "Controls"]),
        ("software", 8, ["Software", "Labs", "Digital", "Interactive"]),
        ("logistics", 8, ["Logistics", "Freight", "Shipping", "Warehousing"]),
        ("energy", 6, ["Energy", "Power", "Solar", "Wind", "Gas"]),
        ("insurance", 5, ["Insurance", "Mutual", "Assurance"]),
        ("telecommunications", 4, ["Telecom", "Fibre", "Wireless"]),
        ("education", 4, ["Academy", "Learning", "Publishing"]),
        ("construction", 4, ["Construction", "Engineering", "Building Supplies"]),
        ("hospitality", 3, ["Hotels", "Resorts", "Catering"]),
        ("media", 3, ["Media", "Studios", "Broadcasting"]),
        ("agriculture", 2, ["Farms", "Seeds", "Foods"]),
    ];

    private static readonly string[] Founders =
    [
        "Albrecht", "Amari", "Bergström", "Bianchi", "Brennan", "Calder", "Castellan", "Corvin", "Dahlke", "Delacroix", "Dunmore", "Eriksen", "Falkner", "Farrow", "Gallardo",
        "Greer", "Haldane", "Harrow", "Hoshino", "Iwata", "Jansen", "Kaminski", "Keller", "Kovac", "Langley", "Lorimer", "Maddox", "Marchetti", "Mercer", "Novak", "Okada",
        "Olsen", "Pardo", "Pemberton", "Quill", "Radcliffe", "Renner", "Rossel", "Sandoval", "Sato", "Schilling", "Sorrell", "Tanner", "Thorne", "Ueda", "Valdez", "Verbeek",
        "Vance", "Wainwright", "Weiss", "Winslow", "Yamane", "Zeller", "Zielinski",
    ];

    private static readonly string[] Marks =
    [
        "Aero", "Alta", "Apex", "Arden", "Aster", "Beacon", "Boreal", "Bright", "Cedar", "Cobalt", "Copper", "Crest", "Delta", "Ember", "Evergreen", "Falcon", "Granite", "Harbor",
        "Helio", "Horizon", "Indigo", "Iron", "Juniper", "Kestrel", "Lumen", "Meridian", "Nova", "Oak", "Onyx", "Orchard", "Pinnacle", "Quarry", "Raven", "Ridge", "River",
        "Sable", "Silver", "Solstice", "Stone", "Summit", "Terra", "Tidal", "Umber", "Vela", "Vertex", "Willow", "Zenith",
    ];

    private static readonly int CountryWeight = Countries.Sum(c => c.Weight);
    private static readonly int TradeWeight = Trades.Sum(t => t.Weight);
    private static readonly int ProductWeight = Products.Sum(p => p.Weight);
    private static readonly ILookup<string, string> ByOffice = Sellers.ToLookup(s => s.Office, s => s.Name);

    public static DemoCountry Country(Random chance) => Countries[Pick(chance.Next(CountryWeight), Countries, c => c.Weight)];

    public static string Sector(Random chance) => Trades[Pick(chance.Next(TradeWeight), Trades, t => t.Weight)].Sector;

    public static int ProductIndex(Random chance) => Pick(chance.Next(ProductWeight), Products, p => p.Weight);

    public static string SellerFor(Random chance, DemoCountry country) => ByOffice[country.Office].ElementAt(chance.Next(ByOffice[country.Office].Count()));

    public static string AnySeller(Random chance) => Sellers[chance.Next(Sellers.Length)].Name;

    /// <summary>A company's name: a founder, a place or a mark, a trade, and the legal form of its country.</summary>
    public static string Company(Random chance, DemoCountry country, string sector)
    {
        var trades = Array.Find(Trades, t => t.Sector == sector).Trades;
        var trade = trades[chance.Next(trades.Length)];
        var (place, founder, mark) = (Any(chance, country.Places), Any(chance, Founders), Any(chance, Marks));
        var core = chance.Next(6) switch
        {
            0 => $"{founder} {trade}",
            1 => $"{founder} & {Any(chance, Founders)} {trade}",
            2 => $"{place} {trade}",
            3 => $"{mark} {trade}",
            4 => $"{mark} {place} {trade}",
            _ => $"{place} {founder} {trade}",
        };
        return $"{core} {Any(chance, country.Forms)}";
    }

    private static string Any(Random chance, string[] words) => words[chance.Next(words.Length)];

    private static int Pick<T>(int at, T[] items, Func<T, int> weight)
    {
        var index = 0;
        while ((at -= weight(items[index])) >= 0) index++;
        return index;
    }
}
