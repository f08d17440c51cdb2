using Trellis.Kernel;

namespace Trellis.Accounts.Published;

/// <summary>A plug: something that another module shows on an account's page. Register it as a scoped service.</summary>
public interface IAccountPanel
{
    /// <summary>The heading.</summary>
    string Title { get; }

    /// <summary>Smaller stands higher.</summary>
    int Order { get; }

    /// <summary>Without it the panel is not shown; null for everybody who sees the account.</summary>
    Permission? Permission { get; }

    /// <summary>A Razor component with the parameter <c>AccountId Account</c>.</summary>
    Type Component { get; }
}
