using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;
using Trellis.Partners.Segmenting;

namespace Trellis.Partners.Published;

/// <summary>What the segments of a partner promise, in hours of working days; null where none of them promises anything.</summary>
/// <param name="DecideHours">Until a registration is decided.</param>
/// <param name="AnswerHours">Until a message to the partner manager is answered.</param>
public sealed record AnswerTimes(int? DecideHours, int? AnswerHours)
{
    /// <summary>Nothing beyond what the company promises to all.</summary>
    public static readonly AnswerTimes None = new(null, null);

    /// <summary>The shortest promises of all segments that the partner belongs to. It reads past the actor's sight: partners do not see segments, but what these promise them.</summary>
    public static async Task<AnswerTimes> OfAsync(Work work, PartnerId partner, CancellationToken ct)
    {
        var promising = await work.Db.Set<Segment>().IgnoreQueryFilters([Db.PartnerFilter]).AsNoTracking().Where(s => s.DecideHours != null || s.AnswerHours != null)
            .Select(s => new { s.Id, s.DecideHours, s.AnswerHours }).ToListAsync(ct);
        if (promising.Count == 0) return None;
        var held = await (await Segments.StandingAsync(work, partner, ct)).HoldingAsync([.. promising.Select(s => s.Id)], ct);
        var own = promising.Where(s => held.GetValueOrDefault(s.Id)).ToList();
        return new AnswerTimes(own.Min(s => s.DecideHours), own.Min(s => s.AnswerHours));
    }
}

/// <summary>A plug: within how many hours of working days the company decides a registration of any partner. Register it as a scoped service.</summary>
public interface ICompanyPromise
{
    /// <summary>The hours; no segment may be promised more.</summary>
    Task<int> DecideHoursAsync(CancellationToken ct);
}
