using Trellis.Kernel;

namespace Trellis.Partners.Published;

/// <summary>What a check has found.</summary>
/// <param name="Clear">Whether nothing is left to do.</param>
/// <param name="Text">What is there, in one sentence without its full stop: it also stands in lists.</param>
/// <param name="Href">Where it is settled, or null.</param>
public sealed record OffboardingFinding(bool Clear, string Text, string? Href = null);

/// <summary>A plug: something that must be settled before a partnership ends. Register it as a scoped service.</summary>
public interface IOffboardingCheck
{
    /// <summary>A stable code such as <c>open_deals</c>.</summary>
    string Code { get; }

    /// <summary>What is to be done, as a line of a checklist.</summary>
    string Title { get; }

    /// <summary>Smaller stands higher.</summary>
    int Order { get; }

    /// <summary>Looks whether it is settled now.</summary>
    Task<OffboardingFinding> LookAsync(PartnerId partner, CancellationToken ct);
}
