using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Partners.Segmenting;

/// <summary>A segment as it is told.</summary>
internal sealed record SegmentInput(string? Name, string? Purpose, string? Support, Conditions? Conditions)
{
    /// <summary>Within how many hours of working days a registration is decided; null as for all.</summary>
    public int? DecideHours { get; init; }

    /// <summary>Within how many hours of working days a message to the manager is answered.</summary>
    public int? AnswerHours { get; init; }
}

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
