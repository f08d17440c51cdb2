using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Insights;

/// <summary>Computes credit and way of deals anew from their present facts and replaces what was stored. Listeners and manual touches call it.</summary>
internal sealed class RecreditDeal(Work work)
{
    public Task RunAsync(DealId id, CancellationToken ct) => RunAsync([id], ct);

    /// <summary>Several deals by as many statements as one.</summary>
    public async Task RunAsync(IReadOnlyCollection<DealId> ids, CancellationToken ct)
    {
        await work.LockAsync(ids.Select(id => $"insights.credit:{id}"), ct);
        // What was added in this same transaction is not in the database yet.
        await work.SaveAsync(ct);
        DealId[] all = [.. ids.Distinct()];
        var flow = await Flow.TrackFlow.RunAsync(work, all, ct);
        var facts = await LoadAsync(all, flow, ct);
        var found = facts.Select(f => f.Deal).ToArray();
        var before = await work.Db.Set<Credit>().AsNoTracking().Where(c => found.Contains(c.DealId)).ToListAsync(ct);
        var after = facts.SelectMany(f => Crediting.Of(work.Tenant, f, work.Now)).ToList();
        await work.Db.Set<Credit>().Where(c => found.Contains(c.DealId)).ExecuteDeleteAsync(ct);
        // Bookkeeping without an audit, several rows for each deal.
        await work.Db.Engine.InsertAsync(work.Db, after, ct);
        await Flow.FlowDays.ChangeAsync(work, flow.Before, flow.After, ct);
        await DayFigures.ChangeAsync(work, before, after, ct);
    }

    private async Task<List<DealFacts>> LoadAsync(DealId[] ids, Flow.FlowChange flow, CancellationToken ct)
    {
        var (db, main) = (work.Db, work.Settings.Currency);
        var deals = await db.Set<DealRow>().Where(d => ids.Contains(d.Id)).ToListAsync(ct);
        var holders = deals.Select(d => d.PartnerId).Distinct().ToArray();
        var team = (await db.Set<DealMemberRow>().Where(m => ids.Contains(m.DealId)).ToListAsync(ct)).ToLookup(m => m.DealId);
        var touches = (await db.Set<Touch>().AsNoTracking().Where(t => ids.Contains(t.DealId)).Select(t => new { t.DealId, Fact = new TouchFact(t.PartnerId, t.At, t.Source, t.Id) }).ToListAsync(ct)).ToLookup(t => t.DealId, t => t.Fact);
        var resells = (await db.Set<PartnerMotionRow>().Where(m => holders.Contains(m.PartnerId) && m.Motion == Motion.Resell && m.State == MotionState.Active).Select(m => m.PartnerId).ToListAsync(ct)).ToHashSet();
        return [.. deals.Select(d => Facts(d, main, d.Motion is { } motion ? motion == Motion.Resell : resells.Contains(d.PartnerId), [.. team[d.Id]], [.. touches[d.Id]]) with { Motion = flow.MotionOf(d.Id) })];
    }

    public static DealFacts Facts(DealRow deal, string main, bool holderResells, IReadOnlyList<DealMemberRow> team, IReadOnlyList<TouchFact> touches) => new(
        deal.Id, deal.PartnerId, holderResells, OutcomeOf(deal.State), deal.State == DealState.Won ? deal.ClosedAt : null,
        deal.MainAmount, main, team, touches);

    public static Outcome OutcomeOf(DealState state) => state switch
    {
        DealState.Won => Outcome.Won,
        DealState.Submitted or DealState.InReview or DealState.InfoRequested or DealState.Approved or DealState.Converted => Outcome.Open,
        _ => Outcome.Ended,
    };
}
