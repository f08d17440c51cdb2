using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Insights.Flow;

/// <summary>One registration behind a figure of the funnel.</summary>
/// <param name="Amount">Minor units of the main currency.</param>
internal sealed record FunnelRow(
    DealId Deal, string Title, PartnerId Partner, string PartnerName, string? Motion, Tier Tier, DealState State,
    DateOnly RegisteredOn, DateOnly? DecidedOn, DateOnly? ConvertedOn, DateOnly? ClosedOn, long Amount, string Currency);

/// <summary>The rows behind a figure of the funnel: those that took the step in the window. Their number is the figure.</summary>
internal static class FunnelRows
{
    public static IQueryable<FlowRow> Among(Work work, FunnelScope scope)
    {
        var rows = work.Db.Set<FlowRow>().AsNoTracking();
        if (scope.Partner is { } partner) rows = rows.Where(r => r.PartnerId == partner);
        if (scope.Tier is { } tier) rows = rows.Where(r => r.Tier == tier);
        if (scope.Motion is not { } word) return rows;
        var motion = word == FlowDay.NoMotion ? null : Words.Parse<Motion>(word);
        return rows.Where(r => r.Motion == motion);
    }

    public static async Task<Page<FunnelRow>> PageAsync(Work work, FlowStep step, FunnelScope scope, Paging paging, CancellationToken ct)
    {
        var (from, to) = (scope.Window.From, scope.Window.To);
        var rows = Among(work, scope);
        if (DealSights.Hidden(work) is { } hidden) rows = rows.Where(r => !hidden.Contains(r.DealId));
        var page = step switch
        {
            FlowStep.Registered => await rows.Where(r => r.RegisteredOn >= from && r.RegisteredOn <= to).PageAsync(r => r.RegisteredOn, r => r.DealId, true, paging, ct),
            FlowStep.Decided or FlowStep.Approved or FlowStep.Rejected => await Decided(rows, step).Where(r => r.DecidedOn >= from && r.DecidedOn <= to).PageAsync(r => r.DecidedOn!.Value, r => r.DealId, true, paging, ct),
            FlowStep.Converted => await rows.Where(r => r.ConvertedOn >= from && r.ConvertedOn <= to).PageAsync(r => r.ConvertedOn!.Value, r => r.DealId, true, paging, ct),
            _ => await rows.Where(Ended(step)).Where(r => r.ClosedOn >= from && r.ClosedOn <= to).PageAsync(r => r.ClosedOn!.Value, r => r.DealId, true, paging, ct),
        };
        var deals = page.Items.Select(r => r.DealId).ToList();
        var titles = await work.Db.Set<DealRow>().Where(d => deals.Contains(d.Id)).Select(d => new { d.Id, d.Title }).ToDictionaryAsync(d => d.Id, d => d.Title, ct);
        var names = await PartnerNames.OfAsync(work, page.Items.Select(r => r.PartnerId), ct);
        return page.Select(r => new FunnelRow(
            r.DealId, titles.GetValueOrDefault(r.DealId, ""), r.PartnerId, names.GetValueOrDefault(r.PartnerId, ""), r.Motion is { } motion ? Words.Of(motion) : null, r.Tier, r.State,
            r.RegisteredOn, r.DecidedOn, r.ConvertedOn, r.ClosedOn, r.Amount, work.Actor.Currency));
    }

    private static IQueryable<FlowRow> Decided(IQueryable<FlowRow> rows, FlowStep step) => step switch
    {
        FlowStep.Approved => rows.Where(r => r.Approved),
        FlowStep.Rejected => rows.Where(r => !r.Approved),
        _ => rows,
    };

    private static Expression<Func<FlowRow, bool>> Ended(FlowStep step) => step switch
    {
        FlowStep.Won => r => r.State == DealState.Won,
        FlowStep.Lost => r => r.State == DealState.Lost,
        FlowStep.Expired => r => r.State == DealState.Expired,
        FlowStep.Withdrawn => r => r.State == DealState.Withdrawn,
        FlowStep.Revoked => r => r.State == DealState.Revoked,
        FlowStep.Closed => r => r.Linked && (r.State == DealState.Won || r.State == DealState.Lost),
        _ => r => r.Approved && r.ConvertedOn == null && (r.State == DealState.Expired || r.State == DealState.Withdrawn || r.State == DealState.Revoked),
    };
}
