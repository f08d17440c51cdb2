using Trellis.Kernel;

namespace Trellis.Partners.Published;

/// <summary>A plug: something that another module shows on a partner's 360° page. Register it as a scoped service.</summary>
public interface IPartnerPanel
{
    /// <summary>The heading.</summary>
    string Title { get; }

    /// <summary>Smaller stands higher.</summary>
    int Order { get; }

    /// <summary>Without it the panel is not shown; null for everybody who sees the partner.</summary>
    Permission? Permission { get; }

    /// <summary>A Razor component with the parameter <c>PartnerId Partner</c>.</summary>
    Type Component { get; }
}
