using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Deals.Rules;

/// <summary>A planned version to take back.</summary>
internal sealed record RulesWithdrawal(int Number, string? Why);

/// <summary>Takes back a version whose first day has not come. It stays among the versions, as withdrawn; what has decided once cannot be undone, only followed by another version.</summary>
internal sealed class WithdrawRules(Work work) : UseCase<RulesWithdrawal, RuleSetId>(work)
{
    protected override Permission Permission => DealsPermissions.PublishRules;

    protected override async Task<Result<RuleSetId>> HandleAsync(RulesWithdrawal input, CancellationToken ct)
    {
        await Work.LockAsync("deals.rules", ct);
        if (await Db.Set<RuleSet>().SingleOrDefaultAsync(r => r.Number == input.Number, ct) is not { } rules) return RulesProblems.MissingVersion();
        if (rules.WithdrawnAt is not null) return RulesProblems.Withdrawn(rules.Number);
        if (rules.EffectiveFrom <= Work.Today) return RulesProblems.HasBegun(rules.Number);
        if (new Check().Text(input.Why, "why", "The reason", 1000).Problem is { } problem) return problem;
        rules.Withdraw(Work.Now, Work.Actor.Name, input.Why!.Trim());
        return rules.Id;
    }
}
