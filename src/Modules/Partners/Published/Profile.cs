namespace Trellis.Partners.Published;

/// <summary>A partner's yearly revenue: below 1, 10, 50, 250 million US dollars, or above.</summary>
public enum RevenueBand
{
    Micro,
    Small,
    Medium,
    Large,
    Enterprise,
}
