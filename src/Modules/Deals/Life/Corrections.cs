using Trellis.Deals.Published;

namespace Trellis.Deals.Life;

/// <summary>What a partner can do about a refusal, by its reason.</summary>
internal static class Corrections
{
    public static string For(ReasonCode? reason) => reason switch
    {
        ReasonCode.DuplicateOfEarlierRegistration => "Another claim stands. Register again when it has ended, or name what makes yours another deal: another product or another company.",
        ReasonCode.ExistingDirectOpportunity => "Ask your partner manager whether you can work on it together with our direct team.",
        ReasonCode.NamedAccount => "Ask your partner manager for an exception before you send it again.",
        ReasonCode.NotAFit => "Say what has changed: another product, another size, another need of the customer.",
        ReasonCode.Incomplete => "Complete the fields, then send it again.",
        ReasonCode.NoVerifiableContact => "Name your contact with an e-mail address at the customer, and what you have done so far; then send it again.",
        ReasonCode.OutsideTerritory => "If the customer buys in your territory, correct the country and say so.",
        ReasonCode.NotCertified => "Send it again once somebody of your company holds the certification.",
        ReasonCode.AlreadyCustomer => "If it is another product or a new part of the company, say so and send it again.",
        _ => "Correct what the explanation names, then send it again.",
    };
}
