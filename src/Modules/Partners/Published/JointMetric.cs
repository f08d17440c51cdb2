using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;
using Trellis.Partners.Joint;

namespace Trellis.Partners.Published;

/// <summary>A month of value that partners have made together without the vendor.</summary>
public sealed record JointMonth(DateOnly Month, int Deals, long Amount);

/// <summary>K-47 of a window, in the main currency.</summary>
/// <param name="Deals">How many pieces of joint value both partners have agreed to.</param>
/// <param name="Amount">What they come to, minor units, each at the rate of its day.</param>
/// <param name="WithoutRate">How many have no rate for their day: they are counted and add nothing.</param>
/// <param name="Months">Each month of the window.</param>
public sealed record JointTotal(DateOnly From, DateOnly To, int Deals, long Amount, string Currency, int WithoutRate, IReadOnlyList<JointMonth> Months);

/// <summary>Value created between partners without the vendor: one definition, and the one place where it is computed. A partner reads that of which it is one of the two.</summary>
public static class JointMetric
{
    /// <summary>The identifier of the catalogue.</summary>
    public const string Id = "K-47";

    /// <summary>The name in addresses.</summary>
    public const string Slug = "partner-to-partner-value";

    /// <summary>The name for people.</summary>
    public const string Name = "Partner-to-partner value";

    /// <summary>What is counted, in words.</summary>
    public const string Definition = "Count and amount of what two partners have made together without us and both have agreed to, by the day on which it was made, in the main currency at the rate of that day.";

    /// <summary>The most years of one window.</summary>
    public const int MostYears = 10;

    /// <summary>The figure of a window, both days included.</summary>
    public static async Task<JointTotal> OfAsync(Work work, DateOnly from, DateOnly to, CancellationToken ct)
    {
        var (main, oldest) = (work.Settings.Currency, to.AddYears(-MostYears));
        if (from < oldest) from = oldest;
        var days = await work.Db.Set<JointValue>().AsNoTracking().Where(j => j.State == JointState.Agreed && j.PartnerId != j.WithId && j.On >= from && j.On <= to)
            .GroupBy(j => new { j.On, j.Currency }).Select(g => new { g.Key.On, g.Key.Currency, Deals = g.Count(), Amount = g.Sum(j => j.Amount) }).ToListAsync(ct);
        var book = days.TrueForAll(d => d.Currency == main) ? RateBook.Empty : await work.RatesAsync(ct);
        var valued = days.Select(d => (d.On, d.Deals, In: d.Currency == main ? d.Amount : book.Convert(new Money(d.Amount, d.Currency), main, d.On)?.Minor)).ToList();
        var byMonth = valued.ToLookup(v => new DateOnly(v.On.Year, v.On.Month, 1));
        var months = new List<JointMonth>();
        for (var month = new DateOnly(from.Year, from.Month, 1); month <= to; month = month.AddMonths(1))
            months.Add(new JointMonth(month, byMonth[month].Sum(v => v.Deals), byMonth[month].Sum(v => v.In ?? 0)));
        return new JointTotal(from, to, valued.Sum(v => v.Deals), valued.Sum(v => v.In ?? 0), main, valued.Where(v => v.In is null).Sum(v => v.Deals), months);
    }

    /// <summary>The last twelve months until today.</summary>
    public static (DateOnly From, DateOnly To) LastYear(DateOnly today) => (today.AddYears(-1).AddDays(1), today);
}
