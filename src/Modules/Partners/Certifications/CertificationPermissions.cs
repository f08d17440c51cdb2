using Trellis.Identity.Published;
using Trellis.Kernel;

namespace Trellis.Partners.Certifications;

internal static class CertificationPermissions
{
    public static readonly Permission Enter = new(
        "partners.enter_certification", "Enter certifications", Roles.Administrator, Roles.ChannelOperations, Roles.PartnerManager, Roles.Enablement, Roles.PartnerAdmin, Roles.PartnerTechnical);

    public static readonly Permission Certify = new("partners.certify", "Confirm and revoke certifications", Roles.Administrator, Roles.ChannelOperations, Roles.PartnerManager, Roles.Enablement);

    public static readonly Permission[] All = [Enter, Certify];
}
