using Trellis.Kernel;

namespace Trellis.Identity.Settings;

/// <summary>Whose a host name is, once it is proved; unique in the installation.</summary>
[Directory]
internal sealed class TenantHost
{
    public required string Host { get; init; }
    public TenantId TenantId { get; init; }
    public DateTime Since { get; init; }
}
