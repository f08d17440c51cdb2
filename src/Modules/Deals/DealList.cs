using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Deals.Distributors;
using Trellis.Deals.Published;
using Trellis.Deals.Workspace;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Deals;

/// <summary>The saved views that partners know (vocabulary 2.1).</summary>
internal enum DealView
{
    All,
    Open,
    Approved,
    Rejected,
    Expiring,
    Won,

    /// <summary>Over without a win.</summary>
    Ended,

    /// <summary>Deals of other partners to which one's own was invited.</summary>
    Shared,

    /// <summary>Deals of those that one's own company supplies, as far as the vendor lets it see them.</summary>
    Resellers,
}

/// <summary>What a caller asks of the list of deals.</summary>
internal sealed record DealFilter
{
    public DealView View { get; init; }
    public DealState? State { get; init; }
    public PartnerId? Partner { get; init; }
    public ProductId? Product { get; init; }
    public AccountId? Account { get; init; }

    /// <summary>Only those sold in this motion.</summary>
    public Motion? Motion { get; init; }

    public string? Search { get; init; }

    /// <summary>Only those that no opportunity is linked to.</summary>
    public bool Unlinked { get; init; }

    /// <summary>These and no others: a few that were found already.</summary>
    public IReadOnlyList<DealId>? Only { get; init; }

    /// <summary>
    /// <c>created</c>, <c>customer</c>, <c>amount</c>, with a minus for descending; and <c>close</c> and <c>expires</c> where the list is of one partner or of what expires soon: over
    /// all deals no index has that order.
    /// </summary>
    public string? Sort { get; init; }

    /// <summary>What is asked of custom fields.</summary>
    public IReadOnlyList<FieldCondition> Fields { get; init; } = [];

    /// <summary>The custom field that the list is ordered by, before any other order.</summary>
    public FieldOrder? Order { get; init; }

    /// <summary>Whether so few deals are meant that they can be put into any order.</summary>
    public bool IsNarrow(Actor actor) => actor.IsPartner || Partner is not null || View == DealView.Expiring;
}

/// <summary>A deal in a list.</summary>
internal sealed class DealLine
{
    /// <summary>Its custom fields by their keys.</summary>
    public IReadOnlyDictionary<string, string?>? Fields { get; set; }

    public DealId Id { get; init; }
    public string Title { get; init; } = "";
    public string CustomerName { get; init; } = "";
    public PartnerId Partner { get; init; }
    public string PartnerName { get; set; } = "";
    public ProductId? Product { get; init; }
    public string? ProductName { get; set; }

    /// <summary>In which motion it is sold.</summary>
    public Motion? Motion { get; init; }

    public DealState State { get; init; }
    public DateTime StateSince { get; init; }
    public ProtectionState Protection { get; init; }
    public ReasonCode? Reason { get; init; }
    /// <summary>Null where the amounts are out of the actor's sight.</summary>
    public long? Amount { get; init; }

    /// <summary>False where the amounts are out of the actor's sight; they are null then.</summary>
    public bool AmountShown { get; init; } = true;

    /// <summary>The order by amount: what is hidden counts as nothing there.</summary>
    [JsonIgnore]
    public long Weight { get; init; }

    public string Currency { get; init; } = "";
    public long? WonAmount { get; init; }

    /// <summary>What reports count, minor units of the main currency; 0 where there is no rate for it, null where it is out of the actor's sight.</summary>
    public long? MainAmount { get; init; }

    /// <summary>The amount is of a currency without a rate.</summary>
    public bool NoRate { get; init; }
    public DateOnly? ExpectedClose { get; init; }
    public DateTime CreatedAt { get; init; }
    public DateTime? SubmittedAt { get; init; }
    public DateTime? DecideBy { get; init; }
    public string? EscalatedFrom { get; init; }
    public bool AwaitsPartner { get; init; }
    public DateOnly? ExpiresOn { get; init; }
}

/// <summary>The list of deals: staff page, portal page, API and export call it.</summary>
internal static class DealList
{
    /// <summary>Days before its last day in which a protection is shown as expiring soon.</summary>
    public const int Soon = 30;

    private static readonly DealState[] OpenStates = [DealState.Draft, DealState.Submitted, DealState.InReview, DealState.InfoRequested];
    internal static readonly DealState[] EndedStates = [DealState.Lost, DealState.Rejected, DealState.Withdrawn, DealState.Expired, DealState.Revoked];
    private static readonly DealState[] RejectedStates = [DealState.Rejected, DealState.Revoked];

    public static async Task<Page<DealLine>> FindAsync(Work work, DealFilter filter, Paging paging, CancellationToken ct)
    {
        var page = await UnnamedAsync(work, filter, paging, ct);
        await NameAsync(work, page.Items, ct);
        return page;
    }

    /// <summary>The same without names, for who names several pages at once.</summary>
    public static async Task<Page<DealLine>> UnnamedAsync(Work work, DealFilter filter, Paging paging, CancellationToken ct)
    {
        var lines = Sighted(work, filter);
        var down = filter.Sort?.StartsWith('-') ?? true;
        return filter.Order is { } order ? await lines.PageAsync(work.Db, l => l.Id, order, paging, ct) : filter.Sort?.TrimStart('-') switch
        {
            "customer" => await lines.PageAsync(l => l.CustomerName, l => l.Id, down, paging, ct),
            "amount" => await lines.PageAsync(l => l.Weight, l => l.Id, down, paging, ct),
            "close" when filter.IsNarrow(work.Actor) => await lines.PageAsync(l => l.ExpectedClose ?? DateOnly.MaxValue, l => l.Id, down, paging, ct),
            "expires" when filter.IsNarrow(work.Actor) => await lines.PageAsync(l => l.ExpiresOn ?? DateOnly.MaxValue, l => l.Id, down, paging, ct),
            _ => await lines.PageAsync(l => l.CreatedAt, l => l.Id, down, paging, ct),
        };
    }

    /// <summary>How many there are, up to a cap: a list is not worth an exact count.</summary>
    public static Task<int> CountAsync(Work work, DealFilter filter, CancellationToken ct) => Filtered(work, filter).CountCappedAsync(ct);

    public static IQueryable<Deal> Filtered(Work work, DealFilter filter)
    {
        var (today, me) = (work.Today, work.Actor.Partner);
        // A partner reads “my deals”: what it is invited to stands in a view of its own.
        var deals = work.Db.Set<Deal>().AsNoTracking();
        if (filter.View == DealView.Resellers) deals = me is { } distributor ? ResellerDeals.Of(work, distributor) : deals.Where(d => false);
        else if (me is { } mine)
        {
            var shared = work.Db.Set<DealMember>().Where(m => m.PartnerId == mine).Select(m => m.DealId);
            deals = filter.View == DealView.Shared ? deals.Where(d => shared.Contains(d.Id) && d.PartnerId != mine && d.DistributorId != mine) : deals.HeldBy(work.Db, mine, filter.State);
        }
        else deals = deals.Where(d => d.State != DealState.Draft);
        deals = filter.View switch
        {
            DealView.Open => deals.Where(d => OpenStates.Contains(d.State)),
            DealView.Approved => deals.Where(d => DealLifecycle.Claiming.Contains(d.State)),
            DealView.Rejected => deals.Where(d => RejectedStates.Contains(d.State)),
            DealView.Won => deals.Where(d => d.State == DealState.Won),
            DealView.Ended => deals.Where(d => EndedStates.Contains(d.State)),
            DealView.Expiring => deals.Where(d => d.State == DealState.Approved && d.ExpiresOn >= today && d.ExpiresOn <= today.AddDays(Soon)),
            _ => deals,
        };
        if (filter.State is { } state) deals = deals.Where(d => d.State == state);
        if (filter.Partner is { } partner) deals = deals.Where(d => d.PartnerId == partner);
        if (filter.Product is { } product) deals = deals.Where(d => d.ProductId == product);
        if (filter.Motion is { } motion) deals = deals.Where(d => d.Motion == motion);
        if (filter.Unlinked) deals = deals.Where(d => d.OpportunityId == null);
        if (filter.Only is { } only) deals = deals.Where(d => only.Contains(d.Id));
        if (filter.Account is { } account) deals = deals.Where(d => d.AccountId == account);
        return deals.Holding(work.Db, d => d.Id, filter.Fields).Matching(work.Db, filter.Search);
    }

    /// <summary>Names of partners and products, read once for the whole page. Of a partner it may not see, an actor reads the name only where they share the deal.</summary>
    public static async Task NameAsync(Work work, IReadOnlyList<DealLine> lines, CancellationToken ct)
    {
        var partners = await PartnerNamesAsync(work, [.. lines.Select(l => l.Partner)], ct);
        var wanted = lines.Where(l => l.Product is not null).Select(l => l.Product!.Value).Distinct().ToArray();
        var products = wanted.Length == 0 ? [] : await work.Db.Set<ProductRow>().IgnoreQueryFilters([Db.PartnerFilter])
            .Where(p => wanted.Contains(p.Id)).Select(p => new { p.Id, p.Name }).ToDictionaryAsync(p => p.Id, p => p.Name, ct);
        foreach (var line in lines)
        {
            line.PartnerName = partners.GetValueOrDefault(line.Partner, "");
            line.ProductName = line.Product is { } id ? products.GetValueOrDefault(id) : null;
        }
    }

    public static async Task<Dictionary<PartnerId, string>> PartnerNamesAsync(Work work, IReadOnlyCollection<PartnerId> ids, CancellationToken ct)
    {
        var (wanted, known) = (ids.Distinct().ToArray(), work.Kept<KnownPartners>().Names);
        var unknown = wanted.Where(id => !known.ContainsKey(id)).ToArray();
        if (unknown.Length > 0)
            foreach (var partner in await work.Db.Set<PartnerRow>().IgnoreQueryFilters([Db.PartnerFilter]).Where(p => unknown.Contains(p.Id)).Select(p => new { p.Id, p.Name }).ToListAsync(ct)) known[partner.Id] = partner.Name;
        return wanted.Where(known.ContainsKey).ToDictionary(id => id, id => known[id]);
    }

    // On deals of others a partner sees amounts by its level; the direct team by what was set for it. Left out by the query, so that no order tells them.
    private static IQueryable<DealLine> Sighted(Work work, DealFilter filter)
    {
        var deals = Filtered(work, filter);
        var kept = !work.Db.ReadsAmounts();
        if (!kept && (work.Actor.IsPartner ? filter.View is not (DealView.Shared or DealView.Resellers) : work.Actor.May(DealsPermissions.SeeAll))) return Lines(deals);
        var (db, me, below) = (work.Db, work.Actor.Partner, filter.View == DealView.Resellers);
        var blind = DirectSight.Without(db, PartBits.Figures);
        return
            from d in deals
            let hidden = kept ? true : below ? d.DistributorId != me && db.Set<ResellerSight>().Any(s => s.TenantId == d.TenantId && s.DistributorId == me && s.ResellerId == d.PartnerId
                    && ((s.Reads == null && s.Level == DealVisibility.Counts) || (s.Reads != null && (s.Reads.Value & PartBits.Figures) == 0)))
                : me == null
                ? blind.Any(s => s.TenantId == d.TenantId && s.DealId == d.Id)
                : db.Set<DealMember>().Any(m => m.TenantId == d.TenantId && m.DealId == d.Id && m.PartnerId == me
                    && ((m.Reads == null && (m.Visibility == DealVisibility.None || m.Visibility == DealVisibility.Counts)) || (m.Reads != null && (m.Reads.Value & PartBits.Figures) == 0) || (m.State == MemberState.Invited && !m.Joint)))
            select new DealLine
            {
                Id = d.Id, Title = d.Title, CustomerName = d.CustomerName, Partner = d.PartnerId, Product = d.ProductId, Motion = d.Motion, State = d.State, StateSince = d.StateSince,
                Protection = d.ProtectionState, Amount = hidden ? null : d.Amount, AmountShown = !hidden, Currency = d.Currency, WonAmount = hidden ? null : d.WonAmount, MainAmount = hidden ? null : d.MainAmount, Weight = hidden ? 0 : d.MainAmount, NoRate = !hidden && d.NoRate,
                ExpectedClose = hidden ? null : d.ExpectedClose, CreatedAt = d.CreatedAt, SubmittedAt = d.SubmittedAt, ExpiresOn = d.ExpiresOn,
            };
    }

    public static IQueryable<DealLine> Lines(IQueryable<Deal> deals) => deals.Select(d => new DealLine
    {
        Id = d.Id,
        Title = d.Title,
        CustomerName = d.CustomerName,
        Partner = d.PartnerId,
        Product = d.ProductId,
        Motion = d.Motion,
        State = d.State,
        StateSince = d.StateSince,
        Protection = d.ProtectionState,
        Reason = d.ReasonCode,
        Amount = d.Amount,
        Currency = d.Currency,
        WonAmount = d.WonAmount,
        MainAmount = d.MainAmount,
        Weight = d.MainAmount,
        NoRate = d.NoRate,
        ExpectedClose = d.ExpectedClose,
        CreatedAt = d.CreatedAt,
        SubmittedAt = d.SubmittedAt,
        DecideBy = d.DecideBy,
        EscalatedFrom = d.EscalatedFrom,
        AwaitsPartner = d.AwaitsPartner,
        ExpiresOn = d.ExpiresOn,
    });
}
