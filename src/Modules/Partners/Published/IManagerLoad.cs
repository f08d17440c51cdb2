using Trellis.Kernel;

namespace Trellis.Partners.Published;

/// <summary>A plug: what waits for partner managers in another module. Register it as a scoped service.</summary>
public interface IManagerLoad
{
    /// <summary>What is counted: <c>Registrations in review</c>.</summary>
    string Label { get; }

    /// <summary>Without it the figure is not shown.</summary>
    Permission Permission { get; }

    /// <summary>How much waits, by the manager of the partner; nobody’s stands under the empty identifier.</summary>
    Task<IReadOnlyDictionary<PersonId, int>> CountAsync(CancellationToken ct);
}
