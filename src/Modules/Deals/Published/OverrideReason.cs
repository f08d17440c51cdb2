namespace Trellis.Deals.Published;

/// <summary>Why a person approved what the rules of engagement had refused.</summary>
public enum OverrideReason
{
    NewFacts,
    WrongRecords,
    RuleTooStrict,
    Goodwill,
    Other,
}

/// <summary>The reasons as people read them.</summary>
public static class OverrideReasons
{
    /// <summary>The words of a reason.</summary>
    public static string Label(OverrideReason reason) => reason switch
    {
        OverrideReason.NewFacts => "The partner brought new facts",
        OverrideReason.WrongRecords => "Our records were wrong",
        OverrideReason.RuleTooStrict => "The rule is too strict",
        OverrideReason.Goodwill => "Goodwill",
        _ => "Another reason",
    };
}
