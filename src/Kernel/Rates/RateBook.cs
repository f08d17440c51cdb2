namespace Trellis.Kernel;

/// <summary>The rate that was found for a day.</summary>
/// <param name="Rate">One unit of the first currency in the second.</param>
/// <param name="Day">The day of the rate; of two legs the older.</param>
/// <param name="Via">The currency through which it goes, or null where it is direct.</param>
public sealed record RateQuote(decimal Rate, DateOnly Day, string? Via);

/// <summary>
/// All rates of a tenant, in memory. The one rule: the last rate known on or before the day; the pair as entered or turned round, whichever is newer; else through a
/// third currency, the main one first. A day before the first rate has none: nothing is guessed.
/// </summary>
public sealed class RateBook
{
    /// <summary>A book without rates.</summary>
    public static readonly RateBook Empty = new("", []);

    private readonly Dictionary<(string From, string To), List<(DateOnly Day, decimal Rate)>> _pairs;
    private readonly string _main;
    private readonly string[] _pivots;

    /// <param name="main">The main currency, the first to be gone through.</param>
    /// <param name="rows">The rates, in any order.</param>
    public RateBook(string main, IEnumerable<RateRow> rows)
    {
        _main = main;
        _pairs = rows.GroupBy(r => (r.From, r.To)).ToDictionary(g => g.Key, g => g.OrderBy(r => r.Day).Select(r => (r.Day, r.Rate)).ToList());
        // In one order for all, so that the same question always has the same answer.
        _pivots = [.. _pairs.Keys.SelectMany(p => new[] { p.From, p.To }).Distinct().OrderBy(c => c == main ? 0 : 1).ThenBy(c => c, StringComparer.Ordinal)];
    }

    /// <summary>Every currency that has a rate, and the main one.</summary>
    public IReadOnlyList<string> Currencies => [.. _pivots.Append(_main).Where(c => c.Length > 0).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>The rate of a day, or null where none is known.</summary>
    public RateQuote? At(string from, string to, DateOnly day)
    {
        if (from == to) return new RateQuote(1, day, null);
        if (Direct(from, to, day) is { } direct) return new RateQuote(direct.Rate, direct.Day, null);
        foreach (var pivot in _pivots)
        {
            if (pivot == from || pivot == to) continue;
            if (Direct(from, pivot, day) is { } first && Direct(pivot, to, day) is { } second)
                return new RateQuote(first.Rate * second.Rate, first.Day < second.Day ? first.Day : second.Day, pivot);
        }

        return null;
    }

    /// <summary>The amount in another currency at the rate of a day, half away from zero; null where no rate is known.</summary>
    public Money? Convert(Money amount, string to, DateOnly day) => At(amount.Currency, to, day) is { } quote ? amount.At(quote.Rate, to) : null;

    private (decimal Rate, DateOnly Day)? Direct(string from, string to, DateOnly day)
    {
        var (there, back) = (Last(from, to, day), Last(to, from, day));
        if (back is { } b && (there is null || b.Day > there.Value.Day)) return (1 / b.Rate, b.Day);
        return there is { } t ? (t.Rate, t.Day) : null;
    }

    private (DateOnly Day, decimal Rate)? Last(string from, string to, DateOnly day)
    {
        if (!_pairs.TryGetValue((from, to), out var rates)) return null;
        var (low, high) = (0, rates.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (rates[middle].Day <= day) low = middle + 1;
            else high = middle;
        }

        return low == 0 ? null : rates[low - 1];
    }
}
