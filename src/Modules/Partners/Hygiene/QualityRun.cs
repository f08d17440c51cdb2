using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Partners.Hygiene;

/// <summary>What the records lack, as last counted: it reads every partner a dozen times, so nobody waits for it.</summary>
internal sealed class QualityRun : ITenantOwned, IUnaudited
{
    public TenantId TenantId { get; init; }
    public DateTime At { get; set; }

    /// <summary>JSON of <see cref="Found"/>.</summary>
    public required string Content { get; set; }

    internal sealed record Found(int Partners, int Completeness, IReadOnlyDictionary<Gap, int> Gaps)
    {
        /// <summary>Partners with which nothing has happened for 90 days, by their managers; null in counts of before.</summary>
        public IReadOnlyDictionary<string, int>? Quiet { get; init; }
    }

    public static QualityRun Of(TenantId tenant, Found found, DateTime at) => new() { TenantId = tenant, At = at, Content = Write(found) };

    public static string Write(Found found) => JsonSerializer.Serialize(found, Json.Options);

    public Found Read() => JsonSerializer.Deserialize<Found>(Content, Json.Options)!;

    /// <summary>Reads every partner, once for each gap.</summary>
    public static async Task<Found> CountAsync(Work work, CancellationToken ct)
    {
        var rows = work.Db.Set<Partner>().AsNoTracking().Where(p => p.MergedInto == null && p.State != PartnerState.Former);
        var partners = await rows.CountAsync(ct);
        var gaps = new Dictionary<Gap, int>();
        foreach (var words in Lacks.All) gaps[words.Gap] = await rows.CountAsync(Lacks.Of(work.Db, words.Gap, work.Now), ct);
        var lost = Lacks.All.Sum(w => (double)gaps[w.Gap] * w.Weight);
        return new(partners, partners == 0 ? 0 : (int)Math.Round(100 - (lost / partners)), gaps) { Quiet = await QuietAsync(work, ct) };
    }

    public static async Task<IReadOnlyDictionary<string, int>> QuietAsync(Work work, CancellationToken ct)
    {
        var counted = await work.Db.Set<Partner>().AsNoTracking().Where(p => p.MergedInto == null && p.State != PartnerState.Former).Where(Lacks.Of(work.Db, Gap.Quiet, work.Now))
            .GroupBy(p => p.ManagerId).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(ct);
        return counted.ToDictionary(c => KeyOf(c.Key), c => c.Count);
    }

    public static string KeyOf(PersonId? manager) => manager?.ToString() ?? "none";
}
