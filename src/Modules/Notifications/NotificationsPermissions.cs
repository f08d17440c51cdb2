using Trellis.Identity.Published;
using Trellis.Kernel;

namespace Trellis.Notifications;

/// <summary>The permissions of this module; pages name them by code in <c>@attribute [Requires(...)]</c>.</summary>
internal static class NotificationsPermissions
{
    public const string ReadCode = "notifications.read";

    public static readonly Permission Read = new(ReadCode, "Read own notifications and choose how they arrive", Roles.All);
}
