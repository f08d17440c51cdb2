using Trellis.Kernel;

namespace Trellis.Identity.Published;

/// <summary>Where the sign-in of a partner's own company is set up.</summary>
public static class PartnerSignIn
{
    internal const string OwnPath = "/portal/people/sign-in";

    /// <summary>The page, of the vendor or of the partner's own administrator, or null for those who may not.</summary>
    public static string? Href(Work work, PartnerId partner) => work.Actor switch
    {
        { IsPartner: true } actor => actor.Partner == partner && actor.May(IdentityPermissions.ProposeSignIn) ? OwnPath : null,
        var actor => actor.May(IdentityPermissions.ManageSignIn) ? $"/app/settings/partner-sign-in/{partner}" : null,
    };
}
