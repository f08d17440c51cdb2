using Trellis.Kernel;

namespace Trellis.Deals.Workspace;

internal sealed record RepPlanInput(int? CommissionBasisPoints, PartnerRule? Rule, int? AdjustBasisPoints, DateOnly? EffectiveFrom = null);

/// <summary>Sets what direct sellers are paid from a day on.</summary>
internal sealed class SetRepPlan(Work work) : UseCase<RepPlanInput, RepPlanId>(work)
{
    protected override Permission Permission => DealsPermissions.SetRepPlan;

    protected override Task<Result<RepPlanId>> HandleAsync(RepPlanInput input, CancellationToken ct)
    {
        var from = input.EffectiveFrom ?? Work.Today;
        var check = new Check().That(input.CommissionBasisPoints is > 0 and <= 5_000, "commission", "A commission lies between 0 and 50 %.")
            .That(input.Rule is not null, "rule", "Choose what becomes of the commission with a partner.")
            .That(input.Rule == PartnerRule.Neutral || input.AdjustBasisPoints is > 0 and <= 10_000, "adjust", "Say how much, between 0 and 100 %.")
            .That(from >= Work.Today && from <= Work.Today.AddYears(2), "effectiveFrom", "A plan takes effect today or within two years; what was paid stays as it is.");
        if (check.Problem is { } problem) return Task.FromResult<Result<RepPlanId>>(problem);
        var plan = new RepPlan
        {
            TenantId = Work.Tenant,
            Id = Work.NewId<RepPlanId>(),
            CommissionBasisPoints = input.CommissionBasisPoints!.Value,
            Rule = input.Rule!.Value,
            AdjustBasisPoints = input.Rule == PartnerRule.Neutral ? 0 : input.AdjustBasisPoints!.Value,
            EffectiveFrom = from,
            SetByName = Work.Actor.Name,
            SetAt = Work.Now,
        };
        Db.Add(plan);
        return Task.FromResult<Result<RepPlanId>>(plan.Id);
    }
}
