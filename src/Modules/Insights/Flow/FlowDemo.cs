using Trellis.Insights.Drops;
using Trellis.Insights.Forecasts;
using Trellis.Kernel;

namespace Trellis.Insights.Flow;

/// <summary>The demo's forecast and alerts, by the same rules from its own registrations.</summary>
internal static class FlowDemo
{
    public static async Task LoadAsync(Demo demo, CancellationToken ct)
    {
        await demo.InsertAsync([ComputeForecast.Run(demo.Tenant, await ComputeForecast.OfAsync(demo.Work, ct))], ct);
        var (counts, all, partners) = await WatchRegistrations.CountAsync(demo.Work, ct);
        List<(DropCount Count, double Chance)> found = [.. DropRules.Find(counts.Values.Where(c => partners.ContainsKey(c.Partner!.Value)))];
        if (DropRules.FellTogether(all)) found.Add((all, DropRules.Chance(all.Before, all.Now)));
        var last = DateOnly.FromDateTime(demo.Now).AddDays(-1);
        await demo.InsertAsync(found.Select(f => WatchRegistrations.Open(demo.Tenant, demo.NewId<AlertId>(demo.Now), demo.Now, last, f.Count, f.Chance)), ct);
    }
}
