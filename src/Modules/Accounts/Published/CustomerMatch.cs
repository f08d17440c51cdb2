namespace Trellis.Accounts.Published;

/// <summary>A customer as somebody types it.</summary>
/// <param name="Name">The company's name.</param>
/// <param name="Domain">Web site, e-mail address or domain, or null.</param>
/// <param name="Country">ISO 3166-1 alpha-2, or null.</param>
/// <param name="TaxNumber">VAT or registration number, or null.</param>
/// <param name="City">The town of its seat, or null.</param>
public sealed record TypedCustomer(string Name, string? Domain, string? Country, string? TaxNumber = null, string? City = null);

/// <summary>An account that may be the typed customer.</summary>
/// <param name="Account">The account.</param>
/// <param name="Name">Its name.</param>
/// <param name="Score">0 to 1: how likely it is the same company.</param>
/// <param name="Reasons">Why, in words.</param>
public sealed record CustomerMatch(AccountId Account, string Name, double Score, IReadOnlyList<string> Reasons);
