using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Incentives.Published;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Incentives;

/// <summary>What to look for among earning lines.</summary>
internal sealed record EarningFilter
{
    public string? Search { get; init; }
    public PartnerId? Partner { get; init; }
    public EarningState? State { get; init; }
    public string? Currency { get; init; }
    public DealId? Deal { get; init; }

    /// <summary><c>pending</c>, <c>payable</c>, <c>paid</c>: a group of states, as the totals count them.</summary>
    public string? Group { get; init; }

    /// <summary><c>won</c> or <c>amount</c>; with a minus the other way round. The latest win first by default.</summary>
    public string? Sort { get; init; }

    /// <summary>Reads what stands in an address; a word that means nothing does not filter.</summary>
    public static EarningFilter Read(string? q, string? partner, string? state, string? currency, string? deal, string? sort) => new()
    {
        Search = q,
        Partner = Ids.Parse<PartnerId>(partner),
        State = Words.Parse<EarningState>(state),
        Group = state,
        Currency = Text.OrNull(currency),
        Deal = Ids.Parse<DealId>(deal),
        Sort = sort,
    };
}

/// <summary>An earning line in a list.</summary>
internal sealed record EarningItem
{
    public required EarningId Id { get; init; }
    public required PartnerId PartnerId { get; init; }
    public required string? PartnerName { get; init; }
    public required DealId DealId { get; init; }
    public required string DealTitle { get; init; }
    public required EarningKind Kind { get; init; }
    public required DealRole Role { get; init; }
    public required int ShareBasisPoints { get; init; }
    public required Tier Tier { get; init; }

    /// <summary>The motion whose tier it is; null where it is the partner's own, and in lines of before.</summary>
    public Motion? TierMotion { get; init; }

    public required int RateBasisPoints { get; init; }
    public required int PlanNumber { get; init; }
    public required long DealAmount { get; init; }
    public required long BaseAmount { get; init; }
    public required long Amount { get; init; }
    public required string Currency { get; init; }
    public required DateTime WonAt { get; init; }
    public string? Compensation { get; init; }
    public int? CreditBasisPoints { get; init; }

    /// <summary>What a segment brought beside the rate of role and tier, and how much of the rate it is.</summary>
    public string? Reward { get; init; }
    public int? RewardBasisPoints { get; init; }
    public required EarningState State { get; init; }
    public required string? Reason { get; init; }
    public required DateOnly? HoldUntil { get; init; }
    public required DateTime? PaidAt { get; init; }

    /// <summary>What it waits for, or what became of it, in one sentence.</summary>
    public string Status => Earnings.Status(State, HoldUntil, Reason, PaidAt);
}

internal static class EarningList
{
    private const int CountAtMost = 1000;

    public static Task<Page<EarningItem>> PageAsync(Work work, EarningFilter filter, Paging paging, CancellationToken ct)
    {
        var items = Items(work.Db, Matching(work.Db, filter));
        return filter.Sort switch
        {
            "won" => items.PageAsync(i => i.WonAt, i => i.Id, false, paging, ct),
            "amount" => items.PageAsync(i => i.Amount, i => i.Id, false, paging, ct),
            "-amount" => items.PageAsync(i => i.Amount, i => i.Id, true, paging, ct),
            _ => items.PageAsync(i => i.WonAt, i => i.Id, true, paging, ct),
        };
    }

    /// <summary>How many there are, counted to a thousand.</summary>
    public static async Task<string> CountAsync(Work work, EarningFilter filter, CancellationToken ct)
    {
        var count = await Matching(work.Db, filter).Take(CountAtMost + 1).CountAsync(ct);
        return count > CountAtMost ? $"{CountAtMost:N0}+" : $"{count:N0}";
    }

    /// <summary>All matching rows, for an export.</summary>
    public static async IAsyncEnumerable<EarningItem> AllAsync(Work work, EarningFilter filter, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
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

    internal static IQueryable<Earning> Matching(Db db, EarningFilter filter)
    {
        var rows = db.Set<Earning>().AsNoTracking();
        rows = rows.Matching(db, filter.Search);

        if (filter.Partner is { } partner) rows = rows.Where(e => e.PartnerId == partner);
        if (filter.Currency is { } currency) rows = rows.Where(e => e.Currency == currency);
        if (filter.Deal is { } deal) rows = rows.Where(e => e.DealId == deal);
        if (filter.State is { } state and not EarningState.Payable) return rows.Where(e => e.State == state);
        return filter.Group switch
        {
            "pending" => rows.Where(e => e.State == EarningState.Accrued || e.State == EarningState.Approved || e.State == EarningState.OnHold || e.State == EarningState.Disputed),
            "payable" => rows.Where(e => e.State == EarningState.Payable || e.State == EarningState.InBatch),
            _ => rows,
        };
    }

    internal static IQueryable<EarningItem> Items(Db db, IQueryable<Earning> rows) =>
        from e in rows
        join p in db.Set<PartnerRow>() on new { e.TenantId, Id = e.PartnerId } equals new { p.TenantId, p.Id } into partners
        from p in partners.DefaultIfEmpty()
        select new EarningItem
        {
            Id = e.Id,
            PartnerId = e.PartnerId,
            PartnerName = p.Name,
            DealId = e.DealId,
            DealTitle = e.DealTitle,
            Kind = e.Kind,
            Role = e.Role,
            ShareBasisPoints = e.ShareBasisPoints,
            Tier = e.Tier,
            TierMotion = e.TierMotion,
            RateBasisPoints = e.RateBasisPoints,
            PlanNumber = e.PlanNumber,
            DealAmount = e.DealAmount,
            BaseAmount = e.BaseAmount,
            Amount = e.Amount,
            Currency = e.Currency,
            WonAt = e.WonAt,
            Compensation = e.Compensation,
            CreditBasisPoints = e.CreditBasisPoints,
            Reward = e.Reward,
            RewardBasisPoints = e.RewardBasisPoints,
            State = e.State,
            Reason = e.Reason,
            HoldUntil = e.HoldUntil,
            PaidAt = e.PaidAt,
        };
}
