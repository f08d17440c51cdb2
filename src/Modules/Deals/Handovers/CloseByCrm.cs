using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Handovers;

/// <summary>
/// While the CRM is connected, a deal whose opportunity was closed there is closed here too: nobody enters a win twice. What the CRM does not say clearly, a win
/// without an amount or in another currency than the deal's, waits for a person, and so does what was closed there before it was connected.
/// </summary>
internal sealed class CloseByCrm(Work work, Win win, Lose lose) : IRecurring
{
    private const int Most = 5000;

    public async Task<Result<Done>> RunAsync(CancellationToken ct)
    {
        if (await work.Db.Set<ConnectedSystem>().AsNoTracking().SingleOrDefaultAsync(s => s.System == ConnectedKind.Crm && s.IsOn, ct) is not { } crm) return default(Done);
        // What was closed there before is money of the past: connecting a system must not pay it all at once.
        var since = DateOnly.FromDateTime(crm.Since);
        var closed = await (from d in work.Db.Set<Deal>().AsNoTracking()
                            join o in work.Db.Set<OpportunityRow>() on new { d.TenantId, Id = d.OpportunityId!.Value } equals new { o.TenantId, o.Id }
                            where d.State == DealState.Converted && d.OpportunityId != null && o.StageChangedOn >= since
                                && (o.Stage == OpportunityStage.Lost || (o.Stage == OpportunityStage.Won && o.Amount > 0 && o.Currency == d.Currency))
                            orderby d.Id
                            select new Closed(d.Id, d.CreatedAt, o.Stage, o.Amount, o.ClosedOn)).Take(Most).ToListAsync(ct);
        var refusals = new Refusals();
        foreach (var deal in closed) refusals.Note(await CloseAsync(deal, ct));
        return refusals.End;
    }

    // A day before the registration, or one that has not come, is a slip of the CRM's.
    private Task<Result<DealId>> CloseAsync(Closed deal, CancellationToken ct)
    {
        if (deal.Stage == OpportunityStage.Lost) return lose.RunAsync(new WordsInput(deal.Id, "The CRM closed the opportunity as lost."), ct);
        var (first, last) = (DateOnly.FromDateTime(deal.CreatedAt), work.Today);
        var on = deal.ClosedOn ?? last;
        return win.RunAsync(new WinInput(deal.Id, deal.Amount, on < first ? first : on > last ? last : on), ct);
    }

    private sealed record Closed(DealId Id, DateTime CreatedAt, OpportunityStage Stage, long? Amount, DateOnly? ClosedOn);
}
