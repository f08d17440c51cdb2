using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Partners.Records;

/// <summary>A word that the vendor's people stick to a partner; the partner does not see it.</summary>
internal sealed class Tag : ITenantOwned
{
    public TenantId TenantId { get; init; }
    public PartnerId PartnerId { get; init; }
    public string Key { get; init; } = "";
    public string Label { get; init; } = "";
    public string By { get; init; } = "";
    public DateTime At { get; init; }
}

internal static class Tags
{
    public static Task<List<string>> OfAsync(Work work, PartnerId partner, CancellationToken ct) =>
        work.Db.Set<Tag>().AsNoTracking().Where(t => t.PartnerId == partner).OrderBy(t => t.Key).Select(t => t.Label).ToListAsync(ct);

    /// <summary>The tags in use, the commonest first.</summary>
    public static Task<List<string>> CommonAsync(Db db, CancellationToken ct) =>
        db.Set<Tag>().AsNoTracking().GroupBy(t => t.Key).Select(g => new { Label = g.Min(t => t.Label)!, Count = g.Count() }).OrderByDescending(g => g.Count).ThenBy(g => g.Label)
            .Take(100).Select(g => g.Label).ToListAsync(ct);
}
