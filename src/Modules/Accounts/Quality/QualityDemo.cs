using Trellis.Accounts.Merging;
using Trellis.Kernel;

namespace Trellis.Accounts.Quality;

/// <summary>What the demo company's data look like when all modules have filled theirs: pairs that are really found, checks that are really counted, and half a year of a team that cleans up.</summary>
internal static class QualityDemo
{
    private const int Weeks = 26;

    public static async Task LoadAsync(Demo demo, IServiceProvider services, CancellationToken ct)
    {
        await new FindDuplicates(demo.Work).RunAsync(ct);
        var counted = await CountQuality.NowAsync(demo.Work, ct);
        var chance = demo.Chance("accounts.quality");
        var today = DateOnly.FromDateTime(demo.Now);
        await demo.InsertAsync(counted.SelectMany(c => Enumerable.Range(0, Weeks).Select(week => Row(demo, c, today.AddDays(-7 * week), week, chance.NextDouble()))), ct);
    }

    private static QualityCount Row(Demo demo, Counted count, DateOnly day, int week, double chance)
    {
        // Each week back a few records more were open, some weeks fewer.
        var more = week == 0 ? 1 : 1 + (week * 0.035) + ((chance - 0.5) * 0.06);
        return new QualityCount
        {
            TenantId = demo.Tenant,
            Day = day,
            Code = count.Code,
            Failing = Math.Min(count.Total, (long)Math.Round(count.Failing * more)),
            Total = count.Total,
            Revenue = (long)(count.Revenue * more),
            Currency = count.Currency,
            At = demo.Now.AddDays(-7 * week),
        };
    }
}
