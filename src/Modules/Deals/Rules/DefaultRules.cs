using Trellis.Deals.Published;
using Trellis.Identity.Published;

namespace Trellis.Deals.Rules;

/// <summary>
/// The rules that a new tenant begins with. The order is the meaning: what protects an earlier claim stands first, what needs a person next, the highest role before the others so that
/// no lesser reason takes a case from it, and the last rule approves. The 90 and 30 days at a direct opportunity are those of published programs (docs: rules of engagement).
/// </summary>
internal static class DefaultRules
{
    public const string RivalSentence = "This customer is already protected for another partner until it is decided otherwise.";

    public static readonly RuleSetText Text = new()
    {
        Name = "Rules of engagement",
        DecideWithin = 2,
        Protection = new Dictionary<string, int> { ["registered"] = 60, ["silver"] = 90, ["gold"] = 120, ["platinum"] = 180 },
        Columns =
        [
            Vocabulary.OwnEarlier.Name, Vocabulary.RivalSameProduct.Name, Vocabulary.Renewal.Name, Vocabulary.RenewalGrowth.Name, Vocabulary.RivalIncumbent.Name, Vocabulary.DirectOpen.Name, Vocabulary.DirectAge.Name, Vocabulary.DirectStageAge.Name,
            Vocabulary.NamedAccount.Name, Vocabulary.EvidenceMissing.Name, Vocabulary.MotionActive.Name, Vocabulary.Account.Name, Vocabulary.RivalPending.Name, Vocabulary.RivalOtherProduct.Name, Vocabulary.LeadHolder.Name,
            Vocabulary.ExistingCustomer.Name, Vocabulary.PartnerTier.Name, Vocabulary.Amount.Name, Vocabulary.DaysToClose.Name, Vocabulary.EarlierProtection.Name,
        ],
        Rules =
        [
            Refuse("earlier-own", ReasonCode.DuplicateOfEarlierRegistration,
                "You have already registered this customer and product. Work on that registration; it stands as it is.",
                "The partner itself registered this customer and product before, and that registration is open.",
                (Vocabulary.OwnEarlier, "true")),
            Refuse("earlier-rival", ReasonCode.DuplicateOfEarlierRegistration,
                RivalSentence,
                "Another partner holds a valid claim on this customer and product; see the rival claims.",
                (Vocabulary.RivalSameProduct, "true")),
            new RuleText
            {
                Id = "renewal",
                When = new Dictionary<string, string> { [Vocabulary.Renewal.Name] = "true", [Vocabulary.RenewalGrowth.Name] = "<= 120" },
                Outcome = Outcome.Approve,
                ForPartner = "Approved: you renew what you have sold, and the customer is protected for you for {protection_days} days, until {protected_until}.",
                ForVendor = "The partner that sold it registers the renewal: the incumbent stands first, until {protected_until}.",
            },
            Review("incumbent-large", Roles.Executive,
                "Deals of this size are confirmed by a person. You hear within {decide_within}.",
                "The amount is {amount}, and another partner has lately sold this product to the customer and may renew it. Ask what the customer wants, then confirm who leads.",
                (Vocabulary.RivalIncumbent, "true"), (Vocabulary.Amount, "> 500000")),
            Review("incumbent-elsewhere", Roles.ChannelOperations,
                "A person looks at this registration within {decide_within}.",
                "Another partner has lately sold this product to the customer and may renew it. Ask what the customer wants before you decide.",
                (Vocabulary.RivalIncumbent, "true")),
            Refuse("direct-fresh", ReasonCode.ExistingDirectOpportunity,
                "Our direct team is already working on this with the customer.",
                "The direct opportunity is {direct_opportunity_age} days old, so it is not older than 90 days.",
                (Vocabulary.DirectOpen, "true"), (Vocabulary.DirectAge, "<= 90")),
            Review("large", Roles.Executive,
                "Deals of this size are confirmed by a person. You hear within {decide_within}.",
                "The amount is {amount}: confirm it, and agree on who leads.",
                (Vocabulary.Amount, "> 500000")),
            Review("direct-moving", Roles.ChannelOperations,
                "Our direct team knows this customer, so a person looks at who does what. You hear within {decide_within}.",
                "The direct opportunity is older than 90 days, but its stage moved {days_since_stage_moved} days ago. Decide: protect the partner, share, or refuse.",
                (Vocabulary.DirectOpen, "true"), (Vocabulary.DirectAge, "> 90"), (Vocabulary.DirectStageAge, "<= 30")),
            Review("direct-undated", Roles.ChannelOperations,
                "Our direct team knows this customer, so a person looks at who does what. You hear within {decide_within}.",
                "The direct opportunity carries no dates in the CRM. Ask its owner how alive it is.",
                (Vocabulary.DirectOpen, "true"), (Vocabulary.DirectAge, "null")),
            Review("named-account", Roles.ChannelOperations,
                "This customer is on the list of accounts that our direct team looks after. A person decides within {decide_within}.",
                "The customer is a named account: partners need an exception there.",
                (Vocabulary.NamedAccount, "true")),
            Review("evidence", Roles.PartnerManager,
                "Please be ready to tell more about your contact and what you have done: a person looks at it within {decide_within}.",
                "No verifiable contact, or no work shown.",
                (Vocabulary.EvidenceMissing, "true")),
            Review("motion", Roles.PartnerManager,
                "Your company has no active motion for selling yet, so your partner manager looks at it within {decide_within}.",
                "The partner has no active resell, referral or co-sell motion.",
                (Vocabulary.MotionActive, "false")),
            Review("account-unclear", Roles.PartnerManager,
                "We are checking which company in our records this is. You hear within {decide_within}.",
                "The customer resembles accounts in our records but is not clearly one of them. Choose the account, then decide.",
                (Vocabulary.Account, "\"possible\"")),
            Review("rival-pending", Roles.ChannelOperations,
                "A person looks at this registration within {decide_within}.",
                "Another partner's registration of this customer and product came first and still waits. Decide that one before this one.",
                (Vocabulary.RivalPending, "true")),
            Review("rival-other", Roles.ChannelOperations,
                "A person looks at this registration within {decide_within}.",
                "Another partner is protected at this customer for another product. Decide whether both can work there.",
                (Vocabulary.RivalOtherProduct, "true")),
            Review("lead-elsewhere", Roles.ChannelOperations,
                "A person looks at this registration within {decide_within}.",
                "Another partner has accepted a lead of this customer, and its protection lasts. Ask how far it has come before you decide.",
                (Vocabulary.LeadHolder, "\"another\"")),
            Review("existing-customer", Roles.PartnerManager,
                "The company is already our customer. Your partner manager looks at it within {decide_within}.",
                "Existing customer, and the partner's tier is {partner_tier}: check whether the account team sells this already.",
                (Vocabulary.ExistingCustomer, "true"), (Vocabulary.PartnerTier, "not(\"gold\", \"platinum\")")),
            Review("large-for-tier", Roles.PartnerManager,
                "At your tier, deals of this size are confirmed by your partner manager, within {decide_within}.",
                "The amount is {amount} and the tier {partner_tier}.",
                (Vocabulary.PartnerTier, "\"registered\""), (Vocabulary.Amount, "> 100000")),
            Review("far", Roles.PartnerManager,
                "The expected close is more than a year away. Your partner manager looks at it within {decide_within}.",
                "The expected close is {days_to_close} days away, longer than any protection.",
                (Vocabulary.DaysToClose, "> 365")),
            Review("renewal-larger", Roles.PartnerManager,
                "You renew clearly more than you have sold, so a person looks at it within {decide_within}.",
                "The partner renews what it has sold, with {renewal_growth} % of the amount that was won. Ask what has grown.",
                (Vocabulary.Renewal, "true")),
            Review("protected-before", Roles.PartnerManager,
                "You were protected for this customer and product before. A person looks at what has changed since, within {decide_within}.",
                "The partner was protected here for {earlier_protection_days} days before and has not won. Another full term is an extension: ask what has moved.",
                (Vocabulary.EarlierProtection, "> 30")),
            new RuleText
            {
                Id = "approve",
                When = new Dictionary<string, string>(),
                Outcome = Outcome.Approve,
                ForPartner = "Approved: the customer is protected for you for {protection_days} days, until {protected_until}.",
                ForVendor = "No claim, no direct opportunity and no exception stands against it: protected for {protection_days} days, until {protected_until}.",
            },
        ],
        Tests =
        [
            Test("A plain case is protected", Outcome.Approve, "approve"),
            Test("An earlier registration of its own is refused", Outcome.Refuse, "earlier-own", (Vocabulary.OwnEarlier, "true")),
            Test("A rival's claim holds, whatever the amount", Outcome.Refuse, "earlier-rival", (Vocabulary.RivalSameProduct, "true"), (Vocabulary.Amount, "9000000")),
            Test("A direct opportunity of 90 days is fresh", Outcome.Refuse, "direct-fresh", (Vocabulary.DirectOpen, "true"), (Vocabulary.DirectAge, "90"), (Vocabulary.DirectStageAge, "90")),
            Test("An older one that moved within 30 days needs a person", Outcome.Review, "direct-moving", (Vocabulary.DirectOpen, "true"), (Vocabulary.DirectAge, "91"), (Vocabulary.DirectStageAge, "30")),
            Test("A forgotten direct opportunity does not stand in the way", Outcome.Approve, "approve", (Vocabulary.DirectOpen, "true"), (Vocabulary.DirectAge, "91"), (Vocabulary.DirectStageAge, "31")),
            Test("A named account needs an exception", Outcome.Review, "named-account", (Vocabulary.NamedAccount, "true")),
            Test("A silver partner at an existing customer is looked at", Outcome.Review, "existing-customer", (Vocabulary.ExistingCustomer, "true"), (Vocabulary.PartnerTier, "\"silver\"")),
            Test("A gold partner at an existing customer is not", Outcome.Approve, "approve", (Vocabulary.ExistingCustomer, "true"), (Vocabulary.PartnerTier, "\"gold\"")),
            Test("A rival of an accepted lead is looked at", Outcome.Review, "lead-elsewhere", (Vocabulary.LeadHolder, "\"another\"")),
            Test("A renewal of about the same size is protected", Outcome.Approve, "renewal", (Vocabulary.Renewal, "true"), (Vocabulary.RenewalGrowth, "120"), (Vocabulary.Amount, "600000")),
            Test("A much larger one is looked at", Outcome.Review, "renewal-larger", (Vocabulary.Renewal, "true"), (Vocabulary.RenewalGrowth, "121")),
            Test("A second full term is looked at", Outcome.Review, "protected-before", (Vocabulary.EarlierProtection, "31")),
            Test("Half a million is still decided at once", Outcome.Approve, "approve", (Vocabulary.Amount, "500000"), (Vocabulary.PartnerTier, "\"gold\"")),
            Test("A large one without evidence is an executive's all the same", Outcome.Review, "large", (Vocabulary.Amount, "500000.01"), (Vocabulary.EvidenceMissing, "true")),
            Test("A large one beside a direct opportunity that moves is an executive's", Outcome.Review, "large", (Vocabulary.Amount, "500000.01"), (Vocabulary.DirectOpen, "true"), (Vocabulary.DirectAge, "91"), (Vocabulary.DirectStageAge, "30")),
            Test("A large one is refused where our direct team is at work", Outcome.Refuse, "direct-fresh", (Vocabulary.Amount, "500000.01"), (Vocabulary.DirectOpen, "true"), (Vocabulary.DirectAge, "30")),
            Test("A large one where another partner may renew is an executive's", Outcome.Review, "incumbent-large", (Vocabulary.Amount, "500000.01"), (Vocabulary.RivalIncumbent, "true")),
            Test("Half a million without evidence is the partner manager's", Outcome.Review, "evidence", (Vocabulary.Amount, "500000"), (Vocabulary.EvidenceMissing, "true"), (Vocabulary.PartnerTier, "\"silver\"")),
            Test("Above half a million an executive confirms", Outcome.Review, "large", (Vocabulary.Amount, "500000.01"), (Vocabulary.PartnerTier, "\"platinum\"")),
        ],
    };

    private static RuleTestText Test(string name, Outcome expect, string by, params (FactKind Fact, string Value)[] given) => new()
    {
        Name = name,
        Given = given.ToDictionary(g => g.Fact.Name, g => g.Value),
        Expect = expect,
        By = by,
    };

    private static RuleText Refuse(string id, ReasonCode reason, string forPartner, string forVendor, params (FactKind Fact, string Cell)[] when) => new()
    {
        Id = id,
        When = when.ToDictionary(w => w.Fact.Name, w => w.Cell),
        Outcome = Outcome.Refuse,
        Reason = reason,
        ForPartner = forPartner,
        ForVendor = forVendor,
    };

    private static RuleText Review(string id, string reviewer, string forPartner, string forVendor, params (FactKind Fact, string Cell)[] when) => new()
    {
        Id = id,
        When = when.ToDictionary(w => w.Fact.Name, w => w.Cell),
        Outcome = Outcome.Review,
        Reviewer = reviewer,
        ForPartner = forPartner,
        ForVendor = forVendor,
    };
}
