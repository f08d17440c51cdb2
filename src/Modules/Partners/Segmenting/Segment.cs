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

    /// <summary>Within how many hours of working days a message to the manager is answered, as a promise that nothing measures; null where nothing is promised.</summary>
    public int? AnswerHours { get; set; }

    /// <summary>JSON of <see cref="Segmenting.Conditions"/>.</summary>
    public required string Conditions { get; set; }

    public required string By { get; set; }
    public DateTime At { get; set; }
    public long Version { get; set; }

    public Conditions Read() => Read(Conditions);

    public static Conditions Read(string conditions) => JsonSerializer.Deserialize<Conditions>(conditions, Json.Options) ?? new();
}

/// <summary>A segment as it is told.</summary>
internal sealed record SegmentInput(string? Name, string? Purpose, string? Support, Conditions? Conditions)
{
    /// <summary>Within how many hours of working days a registration is decided; null as for all.</summary>
    public int? DecideHours { get; init; }

    /// <summary>Within how many hours of working days a message to the manager is answered.</summary>
    public int? AnswerHours { get; init; }
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

/// <summary>Makes a segment, or changes one: an empty id is a new one.</summary>
internal sealed class SaveSegment(Work work, IEnumerable<ICompanyPromise> company, IEnumerable<ISegmentUses> uses) : UseCase<(SegmentId? Id, SegmentInput Input), SegmentId>(work)
{
    public const int Most = 100;
    private const int MostValues = 60;

    protected override Permission Permission => PartnersPermissions.Segment;

    protected override async Task<Result<SegmentId>> HandleAsync((SegmentId? Id, SegmentInput Input) input, CancellationToken ct)
    {
        var (id, told) = input;
        if (Check(told).Problem is { } problem) return problem;
        // Whoever is small must not wait longer than all: a segment shortens the promise, and never lengthens it.
        if (told.DecideHours is { } hours && company.FirstOrDefault() is { } promise && await promise.DecideHoursAsync(ct) is var most && hours > most)
            return Problem.Invalid("decideHours", $"The company promises every partner a decision within {most} hours of working days; no segment gets a longer promise.");
        var name = told.Name!.Trim();
        await Work.LockAsync(SegmentList.Lock, ct);
        if (await Db.Set<Segment>().AnyAsync(s => s.Name == name && (id == null || s.Id != id), ct)) return Problem.Invalid("name", "Another segment has this name.");
        Segment? segment;
        if (id is null)
        {
            if (await Db.Set<Segment>().CountAsync(ct) >= Most) return new Problem(ProblemKind.Conflict, "partners.segments_full", $"There are {Most} segments. Drop one first.");
            Db.Add(segment = new Segment { TenantId = Work.Tenant, Id = Work.NewId<SegmentId>(), Name = name, Conditions = "{}", By = Work.Actor.Name });
        }
        else if ((segment = await Db.Set<Segment>().SingleOrDefaultAsync(s => s.Id == id, ct)) is null)
        {
            return Problem.Missing("segment");
        }

        var conditions = JsonSerializer.Serialize(told.Conditions!, Json.Options);
        // Another name or purpose changes nothing for anybody; read anew, since an older one was written in fewer words.
        if (id is { } known && conditions != JsonSerializer.Serialize(segment.Read(), Json.Options) && await uses.HeldAsync(known, ct) is { } held) return held;
        (segment.Name, segment.Purpose, segment.Support) = (name, Text.OrNull(told.Purpose), Text.OrNull(told.Support));
        (segment.DecideHours, segment.AnswerHours) = (told.DecideHours, told.AnswerHours);
        (segment.Conditions, segment.By, segment.At) = (conditions, Work.Actor.Name, Work.Now);
        return segment.Id;
    }

    private static Check Check(SegmentInput told)
    {
        var c = told.Conditions ?? new();
        return Conditions(c, c.Achieved.Check(new Check()).Text(told.Name, "name", "The name", 80).Text(told.Purpose, "purpose", "The purpose", 500, required: false).Text(told.Support, "support", "The support", 500, required: false)
            .That(told.DecideHours is null or (> 0 and <= 720), "decideHours", "An answer time is 1 to 720 hours.").That(told.AnswerHours is null or (> 0 and <= 720), "answerHours", "An answer time is 1 to 720 hours.")
            .That(!c.IsEmpty, "conditions", "Choose at least one condition: a segment of all partners is the list itself."));
    }

    /// <summary>What no partner can fit is refused rather than counted as none.</summary>
    internal static Check Conditions(Conditions c, Check check)
    {
        IReadOnlyList<string>[] words = [c.Regions, c.Countries, c.Competencies, c.Verticals, c.Languages, c.Technologies, c.Territories, c.Tags, c.Achieved.Certifications];
        return check
            .That(words.All(w => w.Count <= MostValues && w.All(x => x is { Length: <= 200 } && Text.IsClean(x))), "conditions", "One of the conditions has too many or too long words.")
            .That(c.Countries.All(x => Countries.Find(x) is not null), "countries", "There is no country with this code (ISO 3166-1, two letters).")
            .That(c.Regions.All(Countries.Regions.Contains), "regions", $"There is no such region; there are {string.Join(", ", Countries.Regions)}.")
            .That(c.EmployeesFrom is null or >= 0 && c.EmployeesTo is null or >= 0 && (c.EmployeesFrom ?? 0) <= (c.EmployeesTo ?? int.MaxValue), "employees", "The size runs from a smaller number to a larger one.")
            .That(c.FollowersFrom is null or >= 0 && c.FollowersTo is null or >= 0 && (c.FollowersFrom ?? 0) <= (c.FollowersTo ?? int.MaxValue), "followers", "The followers run from a smaller number to a larger one.")
            .That(c.MonthsFrom is null or (>= 0 and <= 1200) && c.MonthsTo is null or (>= 0 and <= 1200) && (c.MonthsFrom ?? 0) <= (c.MonthsTo ?? 1200), "months", "The months run from a smaller number to a larger one.");
    }
}

/// <summary>Drops a segment; nothing happens to its partners.</summary>
internal sealed class DropSegment(Work work, IEnumerable<ISegmentUses> uses) : UseCase<SegmentId, SegmentId>(work)
{
    protected override Permission Permission => PartnersPermissions.Segment;

    protected override async Task<Result<SegmentId>> HandleAsync(SegmentId input, CancellationToken ct)
    {
        if (await Db.Set<Segment>().SingleOrDefaultAsync(s => s.Id == input, ct) is not { } segment) return Problem.Missing("segment");
        await Work.LockAsync(SegmentList.Lock, ct);
        if (await uses.HeldAsync(input, ct) is { } held) return held;
        Db.Remove(segment);
        return input;
    }
}

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
        var asks = new Asks(work.Db);
        var standing = Segments.Ask(asks, work, partner);
        await asks.RunAsync(ct);
        var held = await standing.HoldingAsync([.. segments.Select(s => s.Id)], ct);
        return [.. segments.Where(s => held.GetValueOrDefault(s.Id))];
    }
}
