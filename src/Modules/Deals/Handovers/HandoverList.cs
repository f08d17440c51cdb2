using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Handovers;

/// <summary>A handover on the list.</summary>
internal sealed record HandoverLine : IHasVersion
{
    public required HandoverId Id { get; init; }
    public required DealId Deal { get; init; }
    public required string Title { get; init; }
    public required PartnerId Partner { get; init; }
    public string PartnerName { get; set; } = "";
    public required long Amount { get; init; }
    public required string Currency { get; init; }
    public required ConnectedKind System { get; init; }
    public required HandoverState State { get; init; }

    /// <summary>0 for the deal itself, 1, 2, 3 … for updates of it.</summary>
    public required int Revision { get; init; }

    public string? Number { get; init; }
    public string? Note { get; init; }
    public required int Attempts { get; init; }

    /// <summary>When it is sent again, where the other system did not answer.</summary>
    public DateTime? NextAttempt { get; init; }
    public required DateTime Created { get; init; }
    public required DateTime Since { get; init; }
    public string? By { get; init; }
    public IReadOnlyList<HandoverTrigger> Allowed { get; set; } = [];
    public required long Version { get; init; }
}

/// <summary>A system and how many deals stand where.</summary>
/// <param name="Waiting">Wait or are fetched; counted to a limit.</param>
/// <param name="Failed">Wait for a person; counted to a limit.</param>
/// <param name="Address">Where deals are sent to, or null where a connector fetches them.</param>
/// <param name="SecretSince">Since when the secret signs with which messages are signed.</param>
/// <param name="OldSecretUntil">Until when the secret before signs too, or null.</param>
internal sealed record SystemLine(ConnectedKind System, string Name, bool On, DateTime? Since, int Waiting, int Failed, long Version, string? Address = null, DateTime? SecretSince = null, DateTime? OldSecretUntil = null) : IHasVersion;

/// <summary>A deal that the CRM has won, and that waits here for its amount.</summary>
internal sealed record UnclearWin(DealId Deal, string Title, string Number, DateOnly? ClosedOn);

/// <summary>What goes over: the deal itself, or what changed on it since.</summary>
internal enum HandoverKind
{
    Deal,
    Update,
}

/// <summary>What is asked of the list.</summary>
/// <param name="Kind"><c>deal</c> or <c>update</c>; null for both.</param>
internal sealed record HandoverQuery(string? System = null, string? State = null, string? Deal = null, string? Q = null, string? Cursor = null, int? Size = null, string? Kind = null);

/// <summary>Reads handovers and the connected systems: page, file and API.</summary>
internal static class HandoverList
{
    private const int MostOfDeal = 40;

    /// <summary>The newest first.</summary>
    public static async Task<Page<HandoverLine>> PageAsync(Work work, HandoverQuery query, CancellationToken ct)
    {
        var page = await Lines(work, query).PageAsync(l => l.Id, l => l.Id, true, new Paging(query.Cursor, query.Size ?? 50), ct);
        await NameAsync(work, page.Items, ct);
        return page;
    }

    public static Task<int> CountAsync(Work work, HandoverQuery query, CancellationToken ct) => Lines(work, query).CountCappedAsync(ct);

    public static async Task<Result<HandoverLine>> FindAsync(Work work, HandoverId id, CancellationToken ct)
    {
        var line = await Lines(work, new HandoverQuery()).Where(l => l.Id == id).SingleOrDefaultAsync(ct);
        if (line is null) return HandoverProblems.Missing();
        await NameAsync(work, [line], ct);
        return line;
    }

    public static async Task<IReadOnlyList<HandoverLine>> OfDealAsync(Work work, DealId deal, CancellationToken ct) => await work.Kept<ShownTwice>().Handovers.OrReadAsync(deal, async () =>
    {
        // The newest: a deal that is changed for years has many updates.
        var lines = await Lines(work, new HandoverQuery(Deal: deal.ToString())).OrderByDescending(l => l.Id).Take(MostOfDeal).ToListAsync(ct);
        lines.Reverse();
        await NameAsync(work, lines, ct);
        return lines;
    });

    public static async Task<IReadOnlyList<SystemLine>> SystemsAsync(Work work, CancellationToken ct)
    {
        var known = await work.Db.Set<ConnectedSystem>().AsNoTracking().ToDictionaryAsync(s => s.System, ct);
        var lines = new List<SystemLine>();
        foreach (var system in Enum.GetValues<ConnectedKind>())
        {
            var one = known.GetValueOrDefault(system);
            var mine = work.Db.Set<Handover>().Where(h => h.System == system);
            lines.Add(new SystemLine(system, one?.Name ?? "", one?.IsOn ?? false, one?.Since,
                await mine.CountCappedAsync(h => h.State == HandoverState.Waiting || h.State == HandoverState.Taken, ct), await mine.CountCappedAsync(h => h.State == HandoverState.Failed, ct), one?.Version ?? 0,
                one?.Address, one?.SecretSince, one?.OldSecretUntil > work.Now ? one.OldSecretUntil : null));
        }

        return lines;
    }

    /// <summary>Deals that the CRM has closed as won without saying with how much, in another currency, or before it was connected: a person marks them. At most <paramref name="most"/>.</summary>
    public static async Task<IReadOnlyList<UnclearWin>> UnclearAsync(Work work, DateOnly since, int most, CancellationToken ct) =>
        await (from d in work.Db.Set<Deal>().AsNoTracking()
               join o in work.Db.Set<OpportunityRow>() on new { d.TenantId, Id = d.OpportunityId!.Value } equals new { o.TenantId, o.Id }
               where d.State == DealState.Converted && d.OpportunityId != null && o.Stage == OpportunityStage.Won && (o.Amount == null || o.Amount <= 0 || o.Currency != d.Currency || o.StageChangedOn == null || o.StageChangedOn < since)
               orderby d.Id
               select new UnclearWin(d.Id, d.Title, o.ExternalId, o.ClosedOn)).Take(most).ToListAsync(ct);

    private static Task<int> CountCappedAsync(this IQueryable<Handover> rows, System.Linq.Expressions.Expression<Func<Handover, bool>> counted, CancellationToken ct) => rows.Where(counted).CountCappedAsync(ct);

    private static IQueryable<HandoverLine> Lines(Work work, HandoverQuery query)
    {
        var rows = work.Db.Set<Handover>().AsNoTracking();
        if (Words.Parse<ConnectedKind>(query.System) is { } system) rows = rows.Where(h => h.System == system);
        if (Words.Parse<HandoverState>(query.State) is { } state) rows = rows.Where(h => h.State == state);
        if (Ids.Parse<DealId>(query.Deal) is { } deal) rows = rows.Where(h => h.DealId == deal);
        if (Words.Parse<HandoverKind>(query.Kind) is { } kind) rows = kind == HandoverKind.Update ? rows.Where(h => h.Revision > 0) : rows.Where(h => h.Revision == 0);
        var deals = work.Db.Set<Deal>().Matching(work.Db, query.Q);
        return from h in rows
               join d in deals on new { h.TenantId, Id = h.DealId } equals new { d.TenantId, d.Id }
               select new HandoverLine
               {
                   Id = h.Id, Deal = d.Id, Title = d.Title, Partner = d.PartnerId, Amount = d.WonAmount ?? d.Amount, Currency = d.Currency, System = h.System, State = h.State, Revision = h.Revision,
                   Number = h.Number, Note = h.Note, Attempts = h.Attempts, NextAttempt = h.NextAttemptAt, Created = h.CreatedAt, Since = h.StateSince, By = h.StateByName, Version = h.Version,
               };
    }

    private static async Task NameAsync(Work work, IReadOnlyList<HandoverLine> lines, CancellationToken ct)
    {
        var names = await DealList.PartnerNamesAsync(work, [.. lines.Select(l => l.Partner)], ct);
        foreach (var line in lines)
        {
            line.PartnerName = names.GetValueOrDefault(line.Partner, "");
            if (!work.Actor.May(HandoverPermissions.Work)) continue;
            // What was taken without a number may still get one.
            line.Allowed = line is { State: HandoverState.Done, Number: null, Revision: 0 } ? [HandoverTrigger.Finish] : [.. Handover.Machine.Allowed(line.State).Intersect([HandoverTrigger.Finish, HandoverTrigger.Retry, HandoverTrigger.Skip])];
        }
    }
}
