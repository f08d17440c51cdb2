using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Deals.Rules;

/// <summary>
/// A fact that rules may ask for. <paramref name="Own"/> says that a partner knows it about itself, so that a sentence for the partner may name
/// it; what is known from others' records may stand in sentences for the vendor only.
/// </summary>
/// <param name="Name">The name in tables and in stored decisions.</param>
/// <param name="Type">The type of its values.</param>
/// <param name="Label">The head of its column, and the subject of a sentence: <c>the amount</c>.</param>
/// <param name="Own">Whether the partner knows it.</param>
/// <param name="Unit">The unit of a number, for sentences.</param>
/// <param name="Allowed">All values of a text fact; empty for any.</param>
/// <param name="Yes">The sentence of a true boolean; without it the label “is yes”.</param>
/// <param name="No">The sentence of a false one; without it the label “is no”.</param>
internal sealed record FactKind(string Name, FactType Type, string Label, bool Own, string? Unit = null, string[]? Allowed = null, string? Yes = null, string? No = null)
{
    /// <summary>The head of its column in the language of the moment, where that is not its name.</summary>
    public string? Head { get; init; }

    /// <summary>Sentences of its values, where they say more than the label and the value.</summary>
    public IReadOnlyDictionary<string, string>? Said { get; init; }
}

/// <summary>All facts over which rules of engagement are written.</summary>
internal static class Vocabulary
{
    public static readonly string[] Tiers = [.. Enum.GetValues<Tier>().Select(Words.Of)];
    public static readonly string[] Regions = ["EMEA", "AMER", "APAC"];

    public static readonly IReadOnlyList<Partners.Published.Motion> Selling = Published.DealMotion.Selling;

    public static readonly FactKind Amount = new("amount", FactType.Number, "the amount", true);
    public static readonly FactKind Product = new("product", FactType.Text, "the product", true);
    public static readonly FactKind Series = new("product_series", FactType.Text, "the product series", true);
    public static readonly FactKind Region = new("region", FactType.Text, "the partner's region", true, Allowed: Regions);
    public static readonly FactKind PartnerTier = new("partner_tier", FactType.Text, "the partner's tier", true, Allowed: Tiers);
    public static readonly FactKind MotionActive = Flag("motion_active", true, "the partner has an active selling motion", "the partner has no active selling motion");
    public static readonly FactKind DaysToClose = new("days_to_close", FactType.Number, "the expected close", true, "days from now");
    public static readonly FactKind EvidenceMissing = Flag("evidence_missing", true, "no verifiable contact or work is shown", "a contact and the work done are shown");
    public static readonly FactKind OwnEarlier = Flag("own_earlier_registration", true, "the partner has already registered this customer and product", "the partner has not registered this customer and product before");
    public static readonly FactKind RivalSameProduct = Flag("rival_same_product", true, "the customer is already protected for another partner for this product", "no other partner is protected for this customer and product");
    public static readonly FactKind RivalOtherProduct = Flag("rival_other_product", false, "another partner is protected at this customer for another product", "no other partner is protected at this customer for another product");
    public static readonly FactKind RivalPending = Flag("rival_pending", false, "another partner's registration of this customer and product waits for a decision", "no other partner's registration of this customer and product waits");
    public static readonly FactKind Renewal = Flag("renewal", true, "the partner renews what it has sold to the customer", "it is not a renewal");
    public static readonly FactKind RenewalGrowth = new("renewal_growth", FactType.Number, "the renewal's amount against the amount won", true, "percent");
    public static readonly FactKind EarlierProtection = new("earlier_protection_days", FactType.Number, "the earlier protection for this customer and product", true, "days");
    public static readonly FactKind RivalIncumbent = Flag("rival_incumbent", false, "another partner has lately sold this product to the customer", "no other partner has lately sold this product to the customer");
    public static readonly FactKind Account = new("account", FactType.Text, "the customer in our records", false, Allowed: ["found", "possible", "new"])
    {
        Said = new Dictionary<string, string>
        {
            ["found"] = "the customer is one of our accounts", ["possible"] = "the customer may be one of our accounts, and a person must tell which", ["new"] = "the customer is none of our accounts",
        },
    };

    public static readonly FactKind NamedAccount = Flag("named_account", true, "the customer is a named account of the direct team", "the customer is no named account");
    public static readonly FactKind OwnedAccount = Flag("owned_account", false, "a direct seller owns the account", "no direct seller owns the account");
    public static readonly FactKind ExistingCustomer = Flag("existing_customer", true, "the company is already a customer", "the company is not a customer yet");
    public static readonly FactKind DirectOpen = Flag("direct_opportunity_open", true, "the direct team has an open opportunity with the customer for this product", "the direct team has no open opportunity with the customer for this product");
    public static readonly FactKind DirectAge = new("direct_opportunity_age", FactType.Number, "the direct opportunity's age", false, "days");
    public static readonly FactKind DirectStageAge = new("days_since_stage_moved", FactType.Number, "the time since its stage moved", false, "days");

    public static readonly FactKind PartnerType = new("partner_type", FactType.Text, "the partner's type", true, Allowed: [.. Enum.GetValues<Partners.Published.PartnerType>().Select(Words.Of)]);
    public static readonly FactKind Motion = new("motion", FactType.Text, "the motion in which the partner sells", true, Allowed: [.. Selling.Select(Words.Of), "none"]);
    public static readonly FactKind Certification = new("certification", FactType.Text, "the partner's highest certification in force", true, Allowed: ["none", .. Enum.GetValues<CertificationLevel>().Select(Words.Of)]);
    public static readonly FactKind CertifiedForProduct = Flag("certified_for_product", true, "somebody at the partner is certified for the product or its series", "nobody at the partner is certified for the product or its series");
    public static readonly FactKind Employees = new("partner_employees", FactType.Number, "the partner's size", true, "people");
    public static readonly FactKind PartnerDays = new("days_as_partner", FactType.Number, "the time as a partner", true, "days");
    public static readonly FactKind CustomerCountry = new("customer_country", FactType.Text, "the customer's country", true);
    public static readonly FactKind Territory = new("territory", FactType.Text, "the customer's territory", true, Allowed: Regions);
    public static readonly FactKind OutsideTerritory = Flag("outside_territory", true, "the customer lies outside the partner's territories", "the customer lies in the partner's territories");
    public static readonly FactKind Segment = new("segment", FactType.Text, "the customer's sector in our records", false);
    public static readonly FactKind AccountOwner = new("account_owner", FactType.Text, "the account's owner", false);
    public static readonly FactKind RivalClaims = new("rival_claims", FactType.Number, "the number of other partners' living registrations of the customer", false);
    public static readonly FactKind DirectActivity = new("days_since_direct_activity", FactType.Number, "the time since the direct team last moved anything at the customer", false, "days");

    public static readonly FactKind LeadHolder = new("lead_holder", FactType.Text, "who works on an accepted lead of the customer", false, Allowed: ["none", "this_partner", "another"])
    {
        Said = new Dictionary<string, string>
        {
            ["none"] = "nobody works on an accepted lead of the customer", ["this_partner"] = "the partner itself has accepted a lead of the customer", ["another"] = "another partner has accepted a lead of the customer",
        },
    };

    /// <summary>Who holds the customer relation; no sentence for a partner names it, since it may be another partner.</summary>
    public static readonly FactKind RelationHolder = new("relation_holder", FactType.Text, "the holder of the customer relation", false, Allowed: ["none", "vendor", "this_partner", "other_partner", "shared"])
    {
        Said = new Dictionary<string, string>
        {
            ["none"] = "nobody is recorded as holding the customer relation", ["vendor"] = "the vendor holds the customer relation", ["this_partner"] = "the partner holds the customer relation",
            ["other_partner"] = "another partner holds the customer relation", ["shared"] = "the vendor and the partner hold the customer relation together",
        },
    };

    public static readonly FactKind[] All =
    [
        Amount, Product, Series, Region, PartnerTier, MotionActive, DaysToClose, EvidenceMissing, OwnEarlier, RivalSameProduct, RivalOtherProduct, RivalPending, Renewal, RivalIncumbent,
        Account, NamedAccount, OwnedAccount, ExistingCustomer, DirectOpen, DirectAge, DirectStageAge,
        PartnerType, Motion, Certification, CertifiedForProduct, Employees, PartnerDays, CustomerCountry, Territory, OutsideTerritory, Segment, AccountOwner, RivalClaims, DirectActivity,
        LeadHolder, RelationHolder, RenewalGrowth, EarlierProtection,
    ];

    public static readonly IReadOnlyDictionary<string, FactKind> ByName = All.ToDictionary(f => f.Name);

    private static FactKind Flag(string name, bool own, string yes, string no) => new(name, FactType.Boolean, yes, own, Yes: yes, No: no);
}

/// <summary>The facts of one case, by name; a fact that is not there is unknown.</summary>
internal sealed class FactSet
{
    private readonly SortedDictionary<string, FactValue> _values;

    public FactSet(IEnumerable<KeyValuePair<string, FactValue>> values) => _values = new(values.ToDictionary(), StringComparer.Ordinal);

    public FactValue this[string name] => _values.GetValueOrDefault(name);

    public FactValue this[FactKind kind] => this[kind.Name];

    public IReadOnlyDictionary<string, FactValue> All => _values;

    /// <summary>The stored form; the same facts always give the same bytes.</summary>
    public string ToJson() => System.Text.Json.JsonSerializer.Serialize(_values, Json.Options);

    public static FactSet FromJson(string json) => new(System.Text.Json.JsonSerializer.Deserialize<Dictionary<string, FactValue>>(json, Json.Options)!);
}
