using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Insights;

/// <summary>A partner's contribution in a window, with the models beside each other.</summary>
/// <param name="Credited">Money by model: agreed split, first touch, last touch, linear.</param>
/// <param name="WinRate">Won ÷ (won + lost) of its own registrations that closed in the window; null where none closed.</param>
internal sealed record PartnerContribution(
    PartnerId Partner, string Name, Tier Tier, long Sourced, long InfluencedGross, long InfluencedCredited, int Won, double? WinRate, long[] Credited);

/// <summary>Contribution per partner: who brought and who influenced what.</summary>
internal static class PartnerBoard
{
    /// <summary>The partners with the largest sourced plus credited influence, at most <paramref name="limit"/>.</summary>
    public static async Task<IReadOnlyList<PartnerContribution>> TopAsync(Work work, Scope scope, int limit, CancellationToken ct)
    {
        var (from, to, model) = (scope.Window.From, scope.Window.To, scope.Model);
        var rows = work.Db.Set<Credit>().AsNoTracking().Where(c => c.Outcome == Outcome.Won && c.ClosedOn >= from && c.ClosedOn <= to);
        if (scope.Partner is { } one) rows = rows.Where(c => c.PartnerId == one);
        var sums = await rows.Where(c => c.Model == model).GroupBy(c => new { c.PartnerId, IsSource = c.Role == DealRole.Source }).Select(g => new
        {
            g.Key.PartnerId,
            g.Key.IsSource,
            Gross = g.Sum(c => c.DealAmount),
            Touched = g.Sum(c => c.Touched ? c.DealAmount : 0),
            Credited = g.Sum(c => c.CreditedAmount),
            Deals = g.Count(),
        }).ToListAsync(ct);
        var byPartner = sums.GroupBy(s => s.PartnerId).Select(g => new
        {
            Partner = g.Key,
            Sourced = g.Where(s => s.IsSource).Sum(s => s.Gross),
            Gross = g.Where(s => !s.IsSource).Sum(s => s.Touched),
            Credited = g.Where(s => !s.IsSource).Sum(s => s.Credited),
            Won = g.Where(s => s.IsSource).Sum(s => s.Deals),
        }).OrderByDescending(p => p.Sourced + p.Credited).ThenBy(p => p.Partner.Value).Take(limit).ToList();
        var ids = byPartner.Select(p => p.Partner).ToList();
        var partners = await work.Db.Set<PartnerRow>().Where(p => ids.Contains(p.Id)).Select(p => new { p.Id, p.Name, p.Tier }).ToDictionaryAsync(p => p.Id, ct);
        var lost = await LostAsync(work, scope.Window, ids, ct);
        // The other models only for those that are shown.
        var models = Enum.GetValues<CreditModel>();
        var credited = (await rows.Where(c => models.Contains(c.Model) && ids.Contains(c.PartnerId)).GroupBy(c => new { c.PartnerId, c.Model })
            .Select(g => new { g.Key.PartnerId, g.Key.Model, Amount = g.Sum(c => c.CreditedAmount) }).ToListAsync(ct)).ToDictionary(c => (c.PartnerId, c.Model), c => c.Amount);
        return [.. byPartner.Where(p => partners.ContainsKey(p.Partner)).Select(p => new PartnerContribution(
            p.Partner, partners[p.Partner].Name, partners[p.Partner].Tier, p.Sourced, p.Gross, p.Credited, p.Won,
            Rate(p.Won, lost.GetValueOrDefault(p.Partner)), [.. models.Select(m => credited.GetValueOrDefault((p.Partner, m)))]))];
    }

    private static double? Rate(int won, int lost) => won + lost == 0 ? null : (double)won / (won + lost);

    private static async Task<Dictionary<PartnerId, int>> LostAsync(Work work, Window window, List<PartnerId> partners, CancellationToken ct)
    {
        var from = window.From.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc);
        var until = window.To.AddDays(1).ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc);
        return await work.Db.Set<DealRow>()
            .Where(d => d.State == DealState.Lost && d.ClosedAt >= from && d.ClosedAt < until && partners.Contains(d.PartnerId))
            .GroupBy(d => d.PartnerId).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
    }
}
