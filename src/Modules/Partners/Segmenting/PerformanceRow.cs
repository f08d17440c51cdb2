using Trellis.Kernel;

namespace Trellis.Partners.Segmenting;

/// <summary>What a partner has achieved in the last twelve months, kept so that segments and lists can ask for it without counting deals.</summary>
internal sealed class PerformanceRow : ITenantOwned, IUnaudited
{
    public TenantId TenantId { get; init; }
    public PartnerId PartnerId { get; init; }

    /// <summary>K-56.</summary>
    public int Registrations { get; set; }

    /// <summary>K-01, minor units of the main currency.</summary>
    public long WonAmount { get; set; }

    /// <summary>K-30w in basis points; null where too few deals were decided.</summary>
    public int? WinBasisPoints { get; set; }

    /// <summary>The last day on which something happened with it, at any time.</summary>
    public DateOnly? LastActive { get; set; }

    public DateTime At { get; set; }
}
