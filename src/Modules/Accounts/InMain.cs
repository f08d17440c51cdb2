using System.Linq.Expressions;
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

    /// <summary>What the revenue of an account is worth today, for the database to order by; nothing where none is known, or no rate is. It is not rounded: the order is the same.</summary>
    public Expression<Func<Account, double>> OfRevenue()
    {
        var account = Expression.Parameter(typeof(Account), "a");
        var currency = Expression.Property(account, nameof(Account.Currency));
        var amount = Expression.Convert(Expression.Coalesce(Expression.Property(account, nameof(Account.Revenue)), Expression.Constant(0L)), typeof(double));
        Expression worth = Expression.Constant(0d);
        // The main one is asked for first: most accounts are of it.
        foreach (var code in _book.Currencies.Where(c => c != _main).Append(_main))
        {
            if (_book.At(code, _main, _today) is not { } quote) continue;
            var minor = (double)(quote.Rate * Money.Scale(_main) / Money.Scale(code));
            // Captured, so that the database sees a parameter: its plan, and the cursors of the pages, outlive the rates of a day.
            Expression<Func<double>> rate = () => minor;
            worth = Expression.Condition(Expression.Equal(currency, Expression.Constant(code)), Expression.Multiply(amount, rate.Body), worth);
        }

        return Expression.Lambda<Func<Account, double>>(worth, account);
    }
}
