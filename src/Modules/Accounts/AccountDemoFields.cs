using System.Globalization;
using Trellis.Accounts.Published;
using Trellis.Kernel;

namespace Trellis.Accounts;

/// <summary>What the demo company wants to know about accounts and opportunities besides.</summary>
internal static class AccountDemoFields
{
    private static readonly string[] Plans = ["Grow", "Keep", "Win back"];
    private static readonly string[] Forecasts = ["Commit", "Best case", "Pipeline"];

    public static async Task LoadAsync(Demo demo, IReadOnlyList<Account> accounts, IReadOnlyList<Opportunity> opportunities, CancellationToken ct)
    {
        var chance = demo.Chance("account fields");
        var some = accounts.Take(1500).Select(a => a.Id).ToList();
        await demo.AddFieldAsync(demo.Field("accounts", "account_plan", FieldKind.Choice, "Account plan", FieldSight.Staff, 10, true, "What the direct team wants with the customer this year.", Plans), some.Select(id => (id, chance.Next(2) == 0 ? Plans[chance.Next(Plans.Length)] : null)), ct);
        await demo.AddFieldAsync(demo.Field("accounts", "renewal_on", FieldKind.Date, "Renewal on", FieldSight.Staff, 20), some.Select(id => (id, chance.Next(3) == 0 ? demo.Now.AddDays(chance.Next(10, 500)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : null)), ct);
        var open = opportunities.Where(o => o.Stage is OpportunityStage.Prospecting or OpportunityStage.Engaging).Select(o => o.Id).ToList();
        await demo.AddFieldAsync(demo.Field("opportunities", "forecast", FieldKind.Choice, "Forecast", FieldSight.Staff, 10, true, "How sure the seller is.", Forecasts), open.Select(id => (id, chance.Next(3) > 0 ? Forecasts[chance.Next(Forecasts.Length)] : null)), ct);
    }
}
