using Trellis.Kernel;

namespace Trellis.Identity.Published;

/// <summary>Where the sign-in of a partner's own company is set up.</summary>
public static class PartnerSignIn
{
    /// <summary>The page, or null for those who may not.</summary>
    public static string? Href(Work work, PartnerId partner) => work.Actor.May(IdentityPermissions.ManageSignIn) && !work.Actor.IsPartner ? $"/app/settings/partner-sign-in/{partner}" : null;
}
