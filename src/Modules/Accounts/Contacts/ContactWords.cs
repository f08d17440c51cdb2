using Trellis.Kernel;
using Trellis.Ui;

namespace Trellis.Accounts.Contacts;

/// <summary>The roles of a buying committee in words.</summary>
internal static class ContactWords
{
    public static readonly Option[] Roles = [.. Enum.GetValues<BuyingRole>().Select(r => new Option(Words.Of(r), Label(r), Help(r)))];

    public static readonly Option[] Consents = [.. Enum.GetValues<ContactConsent>().Select(c => new Option(Words.Of(c), Label(c)))];

    public static string Label(BuyingRole role) => role == BuyingRole.Unknown ? "Role not known" : Words.Label(role);

    public static string Label(ContactConsent consent) => consent switch
    {
        ContactConsent.Given => "May be contacted",
        ContactConsent.Refused => "Must not be contacted",
        _ => "Consent not known",
    };

    public static Tone Tone(BuyingRole role) => role switch
    {
        BuyingRole.Champion => Ui.Tone.Good,
        BuyingRole.Blocker => Ui.Tone.Bad,
        BuyingRole.EconomicBuyer or BuyingRole.DecisionMaker => Ui.Tone.Info,
        _ => Ui.Tone.Neutral,
    };

    public static Tone Tone(ContactConsent consent) => consent switch { ContactConsent.Given => Ui.Tone.Good, ContactConsent.Refused => Ui.Tone.Bad, _ => Ui.Tone.Neutral };

    private static string? Help(BuyingRole role) => role switch
    {
        BuyingRole.EconomicBuyer => "Has the money and signs",
        BuyingRole.DecisionMaker => "Makes or carries the decision",
        BuyingRole.Champion => "Wants us to win and says so",
        BuyingRole.TechnicalEvaluator => "Judges whether it works",
        BuyingRole.EndUser => "Works with it afterwards",
        BuyingRole.Blocker => "Is against it",
        _ => null,
    };
}
