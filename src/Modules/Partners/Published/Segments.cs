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

/// <summary>What a segment goes by.</summary>
/// <param name="SelfDeclared">Whether a partner can come into it by what it tells of itself.</param>
public sealed record SegmentFoundation(SegmentId Id, string Name, bool SelfDeclared);

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

    /// <summary>
    /// Asks, among other look-ups, to which segments a partner belongs; the answer can be given when they are done. It reads past the actor's sight, for decisions that must see what a
    /// partner may not.
    /// </summary>
    public static SegmentsOfPartner Ask(Asks asks, Work work, PartnerId partner)
    {
        var segments = asks.For("SELECT id, conditions FROM partners_segment WHERE tenant_id = $1", row => (row.Id<SegmentId>(0), row.Text(1)));
        return new SegmentsOfPartner(work, partner, segments, SegmentSubject.Ask(asks, partner));
    }

    // A page asks it in two places.
    internal static async Task<SegmentsOfPartner> StandingAsync(Work work, PartnerId partner, CancellationToken ct)
    {
        var known = work.Kept<KnownStandings>().Partners;
        if (known.TryGetValue(partner, out var standing)) return standing;
        var asks = new Asks(work.Db);
        standing = Ask(asks, work, partner);
        await asks.RunAsync(ct);
        return known[partner] = standing;
    }

    private sealed class KnownStandings
    {
        public Dictionary<PartnerId, SegmentsOfPartner> Partners { get; } = [];
    }

    /// <summary>What some segments go by, by name, those that are there; none of them changes before the open transaction has ended.</summary>
    public static async Task<IReadOnlyList<SegmentFoundation>> FoundationsAsync(Work work, IReadOnlyCollection<SegmentId> segments, CancellationToken ct)
    {
        await work.LockAsync(SegmentList.Lock, ct);
        var rows = await work.Db.Set<Segment>().AsNoTracking().Where(s => segments.Contains(s.Id)).OrderBy(s => s.Name).ToListAsync(ct);
        return [.. rows.Select(s => new SegmentFoundation(s.Id, s.Name, s.Read().AskSelfDeclared()))];
    }

    /// <summary>Those of some segments into which partners can come by what they tell of themselves, at this moment.</summary>
    public static async Task<IReadOnlyList<SegmentId>> SelfDeclaredAsync(Work work, IReadOnlyCollection<SegmentId> segments, CancellationToken ct) =>
        segments.Count == 0 ? [] : [.. (await work.Db.Set<Segment>().AsNoTracking().Where(s => segments.Contains(s.Id)).ToListAsync(ct)).Where(s => s.Read().AskSelfDeclared()).Select(s => s.Id)];

    /// <summary>The segments that a partner belongs to, by name.</summary>
    public static async Task<IReadOnlyList<SegmentRow>> OfAsync(Work work, PartnerId partner, CancellationToken ct) =>
        [.. (await SegmentList.OfPartnerAsync(work, partner, ct)).Select(s => new SegmentRow { TenantId = s.TenantId, Id = s.Id, Name = s.Name })];
}

/// <summary>To which segments a partner belongs, once the look-ups are done.</summary>
public sealed class SegmentsOfPartner
{
    private readonly Work _work;
    private readonly PartnerId _partner;
    private readonly IReadOnlyList<(SegmentId Id, string Conditions)> _segments;
    private readonly Func<SegmentSubject?> _subject;
    private readonly Dictionary<SegmentId, bool> _known = [];

    internal SegmentsOfPartner(Work work, PartnerId partner, IReadOnlyList<(SegmentId Id, string Conditions)> segments, Func<SegmentSubject?> subject) =>
        (_work, _partner, _segments, _subject) = (work, partner, segments, subject);

    /// <summary>Of some segments, whether the partner belongs to each; one that is gone is not answered.</summary>
    public async Task<IReadOnlyDictionary<SegmentId, bool>> HoldingAsync(IReadOnlyCollection<SegmentId> asked, CancellationToken ct)
    {
        var held = new Dictionary<SegmentId, bool>();
        if (asked.Count == 0 || _subject() is not { } subject) return held;
        foreach (var (id, text) in _segments.Where(s => asked.Contains(s.Id)))
        {
            if (!_known.TryGetValue(id, out var holds))
            {
                var conditions = Segment.Read(text);
                holds = _known[id] = conditions.Holds(subject, _work.Now) ?? await LacksAsync(conditions, ct);
            }

            held[id] = holds;
        }

        return held;
    }

    private Task<bool> LacksAsync(Conditions conditions, CancellationToken ct) =>
        conditions.Among(_work.Db, _work.Db.Set<Partner>().IgnoreQueryFilters([Db.PartnerFilter]).AsNoTracking().Where(p => p.Id == _partner), _work.Now).AnyAsync(ct);
}
