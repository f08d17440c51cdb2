using Trellis.Kernel;

namespace Trellis.Accounts;

/// <summary>What revenues of accounts are worth in the main currency: at today's rate, and nothing where none is known. Opportunities keep their worth themselves (docs/decisions/0009).</summary>
internal sealed class InMain
{
    private readonly RateBook _book;
    private readonly string _main;
    private readonly DateOnly _today;

    private InMain(RateBook book, string main, DateOnly today) => (_book, _main, _today) = (book, main, today);

    /// <summary>For amounts of any currency.</summary>
    public static async Task<InMain> ReadAsync(Work work, CancellationToken ct) => new(await work.RatesAsync(ct), work.Settings.Currency, work.Today);

    /// <summary>Rates are read only where an amount is of another currency.</summary>
    public static async Task<InMain> ReadAsync(Work work, IEnumerable<string> currencies, CancellationToken ct)
    {
        var main = work.Settings.Currency;
        return currencies.All(c => c == main) ? new InMain(RateBook.Empty, main, work.Today) : await ReadAsync(work, ct);
    }

    /// <summary>Minor units of the main currency.</summary>
    public long? Of(long? amount, string currency) => amount is { } minor ? _book.Convert(new Money(minor, currency), _main, _today)?.Minor : null;
}
