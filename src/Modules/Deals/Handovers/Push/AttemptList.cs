using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Deals.Handovers.Push;

/// <summary>An attempt as people and programs read it.</summary>
/// <param name="Handover">Null for a test message.</param>
/// <param name="Status">The HTTP status; null where there was no answer.</param>
/// <param name="Answer">The beginning of the answer.</param>
internal sealed record AttemptLine(AttemptId Id, HandoverId? Handover, ConnectedKind System, DateTime At, int Milliseconds, AttemptOutcome Outcome, int? Status, string? Answer);

/// <summary>What is asked of the list.</summary>
internal sealed record AttemptQuery(string? Cursor = null, int? Size = null);

/// <summary>Reads attempts, the newest first: of a system, or of one deal.</summary>
internal static class AttemptList
{
    public static Task<Page<AttemptLine>> OfSystemAsync(Work work, ConnectedKind system, AttemptQuery query, CancellationToken ct) => PageAsync(work.Db.Set<HandoverAttempt>().Where(a => a.System == system), query, ct);

    public static Task<Page<AttemptLine>> OfHandoverAsync(Work work, HandoverId handover, AttemptQuery query, CancellationToken ct) => PageAsync(work.Db.Set<HandoverAttempt>().Where(a => a.HandoverId == handover), query, ct);

    public static async Task<Result<AttemptLine>> FindAsync(Work work, AttemptId id, CancellationToken ct) =>
        (await PageAsync(work.Db.Set<HandoverAttempt>().Where(a => a.Id == id), new AttemptQuery(), ct)).Items is [var one] ? one : Problem.Missing("attempt");

    private static async Task<Page<AttemptLine>> PageAsync(IQueryable<HandoverAttempt> rows, AttemptQuery query, CancellationToken ct)
    {
        // Their ids are in the order in which they were noted.
        var page = await rows.AsNoTracking().PageAsync(a => a.Id, a => a.Id, true, new Paging(query.Cursor, query.Size ?? 20), ct);
        return page.Select(a => new AttemptLine(a.Id, a.HandoverId, a.System, a.At, a.Milliseconds, a.Outcome, a.Status, a.Answer));
    }
}
