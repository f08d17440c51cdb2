using System.Globalization;
using Trellis.Kernel;

namespace Trellis.Partners;

/// <summary>What the demo company wants to know about partners besides.</summary>
internal static class PartnerDemoFields
{
    private static readonly string[] Focus = ["Manufacturing", "Public sector", "Retail", "Health", "Finance"];

    private static readonly string[] Channels = ["Mail", "Phone", "Chat"];

    /// <summary>What is known of contacts besides.</summary>
    public static async Task ContactsAsync(Demo demo, IReadOnlyList<Contact> contacts, CancellationToken ct)
    {
        var chance = demo.Chance("partner contact fields");
        var channel = demo.Field(PartnerContactRecords.Name, "reached_by", FieldKind.Choice, "Best reached by", FieldSight.PartnerReads, 10, true, "How the person wants to be reached.", Channels);
        await demo.AddFieldAsync(channel, contacts.Select(c => (c.Id, chance.Next(10) < 6 ? Channels[chance.Next(Channels.Length)] : null)), ct);
        var topic = demo.Field(PartnerContactRecords.Name, "interested_in", FieldKind.Text, "Interested in", FieldSight.Staff, 20);
        await demo.AddFieldAsync(topic, contacts.Select(c => (c.Id, chance.Next(10) < 2 ? "Early access to new versions" : null)), ct);
    }

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
