using Trellis.Kernel;

namespace Trellis.Deals.Conflicts;

/// <summary>Conflicts in words: for the vendor's people with the sides, for a partner without naming anybody.</summary>
internal static class ConflictWords
{
    public static string Kind(ConflictKind kind) => kind switch
    {
        ConflictKind.PartnerPartner => "Partner and partner",
        ConflictKind.PartnerDirect => "Partner and direct team",
        ConflictKind.Credit => "Shares of the credit",
        _ => "Refusal disputed",
    };

    public static string KindForPartner(ConflictKind kind) => kind switch
    {
        ConflictKind.PartnerPartner => "Another claim on this customer",
        ConflictKind.PartnerDirect => "Our direct team and this customer",
        ConflictKind.Credit => "Shares of the credit",
        _ => "You disputed our refusal",
    };

    /// <summary>What the side is told that did not dispute: that it is disputed, never by whom.</summary>
    public static string ToldToPartner(ConflictKind kind) => kind switch
    {
        ConflictKind.PartnerPartner => "There is another claim on this customer.",
        ConflictKind.PartnerDirect => "Our direct team works at this customer as well.",
        ConflictKind.Credit => "The shares of the credit on this deal are disputed.",
        _ => "Our refusal of this registration is disputed.",
    };

    public static string Outcome(ConflictKind kind, ConflictOutcome outcome) => (kind, outcome) switch
    {
        (ConflictKind.Refusal, ConflictOutcome.ClaimantHolds) => "The refusal is lifted",
        (ConflictKind.Refusal, _) => "The refusal stands",
        (ConflictKind.PartnerDirect, ConflictOutcome.OtherHolds) => "The direct team goes on",
        (ConflictKind.PartnerDirect, ConflictOutcome.ClaimantHolds) => "The partner is protected",
        (ConflictKind.Credit, ConflictOutcome.Shared) => "The shares are set",
        (ConflictKind.Credit, _) => "The shares stay as they are",
        (_, ConflictOutcome.ClaimantHolds) => "The first side holds the protection",
        (_, ConflictOutcome.OtherHolds) => "The second side holds the protection",
        (_, ConflictOutcome.Shared) => "One holds it, the other is offered a share of the credit",
        (_, ConflictOutcome.NoneHolds) => "Neither is protected",
        _ => "No conflict: both stay as they are",
    };

    /// <summary>The outcome as one side reads it.</summary>
    public static string OutcomeFor(Conflict c, PartnerId partner) => (c.Kind, c.Outcome) switch
    {
        (_, null) => "",
        (ConflictKind.Refusal or ConflictKind.Credit, { } outcome) => Outcome(c.Kind, outcome),
        (ConflictKind.PartnerDirect, ConflictOutcome.OtherHolds) => "Our direct team goes on with this customer",
        (_, ConflictOutcome.Shared) => "The work is shared: one partner holds the protection, the other is offered a share of the credit",
        (_, ConflictOutcome.NoneHolds) => "Your registration is not protected",
        (_, ConflictOutcome.NoConflict) => "There was no conflict; your registration stays as it is",
        (_, ConflictOutcome.ClaimantHolds) when c.PartnerId == partner => "Your registration is protected",
        (_, ConflictOutcome.OtherHolds) when c.OtherPartnerId == partner => "Your registration is protected",
        _ => "Your registration is not protected",
    };

    public static string Next(ConflictState state, bool partner) => state switch
    {
        ConflictState.Suspected => "Somebody looks whether these are the same customer, and takes it up or closes it.",
        ConflictState.Disputed => partner ? "A person takes it up and asks both sides." : "Take it up, then ask both sides.",
        ConflictState.Mediated => partner ? "A person decides; you are told by mail." : "Decide, with a reason that both sides read.",
        ConflictState.Settled => partner ? "Nothing. You can appeal once." : "Nothing, unless a partner appeals.",
        _ => "",
    };

    public static string Trigger(string trigger) => trigger switch
    {
        "suspect" => "found it",
        "dispute" => "disputed",
        "mediate" => "took it up",
        "settle" => "settled it",
        _ => "appealed",
    };
}
