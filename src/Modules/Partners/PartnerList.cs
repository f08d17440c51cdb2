using System.Linq.Expressions;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Trellis.Identity.Published;
using Trellis.Kernel;
using Trellis.Partners.Published;
using Trellis.Partners.Segmenting;

namespace Trellis.Partners;

/// <summary>A partner in a list.</summary>
internal sealed record PartnerListItem
{
    /// <summary>Its custom fields by their keys.</summary>
    public IReadOnlyDictionary<string, string?>? Fields { get; init; }

    public required PartnerId Id { get; init; }
    public required string Name { get; init; }
    public required string Country { get; init; }
    public required string Region { get; init; }
    public required PartnerType MainType { get; init; }
    public required PartnerState State { get; init; }
    public required DateTime StateSince { get; init; }
    public required Tier Tier { get; init; }
    public required PersonId? ManagerId { get; init; }
    public required string? ManagerName { get; init; }
    public required DateTime Since { get; init; }

    /// <summary>The motions that have not ended.</summary>
    public IReadOnlyList<Motion> Motions { get; init; } = [];

    [JsonIgnore]
    public int TierRank { get; init; }
}

internal static class PartnerList
{
    private const int CountAtMost = 1000;

    public static async Task<Page<PartnerListItem>> PageAsync(Work work, PartnerFilter filter, Paging paging, CancellationToken ct)
    {
        var items = Items(work.Db, await MatchingAsync(work, filter, ct));
        var down = filter.Sort?.StartsWith('-') ?? false;
        var page = filter.Order is { } order ? await items.PageAsync(work.Db, i => i.Id, order, paging, ct) : filter.Sort?.TrimStart('-') switch
        {
            "tier" => await Sorted(i => i.TierRank),
            "since" => await Sorted(i => i.Since),
            "state_since" => await Sorted(i => i.StateSince),
            _ => await Sorted(i => i.Name),
        };
        var motions = await MotionsOfAsync(work.Db, page.Items, ct);
        return page.Select(i => i with { Motions = [.. motions[i.Id].Order()] });

        Task<Page<PartnerListItem>> Sorted<TKey>(Expression<Func<PartnerListItem, TKey>> key) => items.PageAsync(key, i => i.Id, down, paging, ct);
    }

    /// <summary>How many there are, counted to a thousand: <c>1,000+</c>.</summary>
    public static async Task<string> CountAsync(Work work, PartnerFilter filter, CancellationToken ct)
    {
        var count = await (await MatchingAsync(work, filter, ct)).Take(CountAtMost + 1).CountAsync(ct);
        return count > CountAtMost ? $"{CountAtMost:N0}+" : $"{count:N0}";
    }

    /// <summary>All matching rows, for an export.</summary>
    public static async IAsyncEnumerable<PartnerListItem> AllAsync(Work work, PartnerFilter filter, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        string? cursor = null;
        do
        {
            var page = await PageAsync(work, filter, new Paging(cursor, 200), ct);
            foreach (var item in page.Items) yield return item;
            cursor = page.Next;
        }
        while (cursor is not null);
    }

    /// <summary>The rows that fit; a segment that is gone fits nobody.</summary>
    internal static async Task<IQueryable<Partner>> MatchingAsync(Work work, PartnerFilter filter, CancellationToken ct)
    {
        var rows = work.Db.Set<Partner>().AsNoTracking().Matching(work.Db, filter.Search).Holding(work.Db, p => p.Id, filter.Fields);
        rows = filter.Conditions().Among(work.Db, rows, work.Now);
        if (filter.Segment is not { } id) return rows;
        return await SegmentList.ConditionsAsync(work, id, ct) is { } segment ? segment.Among(work.Db, rows, work.Now) : rows.Where(p => false);
    }

    private static IQueryable<PartnerListItem> Items(Db db, IQueryable<Partner> rows) =>
        from p in rows
        join m in db.Set<PersonRow>() on new { p.TenantId, Id = p.ManagerId } equals new { m.TenantId, Id = (PersonId?)m.Id } into managers
        from m in managers.DefaultIfEmpty()
        select new PartnerListItem
        {
            Id = p.Id,
            Name = p.Name,
            Country = p.Country,
            Region = p.Region,
            MainType = p.MainType,
            State = p.State,
            StateSince = p.StateSince,
            Tier = p.Tier,
            ManagerId = p.ManagerId,
            ManagerName = m.Name,
            Since = p.Since,
            TierRank = p.Tier == Tier.Platinum ? 3 : p.Tier == Tier.Gold ? 2 : p.Tier == Tier.Silver ? 1 : 0,
        };

    private static async Task<ILookup<PartnerId, Motion>> MotionsOfAsync(Db db, IReadOnlyList<PartnerListItem> items, CancellationToken ct)
    {
        var ids = items.Select(i => i.Id).ToList();
        var motions = await db.Set<PartnerMotion>().AsNoTracking().Where(m => ids.Contains(m.PartnerId) && m.State != MotionState.Ended)
            .Select(m => new { m.PartnerId, m.Motion }).ToListAsync(ct);
        return motions.ToLookup(m => m.PartnerId, m => m.Motion);
    }
}
