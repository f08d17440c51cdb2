namespace Trellis.Accounts.Published;

/// <summary>
/// A plug: tells which of the vendor's records another module's records stand on, so that nobody takes them away beneath it. Register it as a scoped service.
/// </summary>
public interface ICrmUse
{
    /// <summary>What stands on them, in words: <c>a deal</c>.</summary>
    string What { get; }

    /// <summary>Those of the accounts that are in use.</summary>
    Task<IReadOnlyCollection<AccountId>> AccountsAsync(IReadOnlyCollection<AccountId> accounts, CancellationToken ct);

    /// <summary>Those of the opportunities that are in use.</summary>
    Task<IReadOnlyCollection<OpportunityId>> OpportunitiesAsync(IReadOnlyCollection<OpportunityId> opportunities, CancellationToken ct);

    /// <summary>Those of the products that are in use.</summary>
    Task<IReadOnlyCollection<ProductId>> ProductsAsync(IReadOnlyCollection<ProductId> products, CancellationToken ct);
}
