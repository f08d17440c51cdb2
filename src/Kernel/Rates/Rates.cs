using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;

namespace Trellis.Kernel;

/// <summary>The rates of the current tenant, read once for each state of them.</summary>
public sealed class Rates(Db db, CurrentActor current, ITenantSettings settings, RateShelf shelf)
{
    /// <summary>The book of all rates.</summary>
    public async Task<RateBook> BookAsync(CancellationToken ct)
    {
        var tenant = current.Actor.Tenant;
        var version = await db.Set<RateState>().AsNoTracking().Where(s => s.TenantId == tenant).Select(s => s.Version).SingleOrDefaultAsync(ct);
        var main = settings.Of(tenant).Currency;
        if (shelf.Find(tenant, version, main) is { } kept) return kept;
        var rows = version == 0 ? [] : await db.Set<RateRow>().AsNoTracking().ToListAsync(ct);
        return shelf.Keep(tenant, version, main, new RateBook(main, rows));
    }
}

/// <summary>Books that have been read, for as long as nothing changes.</summary>
public sealed class RateShelf
{
    private const int Most = 500;
    private readonly ConcurrentDictionary<TenantId, (long Version, string Main, RateBook Book)> _books = new();

    internal RateBook? Find(TenantId tenant, long version, string main) => _books.TryGetValue(tenant, out var kept) && kept.Version == version && kept.Main == main ? kept.Book : null;

    internal RateBook Keep(TenantId tenant, long version, string main, RateBook book)
    {
        if (_books.Count >= Most) _books.Clear();
        return (_books[tenant] = (version, main, book)).Book;
    }
}

/// <summary>
/// A record with an amount of its own currency that reports count in the main one: what it was worth on its day is written down with it, so that sums, order and filters
/// stay a matter of one column. Kept by every save, and anew when rates change.
/// </summary>
public interface IValued
{
    /// <summary>The amount in its own currency; null where it has none.</summary>
    Money? Worth { get; }

    /// <summary>The day whose rate counts.</summary>
    DateOnly WorthOn { get; }

    /// <summary>Minor units of the main currency; 0 where there is no amount, or no rate for it.</summary>
    long MainAmount { get; set; }

    /// <summary>There is an amount and no rate for it: it is shown as such and counts nowhere.</summary>
    bool NoRate { get; set; }
}

/// <summary>Valuing a record by a book, as every save does it.</summary>
public static class Valuing
{
    /// <summary>Writes down what the record is worth; true where that is something else than before.</summary>
    public static bool ValueBy(this IValued record, RateBook book, string main)
    {
        var worth = record.Worth;
        var value = worth is { } amount ? amount.Currency == main ? amount.Minor : book.Convert(amount, main, record.WorthOn)?.Minor : 0;
        var changed = (value ?? 0, value is null) != (record.MainAmount, record.NoRate);
        (record.MainAmount, record.NoRate) = (value ?? 0, value is null);
        return changed;
    }
}

/// <summary>Values a module's records anew when rates have changed; returns how many were changed.</summary>
public interface IRevalue
{
    /// <summary>Outside any transaction; opens its own, a part at a time, and values each by the rates that stand then.</summary>
    Task<int> RevalueAsync(string main, CancellationToken ct);
}
