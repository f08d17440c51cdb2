using System.Text.Json;
using Trellis.Kernel;

namespace Trellis.Insights.Fairness;

/// <summary>The demo's report, computed from its own deals and payments by the same rules; the demo's vendor shows it to its partners.</summary>
internal static class FairnessDemo
{
    public static async Task LoadAsync(Demo demo, CancellationToken ct)
    {
        var setting = new FairSetting { TenantId = demo.Tenant, Version = 1 };
        setting.Change(true, FairSetting.DefaultPaymentDays);
        var rows = FairRules.Rows(await ComputeFairness.FactsAsync(demo.Work, () => demo.NewId<FairRowId>(demo.Now), ct));
        await demo.InsertAsync([setting], ct);
        await demo.InsertAsync(rows, ct);
        await demo.InsertAsync([new FairRun { TenantId = demo.Tenant, ComputedAt = demo.Now, From = DateOnly.FromDateTime(demo.Now).AddYears(-1), To = DateOnly.FromDateTime(demo.Now), Figures = JsonSerializer.Serialize(FairFigures.Of(rows), Json.Options) }], ct);
    }
}
