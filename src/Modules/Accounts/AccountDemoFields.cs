using System.Globalization;
using Trellis.Accounts.Contacts;
using Trellis.Accounts.Published;
using Trellis.Kernel;

namespace Trellis.Accounts;

/// <summary>What the demo company wants to know about accounts and opportunities besides.</summary>
internal static class AccountDemoFields
{
    private static readonly string[] Plans = ["Grow", "Keep", "Win back"];
    private static readonly string[] Tongues = ["English", "French", "German", "Spanish"];
    private static readonly string[] Support = ["Business hours", "Around the clock", "Community"];
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

    /// <summary>Of the people at accounts, and of products, as the CRM names them.</summary>
    public static async Task LoadAsync(Demo demo, IReadOnlyList<AccountContact> contacts, IReadOnlyList<Product> products, CancellationToken ct)
    {
        var chance = demo.Chance("contact fields");
        await demo.AddFieldAsync(demo.Field("contacts", "language", FieldKind.Choice, "Language", FieldSight.Staff, 10, true, "In which the person is written to.", Tongues), contacts.Select(c => (c.Id, chance.Next(3) > 0 ? Tongues[chance.Next(Tongues.Length)] : null)), ct);
        await demo.AddFieldAsync(demo.Field("products", "support", FieldKind.Choice, "Support level", FieldSight.PartnerReads, 10, true, "What comes with the product.", Support), products.Select(p => (p.Id, (string?)Support[chance.Next(Support.Length)])), ct);
    }
}
