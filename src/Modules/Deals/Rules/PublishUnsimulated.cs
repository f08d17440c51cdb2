using Trellis.Kernel;

namespace Trellis.Deals.Rules;

/// <summary>Rules to publish although nobody has tried them on past decisions.</summary>
/// <param name="Rules">The table.</param>
/// <param name="EffectiveFrom">The first day on which they decide.</param>
/// <param name="Note">What changed and why.</param>
/// <param name="Unsimulated">Why they are not simulated first.</param>
internal sealed record UnsimulatedRules(RuleSetText? Rules, DateOnly EffectiveFrom, string? Note, string? Unsimulated = null);

/// <summary>Publishes a table past draft and simulation: for whoever is trusted with that, and only with a reason, which the audit keeps.</summary>
internal sealed class PublishUnsimulated(Work work, PublishRules publish) : UseCase<UnsimulatedRules, RuleSetId>(work)
{
    protected override Permission Permission => DealsPermissions.PublishUnsimulated;

    protected override async Task<Result<RuleSetId>> HandleAsync(UnsimulatedRules input, CancellationToken ct)
    {
        if (input.Rules is not { } table) return Problem.Invalid("rules", "There is no table.");
        if (new Check().Text(input.Unsimulated, "unsimulated", "Why it is not simulated first", 1000).Problem is { } problem) return problem;
        var published = await publish.RunAsync(new NewRules(table, input.EffectiveFrom, input.Note ?? ""), ct);
        if (published.Ok) Work.Note("deals.publish_unsimulated", "deals_rule_set", published.Value.ToString(), new { why = input.Unsimulated!.Trim() });
        return published;
    }
}
