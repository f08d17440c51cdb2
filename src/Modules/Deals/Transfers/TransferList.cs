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
internal sealed record TransferSubject(string CustomerName, string? Country, string? Product, DealState State, long Amount, string Currency, DateOnly? ExpectedClose, DateOnly? ProtectedUntil);

/// <summary>Reads transfers: staff page, portal page and API.</summary>
internal static class TransferList
{
    private const int Most = 100;

    public static Task<IReadOnlyList<TransferLine>> OfDealAsync(Work work, DealId deal, CancellationToken ct) => ReadAsync(work, work.Db.Set<Transfer>().Where(t => t.DealId == deal), ct);

    /// <summary>All that the actor sees: what waits first, then the newest.</summary>
    public static Task<IReadOnlyList<TransferLine>> AllAsync(Work work, CancellationToken ct) => ReadAsync(work, work.Db.Set<Transfer>(), ct);

    public static async Task<Result<TransferLine>> FindAsync(Work work, TransferId id, CancellationToken ct) =>
        (await ReadAsync(work, work.Db.Set<Transfer>().Where(t => t.Id == id), ct)) is [var line] ? line : TransferProblems.Missing();

    /// <summary>How many deals wait for this partner's yes or no.</summary>
    public static async Task<int> OfferedAsync(Work work, CancellationToken ct) =>
        work.Actor.Partner is { } me ? await work.Db.Set<Transfer>().CountAsync(t => t.ToId == me && t.State == TransferState.Proposed, ct) : 0;

    private static async Task<IReadOnlyList<TransferLine>> ReadAsync(Work work, IQueryable<Transfer> transfers, CancellationToken ct)
    {
        var rows = await transfers.AsNoTracking().OrderBy(t => t.State != TransferState.Proposed).ThenByDescending(t => t.Id).Take(Most).ToListAsync(ct);
        if (rows.Count == 0) return [];
        var me = work.Actor.Partner;
        var open = rows.Where(t => me is null || me == t.ToId || t.State != TransferState.Accepted).Select(t => t.DealId).Distinct().ToArray();
        var subjects = await (
            from d in work.Db.Set<Deal>().IgnoreQueryFilters([Db.PartnerFilter])
            where open.Contains(d.Id)
            select new
            {
                d.Id,
                Subject = new TransferSubject(d.CustomerName, d.Country, work.Db.Set<ProductRow>().Where(p => p.TenantId == d.TenantId && p.Id == d.ProductId).Select(p => p.Name).FirstOrDefault(),
                    d.State, d.Amount, d.Currency, d.ExpectedClose, d.ExpiresOn),
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
