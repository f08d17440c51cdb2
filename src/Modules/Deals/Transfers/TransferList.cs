using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Transfers;

/// <summary>A transfer as its reader may see it. A partner reads neither the other partner nor its people; what the deal is about, it reads in order to decide.</summary>
internal sealed record TransferLine : IHasVersion
{
    public required TransferId Id { get; init; }
    public required DealId Deal { get; init; }
    public required string Title { get; init; }
    public required TransferState State { get; init; }

    /// <summary>For a partner: whether it is the one that would take the deal over.</summary>
    public bool Receiving { get; init; }

    /// <summary>For the vendor only.</summary>
    public PartnerId? From { get; init; }

    public string? FromName { get; init; }
    public PartnerId? To { get; init; }
    public string? ToName { get; init; }
    public required string Reason { get; init; }
    public required DateTime ProposedAt { get; init; }
    public required string ProposedBy { get; init; }
    public DateTime? AnsweredAt { get; init; }
    public string? AnsweredBy { get; init; }
    public string? Answer { get; init; }
    public required IReadOnlyList<TransferTrigger> Allowed { get; init; }

    /// <summary>What the deal is about; null for the partner from which it has gone.</summary>
    public TransferSubject? Subject { get; init; }

    public required long Version { get; init; }
}

/// <summary>What one must know of a deal in order to take it over: no contact, no note, no name of a person.</summary>
internal sealed record TransferSubject(string CustomerName, string? Country, string? Product, DealState State, long? Amount, string Currency, DateOnly? ExpectedClose, DateOnly? ProtectedUntil);

/// <summary>What is asked of the list of transfers. A partner is asked neither for the one that gives nor for the one that takes: it reads only its own side.</summary>
/// <param name="State">A state.</param>
/// <param name="From">The partner that gives.</param>
/// <param name="To">The partner that takes.</param>
/// <param name="Q">Words of the deal.</param>
/// <param name="Side">For a partner: <c>taking</c> or <c>giving</c>.</param>
/// <param name="Sort"><c>proposed</c>, with a minus for the newest first; otherwise what waits stands first.</param>
internal sealed record TransferQuery(string? State = null, string? From = null, string? To = null, string? Q = null, string? Sort = null, string? Cursor = null, int? Size = null, string? Side = null);

/// <summary>Reads transfers: staff page, portal page and API.</summary>
internal static class TransferList
{
    private const int Most = 100;

    public static async Task<IReadOnlyList<TransferLine>> OfDealAsync(Work work, DealId deal, CancellationToken ct) =>
        await LinesAsync(work, [.. (await RowsAsync(work, deal, ct)).OrderBy(t => t.State != TransferState.Proposed)], ct);

    /// <summary>Those of a deal, the newest first.</summary>
    public static Task<List<Transfer>> RowsAsync(Work work, DealId deal, CancellationToken ct) => work.Kept<ShownTwice>().Transfers.OrReadAsync(deal,
        () => work.Db.Set<Transfer>().AsNoTracking().Where(t => t.DealId == deal).OrderByDescending(t => t.Id).Take(Most).ToListAsync(ct));

    /// <summary>A page of those that the actor sees: what waits first, then the newest.</summary>
    public static async Task<Page<TransferLine>> PageAsync(Work work, TransferQuery query, CancellationToken ct)
    {
        var paging = new Paging(query.Cursor, query.Size ?? 50);
        var page = query.Sort?.TrimStart('-') == "proposed"
            ? await Filtered(work, query).PageAsync(t => t.ProposedAt, t => t.Id, query.Sort[0] == '-', paging, ct)
            : await Filtered(work, query).PageAsync(t => t.State == TransferState.Proposed ? 1 : 0, t => t.Id, true, paging, ct);
        return new Page<TransferLine>(await LinesAsync(work, page.Items, ct), page.Next, page.Previous);
    }

    public static Task<int> CountAsync(Work work, TransferQuery query, CancellationToken ct) => Filtered(work, query).CountCappedAsync(ct);

    public static async Task<Result<TransferLine>> FindAsync(Work work, TransferId id, CancellationToken ct) =>
        (await LinesAsync(work, await work.Db.Set<Transfer>().AsNoTracking().Where(t => t.Id == id).ToListAsync(ct), ct)) is [var line] ? line : TransferProblems.Missing();

    private static IQueryable<Transfer> Filtered(Work work, TransferQuery query)
    {
        var rows = work.Db.Set<Transfer>().AsNoTracking();
        if (Words.Parse<TransferState>(query.State) is { } state) rows = rows.Where(t => t.State == state);
        var side = Understood.OneOf(query.Side, "taking", "giving");
        if (work.Actor.Partner is { } me) return side switch { "taking" => rows.Where(t => t.ToId == me), "giving" => rows.Where(t => t.FromId == me), _ => rows };
        if (Ids.Parse<PartnerId>(query.From) is { } from) rows = rows.Where(t => t.FromId == from);
        if (Ids.Parse<PartnerId>(query.To) is { } to) rows = rows.Where(t => t.ToId == to);
        if (Text.OrNull(query.Q) is not { } typed || !Text.IsClean(typed)) return rows;
        var deals = work.Db.Set<Deal>().Matching(work.Db, typed).Select(d => d.Id);
        return rows.Where(t => deals.Contains(t.DealId));
    }

    /// <summary>How many deals wait for this partner's yes or no.</summary>
    public static async Task<int> OfferedAsync(Work work, CancellationToken ct) =>
        work.Actor.Partner is { } me ? await work.Db.Set<Transfer>().CountAsync(t => t.ToId == me && t.State == TransferState.Proposed, ct) : 0;

    private static async Task<IReadOnlyList<TransferLine>> LinesAsync(Work work, IReadOnlyList<Transfer> rows, CancellationToken ct)
    {
        if (rows.Count == 0) return [];
        var me = work.Actor.Partner;
        var open = rows.Where(t => me is null || me == t.ToId || t.State != TransferState.Accepted).Select(t => t.DealId).Distinct().ToArray();
        var shown = work.Db.ReadsAmounts();
        var subjects = await (
            from d in work.Db.Set<Deal>().IgnoreQueryFilters([Db.PartnerFilter])
            where open.Contains(d.Id)
            select new
            {
                d.Id,
                Subject = new TransferSubject(d.CustomerName, d.Country, work.Db.Set<ProductRow>().Where(p => p.TenantId == d.TenantId && p.Id == d.ProductId).Select(p => p.Name).FirstOrDefault(),
                    d.State, shown ? d.Amount : null, d.Currency, shown ? d.ExpectedClose : null, d.ExpiresOn),
            }).ToDictionaryAsync(d => d.Id, d => d.Subject, ct);
        var names = me is null ? await DealList.PartnerNamesAsync(work, [.. rows.Select(t => t.FromId), .. rows.Select(t => t.ToId)], ct) : [];
        return [.. rows.Select(t => new TransferLine
        {
            Id = t.Id,
            Deal = t.DealId,
            Title = t.Title,
            State = t.State,
            Receiving = me == t.ToId,
            From = me is null ? t.FromId : null,
            FromName = names.GetValueOrDefault(t.FromId),
            To = me is null ? t.ToId : null,
            ToName = names.GetValueOrDefault(t.ToId),
            Reason = t.Reason,
            ProposedAt = t.ProposedAt,
            ProposedBy = t.ProposedByName,
            AnsweredAt = t.AnsweredAt,
            AnsweredBy = me is null || me == t.ToId || t.State == TransferState.Withdrawn ? t.AnsweredByName : null,
            Answer = me is null || me == t.ToId || t.State == TransferState.Withdrawn ? t.Answer : null,
            Allowed = Allowed(work.Actor, t),
            // What was offered and not taken is not the asked partner's to read any more; what has gone is not the other's.
            Subject = Reads(me, t) ? subjects.GetValueOrDefault(t.DealId) : null,
            Version = t.Version,
        })];
    }

    private static bool Reads(PartnerId? me, Transfer t) => me is null || (me == t.ToId ? t.State is TransferState.Proposed or TransferState.Accepted : t.State != TransferState.Accepted);

    private static IReadOnlyList<TransferTrigger> Allowed(Actor actor, Transfer transfer)
    {
        TransferTrigger[] mine = actor.Partner is { } partner
            ? partner == transfer.ToId && actor.May(DealsPermissions.Register) ? [TransferTrigger.Accept, TransferTrigger.Decline] : []
            : actor.May(TransferPermissions.Propose) ? [TransferTrigger.Withdraw] : [];
        return [.. Transfer.Machine.Allowed(transfer.State).Intersect(mine)];
    }
}
