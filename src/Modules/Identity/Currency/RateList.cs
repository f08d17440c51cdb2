using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Identity.Currency;

/// <summary>A rate as lists and the API show it.</summary>
internal sealed record RateItem(string From, string To, DateOnly Day, decimal Rate, string Source, DateTime At);

/// <summary>The newest rate of a pair.</summary>
internal sealed record RatePair(string From, string To, DateOnly Day, decimal Rate, int Days);

/// <summary>Reading rates.</summary>
internal static class RateList
{
    public const int Most = 200;

    /// <summary>Rates of one currency or all, newest first, up to a day.</summary>
    public static async Task<IReadOnlyList<RateItem>> FindAsync(Work work, string? currency, DateOnly? until, CancellationToken ct)
    {
        var rows = work.Db.Set<RateRow>().AsNoTracking();
        if (Text.OrNull(currency) is { } code) rows = rows.Where(r => r.From == code || r.To == code);
        if (until is { } day) rows = rows.Where(r => r.Day <= day);
        var found = await rows.OrderByDescending(r => r.Day).ThenBy(r => r.From).ThenBy(r => r.To).Take(Most).ToListAsync(ct);
        return [.. found.Select(r => new RateItem(r.From, r.To, r.Day, r.Rate, r.Source, r.At))];
    }

    /// <summary>Each pair with its newest rate.</summary>
    public static async Task<IReadOnlyList<RatePair>> PairsAsync(Work work, CancellationToken ct)
    {
        var newest = await work.Db.Set<RateRow>().GroupBy(r => new { r.From, r.To }).Select(g => new { g.Key.From, g.Key.To, Day = g.Max(r => r.Day), Days = g.Count() }).ToListAsync(ct);
        var days = newest.Select(n => n.Day).Distinct().ToList();
        var rows = (await work.Db.Set<RateRow>().AsNoTracking().Where(r => days.Contains(r.Day)).ToListAsync(ct)).ToDictionary(r => (r.From, r.To, r.Day));
        return [.. newest.OrderBy(n => n.From, StringComparer.Ordinal).ThenBy(n => n.To, StringComparer.Ordinal).Select(n => new RatePair(n.From, n.To, n.Day, rows[(n.From, n.To, n.Day)].Rate, n.Days))];
    }

    public static IAsyncEnumerable<RateRow> All(Work work) => work.Db.Set<RateRow>().AsNoTracking().OrderBy(r => r.Day).ThenBy(r => r.From).ThenBy(r => r.To).AsAsyncEnumerable();

    public static string Show(decimal rate) => rate.ToString(rate >= 100 ? "#,0.00##" : "0.0000######", CultureInfo.CurrentCulture);
}
