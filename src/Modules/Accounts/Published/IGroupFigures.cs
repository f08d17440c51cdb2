using Trellis.Kernel;

namespace Trellis.Accounts.Published;

/// <summary>A figure over a group of companies.</summary>
/// <param name="Label">Its name.</param>
/// <param name="Count">How many records.</param>
/// <param name="Amount">What they add up to, minor units of the main currency; null where they have no amount.</param>
/// <param name="Definition">What is counted.</param>
public sealed record GroupFigure(string Label, int Count, long? Amount, string Definition)
{
    /// <summary>Those whose amount has no rate: they are not in the sum.</summary>
    public int WithoutRate { get; init; }
}

/// <summary>A plug: what another module adds up over an account and everything below it. Register it as a scoped service.</summary>
public interface IGroupFigures
{
    /// <summary>Without it the figures are not shown; null for everybody who sees the account.</summary>
    Permission? Permission { get; }

    /// <summary>The figures over these accounts.</summary>
    Task<IReadOnlyList<GroupFigure>> OfAsync(IReadOnlyCollection<AccountId> accounts, CancellationToken ct);
}
