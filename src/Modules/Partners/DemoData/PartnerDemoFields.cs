using System.Globalization;
using Trellis.Kernel;

namespace Trellis.Partners;

/// <summary>What the demo company wants to know about partners besides.</summary>
internal static class PartnerDemoFields
{
    private static readonly string[] Focus = ["Manufacturing", "Public sector", "Retail", "Health", "Finance"];

    public static async Task LoadAsync(Demo demo, IReadOnlyList<Partner> partners, CancellationToken ct)
    {
        var chance = demo.Chance("partner fields");
        var focus = demo.Field("partners", "focus", FieldKind.Choice, "Industry focus", FieldSight.PartnerWrites, 10, true, "The industry in which most of the customers are.", Focus);
        await demo.AddFieldAsync(focus, partners.Select(p => (p.Id, chance.Next(10) < 7 ? Focus[chance.Next(Focus.Length)] : null)), ct);
        var contract = demo.Field("partners", "contract_until", FieldKind.Date, "Contract until", FieldSight.PartnerReads, 20);
        await demo.AddFieldAsync(contract, partners.Select(p => (p.Id, (string?)demo.Now.AddDays(chance.Next(10, 700)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))), ct);
        var revenue = demo.Field("partners", "services_share", FieldKind.Number, "Services share of revenue, %", FieldSight.Staff, 30, help: "From the last business plan.");
        await demo.AddFieldAsync(revenue, partners.Select(p => (p.Id, chance.Next(10) < 5 ? chance.Next(5, 95).ToString(CultureInfo.InvariantCulture) : null)), ct);
    }
}
