using System.Linq.Expressions;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Trellis.Identity.Published;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Partners;

/// <summary>What to look for. A type fits when any motion of the partner has it.</summary>
internal sealed record PartnerFilter
{
    public string? Search { get; init; }
    public PartnerType? Type { get; init; }
    public Motion? Motion { get; init; }
    public Tier? Tier { get; init; }
    public PartnerState? State { get; init; }
    public string? Region { get; init; }
    public PersonId? Manager { get; init; }

    /// <summary>Only partners that nobody manages.</summary>
    public bool Unmanaged { get; init; }

    /// <summary><c>name</c>, <c>tier</c>, <c>since</c>, <c>state_since</c>; with a minus the other way round.</summary>
    public string? Sort { get; init; }

    /// <summary>What is asked of custom fields.</summary>
    public IReadOnlyList<FieldCondition> Fields { get; init; } = [];

    /// <summary>Reads what stands in an address; a word that means nothing does not filter. The manager <c>none</c> asks for unmanaged partners.</summary>
    public static PartnerFilter Read(string? q, string? type, string? motion, string? tier, string? state, string? region, string? manager, string? sort) => new()
    {
        Search = q,
        Type = Words.Parse<PartnerType>(type),
        Motion = Words.Parse<Motion>(motion),
        Tier = Words.Parse<Tier>(tier),
        State = Words.Parse<PartnerState>(state),
        Region = region,
        Manager = Ids.Parse<PersonId>(manager),
        Unmanaged = manager == "none",
        Sort = sort,
    };
}

/// <summary>A partner in a list.</summary>
internal sealed record PartnerListItem
{
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
        var items = Items(work.Db, Matching(work.Db, filter));
        var down = filter.Sort?.StartsWith('-') ?? false;
        var page = filter.Sort?.TrimStart('-') switch
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
        var count = await Matching(work.Db, filter).Take(CountAtMost + 1).CountAsync(ct);
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

    private static IQueryable<Partner> Matching(Db db, PartnerFilter filter)
    {
        var rows = db.Set<Partner>().AsNoTracking();
        rows = rows.Matching(db, filter.Search);

        rows = rows.Holding(db, p => p.Id, filter.Fields);
        if (filter.Tier is { } tier) rows = rows.Where(p => p.Tier == tier);
        if (filter.State is { } state) rows = rows.Where(p => p.State == state);
        if (Text.OrNull(filter.Region) is { } region) rows = rows.Where(p => p.Region == region);
        if (filter.Manager is { } manager) rows = rows.Where(p => p.ManagerId == manager);
        if (filter.Unmanaged) rows = rows.Where(p => p.ManagerId == null);
        if (filter.Motion is { } motion)
            rows = rows.Where(p => db.Set<PartnerMotion>().Any(m => m.TenantId == p.TenantId && m.PartnerId == p.Id && m.Motion == motion && m.State != MotionState.Ended));
        if (filter.Type is { } type)
        {
            rows = rows.Where(p => p.MainType == type
                || db.Set<PartnerMotion>().Any(m => m.TenantId == p.TenantId && m.PartnerId == p.Id && m.Type == type && m.State != MotionState.Ended));
        }

        return rows;
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
