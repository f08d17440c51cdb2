using Trellis.Accounts.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Life;

/// <summary>One field that shall differ.</summary>
/// <param name="Field">Its name in the input.</param>
/// <param name="Label">Its name for people.</param>
/// <param name="Key">Whether the approval rested on it.</param>
internal sealed record FieldChange(string Field, string Label, bool Key);

/// <summary>What a change of a registration means: pure.</summary>
internal static class Amendments
{
    /// <summary>An amount may grow by so much, in basis points of what was approved, before it is approved anew.</summary>
    public const int FreeGrowth = 2_500;

    /// <summary>
    /// Which fields differ. Customer, product, and an amount more than a quarter above the approved one carried the decision; everything else is
    /// the partner's to keep up to date. Growth is measured from the approved amount, so that small steps do not add up unseen; of what is not approved, every amount carries the
    /// decision.
    /// </summary>
    public static IReadOnlyList<FieldChange> Compare(DealFields now, DealFields wanted, long? approvedAmount)
    {
        List<FieldChange> changes = [];
        void Add(bool differs, string field, string label, bool key = false)
        {
            if (differs) changes.Add(new FieldChange(field, label, key));
        }

        Add(!Same(now.CustomerName, wanted.CustomerName), "customerName", "customer", true);
        Add(Domain(now) != Domain(wanted), "customerDomain", "web site", true);
        Add(!Same(now.Country?.ToUpperInvariant(), wanted.Country?.ToUpperInvariant()), "country", "country", true);
        Add(!Same(now.CustomerCity, wanted.CustomerCity), "customerCity", "city", true);
        Add(Tax(now.CustomerTaxNumber) != Tax(wanted.CustomerTaxNumber), "customerTaxNumber", "tax number", true);
        Add(now.Product != wanted.Product, "product", "product", true);
        var to = wanted.Amount ?? 0;
        // Another currency makes another amount of the same number.
        Add(wanted.Currency is not null && wanted.Currency != now.Currency, "currency", "currency", true);
        Add((now.Amount ?? 0) != to, "amount", "amount", approvedAmount is not { } from || to > from * (1 + (FreeGrowth / 10_000m)));
        // Who does not say leaves it as it is.
        Add(wanted.Motion is not null && now.Motion != wanted.Motion, "motion", "motion", true);
        Add(now.ExpectedClose != wanted.ExpectedClose, "expectedClose", "expected close");
        Add(!Same(now.ContactName, wanted.ContactName), "contactName", "contact");
        Add(!Same(now.ContactEmail?.ToLowerInvariant(), wanted.ContactEmail?.ToLowerInvariant()), "contactEmail", "contact’s e-mail");
        Add(!Same(now.WorkDone, wanted.WorkDone), "workDone", "what was done");
        Add(!Same(now.NextStep, wanted.NextStep), "nextStep", "next step");
        return changes;
    }

    /// <summary>The wanted fields with everything the approval rested on left as it is.</summary>
    public static DealFields Free(DealFields now, DealFields wanted, IReadOnlyList<FieldChange> changes) => wanted with
    {
        CustomerName = now.CustomerName,
        CustomerDomain = now.CustomerDomain,
        Country = now.Country,
        CustomerCity = now.CustomerCity,
        CustomerTaxNumber = now.CustomerTaxNumber,
        Product = now.Product,
        Currency = now.Currency,
        Motion = now.Motion,
        Amount = changes.Any(c => c is { Field: "amount", Key: true }) ? now.Amount : wanted.Amount,
        // Where no web site was named, the contact's address says which company it is.
        ContactEmail = now.CustomerDomain is null && Customer.Domain(wanted.ContactEmail) is not null ? now.ContactEmail : wanted.ContactEmail,
    };

    public static bool SameCustomer(Deal deal, DealFields wanted) => Same(deal.CustomerName, wanted.CustomerName) && deal.CustomerDomain == Domain(wanted) && Same(deal.Country, wanted.Country?.ToUpperInvariant())
        && Same(deal.CustomerCity, wanted.CustomerCity) && Tax(deal.CustomerTaxNumber) == Tax(wanted.CustomerTaxNumber);

    /// <summary>What the rules of engagement read: of what waits, such a change is decided anew.</summary>
    public static bool IsFact(FieldChange change) => change.Field != "nextStep";

    public static string Words(IEnumerable<FieldChange> changes) => string.Join(", ", changes.Select(c => c.Label));

    /// <summary>Another registration that is protected for this customer and product.</summary>
    public static async Task<Claim?> RivalAsync(Work work, Deal deal, CancellationToken ct) =>
        (await Claims.OnAsync(work, deal, ct)).FirstOrDefault(c => c.IsProtected(work.Today) && c.Covers(deal.ProductId) && Claims.Judge(Customer.Typed(deal), deal.AccountId, c) == Deals.SameCustomer.Yes);

    private static string? Domain(DealFields fields) => Customer.Domain(fields.CustomerDomain) ?? Customer.Domain(fields.ContactEmail);

    // One number written in two ways is one number; what is none is compared as it stands.
    private static string? Tax(string? number) => Customers.TaxKey(number) ?? Text.OrNull(number);

    private static bool Same(string? left, string? right) => Text.OrNull(left) == Text.OrNull(right);
}
