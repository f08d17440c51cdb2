using System.Globalization;
using Trellis.Accounts.Published;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Deals.Web;

/// <summary>What stands in the registration form, as typed.</summary>
internal sealed class DealForm
{
    public string? CustomerName { get; set; }
    public string? CustomerDomain { get; set; }
    public string? CustomerCity { get; set; }
    public string? CustomerTaxNumber { get; set; }
    public string? Country { get; set; }
    public string? Product { get; set; }
    public string? Amount { get; set; }
    public string? Currency { get; set; }
    public string? ExpectedClose { get; set; }
    public string? ContactName { get; set; }
    public string? ContactEmail { get; set; }
    public string? WorkDone { get; set; }
    public string? NextStep { get; set; }
    public string? Motion { get; set; }
    public string? Reason { get; set; }

    /// <summary>The reseller for which a distributor registers.</summary>
    public string? For { get; set; }

    /// <summary>The second partner's web site, for a joint registration.</summary>
    public string? JointPartner { get; set; }

    public string? JointShare { get; set; }
    public long? Version { get; set; }

    /// <summary>The duplicates that were shown have been read.</summary>
    public bool Seen { get; set; }

    /// <summary><c>register</c> or <c>draft</c>.</summary>
    public string? Act { get; set; }

    public static DealForm Of(DealDetail deal) => new()
    {
        CustomerName = deal.CustomerName,
        CustomerDomain = deal.CustomerDomain,
        CustomerCity = deal.CustomerCity,
        CustomerTaxNumber = deal.CustomerTaxNumber,
        Country = deal.Country,
        Product = deal.Product?.ToString(),
        Amount = deal.Amount is null or 0 ? null : new Money(deal.Amount.Value, deal.Currency).Major.ToString(CultureInfo.InvariantCulture),
        Currency = deal.Currency,
        ExpectedClose = deal.ExpectedClose?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        ContactName = deal.ContactName,
        ContactEmail = deal.ContactEmail,
        WorkDone = deal.WorkDone,
        NextStep = deal.NextStep,
        Motion = deal.Motion is { } motion ? Words.Of(motion) : null,
        Version = deal.Version,
    };

    /// <summary>What a won deal is worth to be renewed.</summary>
    public static DealForm Renewal(DealDetail won, DateOnly today)
    {
        var form = Of(won);
        form.Amount = new Money(won.WonAmount ?? won.Amount ?? 0, won.Currency).Major.ToString(CultureInfo.InvariantCulture);
        form.ExpectedClose = (won.ClosedAt is { } closed && DateOnly.FromDateTime(closed).AddYears(1) > today ? DateOnly.FromDateTime(closed).AddYears(1) : today.AddDays(30)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        (form.Version, form.NextStep) = (null, null);
        return form;
    }

    /// <summary>A share as typed, in basis points.</summary>
    public static int? Share(string? typed) =>
        decimal.TryParse(typed?.Trim().TrimEnd('%').Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent) && percent <= 100 ? (int)Math.Round(percent * 100) : null;

    /// <summary>The typed text as values; what cannot be read is told at its field.</summary>
    public DealFields Read(string currency, Check check)
    {
        var own = Currencies.IsKnown(Text.OrNull(Currency)) ? Currency! : currency;
        var amount = Money.Parse(Amount, own);
        DateOnly? close = DateOnly.TryParse(ExpectedClose, CultureInfo.InvariantCulture, out var day) ? day : null;
        check.That(amount is not null || string.IsNullOrWhiteSpace(Amount), "amount", "This is no amount. Write it like 12,500 or 12500.50.");
        check.That(close is not null || string.IsNullOrWhiteSpace(ExpectedClose), "expectedClose", "This is no date. Write it like 2026-12-31.");
        return new DealFields
        {
            CustomerName = CustomerName ?? "",
            CustomerDomain = Text.OrNull(CustomerDomain),
            CustomerCity = Text.OrNull(CustomerCity),
            CustomerTaxNumber = Text.OrNull(CustomerTaxNumber),
            Country = Text.OrNull(Country),
            Product = Ids.Parse<ProductId>(Product),
            Amount = amount?.Minor,
            Currency = Text.OrNull(Currency),
            Motion = Words.Parse<Motion>(Motion),
            ExpectedClose = close,
            ContactName = Text.OrNull(ContactName),
            ContactEmail = Text.OrNull(ContactEmail),
            WorkDone = Text.OrNull(WorkDone),
            NextStep = Text.OrNull(NextStep),
        };
    }
}
