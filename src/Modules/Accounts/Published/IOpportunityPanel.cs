using Trellis.Kernel;

namespace Trellis.Accounts.Published;

/// <summary>A plug: something that another module shows on an opportunity's page. Register it as a scoped service.</summary>
public interface IOpportunityPanel
{
    /// <summary>The heading.</summary>
    string Title { get; }

    /// <summary>Smaller stands higher.</summary>
    int Order { get; }

    /// <summary>Without it the panel is not shown; null for everybody who sees the opportunity.</summary>
    Permission? Permission { get; }

    /// <summary>A Razor component with the parameter <c>OpportunityId Opportunity</c>.</summary>
    Type Component { get; }
}
