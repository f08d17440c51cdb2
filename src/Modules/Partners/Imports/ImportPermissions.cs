using Trellis.Identity.Published;
using Trellis.Kernel;

namespace Trellis.Partners.Imports;

internal static class ImportPermissions
{
    public const string ImportCode = "partners.import";

    public static readonly Permission Import = new(ImportCode, "Import partners from files, and take it back", Roles.Administrator, Roles.ChannelOperations);
}
