using Trellis.Accounts.Published;
using Trellis.Kernel;

namespace Trellis.Deals;

/// <summary>How two registrations are known to name the same customer, apart from the account they were matched with: the same definitions by which accounts are found.</summary>
internal static class Customer
{
    /// <summary>Folded words without legal forms, in one order; a name that has no readable word is its own key.</summary>
    public static string Key(string name) => Customers.NameKey(name) is { Length: > 0 } key ? key : Text.Fold(name);

    /// <summary>The registrable domain of a web site or mail address, or null where there is none or anybody has an address there.</summary>
    public static string? Domain(string? typed) => Customers.Domain(typed);

    /// <summary>The customer as the partner wrote it.</summary>
    public static TypedCustomer Typed(Deal deal) => new(deal.CustomerName, deal.CustomerDomain, deal.Country, deal.CustomerTaxNumber, deal.CustomerCity);

    public static TypedCustomer Typed(DealFields fields) =>
        new(fields.CustomerName, Domain(fields.CustomerDomain) ?? Domain(fields.ContactEmail), Text.OrNull(fields.Country)?.ToUpperInvariant(), Text.OrNull(fields.CustomerTaxNumber), Text.OrNull(fields.CustomerCity));
}
