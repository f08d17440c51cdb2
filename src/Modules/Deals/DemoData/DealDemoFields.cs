using Trellis.Kernel;

namespace Trellis.Deals.DemoData;

/// <summary>What the demo company wants to know about deals besides.</summary>
internal static class DealDemoFields
{
    private static readonly string[] Rivals = ["Westwind", "Calder Systems", "An own development", "Nobody"];

    public static async Task LoadAsync(Demo demo, IReadOnlyList<DealStory> stories, CancellationToken ct)
    {
        var chance = demo.Chance("deal fields");
        var recent = stories.OrderByDescending(s => s.Deal.CreatedAt).Take(800).Select(s => s.Deal.Id).ToList();
        await demo.AddFieldAsync(demo.Field("deals", "competitor", FieldKind.Choice, "Competitor", FieldSight.PartnerWrites, 10, true, "Who else is in the race.", Rivals), recent.Select(id => (id, chance.Next(2) == 0 ? Rivals[chance.Next(Rivals.Length)] : null)), ct);
        await demo.AddFieldAsync(demo.Field("deals", "budget", FieldKind.YesNo, "Budget confirmed", FieldSight.PartnerWrites, 20), recent.Select(id => (id, chance.Next(3) switch { 0 => "yes", 1 => "no", _ => null })), ct);
    }
}
