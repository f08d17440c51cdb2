using System.Globalization;
using Trellis.Partners.Profiling;

namespace Trellis.Partners.Web;

/// <summary>Expertise as it is typed.</summary>
internal sealed class ExpertiseForm
{
    public string? Territories { get; set; }
    public string? Technologies { get; set; }
    public string? Locations { get; set; }
    public string? Founded { get; set; }
    public string? Customers { get; set; }
    public string? LeadCapacity { get; set; }
    public string? ProjectCapacity { get; set; }
    public string? SocialLinks { get; set; }
    public string? Followers { get; set; }
    public long? Version { get; set; }

    public static ExpertiseForm Of(ExpertiseDetails e) => new()
    {
        Territories = string.Join(", ", e.Territories),
        Technologies = string.Join(", ", e.Technologies),
        Locations = string.Join(", ", e.Locations),
        Founded = Text(e.Founded),
        Customers = Text(e.Customers),
        LeadCapacity = Text(e.LeadCapacity),
        ProjectCapacity = Text(e.ProjectCapacity),
        SocialLinks = string.Join("\n", e.SocialLinks),
        Followers = Text(e.Followers),
        Version = e.Version,
    };

    public ExpertiseChanges Changes() => new()
    {
        Territories = Territories ?? "",
        Technologies = Technologies ?? "",
        Locations = Locations ?? "",
        Founded = Number(Founded, 0),
        Customers = Number(Customers, 0),
        LeadCapacity = Number(LeadCapacity, -1),
        ProjectCapacity = Number(ProjectCapacity, -1),
        SocialLinks = SocialLinks ?? "",
        Followers = Number(Followers, 0),
        Version = Version,
    };

    private static string? Text(int? number) => number?.ToString(CultureInfo.InvariantCulture);

    // What is no number is refused with a message at the field.
    private static int Number(string? typed, int none) => string.IsNullOrWhiteSpace(typed) ? none
        : int.TryParse(typed.Replace(",", "").Replace(" ", ""), NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : int.MinValue;
}
