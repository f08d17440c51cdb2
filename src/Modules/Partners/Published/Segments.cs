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

    /// <summary>The segments that a partner belongs to, by name.</summary>
    public static async Task<IReadOnlyList<SegmentRow>> OfAsync(Work work, PartnerId partner, CancellationToken ct) =>
        [.. (await SegmentList.OfPartnerAsync(work, partner, ct)).Select(s => new SegmentRow { TenantId = s.TenantId, Id = s.Id, Name = s.Name })];
}
