using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Insights;

/// <summary>Computes the credit of one deal anew from its present facts and replaces what was stored. Listeners and manual touches call it.</summary>
internal sealed class RecreditDeal(Work work)
{
    public async Task RunAsync(DealId id, CancellationToken ct)
    {
        await work.LockAsync($"insights.credit:{id}", ct);
        if (await LoadAsync(id, ct) is not { } facts) return;
        await work.Db.Set<Credit>().Where(c => c.DealId == id).ExecuteDeleteAsync(ct);
        work.Db.AddRange(Crediting.Of(work.Tenant, facts, work.Now));
    }

    private async Task<DealFacts?> LoadAsync(DealId id, CancellationToken ct)
    {
        var db = work.Db;
        if (await db.Set<DealRow>().SingleOrDefaultAsync(d => d.Id == id, ct) is not { } deal) return null;
        // What was added in this same transaction is not in the database yet.
        await work.SaveAsync(ct);
        var team = await db.Set<DealMemberRow>().Where(m => m.DealId == id).ToListAsync(ct);
        var touches = await db.Set<Touch>().AsNoTracking().Where(t => t.DealId == id).Select(t => new TouchFact(t.PartnerId, t.At, t.Source, t.Id)).ToListAsync(ct);
        var resells = await db.Set<PartnerMotionRow>().AnyAsync(m => m.PartnerId == deal.PartnerId && m.Motion == Motion.Resell && m.State == MotionState.Active, ct);
        return Facts(deal, work.Settings.Currency, resells, team, touches);
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
