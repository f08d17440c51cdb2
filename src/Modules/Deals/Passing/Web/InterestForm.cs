using Trellis.Accounts.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Passing.Web;

/// <summary>A customer's interest as it is typed.</summary>
internal sealed class InterestForm
{
    public string? CustomerName { get; set; }
    public string? CustomerDomain { get; set; }
    public string? CustomerCity { get; set; }
    public string? Country { get; set; }
    public string? ContactName { get; set; }
    public string? ContactEmail { get; set; }
    public string? Product { get; set; }
    public string? Need { get; set; }
    public string? Amount { get; set; }
    public string? Currency { get; set; }

    /// <summary>The partner that shall have it.</summary>
    public string? Partner { get; set; }

    /// <summary>One that does not stand in the proposal.</summary>
    public string? Other { get; set; }

    /// <summary>The opportunity that it comes from.</summary>
    public string? Opportunity { get; set; }

    /// <summary><c>look</c> or <c>pass</c>.</summary>
    public string? Act { get; set; }

    public static InterestForm Of(AccountRow account) => new() { CustomerName = account.Name, CustomerDomain = account.Domain, CustomerCity = account.City, Country = account.Country };

    /// <summary>The typed text as values; what cannot be read is told at its field.</summary>
    public Interest Read(string main, Check check)
    {
        var currency = Currencies.IsKnown(Kernel.Text.OrNull(Currency)) ? Currency! : main;
        var amount = Money.Parse(Amount, currency);
        check.That(amount is not null || string.IsNullOrWhiteSpace(Amount), "amount", "This is no amount. Write it like 12,500 or 12500.50.");
        return new Interest
        {
            CustomerName = CustomerName ?? "", CustomerDomain = Kernel.Text.OrNull(CustomerDomain), CustomerCity = Kernel.Text.OrNull(CustomerCity), Country = Kernel.Text.OrNull(Country), ContactName = Kernel.Text.OrNull(ContactName),
            ContactEmail = Kernel.Text.OrNull(ContactEmail), Product = Ids.Parse<ProductId>(Product), Need = Need ?? "", Amount = amount?.Minor, Currency = currency,
        };
    }
}
