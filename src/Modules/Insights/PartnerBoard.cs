using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Insights;

/// <summary>A partner's contribution in a window, with the models beside each other.</summary>
/// <param name="Credited">Money by model: agreed split, first touch, last touch, linear.</param>
/// <param name="WinRate">Won ÷ (won + ended) of its own registrations that closed in the window; null where none closed.</param>
internal sealed record PartnerContribution(
    PartnerId Partner, string Name, Tier Tier, long Sourced, long InfluencedGross, long InfluencedCredited, int Won, double? WinRate, long[] Credited);

/// <summary>Contribution per partner: who brought and who influenced what.</summary>
internal static class PartnerBoard
{
    /// <summary>The partners with the largest sourced plus credited influence, at most <paramref name="limit"/>.</summary>
    public static async Task<IReadOnlyList<PartnerContribution>> TopAsync(Work work, Scope scope, int limit, CancellationToken ct)
    {
        var (from, to) = (scope.Window.From, scope.Window.To);
        var rows = work.Db.Set<Credit>().AsNoTracking().Where(c => c.Outcome == Outcome.Won && c.ClosedOn >= from && c.ClosedOn <= to);
        if (scope.Partner is { } one) rows = rows.Where(c => c.PartnerId == one);
        var sums = await rows.GroupBy(c => new { c.PartnerId, c.Model, IsSource = c.Role == DealRole.Source }).Select(g => new
        {
            g.Key.PartnerId,
            g.Key.Model,
            g.Key.IsSource,
            Gross = g.Sum(c => c.DealAmount),
            Touched = g.Sum(c => c.Touched ? c.DealAmount : 0),
            Credited = g.Sum(c => c.CreditedAmount),
            Deals = g.Count(),
        }).ToListAsync(ct);
        var byPartner = sums.GroupBy(s => s.PartnerId).Select(g => new
        {
            Partner = g.Key,
            Own = g.Where(s => s.Model == scope.Model).ToList(),
            Models = Enum.GetValues<CreditModel>().Select(m => g.Where(s => s.Model == m).Sum(s => s.Credited)).ToArray(),
        }).Select(p => new
        {
            p.Partner,
            p.Models,
            Sourced = p.Own.Where(s => s.IsSource).Sum(s => s.Gross),
            Gross = p.Own.Where(s => !s.IsSource).Sum(s => s.Touched),
            Credited = p.Own.Where(s => !s.IsSource).Sum(s => s.Credited),
            Won = p.Own.Where(s => s.IsSource).Sum(s => s.Deals),
        }).OrderByDescending(p => p.Sourced + p.Credited).ThenBy(p => p.Partner.Value).Take(limit).ToList();
        var ids = byPartner.Select(p => p.Partner).ToList();
        var partners = await work.Db.Set<PartnerRow>().Where(p => ids.Contains(p.Id)).Select(p => new { p.Id, p.Name, p.Tier }).ToDictionaryAsync(p => p.Id, ct);
        var lost = await LostAsync(work, scope.Window, ids, ct);
        return [.. byPartner.Where(p => partners.ContainsKey(p.Partner)).Select(p => new PartnerContribution(
            p.Partner, partners[p.Partner].Name, partners[p.Partner].Tier, p.Sourced, p.Gross, p.Credited, p.Won,
            Rate(p.Won, lost.GetValueOrDefault(p.Partner)), p.Models))];
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
