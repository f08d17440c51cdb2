namespace Trellis.Deals.Published;

/// <summary>Permissions of Deals by which other modules decide what they offer somebody to do.</summary>
public static class DealCodes
{
    /// <summary>Register deals, and answer for the partner what is asked about them.</summary>
    public const string Register = "deals.register";
}
