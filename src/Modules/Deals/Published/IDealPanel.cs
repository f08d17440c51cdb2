using Trellis.Kernel;

namespace Trellis.Deals.Published;

/// <summary>A plug: something that another module shows on a deal's page, of the vendor and of the partners on it. Register it as a scoped service.</summary>
public interface IDealPanel
{
    /// <summary>The heading.</summary>
    string Title { get; }

    /// <summary>Smaller stands higher.</summary>
    int Order { get; }

    /// <summary>Without it the panel is not shown; null for everybody who sees the deal.</summary>
    Permission? Permission { get; }

    /// <summary>A Razor component with the parameter <c>DealId Deal</c>.</summary>
    Type Component { get; }
}
