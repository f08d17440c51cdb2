using Trellis.Kernel;

namespace Trellis.Identity.Currency;

/// <summary>Two years of rates for the demo: a random walk around believable levels, marked as the demo's own, since no published rate of a day to come exists.</summary>
internal static class DemoRates
{
    private static readonly (string To, decimal Start, double Step)[] Pairs = [("USD", 1.0800m, 0.0032), ("GBP", 0.8550m, 0.0024), ("CHF", 0.9500m, 0.0022), ("JPY", 160.00m, 0.0045), ("SEK", 11.300m, 0.0030)];

    /// <summary>The rates: those of euro, on working days, until the demo's present.</summary>
    public static IReadOnlyList<RateRow> Rows(Demo demo)
    {
        var (chance, rows) = (demo.Chance("rates"), new List<RateRow>());
        var today = DateOnly.FromDateTime(demo.Now);
        var levels = Pairs.Select(p => p.Start).ToArray();
        for (var day = today.AddDays(-760); day <= today; day = day.AddDays(1))
        {
            if (!WorkCalendar.Standard.IsWorkday(day)) continue;
            for (var i = 0; i < Pairs.Length; i++)
            {
                // Pulled back a little towards where it began, so that two years stay believable.
                var drift = (double)((Pairs[i].Start - levels[i]) / Pairs[i].Start) * 0.01;
                levels[i] = decimal.Round(levels[i] * (decimal)(1 + drift + (Pairs[i].Step * ((chance.NextDouble() * 2) - 1))), 4);
                rows.Add(new RateRow { TenantId = demo.Tenant, From = "EUR", To = Pairs[i].To, Day = day, Scaled = RateRow.Read(levels[i])!.Value, Source = "Demo, generated", At = demo.Now });
            }
        }

        return rows;
    }
}
