using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Life;

/// <summary>A request as both sides read it.</summary>
internal sealed record RequestLine : IHasVersion
{
    public required RequestId Id { get; init; }
    public required DealId Deal { get; init; }
    public string Title { get; init; } = "";
    public required PartnerId Partner { get; init; }
    public string PartnerName { get; init; } = "";
    public required RequestKind Kind { get; init; }
    public required RequestState State { get; init; }
    public required string Summary { get; init; }
    public required string Reason { get; init; }
    public int? Days { get; init; }
    public DateOnly? ProtectedUntil { get; init; }
    public required DateTime RequestedAt { get; init; }
    public required string RequestedBy { get; init; }
    public required DateTime DecideBy { get; init; }
    public DateTime? DecidedAt { get; init; }
    public string? DecidedBy { get; init; }
    public string? Answer { get; init; }
    public required long Version { get; init; }
}

/// <summary>Reads requests: what waits longest stands first.</summary>
internal static class RequestList
{
    private const int Most = 200;

    public static Task<IReadOnlyList<RequestLine>> PendingAsync(Work work, RequestKind? kind, CancellationToken ct)
    {
        var requests = work.Db.Set<DealRequest>().AsNoTracking().Where(r => r.State == RequestState.Pending);
        if (kind is { } only) requests = requests.Where(r => r.Kind == only);
        return ReadAsync(work, requests.OrderBy(r => r.DecideBy).ThenBy(r => r.Id), ct);
    }

    public static async Task<IReadOnlyList<RequestLine>> OfDealAsync(Work work, Deal deal, CancellationToken ct)
    {
        var rows = await RowsAsync(work, deal.Id, ct);
        var names = await DealList.PartnerNamesAsync(work, [.. rows.Select(r => r.PartnerId)], ct);
        return [.. rows.Select(r => Line(work, r, deal.Title, deal.ExpiresOn, names))];
    }

    /// <summary>Those of a deal, the newest first.</summary>
    public static Task<List<DealRequest>> RowsAsync(Work work, DealId deal, CancellationToken ct) => work.Kept<ShownTwice>().Requests.OrReadAsync(deal,
        () => work.Db.Set<DealRequest>().AsNoTracking().Where(r => r.DealId == deal).OrderByDescending(r => r.Id).Take(Most).ToListAsync(ct));

    public static async Task<Result<RequestLine>> FindAsync(Work work, RequestId id, CancellationToken ct) =>
        (await ReadAsync(work, work.Db.Set<DealRequest>().AsNoTracking().Where(r => r.Id == id), ct)).FirstOrDefault() is { } line ? line : LifeProblems.NoSuchRequest();

    public static Task<int> CountAsync(Work work, CancellationToken ct) =>
        work.Db.Set<DealRequest>().Where(r => r.State == RequestState.Pending).CountCappedAsync(ct);

    private static async Task<IReadOnlyList<RequestLine>> ReadAsync(Work work, IQueryable<DealRequest> requests, CancellationToken ct)
    {
        var rows = await requests.Take(Most).ToListAsync(ct);
        if (rows.Count == 0) return [];
        var ids = rows.Select(r => r.DealId).Distinct().ToArray();
        var deals = await work.Db.Set<Deal>().AsNoTracking().Where(d => ids.Contains(d.Id)).Select(d => new { d.Id, d.Title, d.ExpiresOn }).ToDictionaryAsync(d => d.Id, ct);
        var names = await DealList.PartnerNamesAsync(work, [.. rows.Select(r => r.PartnerId)], ct);
        return [.. rows.Select(r => Line(work, r, deals.GetValueOrDefault(r.DealId)?.Title ?? "", deals.GetValueOrDefault(r.DealId)?.ExpiresOn, names))];
    }

    private static RequestLine Line(Work work, DealRequest r, string title, DateOnly? until, Dictionary<PartnerId, string> names) => new()
    {
        Id = r.Id,
        Deal = r.DealId,
        Title = title,
        Partner = r.PartnerId,
        PartnerName = names.GetValueOrDefault(r.PartnerId, ""),
        Kind = r.Kind,
        State = r.State,
        Summary = work.Db.ReadsAmounts() ? r.Summary : AmountSight.WithoutAmount(r.Summary) ?? Words.Label(r.Kind),
        Reason = r.Reason,
        Days = r.Days,
        ProtectedUntil = until,
        RequestedAt = r.RequestedAt,
        RequestedBy = r.RequestedByName,
        DecideBy = r.DecideBy,
        DecidedAt = r.DecidedAt,
        DecidedBy = r.DecidedByName,
        Answer = r.Answer,
        Version = r.Version,
    };
}
