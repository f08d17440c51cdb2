namespace Trellis.Deals.Published;

/// <summary>Why a registration was refused or revoked.</summary>
public enum ReasonCode
{
    DuplicateOfEarlierRegistration,
    ExistingDirectOpportunity,
    NamedAccount,
    NotAFit,
    Incomplete,
    NoVerifiableContact,
    OutsideTerritory,
    NotCertified,
    AlreadyCustomer,

    /// <summary>Needs a text.</summary>
    Other,
}

/// <summary>Reason codes as people read them.</summary>
public static class ReasonCodes
{
    /// <summary>The words of a reason code.</summary>
    public static string Label(ReasonCode code) => code switch
    {
        ReasonCode.DuplicateOfEarlierRegistration => "Duplicate of an earlier registration",
        ReasonCode.ExistingDirectOpportunity => "Existing direct opportunity",
        ReasonCode.NamedAccount => "Named account",
        ReasonCode.NotAFit => "Not a fit",
        ReasonCode.Incomplete => "Incomplete",
        ReasonCode.NoVerifiableContact => "No verifiable contact or work shown",
        ReasonCode.OutsideTerritory => "Outside your territory",
        ReasonCode.NotCertified => "Not certified",
        ReasonCode.AlreadyCustomer => "Already a customer",
        _ => "Other reason",
    };
}
