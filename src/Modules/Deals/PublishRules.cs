using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Rules;
using Trellis.Kernel;

namespace Trellis.Deals;

/// <summary>Rules to publish.</summary>
/// <param name="Rules">The table.</param>
/// <param name="EffectiveFrom">The first day on which they decide.</param>
/// <param name="Note">What changed and why.</param>
internal sealed record NewRules(RuleSetText Rules, DateOnly EffectiveFrom, string Note);

/// <summary>Publishes a new version of the rules of engagement. Earlier versions stay, for the decisions that name them.</summary>
internal sealed class PublishRules(Work work) : UseCase<NewRules, RuleSetId>(work)
{
    protected override Permission Permission => DealsPermissions.PublishRules;

    protected override async Task<Result<RuleSetId>> HandleAsync(NewRules input, CancellationToken ct)
    {
        if (new Check().Text(input.Note, "note", "What changed", 1000).Problem is { } noted) return noted;
        if (input.EffectiveFrom < Work.Today) return RulesProblems.InPast();
        var text = await OwnFacts.CompleteAsync(Work, input.Rules, ct);
        var built = DecisionTable.Build(text);
        if (!built.Ok) return built.Problem;
        if (RuleTests.Failing(built.Value) is { } failing) return failing;

        await Work.LockAsync("deals.rules", ct);
        if (!await Db.Set<RuleSet>().AnyAsync(ct)) Db.Add(RuleBook.First(Work.Tenant, Work.NewId<RuleSetId>(), Work.Now));
        await Work.SaveAsync(ct);
        var last = await Db.Set<RuleSet>().MaxAsync(r => r.Number, ct);
        var rules = new RuleSet
        {
            TenantId = Work.Tenant,
            Id = Work.NewId<RuleSetId>(),
            Number = last + 1,
            EffectiveFrom = input.EffectiveFrom,
            Content = text.ToJson(),
            Note = input.Note.Trim(),
            PublishedAt = Work.Now,
            PublishedByName = Work.Actor.Name,
        };
        Db.Add(rules);
        return rules.Id;
    }
}
