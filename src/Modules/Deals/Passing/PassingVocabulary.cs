using Trellis.Deals.Rules;

namespace Trellis.Deals.Passing;

/// <summary>The facts over which rules of passing are written. What both kinds of tables ask for is one and the same fact.</summary>
internal static class PassingVocabulary
{
    public static readonly FactKind Direction = new("direction", FactType.Text, "the direction", true, Allowed: ["to_partner", "to_vendor"])
    {
        Said = new Dictionary<string, string> { ["to_partner"] = "the vendor passes a lead to a partner", ["to_vendor"] = "a partner passes a lead to the vendor" },
    };

    public static readonly FactKind AskedBefore = new("asked_before", FactType.Boolean, "the partner has had this lead before", true, Yes: "the partner has had this lead before", No: "the partner has not had this lead before");
    public static readonly FactKind OpenLeads = new("open_leads", FactType.Number, "the number of the partner's open leads", true);
    public static readonly FactKind CapacityLeft = new("capacity_left", FactType.Number, "the number of leads that the partner can still take", true);
    public static readonly FactKind People = new("people_selling", FactType.Number, "the number of the partner's people who may answer", true);
    public static readonly FactKind LeadElsewhere = new("lead_elsewhere", FactType.Boolean, "another partner works on a lead of the customer", false, Yes: "another partner works on a lead of the customer", No: "no other partner works on a lead of the customer");
    public static readonly FactKind ReferredElsewhere = new("referred_elsewhere", FactType.Boolean, "another partner has passed the customer to the vendor", false, Yes: "another partner has passed the customer to the vendor", No: "no other partner has passed the customer to the vendor");
    public static readonly FactKind ProductNamed = new("product_named", FactType.Boolean, "a product is named", true, Yes: "a product is named", No: "no product is named");

    public static readonly FactKind TerritoryMatch = new("territory_match", FactType.Boolean, "the customer lies in a territory that the partner has declared", true, Yes: "the customer lies in a territory that the partner has declared", No: "the customer lies in no territory that the partner has declared");
    public static readonly FactKind CompetencyMatch = new("competency_match", FactType.Boolean, "the partner has declared a competency that is needed", true, Yes: "the partner has declared a competency that is needed", No: "the partner has declared no competency that is needed");
    public static readonly FactKind IndustryMatch = new("industry_match", FactType.Boolean, "the partner has declared the customer's industry", false, Yes: "the partner has declared the customer's industry", No: "the partner has not declared the customer's industry");
    public static readonly FactKind LanguageMatch = new("language_match", FactType.Boolean, "the partner speaks a language of the customer's country", true, Yes: "the partner speaks a language of the customer's country", No: "the partner speaks no language of the customer's country");

    public static readonly FactKind[] All =
    [
        Direction, Vocabulary.Amount, Vocabulary.Product, Vocabulary.Series, ProductNamed, Vocabulary.CustomerCountry, Vocabulary.Territory, Vocabulary.OutsideTerritory, Vocabulary.Segment,
        Vocabulary.Account, Vocabulary.ExistingCustomer, Vocabulary.NamedAccount, Vocabulary.OwnedAccount, Vocabulary.DirectOpen,
        Vocabulary.OwnEarlier, Vocabulary.RivalSameProduct, Vocabulary.RivalOtherProduct, LeadElsewhere, ReferredElsewhere, AskedBefore,
        Vocabulary.Region, Vocabulary.PartnerTier, Vocabulary.PartnerType, Vocabulary.MotionActive, Vocabulary.Motion, Vocabulary.Certification, Vocabulary.CertifiedForProduct, OpenLeads, CapacityLeft, People,
        TerritoryMatch, CompetencyMatch, IndustryMatch, LanguageMatch,
    ];

    public static readonly IReadOnlyDictionary<string, FactKind> ByName = All.ToDictionary(f => f.Name);
}
