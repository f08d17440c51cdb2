using Trellis.Kernel;

namespace Trellis.Identity.Published;

/// <summary>Where more stands about a person whose name is shown.</summary>
public static class PersonLinks
{
    /// <summary>The page, or null for those who may not and where nobody is known.</summary>
    public static string? Href(Work work, PersonId? person) => person is { } one && work.Actor.May(IdentityPermissions.ViewPeople) && !work.Actor.IsPartner ? $"/app/people/{one}" : null;
}
