using Trellis.Kernel;
using Trellis.Receipts.Published;

namespace Trellis.Receipts;

/// <summary>
/// Receipts of what the demo's other modules have told: signed with this installation's own key, sealed a few seconds after each act, and a root published
/// for every day that is over.
/// </summary>
internal sealed class ReceiptsDemo(Demo demo, SigningKeys keys)
{
    public async Task LoadAsync(CancellationToken ct)
    {
        var told = demo.Gather<NewReceipt>().Where(r => r.At is not null && r.At < demo.Now).OrderBy(r => r.At).ToList();
        if (told.Count == 0) return;
        var key = await keys.CurrentAsync(demo.Work, ct, told[0].At!.Value.AddDays(-1));
        var receipts = told.Select(r => Receipt.Of(demo.Tenant, demo.NewId<ReceiptId>(r.At!.Value), r.At.Value, r, key)).ToList();
        List<Link> links = [];
        foreach (var receipt in receipts)
            links.AddRange(Sealing.Links(demo.Tenant, links.LastOrDefault(), [new(receipt.Id, receipt.Content)], Earlier(receipt.At.AddSeconds(3), demo.Now)));

        List<DayRoot> roots = [];
        foreach (var day in links.GroupBy(l => l.Day).Where(d => d.Key < DateOnly.FromDateTime(demo.Now)))
            roots.Add(Sealing.Root(demo.Tenant, day.Key, [.. day], roots.LastOrDefault(), key, day.Key.AddDays(1).ToDateTime(new TimeOnly(0, 0, 3), DateTimeKind.Utc)));
        await demo.InsertAsync(receipts, ct);
        await demo.InsertAsync(links, ct);
        await demo.InsertAsync(roots, ct);
        demo.Work.Note("receipts.demo", "receipts_receipt", "demo", new { receipts = receipts.Count });
    }

    private static DateTime Earlier(DateTime a, DateTime b) => a < b ? a : b;
}
