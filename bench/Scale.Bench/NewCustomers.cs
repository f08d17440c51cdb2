using Trellis.Compute.Matching;

namespace Trellis.Scale.Bench;

/// <summary>What partners register: customers that nobody knows, accounts as they stand in the list, and accounts as people write them.</summary>
internal sealed class NewCustomers
{
    private readonly List<CompanyRecord> _strangers;
    private readonly List<CompanyRecord> _written;
    private readonly string _product;
    private int _next;

    public NewCustomers(Sizes sizes, string product, int count, int seed)
    {
        _product = product;
        _strangers = CompanySpellings.List(count, seed);
        _written = [.. CompanySpellings.Writings(sizes.Accounts, Sizes.Seed, Math.Min(count, 2000), seed + 1).Where(w => w.How is not null).Select(w => w.Asked)];
    }

    private static string Word(string name) => string.Concat(name.Where(char.IsAsciiLetter).Take(12)).ToLowerInvariant();

    /// <summary>The body of the next registration; two of three are of customers that nobody knows.</summary>
    public object Next()
    {
        var number = Interlocked.Increment(ref _next);
        var company = number % 3 == 0 ? _written[number / 3 % _written.Count] : _strangers[number % _strangers.Count];
        return new
        {
            customerName = company.Name,
            country = company.Country ?? "DE",
            product = _product,
            amount = 4_200_000,
            expectedClose = DateOnly.FromDateTime(DateTime.UtcNow).AddDays(120),
            contactName = "Robin Buyer",
            contactEmail = $"robin@{Word(company.Name!)}{number}.example",
            workDone = "Two workshops with the head of operations; the requirements are written down.",
            nextStep = "Offer by the end of the month.",
        };
    }
}
