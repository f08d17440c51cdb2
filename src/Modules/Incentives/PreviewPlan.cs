using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Incentives.Published;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Incentives;

/// <summary>What a plan would have paid for lines that there are, in one currency.</summary>
/// <param name="Was">What they came to.</param>
/// <param name="Would">What they would come to.</param>
/// <param name="Rewards">The part of it that segments bring.</param>
internal sealed record PreviewSum(string Currency, int Lines, long Was, long Would, long Rewards);

/// <summary>What one segment would have brought.</summary>
/// <param name="Partners">How many of the partners with lines are in it today.</param>
/// <param name="Lines">How many lines it would raise.</param>
internal sealed record PreviewReward(string Name, string? Segment, int BasisPoints, int Partners, int Lines);

/// <summary>A plan tried on the newest earnings.</summary>
/// <param name="Lines">How many lines were computed anew.</param>
/// <param name="Since">The day of the oldest win among them.</param>
/// <param name="Nothing">How many would come to nothing.</param>
internal sealed record PlanPreview(PlanId Plan, int Lines, DateOnly? Since, int Nothing, IReadOnlyList<PreviewSum> Sums, IReadOnlyList<PreviewReward> Rewards);

/// <summary>
/// Tries a plan, before it is published, on the newest lines that were earned: same shares, roles and tiers as then, the plan's rates, and the segments as they are today. Nothing is written.
/// </summary>
internal static class PlanPreviews
{
    public const int Most = 500;

    public static async Task<Result<PlanPreview>> OfAsync(Work work, PlanId id, CancellationToken ct)
    {
        if (await work.Db.Set<Plan>().AsNoTracking().SingleOrDefaultAsync(p => p.Id == id, ct) is not { } row) return IncentivesProblems.NoPlan();
        var plan = await Plans.TermsAsync(work.Db, row, ct);
        var lines = await work.Db.Set<Earning>().AsNoTracking().Where(e => e.Kind == EarningKind.Earning && e.State != EarningState.Reversed).OrderByDescending(e => e.WonAt).ThenByDescending(e => e.Id).Take(Most).ToListAsync(ct);
        var members = await MembersAsync(work, plan, [.. lines.Select(e => e.PartnerId).Distinct()], ct);
        var granted = await CompensationsAsync(work, [.. lines.Select(e => e.DealId).Distinct()], ct);
        var names = (await Plans.LoadAsync(work, id, ct)).Value.Rewards.ToDictionary(r => r.Segment, r => r.SegmentName);
        var tried = lines.Select(e => (Line: e, Would: Try(e, plan, members, granted.GetValueOrDefault(e.DealId)))).ToList();
        return new PlanPreview(id, lines.Count, lines.Count == 0 ? null : DateOnly.FromDateTime(lines[^1].WonAt), tried.Count(t => t.Would.Amount == 0),
            [.. tried.GroupBy(t => t.Line.Currency).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => new PreviewSum(g.Key, g.Count(), g.Sum(t => t.Line.Amount), g.Sum(t => t.Would.Amount), g.Sum(t => t.Would.Reward)))],
            [.. plan.Rewards.Select(r => new PreviewReward(r.Name, names.GetValueOrDefault(r.Segment), r.BasisPoints, members[r.Segment].Count, tried.Count(t => t.Would.By == r.Segment)))]);
    }

    /// <summary>Pure: what one line would come to, what of it a segment brings, and which.</summary>
    /// <param name="compensation">What the decision about the registration named, whether or not the plan of that time knew it.</param>
    public static (long Amount, long Reward, SegmentId? By) Try(Earning e, PlanTerms plan, IReadOnlyDictionary<SegmentId, HashSet<PartnerId>> members, string? compensation)
    {
        var best = plan.Best(plan.Rewards.ToDictionary(r => r.Segment, r => members.TryGetValue(r.Segment, out var inside) && inside.Contains(e.PartnerId)));
        var rate = EarningRules.Rate(new Claim(e.PartnerId, e.Role, e.ShareBasisPoints, e.Tier, best), plan, e.Role == DealRole.Source ? compensation : null);
        var part = new Money(e.BaseAmount, e.Currency);
        var amount = part.Percent(rate.BasisPoints).Minor;
        return (amount, rate.Reward is { } reward ? amount - part.Percent(rate.BasisPoints - reward.BasisPoints).Minor : 0, rate.Reward?.Segment);
    }

    private static async Task<Dictionary<DealId, string?>> CompensationsAsync(Work work, List<DealId> deals, CancellationToken ct)
    {
        var rows = await work.Db.Set<DecisionTermsRow>().Where(d => deals.Contains(d.DealId)).Select(d => new { d.DealId, d.At, d.Compensation }).ToListAsync(ct);
        return rows.GroupBy(d => d.DealId).ToDictionary(g => g.Key, g => g.MaxBy(d => d.At)!.Compensation);
    }

    private static async Task<Dictionary<SegmentId, HashSet<PartnerId>>> MembersAsync(Work work, PlanTerms plan, List<PartnerId> partners, CancellationToken ct)
    {
        var members = new Dictionary<SegmentId, HashSet<PartnerId>>();
        foreach (var segment in plan.Rewards.Select(r => r.Segment))
            members[segment] = [.. await (await Segments.MembersAsync(work, segment, ct)).Where(p => partners.Contains(p.Id)).Select(p => p.Id).ToListAsync(ct)];
        return members;
    }
}
