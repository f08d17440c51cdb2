using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Workspace;

/// <summary>A deal with a partner as its direct seller sees it; amounts are null where the partner does not show them.</summary>
internal sealed record SellerLine(DealId Deal, string Title, PartnerId Partner, string PartnerName, DealState State, DateTime StateSince, Money? Amount, SellerPay? Pay, DealVisibility Level)
{
    /// <summary>The day of the win.</summary>
    public DateOnly? WonOn { get; init; }

    /// <summary>Since when the plan is in force by which it is paid: that of the day of the win, and today's for an open deal.</summary>
    public DateOnly? PlanFrom { get; init; }
}

/// <summary>What is asked of a seller's list.</summary>
/// <param name="Seller">The person, for those who see every deal; others read their own.</param>
/// <param name="State"><c>approved</c>, <c>converted</c> or <c>won</c>.</param>
/// <param name="Q">Words of the deal.</param>
/// <param name="Sort"><c>title</c>, <c>amount</c> or <c>since</c>, with a minus for descending; otherwise the open ones before the won ones, the newest first.</param>
internal sealed record SellerQuery(string? Seller = null, string? State = null, string? Q = null, string? Sort = null, string? Cursor = null, int? Size = null)
{
    /// <summary>Whose deals the actor reads.</summary>
    public PersonId Whose(Actor actor) => actor.May(DealsPermissions.SeeAll) && Ids.Parse<PersonId>(Seller) is { } other ? other : actor.Person;
}

/// <summary>A direct seller's deals with a partner: those of the own opportunities, and those at the own accounts.</summary>
internal static class SellerDeals
{
    public const int Most = Capped.Cap;
    private const int Shown = 50;
    private static readonly Expression<Func<Row, int>> ByOpen = r => r.Open;
    private static readonly Expression<Func<Row, DealId>> ById = r => r.Id;

    /// <summary>All of them, and of more than <see cref="Most"/> one more: the open ones before the won ones, the newest first.</summary>
    public static async Task<IReadOnlyList<SellerLine>> FindAsync(Work work, PersonId seller, CancellationToken ct) => (await WholeAsync(work, seller, ct)).All;

    /// <summary>All of them as <see cref="FindAsync"/> has them, and the first page of their list.</summary>
    public static async Task<(IReadOnlyList<SellerLine> All, Page<SellerLine> First)> WholeAsync(Work work, PersonId seller, CancellationToken ct)
    {
        var rows = await Rows(work, seller, new SellerQuery()).OrderByDescending(ByOpen).ThenByDescending(ById).Take(Most + 1).ToListAsync(ct);
        var (all, first) = (await LinesAsync(work, rows, ct), rows.FirstPage(ByOpen, ById, true, Shown));
        return (all, new Page<SellerLine>([.. all.Take(first.Items.Count)], first.Next, null));
    }

    public static async Task<Page<SellerLine>> PageAsync(Work work, SellerQuery query, CancellationToken ct)
    {
        var (rows, paging, down) = (Rows(work, query.Whose(work.Actor), query), new Paging(query.Cursor, query.Size ?? Shown), query.Sort?.StartsWith('-') ?? true);
        var page = query.Sort?.TrimStart('-') switch
        {
            "title" => await rows.PageAsync(r => r.Title, r => r.Id, down, paging, ct),
            "amount" => await rows.PageAsync(r => r.MainAmount, r => r.Id, down, paging, ct),
            "since" => await rows.PageAsync(r => r.StateSince, r => r.Id, down, paging, ct),
            _ => await rows.PageAsync(ByOpen, ById, true, paging, ct),
        };
        return new Page<SellerLine>(await LinesAsync(work, page.Items, ct), page.Next, page.Previous);
    }

    public static Task<int> CountAsync(Work work, SellerQuery query, CancellationToken ct) => Rows(work, query.Whose(work.Actor), query).Select(r => r.Id).CountCappedAsync(ct);

    private static IQueryable<Row> Rows(Work work, PersonId seller, SellerQuery query)
    {
        var (db, recent, all) = (work.Db, work.Now.AddDays(-180), work.Actor.May(DealsPermissions.SeeAll));
        var deals = db.Set<Deal>().AsNoTracking();
        // From what the seller owns to its deals: the other way round every deal would be asked whose it is. The opportunity says it where there is one.
        var owned = (from o in db.Set<OpportunityRow>()
                     where o.OwnerId == seller
                     join d in deals on new { o.TenantId, Id = (OpportunityId?)o.Id } equals new { d.TenantId, Id = d.OpportunityId }
                     // Says nothing new, but lets PostgreSQL estimate by the index of linked deals alone.
                     where d.OpportunityId != null
                     select d.Id).Concat(
                     from a in db.Set<AccountRow>()
                     where a.OwnerId == seller
                     join d in deals on new { a.TenantId, Id = (AccountId?)a.Id } equals new { d.TenantId, Id = d.AccountId }
                     where d.OpportunityId == null
                     select d.Id);
        var asked = deals.Where(d => owned.Contains(d.Id) && (d.State == DealState.Approved || d.State == DealState.Converted || (d.State == DealState.Won && d.ClosedAt >= recent)));
        if (Words.Parse<DealState>(query.State) is { } state) asked = asked.Where(d => d.State == state);
        var blind = DirectSight.Without(db, PartBits.Figures);
        // What is hidden is left out by the query, so that no order tells it.
        return from d in asked.Matching(db, query.Q)
               let level = all ? null : db.Set<DirectSight>().Where(s => s.TenantId == d.TenantId && s.DealId == d.Id).Select(s => (DealVisibility?)s.Level).FirstOrDefault()
               let hidden = !all && blind.Any(s => s.TenantId == d.TenantId && s.DealId == d.Id)
               select new Row
               {
                   Id = d.Id, Title = d.Title, Partner = d.PartnerId, State = d.State, StateSince = d.StateSince, ClosedAt = d.ClosedAt, Open = d.State == DealState.Won ? 0 : 1, Level = level,
                   Amount = hidden ? null : d.WonAmount ?? d.Amount, Currency = d.Currency, MainAmount = hidden ? 0 : d.MainAmount, NoRate = d.NoRate,
               };
    }

    private static async Task<IReadOnlyList<SellerLine>> LinesAsync(Work work, IReadOnlyList<Row> rows, CancellationToken ct)
    {
        if (rows.Count == 0) return [];
        var plans = await RepPlans.AllAsync(work, ct);
        var names = await DealList.PartnerNamesAsync(work, [.. rows.Select(r => r.Partner)], ct);
        var main = work.Settings.Currency;
        return [.. rows.Select(r =>
        {
            DateOnly? won = r is { State: DealState.Won, ClosedAt: { } closed } ? DateOnly.FromDateTime(closed) : null;
            var plan = RepPlans.On(plans, won ?? work.Today);
            // Sellers are paid in the main currency, so that their commission adds up.
            Money? basis = r.Amount is null || r.NoRate ? null : new Money(r.MainAmount, main);
            var pay = basis is { } money && plan is not null ? CommissionCheck.Of(money, plan.CommissionBasisPoints, plan.Rule, plan.AdjustBasisPoints) : null;
            return new SellerLine(r.Id, r.Title, r.Partner, names.GetValueOrDefault(r.Partner, ""), r.State, r.StateSince, r.Amount is { } amount ? new Money(amount, r.Currency) : null, pay, r.Level ?? DealVisibility.Full)
            {
                WonOn = won,
                PlanFrom = plan?.EffectiveFrom,
            };
        })];
    }

    private sealed class Row
    {
        public DealId Id { get; init; }
        public string Title { get; init; } = "";
        public PartnerId Partner { get; init; }
        public DealState State { get; init; }
        public DateTime StateSince { get; init; }
        public DateTime? ClosedAt { get; init; }
        public int Open { get; init; }
        public DealVisibility? Level { get; init; }
        public long? Amount { get; init; }
        public string Currency { get; init; } = "";
        public long MainAmount { get; init; }
        public bool NoRate { get; init; }
    }
}
