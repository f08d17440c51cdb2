using Trellis.Partners.Published;

namespace Trellis.Partners;

/// <summary>Names, places and words from which the demo's partners are made. All invented; addresses end in <c>.example</c>.</summary>
internal static class PartnerNames
{
    public static readonly string[] Roots =
    [
        "Aldermoor", "Altaria", "Amberline", "Anvil", "Arcadian", "Ardent", "Ashgrove", "Aster Bay", "Auroral", "Avenhall", "Banyan", "Basalt", "Beaconsway", "Birchwell", "Blue Heron",
        "Boreal", "Bramble", "Brightwater", "Calder", "Camino", "Candela", "Canopy", "Caravel", "Cascadia", "Cedarpoint", "Celadon", "Cobalt", "Copperleaf", "Coral", "Cordova", "Crosswind",
        "Daybreak", "Deltaform", "Dovetail", "Driftwood", "Eastgate", "Ebbtide", "Elmstead", "Emberly", "Estuary", "Evergreen", "Falconer", "Fennimore", "Fieldstone", "Firth", "Fjordlight",
        "Foxglove", "Gantry", "Garnet", "Glasswing", "Greystone", "Halcyon", "Harborview", "Hawthorn", "Hearthstone", "Helio", "Highmark", "Hollis", "Indigo", "Ironbark", "Ivory Coast", "Jadewood",
        "Juniper", "Kaleido", "Kestrel", "Keystone", "Kingfisher", "Lakehouse", "Lantern", "Larkspur", "Laurel", "Lighthouse", "Linden", "Lodestar", "Lumen", "Magnolia", "Maple Row", "Marlowe",
        "Meadowlark", "Meridian", "Mistral", "Monsoon", "Moonrise", "Mosaic", "Nautilus", "Nettle", "Northgate", "Oakheart", "Obsidian", "Ochre", "Olive Branch", "Onyx", "Orchard", "Osprey",
        "Palisade", "Paragon", "Pebble", "Peregrine", "Pinecrest", "Polaris", "Prairie", "Quartz", "Quillon", "Rainier", "Redwood", "Ridgeway", "Riverbend", "Rowan", "Saffron", "Sagebrush",
        "Sandstone", "Sequoia", "Silverbirch", "Skylark", "Solstice", "Southwind", "Spindrift", "Starling", "Stonebridge", "Summit", "Sycamore", "Tamarack", "Tempo", "Terrace", "Thistle",
        "Tidewater", "Timberline", "Topaz", "Tradewind", "Umber", "Verdant", "Vireo", "Vista", "Wayfarer", "Westfold", "Whitecap", "Wildflower", "Willow", "Windermere", "Wren", "Yarrow", "Zephyr",
    ];

    public static string[] Endings(PartnerType type) => type switch
    {
        PartnerType.Reseller => ["Systems", "IT Supply", "Technologies", "Software House"],
        PartnerType.ValueAddedReseller => ["Solutions", "Business Systems", "Networks", "Digital"],
        PartnerType.Distributor => ["Distribution", "Wholesale", "Supply Chain"],
        PartnerType.SystemIntegrator => ["Integration", "Consulting Group", "Systems Engineering", "Works"],
        PartnerType.SoftwareVendor => ["Software", "Labs", "Apps", "Analytics"],
        PartnerType.ManagedServiceProvider => ["Managed Services", "Operations", "Cloud Care", "Hosting"],
        PartnerType.Referral => ["Partners", "Connect", "Network"],
        PartnerType.Consultant => ["Advisory", "Consulting", "& Co.", "Strategy"],
        PartnerType.Analyst => ["Research", "Insight"],
        PartnerType.Hyperscaler => ["Cloud"],
        PartnerType.IndustryCloud => ["Health Cloud", "Retail Cloud", "Finance Cloud"],
        PartnerType.Agency => ["Agency", "Creative", "Marketing"],
        PartnerType.StrategicAlliance => ["Group", "Holdings"],
        _ => ["Cloud Consulting", "Cloud Partners", "Cloudworks"],
    };

    public static readonly (string Country, string[] Cities, int Weight)[] Places =
    [
        ("DE", ["Berlin", "Hamburg", "München", "Köln", "Stuttgart"], 12), ("GB", ["London", "Manchester", "Leeds", "Bristol"], 10), ("FR", ["Paris", "Lyon", "Nantes"], 7),
        ("ES", ["Madrid", "Barcelona", "Valencia"], 5), ("IT", ["Milano", "Torino", "Bologna"], 4), ("NL", ["Amsterdam", "Utrecht"], 5), ("PL", ["Warszawa", "Kraków"], 3), ("SE", ["Stockholm", "Malmö"], 3),
        ("CH", ["Zürich", "Basel"], 3), ("AE", ["Dubai"], 3), ("ZA", ["Cape Town", "Johannesburg"], 2), ("US", ["Austin", "Chicago", "Denver", "Seattle", "Boston", "Atlanta"], 22), ("CA", ["Toronto", "Montréal"], 5),
        ("MX", ["Ciudad de México"], 3), ("BR", ["São Paulo", "Curitiba"], 4), ("IN", ["Bengaluru", "Pune"], 6), ("JP", ["Tokyo", "Osaka"], 4), ("SG", ["Singapore"], 4), ("AU", ["Sydney", "Melbourne"], 5), ("KR", ["Seoul"], 2),
    ];

    public static readonly string[] Verticals = ["Financial services", "Healthcare", "Manufacturing", "Retail", "Public sector", "Energy", "Education", "Logistics", "Media", "Telecommunications"];
    public static readonly string[] Competencies = ["Data platform", "Security", "Migration", "Application development", "Analytics", "Networking", "Identity", "Automation", "Managed operations", "Training"];

    public static readonly string[] First =
    [
        "Adam", "Aisha", "Akira", "Alice", "Amara", "Ana", "Anders", "Anika", "Arjun", "Astrid", "Beatriz", "Ben", "Bruno", "Camila", "Carlos", "Chiara", "Chloe", "Daniel", "Daria", "David", "Diego", "Ebba",
        "Eduardo", "Emil", "Emma", "Fatima", "Freya", "Gabriel", "Greta", "Hana", "Haruto", "Helena", "Hugo", "Ingrid", "Isla", "Ivan", "Jana", "Javier", "Jun", "Kamal", "Karim", "Klara", "Lars", "Laura",
        "Leila", "Leo", "Lin", "Lucia", "Magnus", "Marek", "Maria", "Mateo", "Mei", "Mia", "Mikael", "Nadia", "Naomi", "Nikhil", "Nina", "Oliver", "Olga", "Oscar", "Pedro", "Petra", "Priya", "Rafael", "Ravi",
        "Ruth", "Sanjay", "Sara", "Sofia", "Stefan", "Tara", "Theo", "Tomas", "Uma", "Valeria", "Victor", "Wei", "Yara", "Yuki", "Zoe",
    ];

    public static readonly string[] Last =
    [
        "Abe", "Adeyemi", "Almeida", "Andersson", "Bakker", "Bauer", "Becker", "Bell", "Bianchi", "Blanc", "Brown", "Carvalho", "Castro", "Chen", "Choi", "Clark", "Costa", "Das", "Dubois", "Eriksen", "Evans",
        "Ferrari", "Fernandes", "Fontaine", "Garcia", "Gomez", "Grant", "Gupta", "Hall", "Hansen", "Hoffmann", "Ito", "Ivanov", "Jansen", "Johnson", "Kaya", "Keller", "Khan", "Kim", "Kowalski", "Kumar", "Lambert",
        "Larsen", "Lee", "Lopez", "Mancini", "Martin", "Meyer", "Miller", "Mori", "Moreau", "Nakamura", "Ndlovu", "Nguyen", "Novak", "Okoye", "Olsen", "Patel", "Pereira", "Petrov", "Reid", "Ricci", "Rojas", "Roy",
        "Santos", "Sato", "Schmidt", "Sharma", "Silva", "Singh", "Smith", "Suzuki", "Takahashi", "Tan", "Torres", "Vargas", "Visser", "Walsh", "Weber", "Wilson", "Wong", "Young", "Zhang", "Zimmermann",
    ];
}
