using Trellis.Deals.Published;
using Trellis.Deals.Rules;
using Trellis.Identity.Published;

namespace Trellis.Deals.Passing;

/// <summary>The rules of passing that a new tenant begins with, both directions: what refuses stands first, what needs a person next, and the last rule of each direction passes the lead on.</summary>
internal static class DefaultPassing
{
    private const string Answer = "Please answer within {answer_within} hours of working days. Once you accept, a person looks at every registration of this customer by others, for {protection_days} days.";
    private const string Looked = "A person of the vendor looks at it and answers by the day that stands here.";

    public static readonly RuleSetText Text = new()
    {
        Name = "Rules of passing leads",
        Kind = RuleKind.Passing,
        DecideWithin = 1,
        AnswerWithin = 24,
        Protection = new Dictionary<string, int> { ["registered"] = 30, ["silver"] = 45, ["gold"] = 60, ["platinum"] = 90 },
        Columns =
        [
            PassingVocabulary.Direction.Name, PassingVocabulary.AskedBefore.Name, Vocabulary.RivalSameProduct.Name, PassingVocabulary.LeadElsewhere.Name, PassingVocabulary.ReferredElsewhere.Name, Vocabulary.MotionActive.Name, PassingVocabulary.CapacityLeft.Name,
            PassingVocabulary.People.Name, Vocabulary.DirectOpen.Name, Vocabulary.NamedAccount.Name, Vocabulary.OwnedAccount.Name, PassingVocabulary.OpenLeads.Name, Vocabulary.OutsideTerritory.Name, Vocabulary.CertifiedForProduct.Name,
            Vocabulary.ExistingCustomer.Name, Vocabulary.Amount.Name,
        ],
        Rules =
        [
            Refuse("had-before", ReasonCode.NotAFit, "You have had this lead before.", "The partner has declined this lead, given it back or let it lapse.", ToPartner, (PassingVocabulary.AskedBefore, "true")),
            Refuse("protected-elsewhere", ReasonCode.DuplicateOfEarlierRegistration, "The customer is spoken for.", "The customer is protected for another partner and this product: that partner has it already.", ToPartner, (Vocabulary.RivalSameProduct, "true")),
            Refuse("lead-elsewhere", ReasonCode.DuplicateOfEarlierRegistration, "The customer is spoken for.", "Another partner has been offered a lead of this customer, or works on one.", ToPartner, (PassingVocabulary.LeadElsewhere, "true")),
            Refuse("no-motion", ReasonCode.NotAFit, "Your company has no active motion for selling.", "The partner has no active resell, referral, co-sell or marketplace motion.", ToPartner, (Vocabulary.MotionActive, "false")),
            Refuse("no-capacity", ReasonCode.NotAFit, "You have said that you cannot take more leads now.", "The partner has said how many leads it can take, and has as many.", ToPartner, (PassingVocabulary.CapacityLeft, "<= 0")),
            Refuse("nobody-there", ReasonCode.NotAFit, "Nobody at your company may answer.", "Nobody at the partner may answer a lead: invite a person first.", ToPartner, (PassingVocabulary.People, "0")),
            Review("direct-team", Roles.ChannelOperations, "A person of the vendor has looked at it first.", "The direct team has an open opportunity there. Agree with its owner before the lead goes out.", ToPartner, (Vocabulary.DirectOpen, "true")),
            Review("named", Roles.ChannelOperations, "A person of the vendor has looked at it first.", "The customer is a named account of the direct team.", ToPartner, (Vocabulary.NamedAccount, "true")),
            Review("busy", Roles.PartnerManager, "A person of the vendor has looked at it first.", "The partner has {open_leads} open leads.", ToPartner, (PassingVocabulary.OpenLeads, ">= 10")),
            Review("outside", Roles.PartnerManager, "A person of the vendor has looked at it first.", "The customer lies outside the partner's territories.", ToPartner, (Vocabulary.OutsideTerritory, "true")),
            Review("uncertified", Roles.PartnerManager, "A person of the vendor has looked at it first.", "The amount is {amount}, and nobody at the partner is certified for the product.", ToPartner, (Vocabulary.CertifiedForProduct, "false"), (Vocabulary.Amount, "> 100000")),
            new RuleText
            {
                Id = "pass-urgent", When = When(ToPartner, (Vocabulary.Amount, "> 250000")), Outcome = Outcome.Approve, AnswerWithin = 8,
                ForPartner = Answer, ForVendor = "A large lead: to be answered within {answer_within} hours of working days, and protected for {protection_days} days once accepted.",
            },
            new RuleText
            {
                Id = "pass", When = When(ToPartner), Outcome = Outcome.Approve,
                ForPartner = Answer, ForVendor = "To be answered within {answer_within} hours of working days, and protected for {protection_days} days once accepted.",
            },
            Refuse("vendor-protected", ReasonCode.DuplicateOfEarlierRegistration, "The customer is spoken for.", "The customer is protected for another partner and this product.", ToVendor, (Vocabulary.RivalSameProduct, "true")),
            Refuse("vendor-direct", ReasonCode.ExistingDirectOpportunity, "Our direct team is already working on this with the customer.", "The direct team has an open opportunity there.", ToVendor, (Vocabulary.DirectOpen, "true")),
            Review("vendor-referred-elsewhere", Roles.ChannelOperations, Looked, "Another partner has passed this customer to us before. Only one of them can be credited.", ToVendor, (PassingVocabulary.ReferredElsewhere, "true")),
            Review("vendor-lead-elsewhere", Roles.ChannelOperations, Looked, "Another partner has been offered a lead of this customer, or works on one.", ToVendor, (PassingVocabulary.LeadElsewhere, "true")),
            Review("vendor-named", Roles.ChannelOperations, Looked, "The customer is a named account of the direct team.", ToVendor, (Vocabulary.NamedAccount, "true")),
            Review("vendor-customer", Roles.PartnerManager, "The company is already our customer. Your partner manager looks at it and answers by the day that stands here.", "Existing customer: ask the account's owner whether this is new business.", ToVendor, (Vocabulary.ExistingCustomer, "true")),
            Review("vendor-owned", Roles.PartnerManager, Looked, "The account has an owner in our own team: ask whether this is news.", ToVendor, (Vocabulary.OwnedAccount, "true")),
            Review("vendor-no-motion", Roles.PartnerManager, "Your company has no active motion for selling yet, so your partner manager looks at it and answers by the day that stands here.", "The partner has no active motion by which a referral could be paid.", ToVendor, (Vocabulary.MotionActive, "false")),
            new RuleText
            {
                Id = "vendor-takes", When = When(ToVendor), Outcome = Outcome.Approve, ProtectionDays = 180, CreditBasisPoints = 10_000, Compensation = "referral_fee",
                ForPartner = "Thank you: we take it. For {protection_days} days it is noted as yours, with the terms that stand here; finance pays by them by hand.", ForVendor = "New business: taken at once, and noted as the partner’s for {protection_days} days. Finance pays by these terms by hand.",
            },
        ],
        Tests =
        [
            Test("A plain lead is passed on", Outcome.Approve, "pass", ToPartner, (Vocabulary.MotionActive, "true"), (PassingVocabulary.People, "2")),
            Test("A large one is answered sooner", Outcome.Approve, "pass-urgent", ToPartner, (Vocabulary.MotionActive, "true"), (Vocabulary.Amount, "250000.01"), (Vocabulary.CertifiedForProduct, "true")),
            Test("A partner that had it before does not get it again", Outcome.Refuse, "had-before", ToPartner, (PassingVocabulary.AskedBefore, "true")),
            Test("A protected customer is not passed to a rival", Outcome.Refuse, "protected-elsewhere", ToPartner, (Vocabulary.RivalSameProduct, "true")),
            Test("A full partner gets none", Outcome.Refuse, "no-capacity", ToPartner, (PassingVocabulary.CapacityLeft, "0")),
            Test("A named account needs a person", Outcome.Review, "named", ToPartner, (Vocabulary.NamedAccount, "true")),
            Test("A partner's lead is taken", Outcome.Approve, "vendor-takes", ToVendor, (Vocabulary.MotionActive, "true")),
            Test("Where the direct team works, it is not", Outcome.Refuse, "vendor-direct", ToVendor, (Vocabulary.DirectOpen, "true")),
            Test("A customer whom another partner has passed waits for a person", Outcome.Review, "vendor-referred-elsewhere", ToVendor, (PassingVocabulary.ReferredElsewhere, "true")),
            Test("A customer with whom another partner works waits for a person", Outcome.Review, "vendor-lead-elsewhere", ToVendor, (PassingVocabulary.LeadElsewhere, "true")),
            Test("Nobody takes a named account by passing it", Outcome.Review, "vendor-named", ToVendor, (Vocabulary.NamedAccount, "true"), (Vocabulary.MotionActive, "true")),
            Test("Nor one that has an owner", Outcome.Review, "vendor-owned", ToVendor, (Vocabulary.OwnedAccount, "true"), (Vocabulary.MotionActive, "true")),
            Test("At a customer a person looks", Outcome.Review, "vendor-customer", ToVendor, (Vocabulary.ExistingCustomer, "true")),
        ],
    };

    private static (FactKind, string) ToPartner => (PassingVocabulary.Direction, "\"to_partner\"");

    private static (FactKind, string) ToVendor => (PassingVocabulary.Direction, "\"to_vendor\"");

    private static Dictionary<string, string> When(params (FactKind Fact, string Cell)[] when) => when.ToDictionary(w => w.Fact.Name, w => w.Cell);

    private static RuleTestText Test(string name, Outcome expect, string by, params (FactKind Fact, string Value)[] given) => new() { Name = name, Given = When(given), Expect = expect, By = by };

    private static RuleText Refuse(string id, ReasonCode reason, string forPartner, string forVendor, params (FactKind Fact, string Cell)[] when) =>
        new() { Id = id, When = When(when), Outcome = Outcome.Refuse, Reason = reason, ForPartner = forPartner, ForVendor = forVendor };

    private static RuleText Review(string id, string reviewer, string forPartner, string forVendor, params (FactKind Fact, string Cell)[] when) =>
        new() { Id = id, When = When(when), Outcome = Outcome.Review, Reviewer = reviewer, ForPartner = forPartner, ForVendor = forVendor };
}
