using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;
using Trellis.Partners.Segmenting;

namespace Trellis.Partners.Published;

/// <summary>Names a segment of partners.</summary>
public readonly record struct SegmentId(Guid Value) : ITypedId<SegmentId>
{
    public static string Prefix => "seg";
    public static SegmentId From(Guid value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out SegmentId id) => Ids.TryParse(text, out id);
    public override string ToString() => Ids.Text(this);
}

/// <summary>A named segment as other modules may offer it for choice. The vendor's people see it; partners do not.</summary>
[PublishedRow("partners_segment")]
public sealed class SegmentRow : ITenantOwned
{
    public TenantId TenantId { get; init; }
    public SegmentId Id { get; init; }
    public string Name { get; init; } = "";
}

/// <summary>Who belongs to a segment. It is computed when asked, so it is right at that moment; keep nothing of it for long.</summary>
public static class Segments
{
    /// <summary>The partners of a segment, joinable in LINQ; none where the segment is gone.</summary>
    public static async Task<IQueryable<PartnerRow>> MembersAsync(Work work, SegmentId segment, CancellationToken ct)
    {
        var rows = work.Db.Set<PartnerRow>();
        if (await SegmentList.ConditionsAsync(work, segment, ct) is not { } conditions) return rows.Where(r => false);
        var members = conditions.Among(work.Db, work.Db.Set<Partner>().AsNoTracking(), work.Now);
        return rows.Where(r => members.Any(p => p.TenantId == r.TenantId && p.Id == r.Id));
    }

    /// <summary>Of some segments, whether a partner belongs to each; one that is gone is not answered. It reads past the actor's sight, for decisions that must see what a partner may not.</summary>
    public static async Task<IReadOnlyDictionary<SegmentId, bool>> HoldingAsync(Work work, PartnerId partner, IReadOnlyCollection<SegmentId> asked, CancellationToken ct)
    {
        var segments = await work.Db.Set<Segment>().IgnoreQueryFilters([Db.PartnerFilter]).AsNoTracking().Where(s => asked.Contains(s.Id)).OrderBy(s => s.Id).ToListAsync(ct);
        if (segments.Count == 0) return new Dictionary<SegmentId, bool>();
        var one = work.Db.Set<Partner>().IgnoreQueryFilters([Db.PartnerFilter]).AsNoTracking().Where(p => p.Id == partner);
        var held = await segments.Select((s, i) => s.Read().Among(work.Db, one, work.Now).Select(_ => i)).Aggregate((all, next) => all.Concat(next)).ToListAsync(ct);
        return segments.Select((s, i) => (s.Id, Holds: held.Contains(i))).ToDictionary(s => s.Id, s => s.Holds);
    }

    /// <summary>The segments that a partner belongs to, by name.</summary>
    public static async Task<IReadOnlyList<SegmentRow>> OfAsync(Work work, PartnerId partner, CancellationToken ct) =>
        [.. (await SegmentList.OfPartnerAsync(work, partner, ct)).Select(s => new SegmentRow { TenantId = s.TenantId, Id = s.Id, Name = s.Name })];
}
