using Trellis.Kernel;

namespace Trellis.Accounts;

/// <summary>What amounts of a page are worth in the main currency: at the rate of their day, and nothing where none is known (docs/decisions/0009).</summary>
internal sealed class InMain
{
    private readonly RateBook _book;
    private readonly string _main;
    private readonly DateOnly _today;

    private InMain(RateBook book, string main, DateOnly today) => (_book, _main, _today) = (book, main, today);

    /// <summary>Rates are read only where an amount is of another currency.</summary>
    public static async Task<InMain> ReadAsync(Work work, IEnumerable<string> currencies, CancellationToken ct)
    {
        var main = work.Settings.Currency;
        return new InMain(currencies.All(c => c == main) ? RateBook.Empty : await work.RatesAsync(ct), main, work.Today);
    }

    /// <summary>Minor units of the main currency; without a day, of today.</summary>
    public long? Of(long? amount, string currency, DateOnly? day = null) => amount is { } minor ? _book.Convert(new Money(minor, currency), _main, day ?? _today)?.Minor : null;
}
