using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Partners.Segmenting;

/// <summary>Partners that are treated alike, by conditions that are looked up each time anew.</summary>
internal sealed class Segment : ITenantOwned, IVersioned
{
    public TenantId TenantId { get; init; }
    public SegmentId Id { get; init; }
    public required string Name { get; set; }

    /// <summary>What it is for.</summary>
    public string? Purpose { get; set; }

    /// <summary>What partners in it can count on: answer times, a person, visits.</summary>
    public string? Support { get; set; }

    /// <summary>Within how many hours of working days its registrations are decided; null for the company’s promise.</summary>
    public int? DecideHours { get; set; }

    /// <summary>Within how many hours of working days a message to the manager is answered; null where nothing is promised.</summary>
    public int? AnswerHours { get; set; }

    /// <summary>JSON of <see cref="Segmenting.Conditions"/>.</summary>
    public required string Conditions { get; set; }

    public required string By { get; set; }
    public DateTime At { get; set; }
    public long Version { get; set; }

    public Conditions Read() => Read(Conditions);

    public static Conditions Read(string conditions) => JsonSerializer.Deserialize<Conditions>(conditions, Json.Options) ?? new();
}

/// <summary>A segment in full.</summary>
internal sealed record SegmentDetails(SegmentId Id, string Name, string? Purpose, string? Support, Conditions Conditions, string By, DateTime At, long Version) : IHasVersion
{
    public int? DecideHours { get; init; }
    public int? AnswerHours { get; init; }
}

/// <summary>A segment in a list.</summary>
/// <param name="Partners">How many it has.</param>
/// <param name="CountedAt">When they were counted; null for now.</param>
internal sealed record SegmentItem(SegmentId Id, string Name, string? Purpose, string? Support, int Partners, string By, DateTime At, DateTime? CountedAt);

internal static class SegmentList
{
    /// <summary>Held while a segment changes, and while somebody relies on it.</summary>
    public const string Lock = "partners.segments";

    /// <summary>What holds a segment as it is.</summary>
    public static async Task<Problem?> HeldAsync(this IEnumerable<ISegmentUses> uses, SegmentId segment, CancellationToken ct)
    {
        foreach (var use in uses)
            if (await use.HoldsAsync(segment, ct) is { } problem) return problem;
        return null;
    }

    public static async Task<Conditions?> ConditionsAsync(Work work, SegmentId id, CancellationToken ct) =>
        (await work.Db.Set<Segment>().AsNoTracking().SingleOrDefaultAsync(s => s.Id == id, ct))?.Read();

    public static async Task<Result<SegmentDetails>> LoadAsync(Work work, SegmentId id, CancellationToken ct) =>
        await work.Db.Set<Segment>().AsNoTracking().SingleOrDefaultAsync(s => s.Id == id, ct) is { } s
            ? new SegmentDetails(s.Id, s.Name, s.Purpose, s.Support, s.Read(), s.By, s.At, s.Version) { DecideHours = s.DecideHours, AnswerHours = s.AnswerHours }
            : Problem.Missing("segment");

    /// <summary>All segments with how many partners each has: now, or of very many partners as last counted.</summary>
    public static async Task<IReadOnlyList<SegmentItem>> AllAsync(Work work, CancellationToken ct)
    {
        var segments = await work.Db.Set<Segment>().AsNoTracking().OrderBy(s => s.Name).Take(SaveSegment.Most).ToListAsync(ct);
        var kept = await SegmentCounts.KeptAsync(work, segments, ct);
        var items = new List<SegmentItem>();
        foreach (var s in segments)
        {
            var count = kept.GetValueOrDefault(s.Id);
            items.Add(new SegmentItem(s.Id, s.Name, s.Purpose, s.Support, count?.Partners ?? await CountAsync(work, s.Read(), ct), s.By, s.At, count?.At));
        }

        return items;
    }

    public static Task<int> CountAsync(Work work, Conditions conditions, CancellationToken ct) =>
        conditions.Among(work.Db, work.Db.Set<Partner>().AsNoTracking(), work.Now).CountAsync(ct);

    /// <summary>The names of the first few.</summary>
    public static Task<List<string>> SomeAsync(Work work, Conditions conditions, int count, CancellationToken ct) =>
        conditions.Among(work.Db, work.Db.Set<Partner>().AsNoTracking(), work.Now).OrderBy(p => p.Name).Take(count).Select(p => p.Name).ToListAsync(ct);

    /// <summary>The segments to choose from.</summary>
    public static Task<List<SegmentRow>> NamesAsync(Work work, CancellationToken ct) => work.Db.Set<SegmentRow>().OrderBy(s => s.Name).Take(SaveSegment.Most).ToListAsync(ct);

    /// <summary>The segments that a partner belongs to, by name.</summary>
    public static async Task<IReadOnlyList<Segment>> OfPartnerAsync(Work work, PartnerId partner, CancellationToken ct)
    {
        var segments = await work.Db.Set<Segment>().AsNoTracking().OrderBy(s => s.Name).Take(SaveSegment.Most).ToListAsync(ct);
        if (segments.Count == 0) return [];
        var held = await (await Segments.StandingAsync(work, partner, ct)).HoldingAsync([.. segments.Select(s => s.Id)], ct);
        return [.. segments.Where(s => held.GetValueOrDefault(s.Id))];
    }
}
