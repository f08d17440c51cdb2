using Trellis.Identity.Published;
using Trellis.Kernel;

namespace Trellis.Partners.Certifications;

internal static class CertificationPermissions
{
    public static readonly Permission Enter = new(
        "partners.enter_certification", "Enter certifications", Roles.Administrator, Roles.ChannelOperations, Roles.PartnerManager, Roles.PartnerAdmin);

    public static readonly Permission Certify = new("partners.certify", "Confirm and revoke certifications", Roles.Administrator, Roles.ChannelOperations, Roles.PartnerManager);

    public static readonly Permission[] All = [Enter, Certify];
}
