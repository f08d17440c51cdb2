using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Trellis.Incentives.Published;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Incentives;

/// <summary>A plan as it is typed. Rates that are not named are zero.</summary>
/// <param name="Minimum">The smallest payout, minor units of the currency.</param>
internal sealed record PlanInput(string? Name, string? Currency, DateOnly? EffectiveFrom, int? HoldDays, long? Minimum, IReadOnlyList<RateItem>? Rates, long? Version = null)
{
    /// <summary>Compensation rules that the rules of engagement name, with their rates.</summary>
    public IReadOnlyList<SchemeItem>? Schemes { get; init; }

    /// <summary>What partners in a segment earn beside the rate of their role and tier.</summary>
    public IReadOnlyList<RewardItem>? Rewards { get; init; }

    /// <summary>Only partners in these segments earn anything.</summary>
    public bool OnlySegments { get; init; }
}

/// <summary>Writes a draft: a new one, or other contents of an existing one. What was published cannot be written again.</summary>
internal sealed partial class WritePlan(Work work) : UseCase<(PlanId? Plan, PlanInput Input), PlanId>(work)
{
    private const int MostPerLine = 10_000;
    private const int MostSchemes = 20;
    private const int MostRewards = 20;

    protected override Permission Permission => IncentivesPermissions.ManagePlans;

    protected override async Task<Result<PlanId>> HandleAsync((PlanId? Plan, PlanInput Input) request, CancellationToken ct)
    {
        var input = request.Input;
        var (rates, schemes, rewards) = (input.Rates ?? [], input.Schemes ?? [], input.Rewards ?? []);
        var check = new Check()
            .Text(input.Name, "name", "The name", 100)
            .Currency(input.Currency)
            .That(input.EffectiveFrom is { Year: >= 2000 and <= 2100 }, "effectiveFrom", "Say from which day it applies.")
            .That(input.HoldDays is >= 0 and <= 365, "holdDays", "The hold period is 0 to 365 days.")
            .That(input.Minimum is null or (>= 0 and <= 1_000_000_00), "minimum", "The smallest payout cannot be right.")
            .That(rates.All(r => r.BasisPoints is >= 0 and <= MostPerLine), "rates", "A rate is 0 to 100 percent.")
            .That(rates.DistinctBy(r => (r.Role, r.Tier)).Count() == rates.Count, "rates", "There are two rates for the same role and tier.")
            .That(rates.Any(r => r.BasisPoints > 0), "rates", "At least one rate must be above zero.")
            .That(schemes.Count <= MostSchemes && schemes.All(s => s.Name is not null && SchemeName().IsMatch(s.Name)), "schemes", "A compensation rule is named as in the rules of engagement: lower-case letters, digits and underscores, at most 60.")
            .That(schemes.All(s => s.BasisPoints is >= 0 and <= MostPerLine), "schemes", "A rate is 0 to 100 percent.")
            .That(schemes.DistinctBy(s => s.Name).Count() == schemes.Count, "schemes", "There are two rates for the same compensation rule.");
        if (await RewardsAsync(check, input, rewards, ct) is { } problem) return problem;

        await Work.LockAsync("incentives.plans", ct);
        var plan = request.Plan is { } id ? await Db.Set<Plan>().SingleOrDefaultAsync(p => p.Id == id, ct) : await NewAsync(input, ct);
        if (plan is null) return IncentivesProblems.NoPlan();
        if (plan.State != PlanState.Draft) return IncentivesProblems.PlanIsFixed(plan.Number, plan.State);
        if (input.Version is { } version && version != plan.Version) return Problem.Stale();
        (plan.Name, plan.Currency, plan.EffectiveFrom, plan.HoldDays, plan.Minimum) = (input.Name!.Trim(), input.Currency!, input.EffectiveFrom!.Value, input.HoldDays!.Value, input.Minimum ?? 0);
        Db.RemoveRange(await Db.Set<PlanRate>().Where(r => r.PlanId == plan.Id).ToListAsync(ct));
        Db.RemoveRange(await Db.Set<PlanScheme>().Where(s => s.PlanId == plan.Id).ToListAsync(ct));
        Db.RemoveRange(await Db.Set<PlanReward>().Where(r => r.PlanId == plan.Id).ToListAsync(ct));
        plan.OnlySegments = input.OnlySegments;
        // The old rates must be gone before new ones with the same key come.
        await Work.SaveAsync(ct);
        Db.AddRange(rates.Select(r => new PlanRate { TenantId = Work.Tenant, PlanId = plan.Id, Role = r.Role, Tier = r.Tier, BasisPoints = r.BasisPoints }));
        Db.AddRange(schemes.Select(s => new PlanScheme { TenantId = Work.Tenant, PlanId = plan.Id, Name = s.Name, BasisPoints = s.BasisPoints }));
        Db.AddRange(rewards.Select(r => new PlanReward { TenantId = Work.Tenant, PlanId = plan.Id, SegmentId = r.Segment, Name = r.Name!.Trim(), BasisPoints = r.BasisPoints }));
        return plan.Id;
    }

    private async Task<Problem?> RewardsAsync(Check check, PlanInput input, IReadOnlyList<RewardItem> rewards, CancellationToken ct)
    {
        check.That(rewards.Count <= MostRewards && rewards.All(r => Text.OrNull(r.Name) is { Length: <= PlanReward.LongestName } name && Text.IsClean(name)), "rewards", $"A reward needs a name that partners read, of at most {PlanReward.LongestName} characters.")
            .That(rewards.All(r => r.BasisPoints is >= 0 and <= MostPerLine), "rewards", "A rate is 0 to 100 percent.")
            .That(rewards.DistinctBy(r => r.Segment).Count() == rewards.Count, "rewards", "There are two rewards for the same segment.")
            .That((input.Rates ?? []).Select(r => r.BasisPoints).DefaultIfEmpty().Max() + rewards.Select(r => r.BasisPoints).DefaultIfEmpty().Max() <= MostPerLine, "rewards", "The highest rate and the highest reward come to more than 100 percent together.")
            .That(!input.OnlySegments || rewards.Count > 0, "onlySegments", "Choose the segments that this plan is for.");
        if (check.Problem is { } problem) return problem;
        var segments = rewards.Select(r => r.Segment).ToList();
        var known = segments.Count == 0 ? 0 : await Db.Set<SegmentRow>().CountAsync(s => segments.Contains(s.Id), ct);
        return known == segments.Count ? null : IncentivesProblems.SegmentGone();
    }

    private async Task<Plan> NewAsync(PlanInput input, CancellationToken ct)
    {
        var last = await Db.Set<Plan>().Select(p => (int?)p.Number).MaxAsync(ct) ?? 0;
        var plan = new Plan
        {
            TenantId = Work.Tenant,
            Id = Work.NewId<PlanId>(),
            Number = last + 1,
            Name = input.Name!,
            Currency = input.Currency!,
            CreatedAt = Work.Now,
            CreatedBy = Work.Actor.Name,
        };
        Db.Add(plan);
        return plan;
    }

    [GeneratedRegex("^[a-z0-9_]{1,60}$", RegexOptions.CultureInvariant)]
    private static partial Regex SchemeName();
}
